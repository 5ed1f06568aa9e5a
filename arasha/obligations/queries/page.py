"""Everything that the page of one obligation shows, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.administration.queries import OnDuty, on_duty
from arasha.kernel.access.models import Function, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import region_code
from arasha.kernel.worktime.rules import Derivation, local
from arasha.law.queries import ActAt, acts
from arasha.obligations import policy
from arasha.obligations.models import Escalation, Gap, Obligation
from arasha.obligations.queries.elsewhere import answered_at
from arasha.obligations.queries.lists import passed_over, same_owed
from arasha.obligations.queries.words import Given, Remarked, answers_of, remarks_of
from arasha.obligations.rules import FULFILLED, OWED, RUNNING, Outcome, Planned, State
from arasha.protocols.queries import version
from arasha.protocols.rules import Protocol, Step

COORDINATION = ("coordination_district", "coordination_region")
LISTED = 50


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
    remarks: list[Remarked]
    before: list[Obligation]
    beside: list[Obligation]
    acts: dict[str, ActAt]
    functions: Mapping[str, Function]
    duty: Mapping[int, Sequence[OnDuty]]
    may_meet: bool
    may_supervise: bool
    may_print_letter: bool
    answered_at: str

    @property
    def state(self) -> State:
        """How it stands."""
        return State(self.obligation.state)

    @property
    def running(self) -> bool:
        """Whether it is still owed."""
        return self.state in OWED

    @property
    def ticking(self) -> bool:
        """Whether its time counts now."""
        return self.state in RUNNING

    @property
    def reopenable(self) -> bool:
        """Whether a supervisor may take back that it ended."""
        return self.state in FULFILLED | {State.WAIVED}

    @property
    def unheard(self) -> bool:
        """Whether its silence went past every rung and reached nobody."""
        became = [escalation for _planned, escalation in self.ladder]
        return bool(became) and all(one is not None and one.outcome != Outcome.TOLD.value for one in became)


def obligation_page(actor: Actor, obligation: UUID, now: datetime) -> ObligationPage | None:
    """Return the page's content, or None when there is no such obligation for the actor.

    The acts of law are shown as they stand now, the procedure as it stood when the duty arose.
    """
    found = policy.visible_to(actor).filter(pk=obligation)
    row = found.select_related("unit__body", "met_by_unit", "met_by_post", "protocol", "replaced_by__unit").first()
    if row is None:
        return None
    protocol = version(row.protocol_id)
    step, before = protocol.step(row.step), _before(row)
    ladder = _ladder([*before, row])
    names = {row.function, *(planned.function for planned, _became in ladder)}
    told = [became.unit_id for _planned, became in ladder if became and became.unit_id]
    owed = State(row.state) in OWED
    meets, supervises = owed and policy.may_meet(actor, row), policy.may_supervise(actor, row)
    return ObligationPage(
        obligation=row,
        protocol=protocol,
        step=step,
        derivation=Derivation.from_json(row.derivation),
        ladder=ladder,
        gaps=list(row.gaps.order_by("noticed_at", "id")),
        answers=answers_of(row),
        remarks=remarks_of(row),
        before=before,
        beside=list(same_owed(row)[:LISTED]) if owed and row.unit_id else [],
        acts=acts([basis.act for basis in step.basis], now),
        functions=Function.objects.in_bulk(names - {""}),
        duty=on_duty([unit for unit in (row.unit_id, *told) if unit], now) if owed else {},
        may_meet=meets,
        may_supervise=supervises,
        answered_at=answered_at(row, protocol.code),
        may_print_letter=bool(row.number) and owed and (meets or supervises),
    )


def may_owe(obligation: Obligation, now: datetime) -> QuerySet[Unit]:
    """Return the units of the child's region that could owe it: of its function, or coordinating; not who had it.

    A refuge's units are named only where a duty of the same refuge is passed on: to others they are not there.
    """
    day, region = local(now).date(), region_code(obligation.territory)
    within = Territory.objects.filter(Q(kato=region) | Q(path__contains=region)).values("kato")
    serving = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), since__lte=now, territory__in=within)
    serving = serving.filter(function__in=[obligation.function, *COORDINATION])
    standing = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
    own = Unit.objects.filter(pk=obligation.unit_id or 0).values("body")
    known = Q(body__protected=False) | Q(body__in=own)
    units = standing.filter(known, pk__in=serving.values("unit")).exclude(pk__in=passed_over(obligation))
    return units.select_related("body").order_by("name_kk", "pk")


def _before(row: Obligation) -> list[Obligation]:
    """Return the duties that this one took over, the first first: who had it and passed it on."""
    chain: list[Obligation] = []
    current: Obligation | None = row
    while current is not None:
        passed = Obligation.objects.filter(replaced_by=current, step=row.step, from_moment=row.from_moment)
        current = passed.select_related("unit").order_by("-raised_at").first()
        if current is not None:
            chain.insert(0, current)
    return chain


def _ladder(rows: Sequence[Obligation]) -> list[tuple[Planned, Escalation | None]]:
    """Return the rungs with what became of them, those that silence reached while another body owed it too."""
    became: dict[int, Escalation] = {}
    for escalation in Escalation.objects.filter(obligation__in=rows).select_related("unit").order_by("noticed_at"):
        became[escalation.rung] = escalation
    planned: dict[int, Planned] = {}
    for row in rows:
        planned |= {rung.rung: rung for rung in map(Planned.from_json, row.ladder)}
    return [(planned[rung], became.get(rung)) for rung in sorted(planned)]
