"""Withdrawing a certificate: one person of the body asks, another one decides, or coordination of the territory."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.prevention import policy, queries, rules
from arasha.prevention.models import Certificate, Withdrawal


class AlreadyAsked(Exception):
    """The certificate is withdrawn, or somebody asked for that already."""


class SecondPersonNeeded(Exception):
    """Whoever asked does not decide."""


def ask_withdrawal(*, actor: Actor, certificate: UUID, reason: str, now: datetime) -> UUID:
    """Ask for a certificate to be withdrawn. It counts until another person has decided.

    Raises NotAllowed, NotThere, ValueError (no such reason), AlreadyAsked.
    """
    policy.require_issuing(actor)
    row = queries.certificate(actor, certificate)
    if reason not in rules.REASONS:
        raise ValueError(reason)
    asked = Withdrawal(id=uuid4(), certificate=row, reason=reason, asked_at=now)
    asked.asked_by_id = cast(int, actor.user_id)
    try:
        with transaction.atomic(), _act("ask_withdrawal", row, now, reason=reason):
            Withdrawal.objects.bulk_create([asked])
    except IntegrityError:
        raise AlreadyAsked from None
    return asked.pk


def decide_withdrawal(*, actor: Actor, certificate: UUID, withdraw: bool, now: datetime) -> None:
    """Withdraw the certificate that somebody else asked about, or refuse to; a body with one issuer needs coordination.

    From then on its number is invalid, for good. Raises NotAllowed, NotThere (nothing waits), SecondPersonNeeded.
    """
    with transaction.atomic():
        asked = policy.deciding_on(actor, certificate)
        row = asked.certificate
        if asked.asked_by_id == actor.user_id:
            raise SecondPersonNeeded
        verdict = "withdrawn" if withdraw else "refused"
        with _act("decide_withdrawal", row, now, verdict=verdict):
            changed = Withdrawal.objects.filter(pk=asked.pk, verdict="").update(
                verdict=verdict, decided_by=actor.user_id, decided_at=now
            )
        if not changed:
            raise NotThere


def _act(verb: str, row: Certificate, now: datetime, **codes: str) -> AbstractContextManager[object]:
    return act(verb=verb, stream=body_stream(row.body_id), now=now, codes={"certificate": str(row.pk), **codes})
