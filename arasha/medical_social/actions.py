"""A notice of internal affairs, the decision on it, going through it again, its end, and the card on paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.medical_social import policy, queries, rules
from arasha.medical_social.models import Enrolment, EnrolmentStep
from arasha.medical_social.rules import Faulty, KeptSaid, NoticeSaid
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.rules import Named
from arasha.services.rules import NEEDS

NOTIFIED, KEPT = "notify_enrolment", "enrol_child"
NEED_CODES = frozenset(code.code for code in NEEDS)


class EnrolmentNotThere(LookupError):
    """There is no such file or enrolment for this actor, or it is not theirs to do this with."""


class EnrolmentStands(Exception):
    """A notice about the child runs already, or the child is on the register."""


@dataclass(frozen=True)
class _By:
    actor: Actor
    now: datetime


@sensitive_variables()
def notify_enrolment(*, actor: Actor, dossier: UUID, said: NoticeSaid, now: datetime) -> Enrolment:
    """Send the notice of internal affairs about a child, or put down one that came on paper; a decision is owed.

    Raises Faulty (`rules.check_notice`), EnrolmentNotThere, EnrolmentStands.
    """
    rules.check_notice(said, local(now).date())
    with transaction.atomic():
        if not policy.may_notify(actor, dossier):
            raise EnrolmentNotThere
        by, row = _By(actor, now), _row(actor, dossier, said, now)
        with act(verb=NOTIFIED, stream=dossier_stream(dossier), now=now, codes=_codes(actor)):
            if not _is_first(row):
                raise EnrolmentStands
            _step(by, row, "notified", said.number)
        _raise(by, row, NOTIFIED, Named(about=row.pk))
    return row


@sensitive_variables()
def enrol_child(*, actor: Actor, enrolment: UUID, said: KeptSaid, now: datetime) -> Enrolment:
    """Take the child on, as the body that owes the decision: what help is owed, and when it is gone through again.

    Raises Faulty (`rules.check_kept`), EnrolmentNotThere.
    """
    rules.check_kept(said, NEED_CODES, local(now).date())
    with transaction.atomic():
        row = _held(enrolment)
        if not policy.may_decide(actor, row):
            raise EnrolmentNotThere
        row.state, row.unit_id, row.kept_at = "kept", actor.unit_id, now
        _keep(_By(actor, now), row, KEPT, said)
    return row


@sensitive_variables()
def refuse_enrolment(*, actor: Actor, enrolment: UUID, reason: str, words: str, now: datetime) -> Enrolment:
    """Decide that the child is not taken on, with the reason. Raises Faulty, EnrolmentNotThere."""
    if reason not in rules.REFUSALS:
        raise Faulty("reason")
    if not words.strip() or len(words) > rules.LONGEST:
        raise Faulty("words")
    with transaction.atomic():
        row = _held(enrolment)
        if not policy.may_decide(actor, row):
            raise EnrolmentNotThere
        # Who decided goes on knowing of it, and nobody else but who leads or oversees the file.
        row.state, row.unit_id, row.reason, row.ended_at = "refused", actor.unit_id, reason, now
        _note(_By(actor, now), row, "refuse_enrolment", words)
    return row


@sensitive_variables()
def review_enrolment(*, actor: Actor, enrolment: UUID, said: KeptSaid, now: datetime) -> Enrolment:
    """Go through it again: the ground lasts, and the child stays on until the next time. Raises as `enrol_child`."""
    rules.check_kept(said, NEED_CODES, local(now).date())
    with transaction.atomic():
        row = _held(enrolment)
        if not policy.may_keep(actor, row):
            raise EnrolmentNotThere
        _keep(_By(actor, now), row, "review_enrolment", said)
    return row


@sensitive_variables()
def end_enrolment(*, actor: Actor, enrolment: UUID, reason: str, words: str, now: datetime) -> Enrolment:
    """Take the child off the register, as who keeps it; from then on only they and who leads or oversees know of it.

    Raises Faulty (`rules.check_ending`), EnrolmentNotThere.
    """
    with transaction.atomic():
        row = _held(enrolment)
        if not policy.may_keep(actor, row):
            raise EnrolmentNotThere
        rules.check_ending(reason, row.measures_until, words, local(now).date())
        row.state, row.reason, row.ended_at = "ended", reason, now
        _note(_By(actor, now), row, "end_enrolment", words)
    return row


def print_enrolment(*, actor: Actor, enrolment: UUID, now: datetime) -> Enrolment:
    """Put down that the register's card was printed, as who keeps it. Raises EnrolmentNotThere."""
    with transaction.atomic():
        row = _held(enrolment)
        if not policy.may_keep(actor, row):
            raise EnrolmentNotThere
        codes = _codes(actor)
        with act(verb="print_enrolment", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            _step(_By(actor, now), row, "printed", "")
    return row


def _codes(actor: Actor) -> dict[str, Any]:
    """Return what the acts say: they lie under the plan, so that a body that only owes something reads none."""
    return {"facet": Facet.PLAN, "unit": actor.unit_id}


def _row(actor: Actor, dossier: UUID, said: NoticeSaid, now: datetime) -> Enrolment:
    row = Enrolment(id=uuid4(), dossier_id=dossier, grounds=list(dict.fromkeys(said.grounds)), dated=said.dated)
    row.on_paper = bool(said.number or said.dated)
    row.notified_at, row.notified_by_id = now, int(actor.unit_id or 0)
    return row


def _is_first(row: Enrolment) -> bool:
    """Write the row; false where another one runs, seen or not."""
    made = Enrolment.objects.bulk_create([row], ignore_conflicts=True)
    return bool(made) and Enrolment.objects.filter(pk=row.pk).exists()


def _held(enrolment: UUID) -> Enrolment:
    row = Enrolment.objects.select_for_update(of=("self",)).filter(pk=enrolment, state__in=rules.RUNNING).first()
    if row is None:
        raise EnrolmentNotThere
    return row


def _keep(by: _By, row: Enrolment, verb: str, said: KeptSaid) -> None:
    row.needs, row.review_on, row.measures_until = list(dict.fromkeys(said.needs)), said.review_on, said.measures_until
    _note(by, row, verb, said.words)
    _raise(by, row, KEPT, Named(unit=row.unit_id, until=said.review_on, about=row.pk))


def _note(by: _By, row: Enrolment, verb: str, words: str) -> None:
    """Write how an enrolment stands now, in one act, with what was said; what was owed for it is answered."""
    kind = "reviewed" if verb == "review_enrolment" else row.state
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=by.now, codes=_codes(by.actor)):
        row.save(
            update_fields=[
                *("state", "unit", "kept_at", "needs", "measures_until", "review_on", "ended_at", "reason"),
            ]
        )
        _step(by, row, kind, words)
    duty = queries.duty_of(row)
    if duty is not None:
        # A word that says nothing of the register: whoever owes something in the file reads the answers to its duties.
        settle(actor=by.actor, obligation=duty.pk, answer=rules.STATES.label("decided"), outcome="", now=by.now)


def _step(by: _By, row: Enrolment, kind: str, words: str) -> None:
    step = EnrolmentStep(id=uuid4(), enrolment=row, dossier_id=row.dossier_id, kind=kind, at=by.now)
    step.number = EnrolmentStep.objects.filter(enrolment=row).count() + 1
    step.unit_id, step.user_id = int(by.actor.unit_id or 0), by.actor.user_id
    if words.strip():
        step.sealed = seal_text(words.strip(), row=step.pk, **queries.words_place(row.dossier_id))
    step.save(force_insert=True)


def _raise(by: _By, row: Enrolment, event: str, named: Named) -> None:
    territory = Dossier.objects.values_list("territory_id", flat=True).get(pk=row.dossier_id)
    raise_for(
        actor=by.actor,
        dossier=row.dossier_id,
        event=event,
        codes={},
        territory=territory or "",
        from_moment=by.now,
        now=by.now,
        sealed_actor=False,
        named=named,
    )
