"""What other parts ask about territory."""

from arasha.kernel.territory.queries.choosing import districts
from arasha.kernel.territory.queries.finding import search
from arasha.kernel.territory.queries.labels import KindLabel, Tile, kind_label, tiles
from arasha.kernel.territory.queries.standing import lines_at, successor_at, successors_at
from arasha.kernel.territory.queries.tree import (
    ancestors,
    chain,
    children_of,
    district_of,
    former_names,
    region_of,
    territory,
    within,
)

__all__ = [
    "KindLabel",
    "Tile",
    "ancestors",
    "chain",
    "children_of",
    "district_of",
    "districts",
    "former_names",
    "kind_label",
    "lines_at",
    "region_of",
    "search",
    "successor_at",
    "successors_at",
    "territory",
    "tiles",
    "within",
]
