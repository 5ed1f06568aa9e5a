"""Other systems' accounts, as far as people must be told: who confirms, and whose webhook was given up."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange import actions as exchange
from arasha.kernel.exchange.actions.posting import GivenUp
from arasha.kernel.messages.actions import notify

LINK = "/administration/systems/{account}/"


def propose_system(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    name: str,
    scopes: Collection[str],
    functions: Collection[str],
    networks: Collection[str] = (),
) -> int:
    """Propose an account of another system, and let the unit's head know that it waits for a second person.

    Raises what `exchange.actions.propose_account` raises.
    """
    with transaction.atomic():
        account = exchange.propose_account(
            actor=actor, now=now, unit_id=unit_id, name=name, scopes=scopes, functions=functions, networks=networks
        )
        _tell(actor, now, "system_proposed", account, unit_id)
    return account


def tell_given_up(*, actor: Actor, now: datetime, ended: Collection[GivenUp]) -> None:
    """Let the heads of units know that a webhook of their system was given up after days of failing."""
    for one in ended:
        _tell(actor, now, "webhook_given_up", one.account_id, one.unit_id)


def run_webhooks(*, actor: Actor | None = None, now: datetime) -> int:
    """Send what is due to webhooks; give up those that failed for days, and tell their units. Returns what was taken.

    It acts as system work, message by message: nothing of it waits for a receiver in a transaction.
    """
    taken = exchange.post_due()
    ended = exchange.give_up_failing(now=now)
    if ended:
        with system("webhooks") as worker:
            tell_given_up(actor=worker, now=now, ended=ended)
    return taken


def _tell(actor: Actor, now: datetime, code: str, account: int, unit_id: int) -> None:
    """Put a notice down for the unit's heads, or for the unit where no head holds a post."""
    heads = Post.objects.filter(unit=unit_id, rank="head", holder__isnull=False, since__lte=now)
    posts = [post.pk for post in heads if post.until is None or post.until > now]
    link = LINK.format(account=account)
    if posts:
        notify(actor=actor, posts=posts, code=code, link=link, now=now)
    else:
        notify(actor=actor, units=[unit_id], code=code, link=link, now=now)
