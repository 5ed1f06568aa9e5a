"""Accounts of other systems for tests, made past the two people who make them in life, and how they ask."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor, token_hash
from arasha.kernel.exchange.actions import enter
from arasha.kernel.exchange.models import Account, Token
from arasha.kernel.exchange.rules import SCOPES
from arasha.kernel.exchange.rules.tokens import new_token

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HERE = "127.0.0.1"


@dataclass(frozen=True)
class System:
    """Another system with a token of its account."""

    account: int
    unit: int
    token: str

    def enter(self) -> Actor:
        """Act as this system until somebody else enters or the transaction ends."""
        return enter(self.token, HERE)

    def ask(self, method: str, address: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        """Ask under /api/v1/ and return the answer; what is posted gets a key of its own unless one is given."""
        said = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        if method == "POST":
            said["Idempotency-Key"] = key or str(uuid4())
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        return Client(raise_request_exception=False).generic(
            method, f"/api/v1{address}", data, "application/json", headers=said | headers
        )

    def get(self, address: str, **headers: str) -> Any:
        """Ask for something."""
        return self.ask("GET", address, **headers)

    def post(self, address: str, body: Any, *, key: str = "", **headers: str) -> Any:
        """Send something."""
        return self.ask("POST", address, body, key=key, **headers)


def make_system(unit: int, *functions: str, scopes: list[str] | None = None, networks: tuple[str, ...] = ()) -> System:
    """Make a confirmed account with a token, as the owner with an act open."""
    two = [User.objects.create(login=uuid4().hex, name="Made up") for _ in range(2)]
    account = Account.objects.create(
        unit_id=unit,
        name="Made-up system",
        scopes=SCOPES if scopes is None else scopes,
        functions=list(functions),
        networks=list(networks),
        proposed_by=two[0],
        proposed_at=LONG_AGO,
        confirmed_by=two[1],
        confirmed_at=LONG_AGO,
    )
    return System(account.pk, unit, give_token(account.pk, two[0].pk))


def give_token(account: int, user: int, *, days: int = 1) -> str:
    """Give an account one more token, as the owner."""
    token = new_token()
    now = datetime.now(UTC)
    Token.objects.create(
        account_id=account,
        hash=token_hash(token),
        issued_by_id=user,
        issued_at=now - timedelta(days=2),
        expires_at=now + timedelta(days=days),
    )
    return token
