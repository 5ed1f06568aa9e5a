"""Whether two descriptions may be of one child: name, age, sex, school, clinic. It suggests; people decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from arasha.people.rules import words_of

SAME, NEAR, DIFFERS, NOT_SAID = "same", "near", "differs", "not_said"
# How alike two names must sound to be one name, or close to it (share of letters in order).
ONE_NAME, CLOSE_NAME = 0.86, 0.7
AGE_APART = 1
WEIGHT = {SAME: 2, NEAR: 1, DIFFERS: -2, NOT_SAID: 0}


@dataclass(frozen=True)
class Described:
    """A child as somebody described them; empty or None is not said."""

    called: str = ""
    age: int | None = None
    sex: str = ""
    school: int | None = None
    clinic: int | None = None


@dataclass(frozen=True)
class Likeness:
    """What agrees and what differs, by what was compared."""

    called: str
    age: str
    sex: str
    school: str
    clinic: str

    @property
    def score(self) -> int:
        """How much speaks for one child."""
        return sum(WEIGHT[one] for one in (self.called, self.age, self.sex, self.school, self.clinic))

    @property
    def agree(self) -> int:
        """How many things agree."""
        return sum(one == SAME for one in (self.called, self.age, self.sex, self.school, self.clinic))

    @property
    def is_worth_showing(self) -> bool:
        """Say whether somebody should look: named alike or nearly, and neither sex nor age speaks against it."""
        return self.called in {SAME, NEAR} and DIFFERS not in {self.age, self.sex}


def compare(one: Described, other: Described) -> Likeness:
    """Compare two descriptions."""
    return Likeness(
        called=names(one.called, other.called),
        age=_ages(one.age, other.age),
        sex=_equal(_known(one.sex), _known(other.sex)),
        school=_equal(one.school, other.school),
        clinic=_equal(one.clinic, other.clinic),
    )


def names(one: str, other: str) -> str:
    """Compare two names, whatever their script, order and parts: a part that only one has says nothing."""
    first, second = (words_of(name) for name in (one, other))
    if not first or not second:
        return NOT_SAID
    shorter, longer = sorted((first, second), key=len)
    alike = [max(_alike(part, candidate) for candidate in longer) for part in shorter]
    if min(alike) >= ONE_NAME:
        return SAME
    return NEAR if max(alike) >= CLOSE_NAME else DIFFERS


def _alike(one: str, other: str) -> float:
    if min(len(one), len(other)) == 1:  # an initial
        return 1.0 if one[0] == other[0] else 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _ages(one: int | None, other: int | None) -> str:
    if one is None or other is None:
        return NOT_SAID
    if one == other:
        return SAME
    return NEAR if abs(one - other) <= AGE_APART else DIFFERS


def _known(sex: str) -> str | None:
    return None if sex in {"", "unknown"} else sex


def _equal(one: object, other: object) -> str:
    if one is None or other is None:
        return NOT_SAID
    return SAME if one == other else DIFFERS


def best(found: Sequence[tuple[Likeness, int]], most: int) -> list[int]:
    """Return the places of the likeliest, the likeliest first."""
    shown = [(likeness.score, -place) for likeness, place in found if likeness.is_worth_showing]
    return [-place for _score, place in sorted(shown, reverse=True)[:most]]
