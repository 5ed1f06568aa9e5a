"""People with accounts, for tests of signing in."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from arasha.administration import actions
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import User
from arasha.kernel.access.tests import cast
from arasha.kernel.worktime.models import Instance
from tests.database import as_owner

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """Somebody with an account and the means to sign in."""

    user_id: int
    login: str
    password: str
    secret: str
    post_id: int

    def code(self, steps: int = 0) -> str:
        """The code that the app shows now, or some half-minutes from now."""
        return code_of(self.secret, steps)


def code_of(secret: str, steps: int = 0) -> str:
    """A code of this secret."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def declare(kind: str) -> None:
    """Say what this database is for."""
    with as_owner():
        Instance.objects.create(kind=kind, declared_at=NOW)


def make_member(login: str, *functions: str, persona: int | None = None, email: str = "") -> Member:
    """An account with password, app and one post in a unit with these functions."""
    with system("installation") as actor:
        account = actions.create_account(
            actor=actor, now=NOW, login=login, name=f"Name of {login}", email=email, with_password=True, persona=persona
        )
    with cast.building():
        unit = cast.make_unit(f"unit of {login}", *functions)
        post = cast.make_post(unit, User.objects.get(pk=account.user_id))
    return Member(account.user_id, login, account.password, account.totp_secret, post.pk)


def give_password(client: Client, member: Member, **more: str) -> str:
    """The first step; returns where it leads."""
    answer = client.post("/sign-in/", {"login": member.login, "password": member.password, **more})
    return answer.headers.get("Location", "")


def sign_in(member: Member, client: Client | None = None) -> Client:
    """Both steps."""
    browser = client or Client()
    assert give_password(browser, member) == "/sign-in/second/"
    answer = browser.post("/sign-in/second/", {"code": member.code()})
    assert answer.headers["Location"] == "/post/"
    return browser
