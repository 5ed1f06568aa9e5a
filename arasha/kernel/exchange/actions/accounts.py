"""Accounts of other systems and their tokens. Each is the deed of a person; an account is that of two."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from ipaddress import ip_network
from uuid import uuid4

from django.db import transaction

from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, Conflict, NotThere, token_hash
from arasha.kernel.exchange.actions.calling import call
from arasha.kernel.exchange.models import Account
from arasha.kernel.exchange.rules.scopes import SCOPES
from arasha.kernel.exchange.rules.tokens import LONGEST_DAYS, new_token
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream

OVERLAP = timedelta(days=7)
MORE_FILES = 100


class ProposalInvalid(ValueError):
    """A name, a scope, a function or a network is missing, or is none."""


class TooManyTokens(Exception):
    """Two tokens are good already; one must be revoked first."""


def propose_account(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    name: str,
    scopes: Collection[str],
    functions: Collection[str],
    networks: Collection[str] = (),
) -> int:
    """Propose an account of another system for a unit; it can do nothing until another person confirms it.

    Raises ProposalInvalid; NotThere for a unit whose systems the actor doesn't arrange; Refused for functions that the
    unit lacks or that people alone have.
    """
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not name.strip() or len(name) > 200 or not wanted or len(wanted) != len(set(scopes)) or not functions:
        raise ProposalInvalid
    try:
        allowed = sorted({str(ip_network(network.strip())) for network in networks})
    except ValueError:
        raise ProposalInvalid from None
    casts = "%s::integer, %s::text, %s::text[], %s::text[], %s::text[]"
    with transaction.atomic(), _act("propose_system", unit_id, now, scopes=wanted):
        (account,) = call("propose", unit_id, name.strip(), wanted, sorted(functions), allowed, casts=casts)
    return int(account)


def confirm_account(*, actor: Actor, now: datetime, account_id: int) -> None:
    """Let a proposed account act, as another person than who proposed it.

    Raises NotThere, Refused for the proposer, Conflict when it was decided before.
    """
    with transaction.atomic(), _of("confirm_system", account_id, now):
        call("confirm", account_id, casts="%s::integer")


def end_account(*, actor: Actor, now: datetime, account_id: int) -> None:
    """End an account, its tokens and its webhooks; what runs with them is finished first.

    Raises NotThere, Conflict when it ended before.
    """
    with transaction.atomic(), _of("end_system", account_id, now):
        call("end_account", account_id, casts="%s::integer")


def issue_token(
    *, actor: Actor, now: datetime, account_id: int, days: int = LONGEST_DAYS, overlap: timedelta = OVERLAP
) -> str:
    """Return a new token, which nobody sees a second time; the one before stays good for the overlap.

    Raises NotThere, Refused for an account that may not act or more than a year, TooManyTokens.
    """
    token, row = new_token(), uuid4()
    casts = "%s::integer, %s::uuid, %s::bytea, %s::integer, %s::interval"
    try:
        with transaction.atomic(), _of("issue_system_token", account_id, now, token=str(row), days=days):
            call("issue_token", account_id, row, token_hash(token), days, overlap, casts=casts)
    except Conflict:
        raise TooManyTokens from None
    return token


def revoke_token(*, actor: Actor, now: datetime, account_id: int, token: str) -> None:
    """Revoke a token: when this has answered, nothing that came in with it runs or will be kept. Raises NotThere."""
    with transaction.atomic(), _of("revoke_system_token", account_id, now, token=token):
        call("revoke_token", token, casts="%s::uuid")


def confirm_budget(*, actor: Actor, now: datetime, account_id: int) -> None:
    """Let an account that was stopped today open more files, as the head of its unit or of the unit above.

    Raises NotThere, Refused for anybody else, Conflict when there is nothing to confirm.
    """
    with transaction.atomic(), _of("confirm_system_budget", account_id, now):
        call("confirm_budget", account_id, MORE_FILES, casts="%s::integer, %s::integer")


def _of(verb: str, account_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    """Open the act in the stream of the account's body. Raises NotThere for an account that one doesn't arrange."""
    unit = Account.objects.values_list("unit_id", flat=True).filter(pk=account_id).first()
    if unit is None:
        raise NotThere
    return _act(verb, unit, now, system=account_id, **codes)


def _act(verb: str, unit_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    body = Unit.objects.values_list("body_id", flat=True).filter(pk=unit_id).first()
    if body is None:
        raise NotThere
    return journal.act(verb=verb, stream=body_stream(body), now=now, codes={"unit": unit_id, **codes})
