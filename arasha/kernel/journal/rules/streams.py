"""Whose chain an act stands in."""

from typing import NamedTuple
from uuid import UUID


class Stream(NamedTuple):
    """One chain of acts, by what it is about."""

    kind: str
    key: str

    def __str__(self) -> str:
        """As verify prints it and `journal_change.scope` holds it."""
        return f"{self.kind}:{self.key}"


def dossier_stream(dossier: UUID) -> Stream:
    """Return the stream of a dossier."""
    return Stream("dossier", str(dossier))


def person_stream(person: UUID) -> Stream:
    """Return the stream of a person known to the system, not of somebody who works in it."""
    return Stream("person", str(person))


def body_stream(body: int) -> Stream:
    """Return the stream of an organisation, its units and posts."""
    return Stream("body", str(body))


def user_stream(user: int) -> Stream:
    """Return the stream of an account: sign-ins, factors, invitations."""
    return Stream("user", str(user))


def system_stream(name: str) -> Stream:
    """Return the stream of one clock-driven work, such as "sweeper"."""
    return Stream("system", name)


def configuration_stream(name: str) -> Stream:
    """Return the stream of one kind of configuration, such as "holidays" or "protocols"."""
    return Stream("configuration", name)
