"""What an exchange tells of calls: every event is kept once, and each call is reckoned anew from all of its events.

Nobody acts here, so no act is written: what an operator or a child would ask about is the contact, which is made of an
answered call by `following_calls`.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy
from arasha.helpline.models import Call, CallEvent, CallNumber
from arasha.helpline.rules import adapters, calls
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.rules import TELL_CALLS
from arasha.kernel.exchange.rules.keys import derived, keyed_hash, seal
from arasha.ui.rules import phones

MOST_EVENTS = 200
RECKONED = (
    *("state", "outcome", "began_at", "answered_at", "ended_at", "heard_at", "queue", "extension", "answered_by"),
    *("ended_by", "wait", "talk", "held", "transfers", "conference", "gaps", "wished", "mark", "repeat", "due"),
)
NUMBER = "helpline number"


class ClockWrong(Exception):
    """What the exchange says of the time now is so far off that nothing it says of time can be set right."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it came. `caller` is a number and is never kept as it is; `wished`: the caller asked to be rung."""

    name: str
    kind: str
    at: datetime
    call: str = ""
    queue: str = ""
    extension: str = ""
    by: str = ""
    caller: str = field(default="", repr=False)
    wished: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How many events were new, and how many had come before."""

    taken: int
    again: int


@sensitive_variables()
def tell_calls(*, actor: Actor, events: Sequence[Told], sent_at: datetime, now: datetime) -> Taken:
    """Take what an exchange tells. Raises NotAllowed, ClockWrong. Told twice it is taken once, in any order alike."""
    if actor.kind != "account" or TELL_CALLS not in actor.scopes or policy.FUNCTION not in actor.functions:
        raise policy.NotAllowed
    shift = calls.correction(sent_at, now)
    if shift is None:
        raise ClockWrong
    with transaction.atomic():
        told = {(one.call, one.name): one for one in events if one.kind != adapters.RESTARTED}
        rows = _rows(actor, sorted({call for call, _name in told}), now)
        new = _keep(rows, told.values(), shift)
        changed = [rows[call] for call in sorted({call for call, _name in new})]
        for row in changed:
            row.heard_at = now
        _reckon(changed, _Heard(told.values()))
        for one in sorted(events, key=lambda one: one.at):
            if one.kind == adapters.RESTARTED:
                _restarted(actor, one, shift)
    restarts = sum(one.kind == adapters.RESTARTED for one in events)
    return Taken(len(new) + restarts, len(events) - restarts - len(new))


def lose_silent(*, actor: Actor, now: datetime) -> int:
    """Give up calls of which nothing was heard for hours; return how many. For the clock. A late word wins over it."""
    if not actor.is_system:
        raise policy.NotAllowed
    with transaction.atomic():
        silent = Call.objects.filter(heard_at__lt=now - calls.SILENT_FOR).exclude(state=calls.State.OVER)
        rows = list(silent.select_for_update(skip_locked=True).order_by("id")[:MOST_EVENTS])
        _lose(rows, "silence")
        _reckon(rows, _Heard(()))
    return len(rows)


class _Heard:
    """What came with the events besides themselves: numbers, and wishes to be rung."""

    def __init__(self, told: Iterable[Told]) -> None:
        self.first: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self.wished: set[str] = set()
        for one in told:
            number = phones.normal(one.caller, abroad=True) if _is_number(one.caller) else ""
            if number:
                self.first.setdefault(one.call, number)
                if one.kind in calls.TERMINAL:
                    self.last[one.call] = number
            if one.wished:
                self.wished.add(one.call)


def _is_number(said: str) -> bool:
    try:
        return bool(said and phones.normal(said, abroad=True))
    except phones.NotAPhone:
        return False


def _rows(actor: Actor, externals: Sequence[str], now: datetime) -> dict[str, Call]:
    """Return the calls' rows under lock, those not heard of before made now."""
    place = {"unit_id": actor.unit_id, "account_id": actor.account_id}
    fresh = [Call(**place, external=one, state=calls.State.WAITING, began_at=now, heard_at=now) for one in externals]
    Call.objects.bulk_create(fresh, ignore_conflicts=True)
    own = Call.objects.filter(account=actor.account_id, external__in=externals)
    return {row.external: row for row in own.select_for_update().order_by("external")}


def _keep(rows: Mapping[str, Call], told: Iterable[Told], shift: timedelta) -> set[tuple[str, str]]:
    """Keep the events that are new; return which."""
    known = set(
        CallEvent.objects.filter(call__in=[row.pk for row in rows.values()]).values_list("call__external", "name")
    )
    fresh = [one for one in told if (one.call, one.name) not in known]
    CallEvent.objects.bulk_create(
        [
            CallEvent(
                call=rows[one.call],
                name=one.name,
                kind=one.kind,
                at=one.at,
                correction=int(shift.total_seconds()),
                queue=one.queue,
                extension=one.extension,
                by=one.by,
            )
            for one in fresh
        ]
    )
    return {(one.call, one.name) for one in fresh}


