"""An event sets off procedures, or goes on with those of a file, and each of their steps becomes somebody's duty."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.rules import checked_codes, from_database
from arasha.kernel.messages.actions import NewNotice, notify_many
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import Calendar, Limit, due_at
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.writing import hours_of, new_number, put_notice
from arasha.obligations.models import Obligation
from arasha.protocols.queries import Published, continued_by, started_by
from arasha.protocols.rules import IDENTIFIED, WHERE_FOUND, Step

RAISE: Final = "SELECT obligations.raise_duties(%s::uuid, %s::jsonb, %s::integer[], %s::timestamptz, %s::boolean)"


@dataclass(frozen=True)
class _Place:
    """KATO codes: where the child lives, and where the child was found."""

    territory: str
    found_in: str


@dataclass(frozen=True)
class _Cause:
    """What set the procedures off: by whom, in which file, where, from when, and noticed when."""

    actor: Actor
    dossier: UUID
    place: _Place
    from_moment: datetime
    identified_at: datetime
    now: datetime
    sealed: bool
    units: Mapping[str, int]
    caused_by: Obligation | None
    limit: Limit | None = None

    def wanted(self, published: Published, step: Step) -> queries.Wanted:
        """Return the body that a step asks for."""
        place = self.place.found_in if step.place == WHERE_FOUND else self.place.territory
        substitutes = published.protocol.substitutes
        return queries.Wanted(step.function, place, substitutes, step.body, self.units.get(step.body))


@dataclass(frozen=True)
class _Asked:
    """What one step of a procedure asks for, and of which body."""

    published: Published
    step: Step
    body: queries.Wanted


@dataclass(frozen=True)
class _Raised:
    """A duty that is written down: with the body as it was found."""

    published: Published
    obligation: Obligation
    found: queries.Found


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
    identified_at: datetime | None = None,
    units: Mapping[str, int] | None = None,
    found_in: str = "",
    caused_by: Obligation | None = None,
    finder: queries.Finder | None = None,
    limit: Limit | None = None,
) -> list[Obligation]:
    """Raise what procedures ask for after this event: those that it starts, and the file's own that wait for it.

    Call it inside the event's transaction and **after** the event's own act is closed: each obligation is an act of
    its own, sealed unless the caller says otherwise: it is the procedure that obliges, and the actor is often
    somebody who told something and must not be found through it. One unit that owes several things gets one notice;
    each duty stands for itself. docs/obligations.md says what the arguments mean.

    Raises:
        NotAllowed: the actor acts in no post.
    """
    if not policy.may_raise(actor):
        raise policy.NotAllowed
    identified = min(identified_at or from_moment, from_moment)
    place = _Place(territory, found_in or territory)
    cause = _Cause(actor, dossier, place, from_moment, identified, now, sealed_actor, units or {}, caused_by, limit)
    with transaction.atomic():
        return _raise(cause, event, codes, finder or queries.Finder(now))


def _raise(cause: _Cause, event: str, codes: Mapping[str, Any], finder: queries.Finder) -> list[Obligation]:
    own = Obligation.objects.filter(dossier=cause.dossier)
    versions = set(own.order_by().values_list("protocol_id", flat=True).distinct())
    called = [*started_by(event, codes, cause.from_moment), *continued_by(versions, event, codes)]
    steps = [(published, step) for published in called for step in published.protocol.steps_on(event, codes)]
    if not steps:
        return []
    raised = _worked_out(replace(cause, units=_named(own, steps, cause.units)), steps, finder)
    _write(cause, raised)
    notify_many(actor=cause.actor, notices=_notices(cause.dossier, raised), now=cause.now)
    return [one.obligation for one in raised]


def _named(own: Any, steps: Sequence[tuple[Published, Step]], units: Mapping[str, int]) -> Mapping[str, int]:
    """Return the units of roles: as the event names them, else as they were named in this file before."""
    if all(step.body in units for _published, step in steps if step.body):
        return units
    before = own.filter(found_by=rules.FoundBy.NAMED.value, unit__isnull=False).exclude(role="").order_by("raised_at")
    return {**dict(before.values_list("role", "unit_id")), **units}


def _worked_out(cause: _Cause, steps: Sequence[tuple[Published, Step]], finder: queries.Finder) -> list[_Raised]:
    """Find each body and compute each moment; one number for each unit that gets a notice."""
    days, numbers = calendar(), dict[int | None, str]()
    wanted = [cause.wanted(published, step) for published, step in steps]
    finder.foresee_obliged(cause.dossier, wanted)
    raised = []
    for (published, step), body in zip(steps, wanted, strict=True):
        found = finder.found(cause.dossier, body)
        obligation = _dated(cause, _Asked(published, step, body), found, days)
        if step.notice:
            number = numbers.setdefault(obligation.unit_id, new_number())
            put_notice(obligation, number, held=found.held, now=cause.now)
        raised.append(_Raised(published, obligation, found))
    return raised


def _dated(cause: _Cause, asked: _Asked, found: queries.Found, days: Calendar) -> Obligation:
    published, step, hours = asked.published, asked.step, hours_of(found.unit)
    from_moment = cause.identified_at if step.counts_from == IDENTIFIED else cause.from_moment
    derivation = due_at(cause.limit or step.limit, from_moment, hours, days)
    # Where nobody owes it, there is nothing to wait for: silence climbs from the start.
    climbs_from = derivation.due if found.unit else cause.now
    ladder = rules.plan(published.protocol.ladder_of(step), climbs_from, hours, days)
    return Obligation(
        id=uuid4(),
        dossier_id=cause.dossier,
        raised_in=cause.dossier,
        protocol_id=published.id,
        step=step.key,
        unit=found.unit,
        function=step.function,
        role=step.body,
        territory=asked.body.territory,
        found_by=found.found_by.value,
        from_moment=from_moment,
        due_at=derivation.due,
        due_now=derivation.due,
        derivation=derivation.to_json(),
        ladder=[planned.to_json() for planned in ladder],
        state=rules.State.OPEN.value,
        next_check_at=rules.next_check(ladder, (), derivation.due),
        raised_at=cause.now,
        caused_by=cause.caused_by,
    )


def _write(cause: _Cause, raised: Sequence[_Raised]) -> None:
    """Write each duty down, an act each; with the last, the units that owe join the file."""
    duties = [
        {"row": _columns(one.obligation), "codes": checked_codes(_codes(one)), "gaps": _gaps(one)} for one in raised
    ]
    units = sorted({one.obligation.unit_id for one in raised if one.obligation.unit_id is not None})
    given: list[Any] = [cause.dossier, json.dumps(duties, default=_as_text), units, cause.now, cause.sealed]
    try:
        with connection.cursor() as cursor:
            cursor.execute(RAISE, given)
    except DatabaseError as error:
        raise from_database(error) from error
    for one in raised:
        one.obligation._state.adding = False


def _columns(row: Obligation) -> dict[str, Any]:
    """Return a new duty's values by column."""
    return {str(field.column): field.value_from_object(row) for field in row._meta.concrete_fields}


def _as_text(value: datetime | UUID) -> str:
    """Return what PostgreSQL reads again to the microsecond."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _gaps(raised: _Raised) -> list[dict[str, str]]:
    return [{"function": gap.function, "territory": gap.territory, "level": gap.level} for gap in raised.found.gaps]


def _codes(raised: _Raised) -> dict[str, Any]:
    row = raised.obligation
    return {
        "facet": Facet.OBLIGATIONS,
        "obligation": str(row.id),
        "protocol": raised.published.protocol.code,
        "version": raised.published.protocol.version,
        "step": row.step,
        "unit": row.unit_id,
        "found_by": row.found_by,
        "due_at": row.due_now.isoformat(),
    }


def _notices(dossier: UUID, raised: Sequence[_Raised]) -> list[NewNotice]:
    """Return one notice for each unit: to what it owes first."""
    first: dict[int, Obligation] = {}
    for one in sorted(raised, key=lambda one: one.obligation.due_now):
        if one.obligation.unit_id is not None:
            first.setdefault(one.obligation.unit_id, one.obligation)
    return [NewNotice("new_duty", queries.link(row.id), units=(unit,), dossier=dossier) for unit, row in first.items()]
