"""The fixed cast: one district with its inspection, clinic and coordination, and those above them."""

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import DatabaseError, connection, transaction
from django.test import Client

from arasha.kernel.access.actions import TeamMember, begin_session, enter, enter_system, open_dossier
from arasha.kernel.access.models import Body, Dossier, Member, Post, Unit, UnitFunction, User
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream, system_stream
from arasha.obligations.actions import raise_for, sweep_batch
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.tests.procedures import SIX
from arasha.protocols.actions import load_reference
from tests.database import as_owner

NATION, REGION, DISTRICT = "000000000", "610000000", "615400000"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# Sessions live on the real clock and bars, terms of posts and teams on the database's; the domain's `now` is given.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CODES = {"reporter": "tester", "concern": "suspected_violence"}
# A procedure of our own: what the shipped ones ask for may change without a word here.
ONE_ANSWER = Path(__file__).parent / "one_answer.yaml"


@dataclass(frozen=True)
class Person:
    """Somebody with a session who sits in a unit."""

    user: int
    post: int
    unit: Unit
    token: str

    def enter(self) -> Actor:
        """Act as this person until somebody else enters or the transaction ends."""
        return enter(self.token, self.post)


@dataclass(frozen=True)
class District:
    """The units of the story and one person in each."""

    doctor: Person
    inspector: Person
    police_head: Person
    coordinator: Person
    region: Person
    nation: Person
    neighbour: Person


@contextmanager
def building() -> Iterator[None]:
    """Write past row security, with an act open, as the clock; nobody acts afterwards."""
    enter_system("test")
    with act(verb="build_test", stream=system_stream("test"), now=NOW), as_owner():
        yield


def make_unit(code: str, place: str, *functions: str, parent: Unit | None = None, **hours: Any) -> Unit:
    """Make a unit of a body of its own, as the owner."""
    code = f"{code} {uuid.uuid4().hex[:6]}"
    names = {f"name_{language}": code for language in ("kk", "ru", "en")}
    since = date(2020, 1, 1)
    body = Body.objects.create(
        code=f"body {code}", sector="state", kind="state", territory_id=place, valid_from=since, **names
    )
    hours = hours or {"around_the_clock": True}
    unit = Unit.objects.create(
        body=body, code=code, territory_id=place, parent=parent, valid_from=since, **names, **hours
    )
    for function in functions:
        UnitFunction.objects.create(unit=unit, function_id=function, territory_id=place, since=LONG_AGO)
    return unit


