"""One person proposes what is given, another decides, and whoever hands it over looks once more."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.releases import policy, queries, rules
from arasha.releases.actions.answering import noted, stop
from arasha.releases.actions.errors import (
    AlreadyAnswered,
    ConsentMissing,
    InDanger,
    NotThere,
    OfAge,
    SamePerson,
)
from arasha.releases.models import Release


def propose(
    *, actor: Actor, request: UUID, parts: Sequence[str], consent: str, refusal: str = "", now: datetime
) -> Release:
    """Propose to give these parts of the file, or with `refusal` to give nothing.

    Who reported, other people's data, protected addresses and sealed parts are blacked out always.

    Raises NotThere; AlreadyAnswered; Faulty; ConsentMissing; OfAge; InDanger: the release has stopped.
    """
    faults = [("parts", "choose")] if not refusal and (not parts or set(parts) - set(_codes())) else []
    faults += [("consent", "choose")] if consent not in rules.CONSENTS else []
    faults += [("refusal", "choose")] if refusal and refusal not in rules.REFUSALS else []
    if faults:
        raise rules.Faulty(*faults)
    with transaction.atomic():
        row = _locked(request)
        if not policy.may_propose(actor, row):
            raise NotThere
        if row.state not in ("matched", "proposed"):
            raise AlreadyAnswered
        row.give, row.refusal, row.consent = not refusal, refusal, consent
        row.parts = "" if refusal else " ".join(code for code in _codes() if code in parts)
        row.state, row.proposed_at, row.proposer_id = "proposed", now, actor.user_id
        stopped = row.give and _stopped(actor, row, now)
        if not stopped:
            noted(actor, row, "propose_release", now)
    return _unless(stopped, row)


def decide(*, actor: Actor, request: UUID, agree: bool, now: datetime) -> Release:
    """Agree to what was proposed, or send it back to who proposes; never by the same person.

    Raises NotThere; SamePerson; AlreadyAnswered; ConsentMissing; OfAge; InDanger: the release has stopped.
    """
    with transaction.atomic():
        row = _locked(request)
        if row.state == "proposed" and row.proposer_id == actor.user_id:
            raise SamePerson
        if not policy.may_decide(actor, row):
            raise NotThere
        if row.state != "proposed":
            raise AlreadyAnswered
        row.decided_at, row.decider_id, row.state = now, actor.user_id, "given" if row.give else "refused"
        if not agree:
            row.decided_at, row.decider_id, row.state = None, None, "matched"
        row.ended_at = now if row.state == "refused" else None
        stopped = row.state == "given" and _stopped(actor, row, now)
        if not stopped:
            noted(actor, row, "decide_release" if agree else "send_release_back", now)
    return _unless(stopped, row)


def hand_over(*, actor: Actor, request: UUID, how: str, now: datetime) -> Release:
    """Write down that what was agreed is handed over. It is looked once more whether it may be.

    `how`: a code of the ways. Raises NotThere; AlreadyAnswered; Faulty; ConsentMissing; OfAge; InDanger.
    """
    if how not in rules.WAYS:
        raise rules.Faulty(("how", "choose"))
    with transaction.atomic():
        row = _locked(request)
        if not policy.may_propose(actor, row):
            raise NotThere
        if row.state != "given":
            raise AlreadyAnswered
        row.state, row.ended_at, row.handed_by_id, row.handed_how = "handed", now, actor.user_id, how
        stopped = _stopped(actor, row, now)
        if not stopped:
            noted(actor, row, "hand_over_release", now)
    return _unless(stopped, row)


def _codes() -> list[str]:
    return [row.code for row in rules.PARTS]


def _locked(request: UUID) -> Release:
    row = Release.objects.select_for_update(of=("self",)).select_related("request").filter(request=request).first()
    if row is None:
        raise NotThere
    return row


def _stopped(actor: Actor, row: Release, now: datetime) -> bool:
    """Stop the release where nothing may be given to who asks; else see to the child's age and its own say."""
    if queries.in_danger(row.dossier_id, row.person_id, row.request.applicant):
        row.handed_by_id, row.handed_how = None, ""
        stop(actor, row, now)
        return True
    applicant, birth, day = row.request.applicant, queries.birth_of(row.dossier_id), local(now).date()
    if rules.for_a_child(applicant) and rules.is_of_age(birth, day):
        raise OfAge
    if not rules.consent_stands(applicant, row.consent, birth, day):
        raise ConsentMissing
    return False


def _unless(stopped: bool, row: Release) -> Release:
    if stopped:
        raise InDanger
    return row