def _restarted(actor: Actor, one: Told, shift: timedelta) -> None:
    """The exchange began anew: what it was talking of before is over, unless it goes on talking of it."""
    going = Call.objects.filter(account=actor.account_id).exclude(state=calls.State.OVER)
    found = list(going.filter(began_at__lt=one.at + shift).select_for_update().order_by("external"))
    _reckon(_lose(found, f"restart {one.name}"[:64], at=one.at), _Heard(()))


def _lose(rows: Sequence[Call], name: str, at: datetime | None = None) -> list[Call]:
    """Note that a call was lost: at a moment, or with its last event."""
    last: dict[object, CallEvent] = {}
    for event in CallEvent.objects.filter(call__in=[row.pk for row in rows]).order_by("at", "id"):
        last[event.call_id] = event
    lost = [row for row in rows if row.pk in last and (at is None or last[row.pk].at <= at)]
    CallEvent.objects.bulk_create(
        [
            CallEvent(
                call=row,
                name=name,
                kind=calls.Kind.LOST,
                at=at or last[row.pk].at,
                correction=last[row.pk].correction,
            )
            for row in lost
        ],
        ignore_conflicts=True,
    )
    return lost


@sensitive_variables("heard")
def _reckon(rows: Sequence[Call], heard: _Heard) -> None:
    events: dict[object, list[CallEvent]] = defaultdict(list)
    for event in CallEvent.objects.filter(call__in=[row.pk for row in rows]):
        events[event.call_id].append(event)
    salt = _salt() if any(row.external in heard.first for row in rows) else b""
    for row in rows:
        _state(row, events[row.pk])
    marks: set[bytes] = set()
    for row in sorted(rows, key=lambda one: one.began_at):
        row.wished = row.wished or row.external in heard.wished
        if row.mark is None and row.external in heard.first:
            row.mark = keyed_hash(derived(settings.SECRET_KEY, NUMBER), salt, heard.first[row.external])[:16]
            row.repeat = row.mark in marks or _seen(row)
            marks.add(row.mark)
        row.due = row.outcome == calls.Outcome.ANSWERED or _may_ring(row, heard.last.get(row.external, ""))
    Call.objects.bulk_update(rows, RECKONED)


def _state(row: Call, events: Sequence[CallEvent]) -> None:
    """Write into a call's row what its events say; moments are set right by what the first of them needed."""
    known = calls.reckoned(
        calls.Event(calls.Kind(one.kind), one.at, one.queue, one.extension, calls.By(one.by)) for one in events
    )
    first = min(events, key=lambda one: (one.at, one.name))
    shift = timedelta(seconds=first.correction)
    row.state, row.outcome = known.state, known.outcome
    row.began_at = known.began_at + shift
    row.answered_at = known.answered_at + shift if known.answered_at else None
    row.ended_at = known.ended_at + shift if known.ended_at else None
    row.queue, row.extension, row.answered_by = known.queue, known.extension, known.answered_by
    row.ended_by, row.transfers, row.conference = known.ended_by, known.transfers, known.conference
    row.wait, row.talk = _milliseconds(known.wait), _milliseconds(known.talk)
    row.held, row.gaps = _milliseconds(known.held) or 0, [gap.value for gap in known.gaps]


def _milliseconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length / timedelta(milliseconds=1))


def _salt() -> bytes:
    """Return what today's marks are made with. It is gone when the day is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT helpline.day_salt(%s)", [secrets.token_bytes(32)])
        return bytes(cursor.fetchone()[0])


def _seen(row: Call) -> bool:
    """Say whether the line called before on the same day."""
    return Call.objects.filter(unit=row.unit_id, mark=row.mark).exclude(pk=row.pk).exists()


@sensitive_variables("number")
def _may_ring(row: Call, number: str) -> bool:
    """Keep, sealed, the number of a call in vain, where the caller wished it or the installation says so."""
    unanswered = row.state == calls.State.OVER and row.outcome != calls.Outcome.ANSWERED
    if not (unanswered and number and (row.wished or settings.ARASHA_HELPLINE_RING_MISSED)) or row.contact_id:
        return False
    sealed = seal(derived(settings.SECRET_KEY, NUMBER), number.encode(), f"call {row.pk}")
    CallNumber.objects.bulk_create([CallNumber(call=row, sealed=sealed)], ignore_conflicts=True)
    return True
