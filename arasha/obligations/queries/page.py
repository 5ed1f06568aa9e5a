"""Everything that the page of one obligation shows, read once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from arasha.kernel.access.models import Function
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import Derivation
from arasha.law.queries import ActAt, acts
from arasha.obligations import policy
from arasha.obligations.models import Escalation, Gap, Obligation
from arasha.obligations.queries.words import Given, answers_of
from arasha.obligations.rules import OWED, Planned, State
from arasha.protocols.queries import version
from arasha.protocols.rules import Protocol, Step


@dataclass(frozen=True)
class ObligationPage:
    """One obligation with what it rests on and what became of it."""

    obligation: Obligation
    protocol: Protocol
    step: Step
    derivation: Derivation
    ladder: list[tuple[Planned, Escalation | None]]
    gaps: list[Gap]
    answers: list[Given]
    acts: dict[str, ActAt]
    functions: dict[str, Function]
    may_meet: bool

    @property
    def running(self) -> bool:
        """Whether it is still owed."""
        return State(self.obligation.state) in OWED


def obligation_page(actor: Actor, obligation: UUID, now: datetime) -> ObligationPage | None:
    """Return the page's content, or None when there is no such obligation for the actor.

    The acts of law are shown as they stand now, the procedure as it stood when the duty arose.
    """
    found = policy.visible_to(actor).select_related("unit__body", "met_by_unit", "met_by_post").filter(pk=obligation)
    row = found.first()
    if row is None:
        return None
    protocol = version(row.protocol_id)
    step = protocol.step(row.step)
    ladder = [Planned.from_json(codes) for codes in row.ladder]
    became = {escalation.rung: escalation for escalation in row.escalations.select_related("unit")}
    names = {row.function, *(planned.function for planned in ladder)}
    return ObligationPage(
        obligation=row,
        protocol=protocol,
        step=step,
        derivation=Derivation.from_json(row.derivation),
        ladder=[(planned, became.get(planned.rung)) for planned in ladder],
        gaps=list(row.gaps.order_by("noticed_at", "id")),
        answers=answers_of(row),
        acts=acts([basis.act for basis in step.basis], now),
        functions=Function.objects.in_bulk(names - {""}),
        may_meet=policy.may_meet(actor, row) and State(row.state) in OWED,
    )
