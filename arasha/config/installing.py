"""The first people of a production instance: nobody could invite them, so whoever installs it seats them, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arasha.administration import actions as administration
from arasha.administration.rules import Account
from arasha.kernel.access import actions as access
from arasha.kernel.access.models import Body, Post, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import configuration_stream
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local

STREAM: Final = configuration_stream("installation")
LANGUAGES: Final = ("kk", "ru", "en")
TITLES: Final = {"title_kk": "Әкімші", "title_ru": "Администратор", "title_en": "Administrator"}
LEAST: Final = 2  # what one administrator proposes, another confirms


class NotInstalled(Exception):
    """The first administrators can't be made; nothing was changed."""


@dataclass(frozen=True)
class Person:
    """Who is to administer."""

    login: str
    name: str


def first_administrators(*, body: str, people: Sequence[Person]) -> list[tuple[Person, Account]]:
    """Make the operating body with one unit, and seat its administrators; return their accounts, shown only now.

    Raises NotInstalled when bodies exist already, or fewer than two people are named.
    """
    if len({person.login for person in people}) < max(LEAST, len(people)):
        raise NotInstalled("Name at least two administrators with different logins: one confirms what another changes.")
    with access.system("installation") as actor:
        if Body.objects.exists():
            raise NotInstalled("There are bodies already: an administrator makes further accounts. Nothing was done.")
        posts = _make_posts(body, len(people))
        return [(person, _seat(actor, post, person)) for post, person in zip(posts, people, strict=True)]


def _make_posts(name: str, count: int) -> list[Post]:
    """Make body, unit and empty posts in one act."""
    now = domain_now()
    names = {f"name_{language}": name for language in LANGUAGES}
    more = {"territory_id": NATION, "valid_from": local(now).date(), **names}
    with act(verb="install_administration", stream=STREAM, now=now):
        body = Body.objects.create(code="administration", sector="children", kind="state", **more)
        unit = Unit.objects.create(body=body, code="administration", around_the_clock=True, **more)
        UnitFunction.objects.create(unit=unit, function_id="administration", territory_id=NATION, since=now)
        return [Post.objects.create(unit=unit, since=now, **TITLES) for _ in range(count)]


def _seat(actor: Actor, post: Post, person: Person) -> Account:
    """Make the account and seat it."""
    now = domain_now()
    account = administration.create_account(
        actor=actor, now=now, login=person.login, name=person.name, with_password=True
    )
    with act(verb="seat", stream=STREAM, now=now, codes={"post": post.pk, "user": account.user_id}):
        access.seat(post_id=post.pk, user_id=account.user_id)
    return account
