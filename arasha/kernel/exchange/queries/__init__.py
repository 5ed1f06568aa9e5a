"""What others may ask of the exchange: accounts that one arranges, their tokens, webhooks and failed messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.models import Account, Delivery, Event, Subscription, Token

LISTED = 50


@dataclass(frozen=True)
class Budget:
    """How many children's files an account has opened today, and whether it was stopped."""

    files: int
    stopped: bool


def accounts(actor: Actor) -> QuerySet[Account]:
    """Return the accounts that the actor arranges, the living first; row security shows no other."""
    rows = Account.objects.select_related("unit__body").order_by("-ended_at", "confirmed_at", "unit_id", "id")
    return rows if actor.post_id is not None else rows.none()


def account(actor: Actor, account_id: int) -> Account | None:
    """Return one account that the actor arranges, or None."""
    return accounts(actor).filter(pk=account_id).first()


def own_account(actor: Actor) -> Account | None:
    """Return the account that acts."""
    return Account.objects.select_related("unit__body").filter(pk=actor.account_id or 0).first()


def tokens(account_id: int) -> list[Token]:
    """Return an account's tokens without their hashes, newest first."""
    return list(Token.objects.defer("hash").filter(account=account_id).order_by("-issued_at", "id")[:LISTED])


def webhooks(account_id: int) -> list[Subscription]:
    """Return an account's webhooks, the standing first."""
    return list(Subscription.objects.filter(account=account_id).order_by("-ended_at", "-made_at", "id")[:LISTED])


def deliveries(account_id: int, *, outcome: str | None = None) -> list[Delivery]:
    """Return the newest messages to an account's webhooks, without what they are about."""
    rows = Delivery.objects.defer("subject", "dossier").filter(subscription__account=account_id)
    if outcome is not None:
        rows = rows.filter(outcome=outcome)
    return list(rows.order_by("-at", "id")[:LISTED])


def dead_count(account_id: int) -> int:
    """Return how many messages to an account's webhooks were given up."""
    return Delivery.objects.filter(subscription__account=account_id, outcome="dead").count()


def events() -> list[str]:
    """Return the events that a webhook may be told of."""
    return sorted(set(Event.objects.values_list("event", flat=True)))


def budgets() -> dict[int, Budget]:
    """Return today's budgets of the accounts that the actor of this transaction arranges."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, dossiers, stopped FROM exchange.budgets()")
        return {account: Budget(files, stopped) for account, files, stopped in cursor.fetchall()}


def names_of(accounts: Iterable[int]) -> dict[int, str]:
    """Return the names of systems by account: what whoever acts may know of who looked."""
    ids = sorted(set(accounts))
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM exchange.names(%s::integer[])", [ids])
        return dict(cursor.fetchall())


def arranged_units(actor: Actor, at: datetime) -> list[Unit]:
    """Return the units whose systems the actor arranges: of the place administered, one's own and those below it."""
    if actor.post_id is None:
        return []
    standing = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at.date())).select_related("body")
    near = Q(territory__path__contains=actor.territory) | Q(pk=actor.unit_id) | Q(parent=actor.unit_id)
    found = list(standing.filter(near).order_by("body_id", "id"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT u FROM unnest(%s::integer[]) u WHERE exchange.arranges(u)", [[row.pk for row in found]])
        allowed = {row[0] for row in cursor.fetchall()}
    return [row for row in found if row.pk in allowed]