def seat(unit: Unit, *, scope: str = "", user: User | None = None) -> Person:
    """Give somebody a seat in the unit, signed in, as the owner."""
    user = user or User.objects.create(login=uuid.uuid4().hex, name=f"Made up {uuid.uuid4().hex[:8]}")
    titles = {"title_kk": "қызметкер", "title_ru": "сотрудник", "title_en": "worker"}
    post = Post.objects.create(unit=unit, holder=user, scope=scope, since=LONG_AGO, **titles)
    token = uuid.uuid4().hex
    begin_session(user_id=user.pk, token=token, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    return Person(user.pk, post.pk, unit, token)


def make_district() -> District:
    """Make the whole cast, and the procedure by which one body owes one answer."""
    adopt(ONE_ANSWER.read_text(encoding="utf-8"))
    with building():
        # The shipped tree holds no units of the demonstration yet; whatever else serves these functions would mix in.
        UnitFunction.objects.all().delete()
        head = make_unit("police of the region", REGION, "women_children_police")
        return District(
            doctor=seat(make_unit("polyclinic", DISTRICT, "health_care", opens=time(9), closes=time(18))),
            inspector=seat(make_unit("inspection", DISTRICT, "juvenile_inspection", parent=head)),
            police_head=seat(head),
            coordinator=seat(make_unit("coordination", DISTRICT, "coordination_district")),
            region=seat(make_unit("coordination of the region", REGION, "coordination_region")),
            nation=seat(make_unit("coordination of the nation", NATION, "coordination_nation"), scope="nation"),
            neighbour=seat(make_unit("neighbour", "611600000", "juvenile_inspection")),
        )


def open_file(*members: TeamMember, bars: Iterable[dict[str, int]] = ()) -> uuid.UUID:
    """Open a file as whoever acts now; `bars` are {"user_id": …} or {"body_id": …}, put down past the actor."""
    dossier = uuid.uuid4()
    with act(verb="report_signal", stream=dossier_stream(dossier), now=NOW, sealed_actor=True):
        open_dossier(dossier=dossier, kind="signal", territory=DISTRICT, members=members, now=NOW)
        put_bars(dossier, bars)
    return dossier


def put_bars(dossier: uuid.UUID, bars: Iterable[dict[str, int]]) -> None:
    """Bar people from the file, as the definer would."""
    with as_owner(), connection.cursor() as cursor:
        for bar in bars:
            cursor.execute(
                "INSERT INTO access_bar (id, dossier_id, user_id, body_id, since, reason)"
                " VALUES (%s, %s, %s, %s, %s, 'suspect')",
                [uuid.uuid4(), dossier, bar.get("user_id"), bar.get("body_id"), LONG_AGO],
            )


def end_opening(dossier: uuid.UUID) -> None:
    """Let the transaction that opened the file be another one than the test's, as it is in life."""
    enter_system("sweep")
    with act(verb="note", stream=dossier_stream(dossier), now=NOW), as_owner():
        Dossier.objects.filter(pk=dossier).update(opened_mark="another transaction")


def report(district: District, *, by: Person | None = None, at: datetime = NOW, **opening: Any) -> Obligation:
    """Let the doctor (or somebody else) report, and return the one obligation that this raises."""
    actor = (by or district.doctor).enter()
    lead = TeamMember("lead", unit_id=district.coordinator.unit.id)
    dossier = open_file(lead, **opening)
    (obligation,) = raise_for(
        actor=actor,
        dossier=dossier,
        event="report_signal",
        codes=CODES,
        territory=DISTRICT,
        from_moment=at,
        now=at,
    )
    return obligation


def sweeper() -> Actor:
    """Act as the sweeper until somebody else enters."""
    return enter_system("sweep")


def sweep(now: datetime) -> int:
    """Sweep until nothing is due, as the timer does, and return how many steps that took."""
    steps = 0
    while (swept := sweep_batch(actor=sweeper(), now=now)).claimed:
        assert not swept.postponed
        steps += swept.climbed
    return steps


def fresh(obligation: Obligation) -> Obligation:
    """Read it anew, as the sweeper."""
    sweeper()
    return Obligation.objects.get(pk=obligation.pk)


def rungs(obligation: Obligation) -> list[tuple[int, str, int | None, datetime]]:
    """Return what became of its rungs, as the sweeper reads it."""
    sweeper()
    rows = Escalation.objects.filter(obligation=obligation).order_by("rung")
    return list(rows.values_list("rung", "outcome", "unit_id", "fell_due_at"))


def publish(*changes: tuple[str, str]) -> None:
    """Publish the cast's procedure as the next version with some words changed."""
    text = ONE_ANSWER.read_text(encoding="utf-8").replace("version: 1", "version: 2")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    adopt(text)


def adopt(text: str) -> None:
    """Publish a procedure, as the installation."""
    with tempfile.TemporaryDirectory() as place, as_owner():
        (Path(place) / "procedure.yaml").write_text(text, encoding="utf-8")
        installation = Actor(kind="system", purpose="load_reference")
        assert load_reference(actor=installation, now=NOW, folder=Path(place), using="default") == 1


def browser_of(person: Person, *, language: str = "en") -> Client:
    """Return a browser in which the person is signed in and reads that language."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    with as_owner():
        user = User.objects.get(pk=person.user)
    store[SESSION_KEY] = str(person.user)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["post"] = person.post
    store.save()
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


@dataclass(frozen=True)
class Six:
    """The bodies that the procedure of six steps obliges, one person in each."""

    clinic: Person
    guardian: Person
    protection: Person
    school: Person
    department: Person


def make_six() -> Six:
    """Add to the district the bodies of the six steps, and publish their procedure."""
    adopt(SIX)
    with building():
        return Six(
            clinic=seat(make_unit("hospital", DISTRICT, "health_care")),
            guardian=seat(make_unit("guardianship", DISTRICT, "guardianship")),
            protection=seat(make_unit("social protection", DISTRICT, "social_protection")),
            school=seat(make_unit("school", DISTRICT, "education_school")),
            department=seat(make_unit("education department", DISTRICT, "education_department")),
        )


def report_to_six(district: District, units: dict[str, int] | None = None, **more: Any) -> dict[str, Obligation]:
    """Let the doctor report so that six bodies owe; returns the duties by step. `bars` as in `open_file`."""
    actor = district.doctor.enter()
    dossier = open_file(TeamMember("lead", unit_id=district.coordinator.unit.id), bars=more.pop("bars", ()))
    given: dict[str, Any] = {"codes": {"reporter": "six"}, "territory": DISTRICT, "from_moment": NOW, "now": NOW} | more
    raised = raise_for(actor=actor, dossier=dossier, event="report_signal", units=units, **given)
    return {row.step: row for row in raised}


OBLIGE = "SELECT obligations.oblige(%s::uuid, %s::integer[])"


def refused_to_oblige(who: Person, dossier: uuid.UUID, unit: int) -> None:
    """Assert that the database lets the person bring nobody to the file, as raw SQL."""
    who.enter()
    with pytest.raises(DatabaseError, match="not there"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OBLIGE, [dossier, [unit]])


def obliges_nobody(who: Person, dossier: uuid.UUID, unit: int) -> None:
    """Assert that the person, who may write the file's duties, brings no unit that owes nothing there."""
    who.enter()
    with act(verb="note", stream=dossier_stream(dossier), now=NOW), connection.cursor() as cursor:
        cursor.execute(OBLIGE, [dossier, [unit]])
    with as_owner():
        assert not Member.objects.filter(dossier=dossier, unit=unit).exists()
