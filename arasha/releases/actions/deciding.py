"""One person proposes what is given, another decides, and whoever hands it over looks once more."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.releases import policy, queries, rules
from arasha.releases.actions.answering import noted, stop
from arasha.releases.actions.errors import (
    AlreadyAnswered,
    ConsentMissing,
    HelperMissing,
    InDanger,
    NotThere,
    OfAge,
    SamePerson,
)
from arasha.releases.models import OwnCopy, Receipt, Release
from arasha.releases.rules import Own, Withheld

# Nobody goes through it, and nothing waits.
NO_COPY = Own()
# Everything is given, or nothing.
WHOLE = Withheld()


@sensitive_variables()
def propose(
    *,
    actor: Actor,
    request: UUID,
    parts: Sequence[str],
    consent: str,
    refusal: str = "",
    own: Own = NO_COPY,
    withheld: Withheld = WHOLE,
    now: datetime,
) -> Release:
    """Propose to give these parts of the file, or with `refusal` to give nothing.

    Who reported, other people's data, protected addresses and sealed parts are blacked out always. `own`: how a child
    gets their own copy; `withheld`: what is kept back, and why, where the rest is given.

    Raises NotThere; AlreadyAnswered; Faulty; ConsentMissing; OfAge; HelperMissing; InDanger: the release has stopped.
    """
    _check(parts, consent, refusal, own, withheld)
    with transaction.atomic():
        row = locked(request)
        if not policy.may_propose(actor, row):
            raise NotThere
        if row.state not in ("matched", "proposed"):
            raise AlreadyAnswered
        row.give, row.refusal, row.consent = not refusal, refusal, consent
        row.parts = "" if refusal else _listed(parts)
        row.withheld, row.ground = _listed(withheld.parts), withheld.ground
        row.state, row.proposed_at, row.proposer_id = "proposed", now, actor.user_id
        halted = row.give and stopped(actor, row, now)
        if not halted:
            noted(actor, row, "propose_release", now, _own_copy(actor, row, own, now))
    return unless(halted, row)


def decide(*, actor: Actor, request: UUID, agree: bool, now: datetime) -> Release:
    """Agree to what was proposed, or send it back to who proposes; never by the same person.

    Raises NotThere; SamePerson; AlreadyAnswered; ConsentMissing; OfAge; InDanger: the release has stopped.
    """
    with transaction.atomic():
        row = locked(request)
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
        halted = row.state == "given" and stopped(actor, row, now)
        if not halted:
            noted(actor, row, "decide_release" if agree else "send_release_back", now)
    return unless(halted, row)


@sensitive_variables()
def hand_over(
    *, actor: Actor, request: UUID, how: str, receiver: str = "", proof: str = "none", now: datetime
) -> Release:
    """Write down that what was agreed is handed over. It is looked once more whether it may be.

    `how`: a code of the ways; `receiver`: the name of whoever received it; `proof`: a code of what shows it.
    Raises NotThere; AlreadyAnswered; Faulty; ConsentMissing; OfAge; InDanger.
    """
    faults = [("how", "choose")] if how not in rules.WAYS else []
    faults += [("proof", "choose")] if proof not in rules.PROOFS else []
    faults += [("receiver", "long")] if len(receiver) > rules.LONGEST_LINE else []
    if faults:
        raise rules.Faulty(*faults)
    with transaction.atomic():
        row = locked(request)
        if not policy.may_propose(actor, row):
            raise NotThere
        if row.state != "given":
            raise AlreadyAnswered
        row.state, row.ended_at, row.handed_by_id, row.handed_how = "handed", now, actor.user_id, how
        halted = stopped(actor, row, now)
        if not halted:
            noted(actor, row, "hand_over_release", now, _receipt(actor, row, receiver.strip(), proof, now))
    return unless(halted, row)


def _check(parts: Sequence[str], consent: str, refusal: str, own: Own, withheld: Withheld) -> None:
    faults = [("parts", "choose")] if not refusal and (not parts or set(parts) - set(_codes())) else []
    faults += [("consent", "choose")] if consent not in rules.CONSENTS else []
    faults += [("refusal", "choose")] if refusal and refusal not in rules.REFUSALS else []
    faults += own.faults(parts) if not refusal else []
    faults += withheld.faults(parts)
    faults += [("refusal", "both")] if refusal and withheld.parts else []
    if faults:
        raise rules.Faulty(*faults)


def _own_copy(actor: Actor, row: Release, own: Own, now: datetime) -> OwnCopy | None:
    """Return how the child gets their copy; nothing where no child asks for their own, or nothing is given."""
    if not row.give or not rules.childs_copy(row.request.applicant):
        return None
    helper = own.helper.strip()
    if not helper and rules.needs_helper(row.request.applicant, queries.birth_of(row.dossier_id), local(now).date()):
        raise HelperMissing
    copy = OwnCopy(id=uuid4(), release=row, dossier_id=row.dossier_id, at=now, why=own.why)
    copy.user_id, copy.waits = cast(int, actor.user_id), _listed(own.waits)
    copy.sealed = seal_text(helper, row=copy.pk, **queries.kept("owncopy", row.dossier_id))
    return copy


def _receipt(actor: Actor, row: Release, receiver: str, proof: str, now: datetime) -> Receipt:
    receipt = Receipt(id=uuid4(), release=row, dossier_id=row.dossier_id, proof=proof, at=now)
    receipt.user_id = cast(int, actor.user_id)
    receipt.sealed = seal_text(receiver, row=receipt.pk, **queries.kept("receipt", row.dossier_id))
    return receipt


def _codes() -> list[str]:
    return [row.code for row in rules.PARTS]


def _listed(parts: Sequence[str]) -> str:
    return " ".join(code for code in _codes() if code in parts)


def locked(request: UUID) -> Release:
    """Return the release of a request, held until the transaction ends. Raises NotThere."""
    row = Release.objects.select_for_update(of=("self",)).select_related("request").filter(request=request).first()
    if row is None:
        raise NotThere
    return row


def stopped(actor: Actor, row: Release, now: datetime) -> bool:
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


def unless(halted: bool, row: Release) -> Release:
    """Return the release, or raise InDanger where it was stopped just now."""
    if halted:
        raise InDanger
    return row
