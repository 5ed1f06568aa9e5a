"""Weights learnt from pairs that people have judged: counted, smoothed towards what was there before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from arasha.people.rules.known import Known, forms
from arasha.people.rules.levels import NOT_SAID, levels
from arasha.people.rules.likeness import WEIGHS_NOTHING, Chance, Weights, starting_weights


@dataclass(frozen=True, slots=True)
class Learnt:
    """One row of weights: an attribute's level, its chances, and from how many pairs each was counted."""

    attribute: str
    level: str
    m: float
    u: float
    same: int
    others: int


def learn(
    reviewed: Iterable[tuple[Known, Known, bool]],
    start: Weights | None = None,
    *,
    strength: float = 100,
    drawn_by_chance: bool = False,
) -> list[Learnt]:
    """Return new weights from reviewed pairs (one, other, whether they are one person), the same for the same pairs.

    A level's share is (seen + strength x before) / (all + strength): the old weights count as so many pairs. What is
    not said counts for nothing. People are asked about look-alikes, who agree by chance far more often than two people
    drawn by chance do; `u` is therefore left as it was unless the pairs were `drawn_by_chance`.
    """
    before = starting_weights() if start is None else start
    seen: dict[bool, Counter[tuple[str, str]]] = {True: Counter(), False: Counter()}
    said: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for one, other, same in reviewed:
        for attribute, level in levels(forms(one), forms(other)).items():
            if level != NOT_SAID and (attribute, level) != WEIGHS_NOTHING:
                seen[same][attribute, level] += 1
                said[same][attribute] += 1

    def share(attribute: str, level: str, old: float, same: bool) -> float:
        return (seen[same][attribute, level] + strength * old) / (said[same][attribute] + strength)

    return [
        Learnt(
            attribute,
            level,
            m=share(attribute, level, chance.m, True),
            u=share(attribute, level, chance.u, False) if drawn_by_chance else chance.u,
            same=seen[True][attribute, level],
            others=seen[False][attribute, level],
        )
        for (attribute, level), chance in before.items()
    ]


def to_weights(rows: Iterable[Learnt]) -> Weights:
    """Return learnt rows as weights to compare with."""
    return {(row.attribute, row.level): Chance(row.m, row.u) for row in rows}
