"""Territory as pure functions: what a code says, kinds, folding and order of names, comparing two editions."""

from arasha.kernel.territory.rules.codes import (
    NATION,
    REPUBLICAN_CITIES,
    CodeInvalid,
    checked,
    district_code,
    lies_in,
    parent_candidates,
    region_code,
)
from arasha.kernel.territory.rules.folding import alphabetical, fold
from arasha.kernel.territory.rules.kinds import kind_of
from arasha.kernel.territory.rules.latin import latin

__all__ = [
    "NATION",
    "REPUBLICAN_CITIES",
    "CodeInvalid",
    "alphabetical",
    "checked",
    "district_code",
    "fold",
    "kind_of",
    "latin",
    "lies_in",
    "parent_candidates",
    "region_code",
]
