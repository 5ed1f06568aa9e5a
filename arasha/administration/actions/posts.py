"""Posts: made, changed, filled at once or on a day, by one person or by two; accounts closed and opened."""

import uuid
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from arasha.administration import queries, rules
from arasha.administration.actions.calling import call
from arasha.administration.actions.telling import tell_administrators
from arasha.administration.policy import require_administration
from arasha.administration.rules import names
from arasha.administration.rules.proposals import EXPIRES, State
from arasha.kernel.access import actions as access
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor, NeedsTwo, NotThere, Refused
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream, user_stream

LANGUAGES = ("kk", "ru", "en")


class PostInvalid(ValueError):
    """A post ends before it begins, or has a function that its unit lacks."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a post is: titles (kk, ru, en), functions it is narrowed to (None: all of the unit's), whether it heads."""

    titles: tuple[str, str, str]
    functions: Collection[str] | None = None
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Seated:
    """What became of a seat: `done`, `planned` for its day, or `pending` until a second person confirms."""

    state: str
    proposal: uuid.UUID | None = None


def add_post(*, actor: Actor, now: datetime, unit_id: int, facts: PostFacts) -> int:
    """Make an empty seat in a unit; returns its number. Raises NotThere, Refused for one's own unit, NameInvalid."""
    require_administration(actor)
    unit = queries.administered_unit(unit_id)
    if unit is None:
        raise NotThere
    if unit_id == actor.unit_id:
        raise Refused
    with transaction.atomic(), _act("add_post", unit.body_id, now, unit=unit_id):
        return Post.objects.create(unit_id=unit_id, since=now, **_values(facts)).pk


def change_post(*, actor: Actor, now: datetime, post_id: int, facts: PostFacts) -> None:
    """Change a post's titles, rank or functions; a held post gains no function.

    Raises NotThere, Refused for one's own unit and for more functions while somebody sits there, NameInvalid.
    """
    require_administration(actor)
    post = _post_of(actor, post_id)
    try:
        with transaction.atomic(), _act("change_post", post.unit.body_id, now, post=post_id, heads=facts.heads):
            if not Post.objects.filter(pk=post_id).update(**_values(facts)):
                raise NotThere
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "AR403":
            raise Refused from None
        raise


def seat(
    *, actor: Actor, now: datetime, post_id: int, user_id: int, since: datetime, until: datetime | None = None
) -> Seated:
    """Seat somebody in a post, now or on a day to come; a sensitive post waits for a second person.

    Raises NotThere, Refused (oneself, one's own unit, a closed account), Conflict when somebody sits there or is to,
    PostInvalid.
    """
    require_administration(actor)
    post = _post_of(actor, post_id)
    if until is not None and until <= max(since, now):
        raise PostInvalid
    codes = {"post": post_id, "user": user_id, "until": until}
    if since <= now:
        try:
            with (
                transaction.atomic(),
                journal.act(
                    verb="seat",
                    stream=body_stream(post.unit.body_id),
                    also=[user_stream(user_id)],
                    now=now,
                    codes=codes,
                ),
            ):
                access.seat(post_id=post_id, user_id=user_id, until=until)
            return Seated(State.DONE)
        except NeedsTwo:
            pass
    proposal = uuid.uuid4()
    with transaction.atomic():
        with _act("propose_seat", post.unit.body_id, now, **codes, proposal=proposal):
            state = call(
                "propose_seat",
                *(proposal, post_id, user_id, max(since, now), until, EXPIRES),
                casts="%s::uuid, %s::integer, %s::integer, %s::timestamptz, %s::timestamptz, %s::interval",
            )
        if state == State.PENDING:
            tell_administrators(actor=actor, place=post.unit.territory_id, code="rights_proposed", now=now)
    return Seated(state, proposal)


def set_active(*, actor: Actor, now: datetime, user_id: int, active: bool) -> None:
    """Close an account, which ends its sessions at once, or open it again; never one's own.

    Raises NotAllowed, NotYourself.
    """
    require_administration(actor)
    if actor.user_id == user_id:
        raise rules.NotYourself
    verb = "open_account" if active else "close_account"
    try:
        with transaction.atomic(), journal.act(verb=verb, stream=user_stream(user_id), now=now):
            access.set_active(user_id=user_id, active=active)
    except Refused:
        raise rules.NotAllowed from None


def _post_of(actor: Actor, post_id: int) -> Post:
    """Return a post that the actor administers. Raises NotThere, Refused in one's own unit."""
    post = Post.objects.select_related("unit").filter(pk=post_id).first()
    if post is None or not queries.administers(post.unit.territory_id):
        raise NotThere
    if post.unit_id == actor.unit_id:
        raise Refused
    return post


def _values(facts: PostFacts) -> dict[str, object]:
    titles = {f"title_{language}": names.plain(title) for language, title in zip(LANGUAGES, facts.titles, strict=True)}
    functions = None if facts.functions is None else sorted(set(facts.functions))
    return {**titles, "functions": functions, "rank": "head" if facts.heads else None}


def _act(verb: str, body_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    return journal.act(verb=verb, stream=body_stream(body_id), now=now, codes=codes)
