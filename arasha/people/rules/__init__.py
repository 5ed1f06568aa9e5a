"""What people are known by: names, birth, identification numbers. Pure: no database, no clock."""

from arasha.people.rules.birth import (
    Birth,
    BirthInvalid,
    Likeness,
    age_on,
    born,
    born_about,
    born_by_document,
    compared,
)
from arasha.people.rules.iin import Fault, IinInvalid, Said, check_figure, read_iin
from arasha.people.rules.names import father_key, key, surname_key, words_of

__all__ = [
    "Birth",
    "BirthInvalid",
    "Fault",
    "IinInvalid",
    "Likeness",
    "Said",
    "age_on",
    "born",
    "born_about",
    "born_by_document",
    "check_figure",
    "compared",
    "father_key",
    "key",
    "read_iin",
    "surname_key",
    "words_of",
]
