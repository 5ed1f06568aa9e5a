"""Ties of people to bodies. Each call stands inside an open act of the journal."""

import uuid
from datetime import date

from arasha.kernel.access.actions.calling import call


def declare_tie(*, tie: uuid.UUID, body_id: int, kind: str, since: date, until: date | None) -> None:
    """Say that one has a tie to a body; `until` is the day after its last. Raises `NotThere`, `Refused`, `Conflict`."""
    call("declare_tie", tie, body_id, kind, since, until, casts="%s::uuid, %s::integer, %s, %s::date, %s::date")


def end_tie(*, tie: uuid.UUID) -> None:
    """Let one's own tie end with today; it bars for 24 months more. Raises `NotThere`."""
    call("end_tie", tie, casts="%s::uuid")


def strike_tie(*, tie: uuid.UUID) -> None:
    """Confirm that a worker for whom one answers declared a tie by mistake. Raises `NotThere`."""
    call("strike_tie", tie, casts="%s::uuid")
