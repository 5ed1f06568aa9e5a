"""How tests issue and check certificates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from arasha.kernel.access.tests.cast import Person
from arasha.prevention import actions
from arasha.prevention.rules import Said
from arasha.services.tests.directory import acting
from tests.database import as_role

NOW = datetime.now(UTC)
TODAY = NOW.date()
FINISHED = TODAY - timedelta(days=3)


def said(entry: str = "17/2026", until: date | None = None) -> Said:
    """Return what is entered of a certificate."""
    return Said("parenting", entry, FINISHED, until)


def issued(
    person: Person, entry: str = "17/2026", ticket: UUID | None = None, *, ago: int = 0, until: date | None = None
) -> actions.Issued:
    """Issue a certificate, some days ago."""
    moment = datetime.now(UTC) - timedelta(days=ago)
    with acting(person) as actor:
        return actions.issue(actor=actor, ticket=ticket or uuid4(), said=said(entry, until), now=moment)


def withdrawn(first: Person, second: Person, certificate: UUID) -> None:
    """Withdraw a certificate by two persons."""
    with acting(first) as actor:
        actions.ask_withdrawal(actor=actor, certificate=certificate, reason="mistake", now=datetime.now(UTC))
    with acting(second) as actor:
        actions.decide_withdrawal(actor=actor, certificate=certificate, withdraw=True, now=datetime.now(UTC))


def checked(number: str, language: str = "en") -> Any:
    """Check a number on the public's page, as its process."""
    with as_role("arasha_public"):
        return Client(enforce_csrf_checks=True).post(
            f"/certificate/?language={language}", {"number": number}, headers={"origin": "http://testserver"}
        )
