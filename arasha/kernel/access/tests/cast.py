"""The fixed cast of access's tests: bodies, units, people and a content table of the tests' own."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from arasha.kernel.access.actions import begin_session, enter
from arasha.kernel.access.models import Body, Post, Unit, UnitFunction, User
from arasha.kernel.access.rules import Actor, row_security
from arasha.kernel.territory.models import Territory

PLACE = "615400000"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

NOTES = """
CREATE TABLE public.test_note (
    id uuid PRIMARY KEY, dossier_id uuid NOT NULL REFERENCES public.access_dossier, facet smallint NOT NULL, body text);
CREATE INDEX ON public.test_note (dossier_id);
"""


@dataclass(frozen=True)
class Person:
    """Somebody with a session, a post and a unit."""

    user_id: int
    post_id: int
    unit_id: int
    body_id: int
    token: str

    def enter(self) -> Actor:
        """Act as this person until the transaction ends."""
        return enter(self.token, self.post_id)


def make_notes() -> None:
    """Make the content table, as the owner, with the protection that every content table gets."""
    with connection.cursor() as cursor:
        cursor.execute(NOTES + row_security("test_note"))


def make_places() -> None:
    """Make nation, region and district when the tree is not loaded."""
    parent, path = None, []
    for level, kato in enumerate(["000000000", "610000000", PLACE]):
        path.append(kato)
        names = {f"{name}_{language}": kato for name in ("name", "folded") for language in ("kk", "ru", "en")}
        parent, _ = Territory.objects.get_or_create(
            kato=kato, defaults={"level": level, "parent": parent, "kind": "district", "path": ".".join(path), **names}
        )


def make_body(code: str) -> Body:
    """Make a body, as the owner."""
    make_places()
    names = {"name_kk": code, "name_ru": code, "name_en": code}
    return Body.objects.create(
        code=code, sector="health", kind="state", territory_id=PLACE, valid_from=date(2020, 1, 1), **names
    )


def make_unit(code: str, *functions: str, body: Body | None = None, parent: Unit | None = None) -> Unit:
    """Make a unit with its functions, as the owner."""
    unit = Unit.objects.create(
        body=body or make_body(f"body of {code}"),
        code=code,
        territory_id=PLACE,
        parent=parent,
        valid_from=date(2020, 1, 1),
        name_kk=code,
        name_ru=code,
        name_en=code,
    )
    for function in functions:
        UnitFunction.objects.create(unit=unit, function_id=function, territory_id=PLACE, since=LONG_AGO)
    return unit


def make_post(unit: Unit, user: User | None, *, scope: str = "", since: datetime = LONG_AGO) -> Post:
    """Make a seat in a unit, as the owner."""
    titles = {"title_kk": "п", "title_ru": "п", "title_en": "p"}
    return Post.objects.create(unit=unit, holder=user, scope=scope, since=since, **titles)


def make_person(unit: Unit, *, scope: str = "", now: datetime | None = None) -> Person:
    """Make a user who sits in the unit and is signed in, as the owner."""
    login = uuid.uuid4().hex
    user = User.objects.create(login=login, name=f"Name {login[:6]}")
    post = make_post(unit, user, scope=scope)
    return sit(user, post)


def sit(user: User, post: Post) -> Person:
    """Sign the user in and let them act in the post."""
    token = uuid.uuid4().hex
    begin_session(user_id=user.pk, token=token, expires_at=datetime.now(UTC) + timedelta(hours=1))
    return Person(user.pk, post.pk, post.unit_id, post.unit.body_id, token)
