"""A stream's acts, newest first: codes only; words are made in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from arasha.kernel.journal.models import Act, Change, Link
from arasha.kernel.journal.rules import Stream


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as a time line shows it. `seq` is its place in the stream that was asked for."""

    number: int
    seq: int
    stream: Stream
    verb: str
    codes: dict[str, Any]
    at: datetime
    recorded_at: datetime
    actor_user: int | None
    actor_post: int | None
    actor_unit: int | None
    purpose: str
    sealed_reference: UUID | None


def acts_of(stream: Stream, *, before: int | None = None, limit: int = 50, using: str = "default") -> list[ActLine]:
    """Return up to `limit` acts of the stream, newest first, that the database's policies let the reader see.

    For the next page give the last line's `seq` as `before`. Acts that another stream leads and that this one
    stands in by `also` are among them.
    """
    own = Act.objects.using(using).filter(stream_kind=stream.kind, stream_key=stream.key)
    linked = Link.objects.using(using).filter(kind=stream.kind, key=stream.key).select_related("act")
    if before is not None:
        own, linked = own.filter(seq__lt=before), linked.filter(seq__lt=before)
    lines = [_line(act, act.seq) for act in own.order_by("-seq")[:limit]]
    lines += [_line(link.act, link.seq) for link in linked.order_by("-seq")[:limit]]
    return sorted(lines, key=lambda line: -line.seq)[:limit]


def _line(act: Act, seq: int) -> ActLine:
    """Return one act as a line."""
    return ActLine(
        number=act.pk,
        seq=seq,
        stream=Stream(act.stream_kind, act.stream_key),
        verb=act.verb,
        codes=act.codes,
        at=act.at,
        recorded_at=act.recorded_at,
        actor_user=act.actor_user,
        actor_post=act.actor_post,
        actor_unit=act.actor_unit,
        purpose=act.purpose,
        sealed_reference=act.sealed_reference,
    )


def changes_of(act: int, *, using: str = "default") -> list[Change]:
    """Return the rows that an act changed, in order, as far as the reader may see them."""
    return list(Change.objects.using(using).filter(act_id=act).order_by("id"))


def oldest_unsealed(*, using: str = "default") -> datetime | None:
    """Return when the oldest act or log row that no seal covers was recorded; None when all are covered.

    More than five minutes ago is an alarm: the sealer does not run.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT journal.oldest_unsealed()")
        moment: datetime | None = cursor.fetchone()[0]
        return moment
