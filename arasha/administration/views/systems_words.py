"""What the pages of other systems say: sentences, states and rows, made from accounts, tokens, webhooks, messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.administration.rules.system_words import EVENT_WORDS, SCOPE_WORDS
from arasha.kernel.access.models import Function
from arasha.kernel.access.queries import names_of
from arasha.kernel.exchange.models import Account, Delivery, Subscription, Token
from arasha.kernel.exchange.queries import Budget, tokens
from arasha.kernel.worktime.queries import clock_ahead, domain_now
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.parts import State


def waits(account: Account) -> bool:
    """Say whether it waits for a second person."""
    return account.confirmed_at is None and account.ended_at is None


def acts(account: Account) -> bool:
    """Say whether it may act."""
    return account.confirmed_at is not None and account.ended_at is None


def title(found: Sequence[Account]) -> str:
    """Say how things stand in one sentence."""
    waiting = sum(waits(one) for one in found)
    if waiting:
        words = ngettext("%(n)s system waits to be confirmed", "%(n)s systems wait to be confirmed", waiting)
        return words % {"n": waiting}
    return _("Other systems that act for units")


def situation(account: Account) -> str:
    """Say how one system stands, in a sentence."""
    values = {"name": account.name}
    if account.ended_at is not None:
        return _("%(name)s acts no longer") % values
    if waits(account):
        return _("%(name)s waits for a second person") % values
    return _("%(name)s acts for the unit") % values


def state(account: Account) -> State:
    """Return shape and words of how it stands."""
    if account.ended_at is not None:
        return State("met", _("ended"))
    if waits(account):
        return State("wait", _("waits for a second person"))
    return State("open", _("acts"))


def row(account: Account, budget: Budget | None) -> dict[str, Any]:
    """Return a line of the list."""
    good = [one for one in tokens(account.pk) if is_good(one)]
    return {
        "account": account,
        "state": State("late", _("stopped today")) if budget and budget.stopped else state(account),
        "unit": account.unit.name,
        "body": account.unit.body.name,
        "may": scopes(account),
        "until": max((one.expires_at for one in good), default=None),
        "used": max((one.used_on for one in tokens(account.pk) if one.used_on), default=None),
    }


def facts(account: Account) -> list[tuple[str, list[str]]]:
    """Return what is known of it, as pairs of a name and lines."""
    people = names_of({account.proposed_by_id, account.confirmed_by_id or 0} - {0})
    functions = Function.objects.filter(pk__in=account.functions).order_by("code")
    known = [
        (_("It may"), scopes(account)),
        (_("As"), [label(function) for function in functions]),
        (_("It comes from"), account.networks or [_("any network")]),
        (_("Proposed by"), [_said(people.get(account.proposed_by_id, ""), account.proposed_at)]),
    ]
    if account.confirmed_at and account.confirmed_by_id:
        known.append((_("Confirmed by"), [_said(people.get(account.confirmed_by_id, ""), account.confirmed_at)]))
    return known


def _said(name: str, at: datetime) -> str:
    return f"{name}, {moment(at)}"


def scopes(account: Account) -> list[str]:
    """Return what it may, in words."""
    return [str(SCOPE_WORDS[scope][0]) for scope in account.scopes]


def is_good(row: Token) -> bool:
    """Say whether a token opens something now, by the real clock."""
    return row.revoked_at is None and row.expires_at > _real_now()


def token(row: Token) -> dict[str, Any]:
    """Return a token's line: never the token."""
    if row.revoked_at is not None:
        stands = State("met", _("revoked"))
    elif is_good(row):
        stands = State("open", _("good"))
    else:
        stands = State("wait", _("expired"))
    return {
        "key": row.pk,
        "issued": row.issued_at,
        "expires": row.expires_at,
        "used": row.used_on,
        "state": stands,
        "good": is_good(row),
    }


def webhook(row: Subscription) -> dict[str, Any]:
    """Return a webhook's line."""
    failing = getattr(row, "key", None)
    if row.ended_at is not None:
        stands = State("met", _("given up: it failed for days") if row.ended_why == "failing" else _("ended"))
    elif failing is not None and failing.failing_since is not None:
        stands = State("late", _("fails since %(moment)s") % {"moment": moment(failing.failing_since)})
    else:
        stands = State("open", _("sends"))
    return {
        "key": row.pk,
        "address": row.address,
        "events": events(row.events),
        "state": stands,
        "ended": row.ended_at is not None,
    }


def events(codes: Iterable[str]) -> list[str]:
    """Return events in words."""
    return [str(EVENT_WORDS.get(code, code)) for code in codes]


def message(row: Delivery, now: datetime) -> dict[str, Any]:
    """Return a failed message's line: which event and why it failed, not of which file."""
    faults = {
        "refused": _("the receiver answered %(status)s") % {"status": row.status},
        "silent": _("the receiver was silent"),
        "unreachable": _("nobody answered there"),
        "certificate": _("the receiver’s certificate is not valid"),
        "name_unknown": _("the name leads nowhere"),
        "address_refused": _("the name leads into a closed network"),
        "secret_lost": _("its secret can’t be opened any more"),
    }
    return {
        "key": row.pk,
        "event": str(EVENT_WORDS.get(row.event, row.event)),
        "at": moment(row.at),
        "fault": faults.get(row.fault, _("it was not sent before its webhook ended")),
        "tries": row.tries,
    }


def dead_title(count: int) -> str:
    """Say how many messages were given up."""
    if not count:
        return _("No message was given up")
    return ngettext("%(n)s message was given up", "%(n)s messages were given up", count) % {"n": count}


def label(function: Function) -> str:
    """Return a function's label in the reader's language."""
    return str(getattr(function, f"label_{(get_language() or 'kk')[:2]}", function.label_kk))


def moment(at: datetime) -> str:
    """Return a moment in words."""
    return format_moment(at, get_language() or "kk")


def _real_now() -> datetime:
    """Return the real clock: tokens don't follow the training clock."""
    return domain_now() - clock_ahead()
