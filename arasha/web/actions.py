"""Making the demonstration district: bodies, units, posts and the made-up people who sit in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from arasha.administration.actions import create_account
from arasha.administration.rules import Account
from arasha.kernel.access.actions import seat
from arasha.kernel.access.models import Body, Post, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import configuration_stream

STREAM = configuration_stream("demonstration")
SINCE = date(2024, 1, 1)
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class Seat:
    """A made-up person in a post."""

    login: str
    title: str
    account: Account
    post_id: int
    unit_id: int


def make_district(*, actor: Actor, plan: Mapping[str, Any], now: datetime) -> list[Seat]:
    """Make the bodies of a plan with units, functions and posts, and seat a made-up person in each.

    Runs as system work in an empty training or demonstration instance. Raises Refused otherwise.
    """
    with transaction.atomic():
        units: dict[str, Unit] = {}
        posts: list[tuple[Post, Mapping[str, Any]]] = []
        with act(verb="make_demonstration", stream=STREAM, now=now):
            for body in plan["bodies"]:
                _make_body(body, units, posts, now)
            for body in plan["bodies"]:
                _put_under(body, units)
        return _seat_all(actor, posts, now)


def _make_body(
    plan: Mapping[str, Any], units: dict[str, Unit], posts: list[tuple[Post, Mapping[str, Any]]], now: datetime
) -> None:
    body = Body.objects.create(
        code=plan["code"],
        sector=plan["sector"],
        kind=plan["kind"],
        territory_id=plan["territory"],
        valid_from=SINCE,
        **_in_three("name", plan["name"]),
    )
    for office in plan["units"]:
        unit = Unit.objects.create(
            body=body,
            code=office["code"],
            territory_id=plan["territory"],
            valid_from=SINCE,
            **_in_three("name", office["name"]),
            **_hours(office["hours"]),
        )
        units[office["code"]] = unit
        for function in office["functions"]:
            UnitFunction.objects.create(unit=unit, function_id=function, territory_id=plan["territory"], since=now)
        for person in office["posts"]:
            rank = "head" if person.get("heads") else None
            post = Post.objects.create(unit=unit, since=now, rank=rank, **_in_three("title", person["title"]))
            posts.append((post, person))


def _put_under(plan: Mapping[str, Any], units: Mapping[str, Unit]) -> None:
    for office in plan["units"]:
        if "parent" in office:
            Unit.objects.filter(pk=units[office["code"]].pk).update(parent=units[office["parent"]])


def _seat_all(actor: Actor, posts: Sequence[tuple[Post, Mapping[str, Any]]], now: datetime) -> list[Seat]:
    """Seat each person; whoever has several posts has one account."""
    accounts: dict[str, Account] = {}
    seats = []
    for post, person in posts:
        login = person["login"]
        if login not in accounts:
            accounts[login] = create_account(
                actor=actor, login=login, name=person["person"], with_password=True, persona=len(accounts) + 1, now=now
            )
        account = accounts[login]
        with act(verb="seat", stream=STREAM, now=now, codes={"post": post.pk, "user": account.user_id}):
            seat(post_id=post.pk, user_id=account.user_id)
        seats.append(Seat(login, person["title"]["en"], account, post.pk, post.unit_id))
    return seats


def _in_three(field: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{field}_{language}": words[language] for language in LANGUAGES}


def _hours(words: str) -> dict[str, Any]:
    if words == "always":
        return {"around_the_clock": True}
    opens, closes = (time.fromisoformat(part) for part in words.split("-"))
    return {"opens": opens, "closes": closes}
