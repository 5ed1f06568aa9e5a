"""The children of the demonstration whose cases are worked: each part has something, and their people's pages open."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.models import User
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead
from arasha.web import demonstration
from arasha.web.actions import Seat
from tests.cluster import Cluster
from tests.database import ClonedDatabase

# What stands in the tables when every deed was done: at least so many rows.
ROWS = {
    "SELECT count(*) FROM plans_childplan WHERE state = 'agreed'": 1,
    "SELECT count(*) FROM plans_referral": 2,
    "SELECT count(*) FROM plans_serviceplace WHERE state = 'begun'": 1,
    "SELECT count(*) FROM conferences_decision": 1,
    "SELECT count(*) FROM sharing_consent WHERE ended_at IS NOT NULL": 1,
    "SELECT count(*) FROM releases_release WHERE state = 'matched'": 1,
    "SELECT count(*) FROM care_removal": 1,
    "SELECT count(*) FROM care_visitplan": 1,
    "SELECT count(*) FROM care_outing WHERE ended_at IS NOT NULL": 1,
    "SELECT count(*) FROM cases_leadoffer": 1,
    "SELECT count(*) FROM adulthood_entry": 1,
    "SELECT count(*) FROM adulthood_application": 1,
    "SELECT count(*) FROM coordination_closing WHERE state = 'proposed'": 1,
    "SELECT count(*) FROM emergency_emergency": 1,
    "SELECT count(*) FROM cases_case": 6,
}
PAGES = {
    "coordinator": ("/", "/cases/", "/silences/", "/conferences/", "/requests/", "/emergencies/", "/adulthood/"),
    "guardianship": ("/", "/obligations/", "/visits/", "/plans/referrals/received/"),
    "doctor": ("/", "/plans/referrals/received/"),
    "inspector": ("/", "/obligations/"),
}


@pytest.fixture(scope="module")
def district(
    cluster: Cluster, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ClonedDatabase, Sequence[Seat]]]:
    """The demonstration district of an instance whose clock began eight weeks ago."""
    database = ClonedDatabase.made(cluster)
    try:
        with (
            django_db_blocker.unblock(),
            database.as_default(),
            override_settings(STATE=tmp_path_factory.mktemp("state")),
        ):
            declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), behind=timedelta(weeks=8))
            seats = demonstration.make()
            assert timedelta(0) <= clock_ahead() < timedelta(seconds=30)
            yield database, seats
    finally:
        cluster.drop(database.name)


def test_every_part_of_the_work_has_something_to_show(district: tuple[ClonedDatabase, Sequence[Seat]]) -> None:
    database, _seats = district
    with psycopg.connect(database.superuser) as superuser:
        found = {query: superuser.execute(query.encode()).fetchall()[0][0] for query in ROWS}
    assert {query: number for query, number in found.items() if number < ROWS[query]} == {}


def browser_of(seat: Seat) -> Client:
    """Return a browser in which somebody of the demonstration is signed in and reads Kazakh."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(seat.account.user_id)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = User.objects.using("owner").get(pk=seat.account.user_id).get_session_auth_hash()
    store["post"] = seat.post_id
    store.save()
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return browser


def test_who_works_there_finds_their_pages(district: tuple[ClonedDatabase, Sequence[Seat]]) -> None:
    _database, seats = district
    for login, pages in PAGES.items():
        browser = browser_of(next(seat for seat in seats if seat.login == login))
        assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200), login
