"""Every read of people that others may use."""

from arasha.people.queries.alleged import (
    Alleged,
    State,
    allegation,
    allegations_of,
    names_of_unit,
    place_of_words,
    to_decide_anew,
)
from arasha.people.queries.family import Family, family_of
from arasha.people.queries.finding import Found, search
from arasha.people.queries.linked import Cluster, Linked, linked_allegations
from arasha.people.queries.people import (
    Card,
    Opened,
    also_in,
    card,
    child_of,
    find,
    names_in,
    people_of,
    place_of,
    schools_and_clinics,
    talking_with,
    without_papers,
)
from arasha.people.queries.places import FACTS, Place, fact_table, place

__all__ = [
    "FACTS",
    "Alleged",
    "Card",
    "Cluster",
    "Family",
    "Found",
    "Linked",
    "Opened",
    "Place",
    "State",
    "allegation",
    "allegations_of",
    "also_in",
    "card",
    "child_of",
    "fact_table",
    "family_of",
    "find",
    "linked_allegations",
    "names_in",
    "names_of_unit",
    "people_of",
    "place",
    "place_of",
    "place_of_words",
    "schools_and_clinics",
    "search",
    "talking_with",
    "to_decide_anew",
    "without_papers",
]
