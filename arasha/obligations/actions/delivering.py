"""A notice reaches the unit that must have it, or it is known within the hour that it did not."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import Derivation, local
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.holding import NotPossibleNow, Why, codes_of, hold, note, tell, write
from arasha.obligations.models import Obligation

# Who reported is told within the hour how else to discharge the duty: a little before it is over, then.
UNDELIVERED_AFTER = timedelta(minutes=55)
BATCH = 200


class NotHandedOverThen(ValueError):
    """A notice is handed over between the day on which it was sent and today."""


def see(*, actor: Actor, obligations: Collection[UUID], now: datetime) -> int:
    """Note that somebody of the unit that owes them opened these duties; returns how many were new to the unit.

    What is not there for the actor, is not owed by the actor's unit or was seen before is passed over: it tells
    nobody anything. One act for each file, so that no file's acts name another file.
    """
    with transaction.atomic():
        mine = policy.visible_to(actor).filter(pk__in=list(obligations), unit=actor.unit_id or 0, seen_at=None)
        ids = [row.pk for row in mine if policy.may_meet(actor, row)]
        rows = Obligation.objects.filter(pk__in=ids, seen_at=None).order_by("dossier_id", "id")
        held = list(rows.select_for_update(of=("self",)))
        files: dict[UUID, list[Obligation]] = {}
        for row in held:
            files.setdefault(row.dossier_id, []).append(row)
        for dossier, seen in files.items():
            codes = {"facet": queries.FACET, "unit": actor.unit_id, "obligations": [str(row.pk) for row in seen]}
            with act(verb="see_obligations", stream=dossier_stream(dossier), now=now, codes=codes):
                for row in seen:
                    write(row, seen_at=now, **({} if row.delivered_at or not row.number else _inbox(now)))
    return len(held)


def note_delivery(
    *,
    actor: Actor,
    obligation: UUID,
    by: rules.DeliveredBy,
    now: datetime,
    on: date | None = None,
    incoming: str = "",
    words: str = "",
) -> Obligation:
    """Say that a notice which did not reach its unit here was handed over as a letter, or told by telephone.

    `on` is the day on which that happened (today where nothing is said), `incoming` the number under which the unit's
    registry took the letter; it is sealed with the words.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        TooLong: number and words are longer than is kept.
        NotHandedOverThen: the day is before the notice was sent, or in the future.
        NotPossibleNow: it is no notice, reached its unit before, or is not owed any more.
    """
    why = Why(rules.Said.DELIVERED, words="\n".join(filter(None, [incoming and f"№ {incoming}", words])))
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        if not row.number or row.delivered_at or rules.State(row.state) not in rules.OWED:
            raise NotPossibleNow(row)
        at = _handed_over(row, on or local(now).date(), now)
        codes = codes_of(row, delivered_by=by.value, delivered_at=at)
        with act(verb="deliver_notice", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            write(row, delivered_at=at, delivered_by=by.value)
            note(actor, row, why, now=now)
    return row


def _handed_over(row: Obligation, on: date, now: datetime) -> datetime:
    """Return when it was: now, or on an earlier day, of which the hour is not asked, at the latest that can be."""
    if not local(row.raised_at).date() <= on <= local(now).date():
        raise NotHandedOverThen
    return max(row.raised_at, min(now, Derivation.from_json(row.derivation).hours.end(on)))


def print_letter(*, actor: Actor, obligation: UUID, now: datetime) -> Obligation:
    """Note that a notice is taken along as a letter for the unit's paper registry; handing it over is another deed.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor neither supervises this duty nor sits in the unit that owes it.
        NotPossibleNow: it is no written notice, or is not owed any more.
    """
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_print_letter)
        if not row.number or rules.State(row.state) not in rules.OWED:
            raise NotPossibleNow(row)
        with act(verb="print_letter", stream=dossier_stream(row.dossier_id), now=now, codes=codes_of(row)):
            pass
    return row


def check_notices(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Look at the notices that reached nobody yet; returns how many changed. Run it until it returns 0.

    One whose unit has somebody by now who may know of the file is delivered. One that still has nobody shortly before
    its hour is over is noted, and the coordination is told at once.

    Raises:
        NotAllowed: the actor is not the clock.
    """
    if not policy.may_tick(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        rows = queries.claim_undelivered(now, late=now - UNDELIVERED_AFTER, limit=limit)
        for row, reached in rows:
            verb = "deliver_notice" if reached else "miss_notice"
            change = _inbox(now) if reached else {"undelivered_at": now}
            codes = codes_of(row, **({"delivered_by": "inbox"} if reached else {}))
            with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes):
                write(row, **change)
                if not reached:
                    tell(actor, row, queries.supervising_units(row), "notice_missed", now)
    return len(rows)


def _inbox(now: datetime) -> dict[str, object]:
    return {"delivered_at": now, "delivered_by": rules.DeliveredBy.INBOX.value}
