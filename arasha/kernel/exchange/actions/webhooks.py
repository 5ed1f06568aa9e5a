"""Webhooks: made, ended, and a dead message sent once more, each by who arranges the account."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.exchange.actions.calling import call
from arasha.kernel.exchange.models import Account, Delivery, Subscription
from arasha.kernel.exchange.rules import keys, targets
from arasha.kernel.exchange.rules.signatures import new_secret
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import Stream, body_stream
from arasha.kernel.worktime.queries import instance_kind

PURPOSE = "webhooks"


class AddressRefused(ValueError):
    """The address is no public https address, nor one that this installation allows."""


def allowed() -> targets.Allowed:
    """Return where webhooks may lead in this installation: loopback only where nothing is real."""
    hosts = frozenset(host for host in settings.ARASHA_WEBHOOK_HOSTS if host)
    return targets.Allowed(hosts=hosts, loopback=instance_kind() != "production")


def make_webhook(
    *, actor: Actor, now: datetime, account_id: int, address: str, events: Collection[str]
) -> tuple[UUID, str]:
    """Tell an account of events at an address; returns the webhook and its secret, which nobody sees a second time.

    Raises AddressRefused, NotThere, Refused for an account without the scope, unknown events or a sixth webhook.
    """
    try:
        targets.target(address, allowed())
    except targets.TargetRefused:
        raise AddressRefused from None
    row, secret = uuid4(), new_secret()
    sealed = keys.seal(keys.derived(settings.SECRET_KEY, PURPOSE), secret.encode(), str(row))
    codes = {"system": account_id, "webhook": str(row), "events": sorted(events)}
    casts = "%s::uuid, %s::integer, %s::text, %s::text[], %s::bytea"
    with transaction.atomic(), act(verb="make_webhook", stream=_stream(account_id), now=now, codes=codes):
        call("subscribe", row, account_id, address, sorted(events), sealed, casts=casts)
    return row, secret


def end_webhook(*, actor: Actor, now: datetime, webhook: UUID) -> None:
    """End a webhook: what waits for it is dropped. Raises NotThere, also when it ended before."""
    account = Subscription.objects.values_list("account_id", flat=True).filter(pk=webhook).first()
    if account is None:
        raise NotThere
    codes = {"system": account, "webhook": str(webhook)}
    with transaction.atomic(), act(verb="end_webhook", stream=_stream(account), now=now, codes=codes):
        call("end_subscription", webhook, casts="%s::uuid")


def resend(*, actor: Actor, now: datetime, delivery: UUID) -> None:
    """Try a message that was given up once more, from the beginning.

    Raises NotThere unless it was given up, Conflict when its webhook has ended.
    """
    account = Delivery.objects.values_list("subscription__account_id", flat=True).filter(pk=delivery).first()
    if account is None:
        raise NotThere
    codes = {"system": account, "message": str(delivery)}
    with transaction.atomic(), act(verb="resend_webhook", stream=_stream(account), now=now, codes=codes):
        call("resend", delivery, casts="%s::uuid")


def _stream(account_id: int) -> Stream:
    body = Account.objects.values_list("unit__body_id", flat=True).filter(pk=account_id).first()
    if body is None:
        raise NotThere
    return body_stream(body)
