"""What ties a worker to a body in which they hold no post: declared, ended, struck out."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from arasha.administration import queries
from arasha.administration.rules.ties import TIES, TieNeverWas
from arasha.kernel.access import actions as access
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import user_stream


def declare_tie(
    *, actor: Actor, body: int, kind: str, since: date, now: datetime, last_day: date | None = None
) -> UUID:
    """Say of oneself that one has a tie to a body: from the next request on, files closed for it are closed to one.

    Raises UnknownCode; TieNeverWas for a last day before the first; NotThere where there is no such body or nobody
    acts; Conflict when the same tie stands already.
    """
    TIES[kind]
    if last_day is not None and last_day < since:
        raise TieNeverWas
    if actor.user_id is None:
        raise NotThere
    tie, until = uuid4(), last_day + timedelta(days=1) if last_day else None
    with (
        transaction.atomic(),
        journal.act(verb="declare_tie", stream=user_stream(actor.user_id), now=now, codes={"kind": kind}),
    ):
        access.declare_tie(tie=tie, body_id=body, kind=kind, since=since, until=until)
    return tie


def end_tie(*, actor: Actor, tie: UUID, now: datetime) -> None:
    """Say that a tie of one's own ends today; files stay closed for it 24 months more. Raises NotThere."""
    if actor.user_id is None:
        raise NotThere
    with transaction.atomic(), journal.act(verb="end_tie", stream=user_stream(actor.user_id), now=now):
        access.end_tie(tie=tie)


def strike_tie(*, actor: Actor, tie: UUID, now: datetime) -> None:
    """Confirm that a worker for whom one answers declared a tie by mistake: it closes nothing any more.

    Raises NotThere, for one's own tie too: nobody opens a file to themselves.
    """
    found = queries.tie(tie)
    if found is None:
        raise NotThere
    with transaction.atomic(), journal.act(verb="strike_tie", stream=user_stream(found.user_id), now=now):
        access.strike_tie(tie=tie)
