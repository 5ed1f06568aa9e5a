"""Which files a sitting should speak about, and why. Pure: facts go in, proposals come out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from arasha.conferences.rules.lists import REASONS, RETURNING


@dataclass(frozen=True)
class Fact:
    """That a file should be spoken about, because of one thing."""

    dossier: UUID
    reason: str


@dataclass(frozen=True)
class Proposal:
    """A file that should stand on the agenda: its reasons, the weightiest first. `returns`: it comes back by itself."""

    dossier: UUID
    reasons: tuple[str, ...] = field(default=())

    @property
    def returns(self) -> bool:
        """Whether it comes back by itself."""
        return any(reason in RETURNING for reason in self.reasons)


def weight(reason: str) -> int:
    """Return how early a reason stands on an agenda: 1 is first. Raises UnknownCode."""
    return int(REASONS[reason].more["weight"])


def proposed(facts: Iterable[Fact], without: Iterable[UUID] = ()) -> list[Proposal]:
    """Return each file once with all its reasons, the weightiest first; `without`: those that stand there already."""
    left, found = set(without), dict[UUID, set[str]]()
    for fact in facts:
        if fact.dossier not in left:
            found.setdefault(fact.dossier, set()).add(fact.reason)
    rows = [Proposal(dossier, tuple(sorted(reasons, key=weight))) for dossier, reasons in found.items()]
    return sorted(rows, key=lambda row: (weight(row.reasons[0]), str(row.dossier)))
