"""The clock's part: what is over ends and is told, what fell with a suspect is told, what runs out is asked anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.sharing import policy, queries, rules
from arasha.sharing.actions.lending import stop
from arasha.sharing.actions.writing import codes, tell_lead, tell_receivers
from arasha.sharing.models import Consent, Share

BATCH = 50


def watch_sharing(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, end consents and shares that are over, tell their units, and remind who leads of what runs out.

    Returns in how many files something was done. Raises NotAllowed.
    """
    if not policy.may_watch(actor):
        raise policy.NotAllowed
    files = queries.due(now, local(now).date(), limit)
    for dossier in files:
        with transaction.atomic():
            _watch(actor, dossier, now)
    return len(files)


def _watch(actor: Actor, dossier: UUID, now: datetime) -> None:
    today = local(now).date()
    for share in Share.objects.select_for_update(of=("self",)).filter(dossier=dossier, ended_at=None, until__lte=now):
        stop(actor, share, "until", now)
    given = Consent.objects.select_for_update(of=("self",)).filter(dossier=dossier, answer="given")
    for consent in given.filter(ended_at=None, until__lt=today):
        _noted(actor, consent, "end_consent", now, ended_at=now, ended_why="until")
    for consent in given.filter(ended_why="closed", told_at=None):
        _noted(actor, consent, "tell_consent_fell", now, told_at=now)
        tell_lead(actor, dossier, "consent_fell", now)
    near = Q(until__lte=rules.soon(today), ended_at=None, reminded_at=None)
    for consent in given.filter(near):
        _noted(actor, consent, "remind_of_consent", now, reminded_at=now)
        tell_lead(actor, dossier, "consent_runs_out", now)
    tell_receivers(actor, list(Share.objects.filter(dossier=dossier, ended_at__isnull=False, told_at=None)), now)


def _noted(actor: Actor, row: Consent, verb: str, now: datetime, **changed: object) -> None:
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes(actor, row)):
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
