"""An event sets off procedures, and each of their steps becomes somebody's duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Hours, due_at
from arasha.obligations import policy, queries, rules
from arasha.obligations.models import Gap, Obligation
from arasha.protocols.queries import Published, started_by
from arasha.protocols.rules import Step


@dataclass(frozen=True)
class _Cause:
    """What set the procedures off: by whom, in which file, for which place, from when, and noticed when."""

    actor: Actor
    dossier: UUID
    territory: str
    from_moment: datetime
    now: datetime
    sealed: bool
    finder: queries.Finder


def raise_for(
    *,
    actor: Actor,
    dossier: UUID,
    event: str,
    codes: Mapping[str, Any],
    territory: str,
    from_moment: datetime,
    now: datetime,
    sealed_actor: bool = True,
) -> list[Obligation]:
    """Raise what the procedures in force at `from_moment` ask for after this event.

    Call it inside the event's transaction and **after** the event's own act is closed: each obligation is an act of
    its own. Those acts are sealed unless the caller says otherwise: it is the procedure that obliges, and the actor
    is often somebody who told something and must not be found through it.

    Args:
        actor: who caused the event, in the context of the current transaction.
        dossier: the file; the actor opened it in this transaction or may write its obligations.
        event: the verb of the event, as procedures name it.
        codes: the event's codes, that the procedures' conditions ask about.
        territory: KATO code of the child's place; bodies are found for it.
        from_moment: from when limits count.
        now: the domain's moment.

    Returns:
        The obligations, empty when no procedure asks for anything.

    Raises:
        NotAllowed: the actor acts in no post.
    """
    if not policy.may_raise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        started = started_by(event, codes, from_moment)
        days = calendar() if started else Calendar()
        cause = _Cause(actor, dossier, territory, from_moment, now, sealed_actor, queries.Finder(now))
        return [_raise_step(cause, published, step, days) for published in started for step in published.protocol.steps]


def _raise_step(cause: _Cause, published: Published, step: Step, days: Calendar) -> Obligation:
    found = cause.finder.obliged(cause.dossier, step.function, cause.territory, published.protocol.substitutes)
    obligation = _dated(cause, published, step, found, days)
    codes = {
        "facet": Facet.OBLIGATIONS,
        "obligation": str(obligation.id),
        "protocol": published.protocol.code,
        "version": published.protocol.version,
        "step": step.key,
        "unit": obligation.unit_id,
        "found_by": obligation.found_by,
        "due_at": obligation.due_at.isoformat(),
    }
    stream = dossier_stream(cause.dossier)
    with act(verb="raise_obligation", stream=stream, now=cause.now, codes=codes, sealed_actor=cause.sealed):
        obligation.save(force_insert=True)
        for gap in found.gaps:
            Gap.objects.create(
                obligation=obligation,
                dossier_id=cause.dossier,
                function=gap.function,
                territory=gap.territory,
                level=gap.level,
                noticed_at=cause.now,
            )
        if found.unit:
            member = TeamMember("obliged", unit_id=found.unit.id, reason="obligation")
            add_member(dossier=cause.dossier, member=member)
            link = queries.link(obligation.id)
            notify(
                actor=cause.actor,
                units=[found.unit.id],
                dossier=cause.dossier,
                code="new_duty",
                link=link,
                now=cause.now,
            )
    return obligation


def _dated(cause: _Cause, published: Published, step: Step, found: queries.Found, days: Calendar) -> Obligation:
    hours = hours_of(found.unit)
    derivation = due_at(step.limit, cause.from_moment, hours, days)
    # Where nobody owes it, there is nothing to wait for: silence climbs from the start.
    climbs_from = derivation.due if found.unit else cause.now
    ladder = rules.plan(published.protocol.ladder, climbs_from, hours, days)
    return Obligation(
        id=uuid4(),
        dossier_id=cause.dossier,
        protocol_id=published.id,
        step=step.key,
        unit=found.unit,
        function=step.function,
        territory=cause.territory,
        found_by=found.found_by.value,
        from_moment=cause.from_moment,
        due_at=derivation.due,
        due_now=derivation.due,
        derivation=derivation.to_json(),
        ladder=[planned.to_json() for planned in ladder],
        state=rules.State.OPEN.value,
        next_check_at=rules.next_check(ladder, (), derivation.due),
        raised_at=cause.now,
    )


def hours_of(unit: Unit | None) -> Hours:
    """Return when a unit's door is open; round the clock when there is none, so that nothing waits for nobody."""
    if unit is None or unit.around_the_clock:
        return AROUND_THE_CLOCK
    return Hours(unit.opens, unit.closes) if unit.opens and unit.closes else Hours()
