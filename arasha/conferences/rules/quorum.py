"""The quorum: who counts, who came, how many are needed. It is computed and shown; it never holds up what is urgent."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from arasha.conferences.rules.lists import KINDS, STANDINGS


@dataclass(frozen=True)
class Quorum:
    """Of `counted` units `present` came, themselves or by somebody who represents them; `needed` must."""

    counted: int
    present: int
    needed: int

    @property
    def is_there(self) -> bool:
        """Whether enough came."""
        return self.present >= self.needed


def quorum(kind: str, standings: Iterable[str]) -> Quorum:
    """Compute the quorum of an item from how its units stand. Who stepped aside counts neither way.

    More than the kind's share must have come, and at least its least number. Raises UnknownCode.
    """
    rule, rows = KINDS[kind].more, [STANDINGS[one].more for one in standings]
    counted = sum(row["counts"] == "yes" for row in rows)
    present = sum(row["counts"] == "yes" and row["comes"] == "yes" for row in rows)
    share = math.floor(counted * Fraction(rule["share"])) + 1
    return Quorum(counted, present, max(share, int(rule["least"])))
