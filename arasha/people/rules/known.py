"""What is known of a person when two descriptions are compared, and the forms of it that comparing asks for."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from arasha.people.rules.birth import Birth, born_by_document
from arasha.people.rules.names import HYPHENS, father_key, key, surname_key

# One letter with a point or without, and perhaps a second with its point: А., А, А.С.
INITIAL: Final = re.compile(r"[^\W\d_]\.?(?:\s*[^\W\d_]\.)?")
# Endings of the key with which a surname was made from a name: Нұрғали and Нұрғалиев are written for one person.
MADE_WITH: Final = ("ov", "ev")
SHORTEST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A description of a person. All of it may be missing; names may have several spellings or be several names.

    `sex` is `girl`, `boy` or `unknown`; `iin` the number or its fingerprint, of one kind on both sides; `phones` are
    numbers or fingerprints; `district` nine figures of KATO; `institutions` whatever names a school or clinic.
    """

    surnames: tuple[str, ...] = ()
    givens: tuple[str, ...] = ()
    patronymics: tuple[str, ...] = ()
    birth: Birth | None = None
    sex: str = "unknown"
    iin: str = ""
    phones: tuple[str, ...] = ()
    district: str = ""
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a person in the forms in which it is compared; `parts` are what only a part is equal to."""

    written: frozenset[str]
    keys: frozenset[str]
    parts: frozenset[str]
    initials: frozenset[str]

    @property
    def said(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.keys or self.initials)


@dataclass(frozen=True, slots=True)
class Forms:
    """A description in its forms: what is compared, worked out once for each description."""

    surname: Name
    given: Name
    patronymic: Name
    # The surname as a given name is read, for finding the two the other way round.
    crossing: frozenset[str]
    birth: tuple[date, date] | None
    sex: str
    iin: str
    phones: frozenset[str]
    district: str
    institutions: frozenset[str]


FormsOfName = Callable[[tuple[str, ...], Callable[[str], str]], Name]


def name_forms(names: tuple[str, ...], key_of: Callable[[str], str]) -> Name:
    """Return the forms of a name in all its spellings; `key_of` is the key for this kind of name."""
    written, keys, parts, initials = set(), set(), set(), set()
    for name in names:
        plain = HYPHENS.sub("-", " ".join(unicodedata.normalize("NFC", name).casefold().split()))
        if INITIAL.fullmatch(plain):
            initials.add(key(plain[0]))
        elif whole := key_of(plain):
            written.add(plain)
            keys.add(whole)
            parts |= _parts(plain, whole, key_of)
    return Name(frozenset(written), frozenset(keys), frozenset(parts), frozenset(filter(None, initials)))


def forms(known: Known, forms_of_name: FormsOfName = name_forms) -> Forms:
    """Return the forms of a description; a batch passes a `forms_of_name` that remembers names it had.

    A birth on 1 January is its year alone: registers write what they lack so.
    """
    surname = forms_of_name(known.surnames, surname_key)
    return Forms(
        surname=surname,
        given=forms_of_name(known.givens, key),
        patronymic=forms_of_name(known.patronymics, father_key),
        crossing=surname.keys | forms_of_name(known.surnames, key).keys,
        birth=_days(known.birth),
        sex=known.sex if known.sex in {"girl", "boy"} else "",
        iin="".join(letter for letter in known.iin if letter not in " -\u00a0"),
        phones=frozenset(filter(None, known.phones)),
        district=known.district,
        institutions=frozenset(filter(None, known.institutions)),
    )


def _parts(plain: str, whole: str, key_of: Callable[[str], str]) -> set[str]:
    """Return the keys of a name's words where it has several, and of a surname without its Russian ending."""
    words = re.split(r"[- ]", plain)
    found = {key_of(word) for word in words} if len(words) > 1 else set()
    if key_of is surname_key and whole.endswith(MADE_WITH) and len(whole) > len(MADE_WITH[0]) + SHORTEST_STEM - 1:
        found.add(whole[: -len(MADE_WITH[0])])
    return found - {"", whole}


def _days(birth: Birth | None) -> tuple[date, date] | None:
    if birth is None:
        return None
    said = born_by_document(birth.first) if birth.exact else birth
    return said.first, said.last
