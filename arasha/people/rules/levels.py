"""How two descriptions stand to each other in each attribute: a code a line, tried from the strongest to the weakest.

The batch (`people.linkage`) asks the same in SQL; a test holds the two together.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from arasha.people.rules.known import Forms, Name

NOT_SAID: Final = "not_said"
IIN_FIGURES: Final = 12
# Keys as short as these differ by a letter when they are different names (Али, Аля).
SHORTEST_NEAR: Final = 4
LONGEST_MONTH, LONGEST_YEAR = 31, 366
REGION_FIGURES: Final = 2
ATTRIBUTES: Final = (
    "surname",
    "given",
    "patronymic",
    "birth",
    "sex",
    "iin",
    "phone",
    "district",
    "institution",
)


def levels(one: Forms, other: Forms) -> dict[str, str]:
    """Return the level of each attribute, `not_said` where one of the two says nothing."""
    crossing = _crossing(one, other)
    return {
        "surname": _surname(one, other, crossing),
        "given": _given(one.given, other.given, crossing),
        "patronymic": _name(one.patronymic, other.patronymic),
        "birth": _birth(one.birth, other.birth),
        "sex": _plain(one.sex, other.sex),
        "iin": _iin(one.iin, other.iin),
        "phone": _any_of(one.phones, other.phones),
        "district": _district(one.district, other.district),
        "institution": _any_of(one.institutions, other.institutions),
    }


def near(one: str, other: str) -> bool:
    """Say whether two keys differ by one slip: a letter more, less or other, or two neighbours changed over."""
    return min(len(one), len(other)) >= SHORTEST_NEAR and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def _crossing(one: Forms, other: Forms) -> str:
    """Return `swapped` when surname and given name stand the other way round, or which name was put for the other."""
    if one.surname.keys & other.surname.keys:
        return ""
    here, there = one.crossing & other.given.keys, other.crossing & one.given.keys
    if here and there:
        return "swapped"
    if (here and not one.given.said) or (there and not other.given.said):
        return "given"
    if (here and not other.surname.said) or (there and not one.surname.said):
        return "surname"
    return ""


def _surname(one: Forms, other: Forms, crossing: str) -> str:
    if crossing == "surname":
        return "moved"
    if crossing == "given":
        return NOT_SAID
    if crossing == "swapped":
        return "swapped"
    found = _name(one.surname, other.surname)
    if found == "differs" and (_of_father(one, other) or _of_father(other, one)):
        return "father"
    return found


def _of_father(one: Forms, other: Forms) -> bool:
    """Say whether one's surname is what the other's patronymic was made from."""
    return bool((one.surname.keys | one.surname.parts) & other.patronymic.keys)


def _given(one: Name, other: Name, crossing: str) -> str:
    if crossing == "given":
        return "moved"
    if crossing == "surname":
        return NOT_SAID
    found = _name(one, other)
    return "swapped" if crossing == "swapped" and found not in {"same", "same_key"} else found


def _name(one: Name, other: Name) -> str:
    if not (one.said and other.said):
        return NOT_SAID
    for level, holds in AGREEMENTS.items():
        if holds(one, other):
            return level
    return "differs"


def _begins(one: Name, other: Name) -> bool:
    return any(found.startswith(initial) for initial in one.initials for found in other.keys)


def _initial(one: Name, other: Name) -> bool:
    return bool(one.initials & other.initials) or _begins(one, other) or _begins(other, one)


def _near(one: Name, other: Name) -> bool:
    return any(near(this, that) for this in one.keys for that in other.keys)


AGREEMENTS: Final[dict[str, Callable[[Name, Name], bool]]] = {
    "same": lambda one, other: bool(one.written & other.written),
    "same_key": lambda one, other: bool(one.keys & other.keys),
    "initial": _initial,
    "part": lambda one, other: bool(one.keys & other.parts or other.keys & one.parts),
    "near": _near,
}


def _birth(one: tuple[date, date] | None, other: tuple[date, date] | None) -> str:
    if one is None or other is None:
        return NOT_SAID
    if one[0] == one[1] and other[0] == other[1]:
        return _days(one[0], other[0])
    if one[0] > other[1] or other[0] > one[1]:
        return "differs"
    span = max((last - first).days + 1 for first, last in (one, other))
    if span <= LONGEST_MONTH:
        return "month"
    return "possible" if span <= LONGEST_YEAR else "about"


def _days(one: date, other: date) -> str:
    if one == other:
        return "same"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "swapped"
    return "near" if _one_slip(f"{one:%Y%m%d}", f"{other:%Y%m%d}") else "differs"


def _one_slip(one: str, other: str) -> bool:
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def _plain(one: str, other: str) -> str:
    if not (one and other):
        return NOT_SAID
    return "same" if one == other else "differs"


def _iin(one: str, other: str) -> str:
    found = _plain(one, other)
    numbers = all(len(said) == IIN_FIGURES and said.isascii() and said.isdigit() for said in (one, other))
    return "near" if found == "differs" and numbers and _one_slip(one, other) else found


def _any_of(one: Iterable[str], other: Iterable[str]) -> str:
    here, there = set(one), set(other)
    if not (here and there):
        return NOT_SAID
    return "same" if here & there else "differs"


def _district(one: str, other: str) -> str:
    found = _plain(one, other)
    return "part" if found == "differs" and one[:REGION_FIGURES] == other[:REGION_FIGURES] else found
