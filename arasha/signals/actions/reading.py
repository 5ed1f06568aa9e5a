"""Reading what a rule noticed: a person dismisses it with a reason, or makes a signal of it."""

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Conflict, NotThere, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import person_stream
from arasha.kernel.worktime.rules import local
from arasha.people.queries import glimpsed
from arasha.people.rules import age_on
from arasha.signals import policy, queries, rules
from arasha.signals.actions.reporting import report_signal
from arasha.signals.models import Noticed, Signal

VERBS = {"dismissed": "dismiss_noticed", "signal": "make_signal_of_noticed"}


class NoticedNotThere(LookupError):
    """There is nothing of the kind for this actor."""


class AlreadyRead(Exception):
    """Somebody decided on it before."""


def dismiss_noticed(*, actor: Actor, noticed: UUID, reason: str, now: datetime) -> Noticed:
    """Say that no signal is needed, and why. The same facts are not noticed again; new ones are.

    Raises NoticedNotThere, NotAllowed, AlreadyRead; UnknownCode for a reason of no list.
    """
    rules.DISMISSALS[reason]
    with transaction.atomic():
        row = _readable(actor, noticed)
        _decide(actor, row, now, state="dismissed", reason=reason)
    return row


@sensitive_variables()
def signal_from_noticed(*, actor: Actor, noticed: UUID, worry: rules.Worry, now: datetime) -> Signal:
    """Make a signal: it goes the way of every signal, and its door says that a rule noticed it and a person read it.

    Of what was counted nothing stands in the signal but what the reader writes. Raises NoticedNotThere, NotAllowed,
    AlreadyRead, NobodyCoordinates, UnknownCode.
    """
    with transaction.atomic():
        row = _readable(actor, noticed)
        signal = report_signal(actor=actor, report=_report(row, worry, now), now=now)
        _decide(actor, row, now, state="signal", signal=signal.dossier_id)
    return signal


def _readable(actor: Actor, noticed: UUID) -> Noticed:
    if not policy.may_read_noticed(actor):
        raise policy.NotAllowed
    row = queries.find_noticed(actor, noticed)
    if row is None:
        raise NoticedNotThere
    if row.state != queries.UNREAD:
        raise AlreadyRead
    return row


def _report(row: Noticed, worry: rules.Worry, now: datetime) -> rules.Report:
    """Return what is reported: the child as far as the reader may know them, and the reader's own words."""
    for code in worry.concerns:
        rules.CONCERNS[code]
    rules.ANSWERS[worry.safe_now], rules.ANSWERS[worry.suspect_has_access]
    child = glimpsed([row.person_id]).get(row.person_id)
    age = age_on(child.birth_last, local(now).date()) if child and child.birth_last else None
    return rules.Report(
        door="noticed",
        territory=_place(row, child.territory if child else ""),
        concerns=list(worry.concerns),
        safe_now=worry.safe_now,
        suspect_has_access=worry.suspect_has_access,
        child_called=child.called if child else "",
        child_age=max(age, 0) if age is not None else None,
        child_sex=child.sex if child else "unknown",
        narrative=worry.narrative,
        must_not_know=worry.must_not_know,
    )


def _place(row: Noticed, glimpsed_place: str) -> str:
    return glimpsed_place or Dossier.objects.values_list("territory_id", flat=True).get(pk=row.dossier_id)


def _decide(
    actor: Actor, row: Noticed, now: datetime, *, state: str, reason: str = "", signal: UUID | None = None
) -> None:
    codes = {"facet": row.facet, "unit": actor.unit_id} | ({"reason": reason} if reason else {})
    try:
        with (
            transaction.atomic(),
            act(verb=VERBS[state], stream=person_stream(row.person_id), now=now, codes=codes),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT signals.decide_noticed(%s, %s, %s, %s, %s)", (row.pk, state, reason, now, signal))
    except DatabaseError as error:
        told = from_database(error)
        if isinstance(told, NotThere):
            raise NoticedNotThere from error
        if isinstance(told, Conflict):
            raise AlreadyRead from error
        raise told from error
    row.state, row.reason, row.decided_at = state, reason, now
