"""The demonstration district in a database of its own, copied for each world that a test needs.

Everybody is signed in before the copying, so two worlds share tokens, people and moment, and differ only in what a
test does in them. The domain's clock stands still. Numbers of people and posts are large and found nowhere else, so
that a search for one finds it and nothing else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg
import time_machine
import yaml
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections, transaction
from django.test import Client

from arasha.kernel.access import looks
from arasha.kernel.access.actions import enter, seat, system
from arasha.kernel.access.models import User
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.signals.actions import Report, report_signal
from arasha.web import demonstration
from arasha.web.actions import Seat, make_district
from tests.cluster import Cluster
from tests.database import ClonedDatabase

# People sit at other machines: what the server tells to itself (its figures) is not theirs to read.
ELSEWHERE = "192.0.2.10"
PLACE, NEIGHBOURS = "615400000", "613900000"
# The first user, post, unit and body that the district gets.
FIRST = {"access_user": 770_000_000, "access_post": 880_000_000, "access_unit": 660_000_000, "access_body": 550_000_000}
TOLD: dict[str, Any] = {"door": "health", "concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes"}


@dataclass
class World:
    """One copy of the house."""

    house: "House"
    database: ClonedDatabase

    @contextmanager
    def open(self) -> Iterator["World"]:
        """Let Django work here, at the house's moment; what looks write goes over their own connection."""
        before, looks.channel = looks.channel, looks.own_connection
        try:
            with (
                self.database.as_default(),
                time_machine.travel(self.house.moment, tick=False),
                patch("arasha.web.queries._database_now", lambda: self.house.moment),
            ):
                yield self
        finally:
            looks.channel = before
            forget_looks()

    def browser(self, login: str, *, language: str = "en") -> Client:
        """Return a browser in which this person has been signed in; a failing page answers 500."""
        browser = Client(raise_request_exception=False, REMOTE_ADDR=ELSEWHERE)
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.house.tokens[login]
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return browser

    def report(self, *, by: str = "doctor", place: str = PLACE, **told: Any) -> None:
        """Let somebody of the polyclinic report, as the form's action does.

        What falls due, or is told, at one moment is listed by its id: here in order, so that two worlds list alike.
        """
        notices = SimpleNamespace(uuid4=in_order())
        with (
            transaction.atomic(),
            patch("arasha.obligations.actions.raising.uuid4", in_order()),
            patch("arasha.kernel.messages.actions.notices.uuid", notices),
        ):
            actor = enter(self.house.tokens[by], self.house.seats[by].post_id)
            report_signal(actor=actor, report=Report(territory=place, **(TOLD | told)), now=self.house.moment)

    def succeed(self, predecessor: str, successor: str) -> None:
        """End somebody's post and seat another in it."""
        post = self.house.seats[predecessor].post_id
        with system("test"), act(verb="seat", stream=system_stream("test"), now=self.house.moment):
            seat(post_id=post, user_id=None)
            seat(post_id=post, user_id=self.house.seats[successor].account.user_id)

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Ask as the superuser, past every protection."""
        with psycopg.connect(self.database.superuser, autocommit=True) as superuser:
            cursor = superuser.execute(statement.encode(), arguments or None)
            return cursor.fetchall() if cursor.description else []

    def open_in_emergency(self, by: str) -> None:
        """Put down that somebody opened the first file in an emergency; its lead alone has to review that."""
        seat = self.house.seats[by]
        self.rows("ALTER TABLE access_glass DISABLE TRIGGER ALL")
        self.rows(
            "INSERT INTO access_glass"
            " (id, dossier_id, user_id, post_id, reason, opened_at, until, lead_unit_id, review_due)"
            " SELECT gen_random_uuid(), id, %s, %s, 'danger', %s, %s, lead_unit_id, %s"
            " FROM access_dossier ORDER BY id LIMIT 1",
            seat.account.user_id,
            seat.post_id,
            self.house.moment,
            self.house.moment + timedelta(hours=3),
            self.house.moment + timedelta(days=3),
        )

    def ids(self) -> dict[str, list[str]]:
        """Return the random ids of what is here, by the parameter that they fill in addresses."""
        tables = {
            "signal": "signals_signal",
            "dossier": "access_dossier",
            "obligation": "obligations_obligation",
            "notice": "message_notice",
            "glass": "access_glass",
            "token": "exchange_token",
            "webhook": "exchange_subscription",
            "message": "exchange_delivery",
            "proposal": "administration_proposal",
            "person": "people_person",
            "match": "people_match",
            "allegation": "people_allegation",
            "noticed": "signals_noticed",
            "source": "people_registersource",
            "load": "people_load",
            "line": "helpline_extension",
            "survey": "surveys_survey",
            "tie": "access_tie",
            "contact": "helpline_contact",
            "call_back": "helpline_callback",
            "profile": "helpline_profile",
            "shift": "helpline_shift",
            "debrief": "helpline_debrief",
            "part": "plans_assessmentpart",
            "incident": "cases_incident",
            "response": "questionnaires_response",
            "provider": "services_provider",
            "site": "services_site",
            "offering": "services_offering",
            "answer": "services_proposal",
            "table": "services_load",
            "offered": "services_offering",
            "place": "plans_serviceplace",
            "referral": "plans_referral",
            "question": "plans_specialistquestion",
            "certificate": "prevention_certificate",
            "commitment": "coverage_commitment",
            "emergency": "emergency_emergency",
            "pilot": "governance_pilot",
            "text": "participation_text",
            "plan": "plans_childplan",
            "goal": "plans_plangoal",
            "action": "plans_planaction",
            "sitting": "conferences_sitting",
            "item": "conferences_item",
            "minutes": "conferences_minutes",
            "leave": "workforce_leave",
            "application": "adulthood_application",
            "filerequest": "releases_filerequest",
            "consent": "sharing_consent",
            "share": "sharing_share",
            "session": "workforce_supervision",
            "visit": "care_visit",
            "outing": "care_outing",
        }
        asked = [f"SELECT '{name}', id::text FROM {table}" for name, table in tables.items()]
        asked.append("SELECT 'phrase', id::text FROM helpline_phrase WHERE level = 'unit'")
        found: dict[str, list[str]] = {name: [] for name in (*tables, "phrase")}
        for name, one in self.rows(f"{' UNION ALL '.join(asked)} ORDER BY 1, 2"):
            found[name].append(one)
        return found | {"subject": found["contact"]}


@dataclass
class House:
    """The house as it stands before anything happens in it; a template for worlds."""

    cluster: Cluster
    moment: datetime
    seats: dict[str, Seat] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @classmethod
    def built(cls, cluster: Cluster) -> "House":
        """Make the district in a clone, sign everybody in, and leave it to be copied."""
        base = ClonedDatabase.made(cluster)
        house = cls(Cluster(cluster.place, base.name), datetime.now(UTC).replace(microsecond=0))
        world = World(house, base)
        for table, first in FIRST.items():
            world.rows(f"ALTER SEQUENCE {table}_id_seq RESTART {first + 1}")
        with world.open():
            worktime.declare_instance(kind="training", actor=INSTALLATION, now=house.moment - timedelta(days=2))
            house._man()
        world.rows(
            "CREATE OR REPLACE FUNCTION worktime.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE "
            f"AS $$ SELECT timestamptz '{house.moment.isoformat()}' $$"
        )
        return house

    def _man(self) -> None:
        """Seat the demonstration's people and sign them all in."""
        plan = yaml.safe_load((demonstration.DATA / "demonstration.yaml").read_text(encoding="utf-8"))
        since = self.moment - timedelta(days=1)
        with system("demonstration") as actor:
            self.seats = {made.login: made for made in make_district(actor=actor, plan=plan, now=since)}
        store = import_module(settings.SESSION_ENGINE).SessionStore
        for login, made in self.seats.items():
            user = User.objects.using("owner").get(pk=made.account.user_id)
            session = store()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session["post"] = made.post_id
            session.save()
            self.tokens[login] = session.session_key
        connections.close_all()

    def numbers(self) -> list[int]:
        """Return the doctor's user and post, to stand in addresses."""
        return [self.seats["doctor"].account.user_id, self.seats["doctor"].post_id]

    def after(self, world: World) -> "House":
        """Return the house as it stands after what happened in a world of it, which nobody has open any more."""
        return replace(self, cluster=Cluster(self.cluster.place, world.database.name))

    @contextmanager
    def world(self) -> Iterator[World]:
        """Copy the house, and drop the copy afterwards."""
        made = ClonedDatabase.made(self.cluster)
        try:
            yield World(self, made)
        finally:
            self.cluster.drop(made.name)


def in_order() -> Callable[[], UUID]:
    """Return a maker of random ids whose order is that in which they are made."""
    places = count(1)
    return lambda: UUID(int=(next(places) << 112) | (uuid4().int & (1 << 112) - 1), version=4)


def forget_looks() -> None:
    """Close this thread's connection for looks: the next world has another database."""
    with suppress(AttributeError):
        looks._local.connection.close()
        del looks._local.connection
