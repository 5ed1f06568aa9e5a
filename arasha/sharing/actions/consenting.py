"""Writing down what was answered, and that a consent was taken back: everything that rests on it ends at once."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.plans.actions import ReferralNotThere, withdraw_referral
from arasha.sharing import policy, queries, rules
from arasha.sharing.actions.errors import AlreadyEnded, GiverNotThere, NotThere, UnitNotThere
from arasha.sharing.actions.writing import codes, sealed, tell_lead, tell_receivers
from arasha.sharing.models import Consent, Share
from arasha.sharing.rules import Answer


@sensitive_variables()
def record_consent(*, actor: Actor, dossier: UUID, said: Answer, now: datetime, ticket: UUID | None = None) -> Consent:
    """Write down that somebody agreed, said no, or was not asked, for one unit. Sent twice it is written once.

    A "no" takes back every earlier "yes" of the same person for the same unit, with all that rests on it. A "yes"
    shares nothing by itself.

    Raises NotThere, Faulty; GiverNotThere: nobody who may consent; UnitNotThere.
    """
    today = local(now).date()
    with transaction.atomic():
        if not policy.may_record(actor, dossier):
            raise NotThere
        pk = ticket or uuid4()
        known = policy.visible_to(actor).filter(pk=pk, dossier=dossier).first()
        if known is not None:
            return known
        said.check(today, own_say=queries.own_say(dossier, today))
        row = _row(actor, dossier, said, now, pk)
        with act(
            verb="record_consent",
            stream=dossier_stream(dossier),
            now=now,
            codes=codes(actor, row) | {"answer": row.answer, "giver": row.giver},
        ):
            row.save(force_insert=True)
        if said.answer == "refused":
            for earlier in _earlier(row):
                _end(actor, earlier, now)
    return row


def withdraw_consent(*, actor: Actor, consent: UUID, now: datetime) -> Consent:
    """Write down that a consent was taken back: sharing on it and referrals that rest on it end in this transaction.

    Every receiver is told, and who leads the file, if somebody else heard it. Where whoever hears it may not take a
    referral back, the lead does: the file's page shows it.

    Raises NotThere; AlreadyEnded: a colleague was faster, or it ran out.
    """
    with transaction.atomic():
        row = policy.visible_to(actor).select_for_update(of=("self",)).filter(pk=consent, answer="given").first()
        if row is None or not policy.may_record(actor, row.dossier_id):
            raise NotThere
        if row.ended_at is not None:
            raise AlreadyEnded
        _end(actor, row, now)
        tell_lead(actor, row.dossier_id, "consent_withdrawn", now)
    return row


def _end(actor: Actor, row: Consent, now: datetime) -> None:
    """End a consent; the database ends what rests on it, and the receivers are told."""
    with act(verb="withdraw_consent", stream=dossier_stream(row.dossier_id), now=now, codes=codes(actor, row)):
        row.ended_at, row.ended_why = now, "withdrawn"
        row.save(update_fields=["ended_at", "ended_why"])
    _withdraw_referrals(actor, row, now)
    tell_receivers(actor, list(Share.objects.filter(consent=row, told_at=None, ended_at__isnull=False)), now)


def _withdraw_referrals(actor: Actor, row: Consent, now: datetime) -> None:
    for referral in queries.resting_referrals(row):
        try:
            withdraw_referral(
                actor=actor, referral=referral.pk, reason="consent_withdrawn", seen=referral.place.steps, now=now
            )
        except ReferralNotThere:
            tell_lead(actor, row.dossier_id, "referral_without_consent", now)


def _earlier(row: Consent) -> list[Consent]:
    same = Consent.objects.filter(dossier=row.dossier_id, unit=row.unit_id, giver=row.giver, person=row.person_id)
    return list(same.filter(answer="given", ended_at=None).exclude(pk=row.pk).select_for_update(of=("self",)))


@sensitive_variables()
def _row(actor: Actor, dossier: UUID, said: Answer, now: datetime, pk: UUID) -> Consent:
    unit = _unit(actor, dossier, said.lent.unit, now)
    row = Consent(id=pk, dossier_id=dossier, unit=unit, answer=said.answer, giver=said.giver, at=now, why=said.why)
    row.person_id = _person(dossier, said, now)
    row.from_unit_id, row.user_id = int(actor.unit_id or 0), int(actor.user_id or 0)
    if said.answer != "not_asked":
        row.way, row.explained = said.way, said.explained
    if said.answer == "given":
        row.purposes, row.until = " ".join(said.lent.purposes), said.lent.until
        row.facets = rules.facets_of(said.lent.parts)
    row.sealed = sealed(row, witness=said.witness, wishes=said.wishes)
    return row


def _person(dossier: UUID, said: Answer, now: datetime) -> UUID | None:
    """Return who answered. Raises GiverNotThere: nobody of the file, or somebody to whom consent is closed."""
    for one in queries.givers(dossier, local(now).date()):
        if one.giver == said.giver and (said.giver != rules.ADULT or (one.person and one.person.pk == said.person)):
            return one.person.pk if one.person else None
    raise GiverNotThere


def _unit(actor: Actor, dossier: UUID, pk: int, now: datetime) -> Unit:
    found = next((unit for unit in queries.units_for(actor, dossier, now) if unit.pk == pk), None)
    if found is None:
        raise UnitNotThere
    return found
