"""The fixed cast of access's tests: bodies, units, people and a content table of the tests' own."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from arasha.kernel.access.actions import TeamMember, add_member, begin_session, enter, enter_system, open_dossier
from arasha.kernel.access.models import Body, Dossier, Post, Unit, UnitFunction, User
from arasha.kernel.access.rules import Actor, row_security
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import system_stream
from tests.database import as_owner

PLACE = "615400000"
ELSEWHERE = "750000000"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime.now(UTC)

NOTES = """
CREATE TABLE public.test_note (
    id uuid PRIMARY KEY, dossier_id uuid NOT NULL REFERENCES public.access_dossier, facet smallint NOT NULL, body text);
CREATE INDEX ON public.test_note (dossier_id);
"""


def day_of(moment: datetime) -> date:
    """Return the day in Kazakhstan."""
    return moment.astimezone(ZoneInfo("Asia/Almaty")).date()


@contextmanager
def building() -> Iterator[None]:
    """Build as the owner, as system work with an act open; afterwards nobody acts."""
    with as_owner(), recording():
        yield


@contextmanager
def recording() -> Iterator[None]:
    """Act as system work with an act open; afterwards nobody acts."""
    enter_system("test")
    with act(verb="build_test", stream=system_stream("test"), now=datetime.now(UTC)):
        yield
    leave()


@contextmanager
def acting(person: "Person") -> Iterator[Actor]:
    """Act as this person with an act open."""
    actor = person.enter()
    with transaction.atomic(), act(verb="act_in_test", stream=system_stream("test"), now=datetime.now(UTC)):
        yield actor


def leave() -> None:
    """Let nobody act, as at the start of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.context', '', true)")


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


def make_body(code: str) -> Body:
    """Make a body, as the owner."""
    names = {"name_kk": code, "name_ru": code, "name_en": code}
    return Body.objects.create(
        code=code, sector="health", kind="state", territory_id=PLACE, valid_from=date(2020, 1, 1), **names
    )


def make_unit(
    code: str, *functions: str, body: Body | None = None, parent: Unit | None = None, place: str = PLACE
) -> Unit:
    """Make a unit with its functions, as the owner."""
    unit = Unit.objects.create(
        body=body or make_body(f"body of {code}"),
        code=code,
        territory_id=place,
        parent=parent,
        valid_from=date(2020, 1, 1),
        name_kk=code,
        name_ru=code,
        name_en=code,
    )
    for function in functions:
        UnitFunction.objects.create(unit=unit, function_id=function, territory_id=place, since=LONG_AGO)
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


def make_dossier(**parts: int) -> uuid.UUID:
    """Open a dossier, as the owner, with a unit in each part named: `make_dossier(lead=unit, obliged=other)`."""
    members = [TeamMember(part, unit_id=unit) for part, unit in parts.items()]
    dossier = open_dossier(dossier=uuid.uuid4(), kind="case", territory=PLACE, members=members, now=LONG_AGO)
    # as in a later transaction: the one that opened it may insert into it
    Dossier.objects.filter(pk=dossier).update(opened_mark="")
    return dossier


def make_dossier_for(part: str, units: list[int]) -> uuid.UUID:
    """Open a dossier, as the owner, with several units in one part."""
    dossier = make_dossier()
    for unit in units:
        add_member(dossier=dossier, member=TeamMember(part, unit_id=unit))
    return dossier
