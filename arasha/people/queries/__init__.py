"""Every read of people that others may use."""

from arasha.people.queries.family import Family, family_of
from arasha.people.queries.finding import Found, glimpsed, search
from arasha.people.queries.matching import OPEN, Pair, Side, described, likely, pair, pairs
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
    pregnancies_of,
    schools_and_clinics,
    talking_with,
    without_papers,
    without_pregnancies,
)
from arasha.people.queries.places import FACTS, Place, fact_table, place

__all__ = [
    "FACTS",
    "OPEN",
    "Card",
    "Family",
    "Found",
    "Opened",
    "Pair",
    "Place",
    "Side",
    "also_in",
    "card",
    "child_of",
    "described",
    "fact_table",
    "family_of",
    "find",
    "glimpsed",
    "likely",
    "names_in",
    "pair",
    "pairs",
    "people_of",
    "place",
    "place_of",
    "pregnancies_of",
    "schools_and_clinics",
    "search",
    "talking_with",
    "without_papers",
    "without_pregnancies",
]
