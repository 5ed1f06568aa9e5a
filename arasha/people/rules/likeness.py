"""How alike two descriptions of persons are, as a sum that can be read line by line.

Each attribute has a level; a level weighs log2(m/u) bits, m being how often one person's two descriptions stand so, u
how often those of two people do (Fellegi and Sunter, A theory for record linkage, JASA 64, 1969). The sum and a stated
prior make a probability. It takes the attributes as independent, which a family's are not: what brothers and sisters
share cannot tell them apart. Doubts therefore stand beside the sum, and with one of them no sum says "same".
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log2
from pathlib import Path
from typing import Final

from arasha.people.rules.known import Forms, Known, forms
from arasha.people.rules.levels import ATTRIBUTES, NOT_SAID, levels

DATA: Final = Path(__file__).parent.parent / "data"
NAMES: Final = ("surname", "given", "patronymic")
# The two names the other way round are one thing seen: it weighs once, with the surname.
WEIGHS_NOTHING: Final = ("given", "swapped")
# Below this share a key may be a slip, and says no more than this for being rare.
RAREST: Final = 1e-5
AGREES_IN_GIVEN: Final = frozenset({"same", "same_key", "swapped", "moved"})
KNOWN_TO_THE_DAY: Final = frozenset({"same", "swapped"})

Frequency = Callable[[str, str], float | None]
"""From an attribute and a key to the share of persons who have it, None where that is not known."""


class Verdict(StrEnum):
    """What a likeness says under the thresholds."""

    SAME = "same"
    ASK = "ask"
    NOT_SAME = "not_same"


class Doubt(StrEnum):
    """Why a person is asked however high the sum is."""

    GIVEN = "given"  # twins, brothers and sisters
    BIRTH = "birth"  # namesakes
    SEX = "sex"
    FATHER = "father"
    TWO_NUMBERS = "two_numbers"
    ONE_NUMBER = "one_number"  # a slip in a number, or two people put down under one


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a level is seen between two descriptions of one person (m), and of two people (u); shares above 0."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        """The weight, log2(m/u)."""
        return log2(self.m / self.u)


Weights = Mapping[tuple[str, str], Chance]
"""From attribute and level to its chances."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The prior share of pairs that are one person, and the probabilities from which is said `same` and asked."""

    prior: float
    same_at: float
    ask_at: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: an attribute, how the two stand in it, and what that weighs in bits."""

    attribute: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """The lines, their sum in bits, the probability that the two are one person, and the doubts."""

    lines: tuple[Line, ...]
    bits: float
    probability: float
    doubts: tuple[Doubt, ...]

    def level(self, attribute: str) -> str:
        """Return the level of an attribute."""
        return next(line.level for line in self.lines if line.attribute == attribute)

    def verdict(self, thresholds: Thresholds) -> Verdict:
        """Return `same` only without a doubt; one number with two names or births is always asked."""
        if self.probability < thresholds.ask_at:
            return Verdict.ASK if Doubt.ONE_NUMBER in self.doubts else Verdict.NOT_SAME
        return Verdict.SAME if self.probability >= thresholds.same_at and not self.doubts else Verdict.ASK


def likeness(
    one: Known,
    other: Known,
    weights: Weights | None = None,
    *,
    prior: float | None = None,
    frequency: Frequency | None = None,
) -> Likeness:
    """Return how alike two descriptions are, by the starting weights and prior unless others are given.

    With `frequency`, a name that few have weighs more and one that many have less.
    """
    return likeness_of(forms(one), forms(other), weights, prior=prior, frequency=frequency)


def likeness_of(
    one: Forms,
    other: Forms,
    weights: Weights | None = None,
    *,
    prior: float | None = None,
    frequency: Frequency | None = None,
) -> Likeness:
    """Return the same for descriptions whose forms are worked out already: one against many."""
    weights = starting_weights() if weights is None else weights
    found = levels(one, other)
    rarity = _rarity(one, other, found, weights, frequency) if frequency else {}
    return summed(found, weights, starting_thresholds().prior if prior is None else prior, rarity)


def summed(
    found: Mapping[str, str], weights: Weights, prior: float, rarity: Mapping[str, float] | None = None
) -> Likeness:
    """Return the likeness that levels make; `rarity` adds bits to an attribute.

    Raises KeyError for a level without a weight.
    """
    added = rarity or {}
    lines = tuple(
        Line(attribute, found[attribute], _bits(attribute, found[attribute], weights) + added.get(attribute, 0.0))
        for attribute in ATTRIBUTES
    )
    bits = sum(line.bits for line in lines)
    return Likeness(lines, bits, probability(bits, prior), doubts(found))


def probability(bits: float, prior: float) -> float:
    """Return the probability that two descriptions with this sum are one person."""
    against = log2((1 - prior) / prior) - bits
    return 1 / (1 + 2**against) if against < 1000 else 0.0  # 2**1024 is no number of the machine


def doubts(found: Mapping[str, str]) -> tuple[Doubt, ...]:
    """Return why these levels need a person's eye."""
    number = found["iin"]
    other_given = found["given"] == "differs"
    other_birth = found["birth"] == "differs"
    other_family = found["surname"] == "differs" and found["patronymic"] in {"differs", NOT_SAID}
    seen = {
        Doubt.GIVEN: other_given or (number != "same" and found["given"] not in AGREES_IN_GIVEN),
        Doubt.BIRTH: other_birth or (number != "same" and found["birth"] not in KNOWN_TO_THE_DAY),
        Doubt.SEX: found["sex"] == "differs",
        Doubt.FATHER: found["patronymic"] == "differs",
        Doubt.TWO_NUMBERS: number in {"differs", "near"},
        Doubt.ONE_NUMBER: number == "same"
        and (other_given or other_birth or other_family or found["sex"] == "differs"),
    }
    return tuple(doubt for doubt, holds in seen.items() if holds)


@cache
def starting_weights() -> Weights:
    """Return the weights that Arasha begins with (`people/data/likeness_weights.csv`), until some are learnt."""
    with (DATA / "likeness_weights.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["attribute"], row["level"]): Chance(float(row["m"]), float(row["u"])) for row in csv.DictReader(file)
        }


@cache
def starting_thresholds() -> Thresholds:
    """Return the prior and thresholds that Arasha begins with (`people/data/likeness_thresholds.csv`)."""
    with (DATA / "likeness_thresholds.csv").open(encoding="utf-8", newline="") as file:
        return Thresholds(**{row["name"]: float(row["value"]) for row in csv.DictReader(file)})


def _bits(attribute: str, level: str, weights: Weights) -> float:
    if level == NOT_SAID or (attribute, level) == WEIGHS_NOTHING:
        return 0.0
    return weights[attribute, level].bits


def _rarity(
    one: Forms, other: Forms, found: Mapping[str, str], weights: Weights, frequency: Frequency
) -> dict[str, float]:
    """Return the bits by which names weigh more or less than a name of mean frequency.

    Two people agree in a name as often as u says for both levels of agreement; who bears the name f of all, f as often.
    """
    added = {}
    for attribute in NAMES:
        if found[attribute] not in {"same", "same_key"}:
            continue
        shared = getattr(one, attribute).keys & getattr(other, attribute).keys
        shares = [share for name in shared if (share := frequency(attribute, name)) is not None]
        if shares:
            mean = weights[attribute, "same"].u + weights[attribute, "same_key"].u
            added[attribute] = log2(mean / max(*shares, RAREST))
    return added
