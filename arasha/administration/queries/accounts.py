"""What the pages of accounts and signing in read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest

from arasha.administration import rules
from arasha.administration.models import Link, Persona
from arasha.kernel.access.models import Post, User
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime import queries as worktime


@dataclass(frozen=True, slots=True)
class Session:
    """One of one's own sessions."""

    mark: str
    started_at: datetime
    expires_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as its administrator sees it."""

    user_id: int
    login: str
    name: str
    has_email: bool
    is_active: bool
    invited: bool
    posts: Sequence[Post]


@dataclass(frozen=True, slots=True)
class LentAccount:
    """A persona of a training instance: who, in which post of which unit."""

    user_id: int
    name: str
    post: Post | None


def instance_kind() -> str:
    """Return the instance's kind; one that can't be asked, for whatever reason, counts as production."""
    try:
        return worktime.instance_kind()
    except Exception:  # a wrong answer here would open a door: nothing may lead to it
        return "production"


def factor_shown_at(request: HttpRequest) -> datetime | None:
    """Return when the second factor was last shown in this session, on the real clock; None when it never was."""
    records = get_authentication_records(request, cast(AbstractBaseUser, request.user))
    shown = [record["at"] for record in records if record["method"] == "mfa"]
    return datetime.fromtimestamp(max(shown), UTC) if shown else None


def link_of(code: str) -> Link:
    """Return the valid one-time link with this code (purpose sign_in). Raises LinkNotValid."""
    found = Link.objects.raw(
        "SELECT * FROM administration_link WHERE code_hash = %s AND used_at IS NULL AND expires_at > clock_timestamp()",
        [rules.code_hash(code)],
    )
    for link in found:
        return link
    raise rules.LinkNotValid


def posts_of(user_id: int, *, at: datetime) -> list[Post]:
    """Return the posts that the user holds at a moment, by unit and title."""
    held = Post.objects.filter(holder=user_id, since__lte=at).exclude(until__lte=at)
    return list(held.select_related("unit__body").order_by("unit__name_kk", "pk"))


def has_second_factor(user: User) -> bool:
    """Say whether the user can show a second factor: a code of an app, or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def factors(user: User) -> dict[str, list[Authenticator]]:
    """Return one's own second factors by their type."""
    found: dict[str, list[Authenticator]] = {"totp": [], "webauthn": [], "recovery_codes": []}
    for factor in Authenticator.objects.filter(user=user).order_by("created_at"):
        found[factor.type].append(factor)
    return found


def sessions(token: str) -> list[Session]:
    """Return one's own sessions, newest first, the present one marked."""
    present = rules.session_mark(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark, started_at, expires_at FROM administration.my_sessions()")
        return [Session(mark, started, ends, mark == present) for mark, started, ends in cursor.fetchall()]


def accounts(actor: Actor, *, at: datetime) -> list[AccountLine]:
    """Return the accounts that the actor administers, with the posts that they hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, a.login, a.name, a.email <> '', a.is_active, w.waiting IS NULL FROM access.accounts() a"
            " LEFT JOIN administration.waiting() AS w (waiting) ON w.waiting = a.id"
        )
        rows = cursor.fetchall()
    held: dict[int, list[Post]] = {}
    holders = [row[0] for row in rows]
    for post in Post.objects.filter(holder__in=holders, since__lte=at).exclude(until__lte=at).select_related("unit"):
        held.setdefault(post.holder_id or 0, []).append(post)
    return [
        AccountLine(user_id, login, name, has_email, is_active, invited, held.get(user_id, []))
        for user_id, login, name, has_email, is_active, invited in rows
    ]


def lent_accounts(*, at: datetime) -> list[LentAccount]:
    """Return the personas with the post that each acts in first (purpose sign_in)."""
    lent = []
    for persona in Persona.objects.filter(user__is_active=True).select_related("user").order_by("place", "pk"):
        held = posts_of(persona.user_id, at=at)
        lent.append(LentAccount(user_id=persona.user_id, name=persona.user.name, post=held[0] if held else None))
    return lent
