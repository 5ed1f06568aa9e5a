"""What is shown of entry, visits and removals."""

from arasha.care.queries.entering import Asked, Entering, Tried, entering_units, visits_of, way_of
from arasha.care.queries.kin import OfFamily, kin_to_ask, of_family, people_said, siblings_of
from arasha.care.queries.outing import (
    coordination_of,
    heads_over,
    others_of,
    out_now,
    own_outing,
    own_past,
    police_near,
)
from arasha.care.queries.planning import Planned, holders_of, may_go, plans_of
from arasha.care.queries.removed import (
    Known,
    Standing,
    current,
    duties_about,
    known_of,
    of_file,
    removal_link,
    safe_since,
    standing,
    standing_shown,
)
from arasha.care.queries.safe_word import WordRead, at_a_distance, safe_word, word_agreed

__all__ = [
    "Asked",
    "Entering",
    "Known",
    "OfFamily",
    "Planned",
    "Standing",
    "Tried",
    "WordRead",
    "at_a_distance",
    "coordination_of",
    "current",
    "duties_about",
    "entering_units",
    "heads_over",
    "holders_of",
    "kin_to_ask",
    "known_of",
    "may_go",
    "of_family",
    "of_file",
    "others_of",
    "out_now",
    "own_outing",
    "own_past",
    "people_said",
    "plans_of",
    "police_near",
    "removal_link",
    "safe_since",
    "safe_word",
    "siblings_of",
    "standing",
    "standing_shown",
    "visits_of",
    "way_of",
    "word_agreed",
]
