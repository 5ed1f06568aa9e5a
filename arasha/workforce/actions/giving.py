"""Several cases of one worker go to another in one go, each by an act of its own; what cannot go stays where it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from arasha.cases import actions as cases
from arasha.kernel.access.rules import Actor
from arasha.workforce import policy

MOST = 100


def give_cases(
    *, actor: Actor, dossiers: Sequence[UUID], worker: int, instead_of: int | None, now: datetime
) -> tuple[int, int]:
    """Give cases of the own unit to one of its workers; return how many went, and how many stayed. Why is not said.

    Raises NotAllowed for who does not head the unit.
    """
    if not policy.may_give(actor, now):
        raise policy.NotAllowed
    gone = 0
    chosen = list(dict.fromkeys(dossiers))[:MOST]
    for dossier in chosen:
        try:
            cases.assign_worker(actor=actor, dossier=dossier, worker=worker, instead_of=instead_of, now=now)
        except (cases.FileNotThere, cases.CannotBeGiven, cases.WorkerNamedMeanwhile):
            continue
        gone += 1
    return gone, len(chosen) - gone
