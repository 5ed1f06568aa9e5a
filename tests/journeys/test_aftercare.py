"""A girl turns 17 and then 18, over HTTP: what she needs is owed and recorded, and her case outlives the birthday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from arasha.adulthood import actions
from arasha.adulthood.models import Entry
from arasha.adulthood.rules import add_months
from arasha.adulthood.tests.cast import Girl, make_girl
from arasha.cases.models import Case
from arasha.kernel.access.actions import enter_system
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from tests.database import as_owner
from tests.journeys.test_own_application import page, send

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def girl(db: None) -> Girl:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_girl()


def born(girl: Girl, years: int, days: int) -> date:
    """Let the girl be so many years old in some days."""
    day = add_months(local(datetime.now(UTC)).date() + timedelta(days=days), -12 * years)
    girl.born(day)
    return day


def night() -> int:
    """Let the clock look tonight."""
    return actions.watch_ages(actor=enter_system("watch_races"), now=datetime.now(UTC))


def test_what_a_girl_of_17_needs_is_owed_recorded_and_outlives_her_birthday(girl: Girl) -> None:
    born(girl, 18, 200)
    lead: Client = cast.browser_of(girl.team.lead)
    address = f"/adulthood/{girl.dossier}/"
    assert night() == 1
    lead = cast.browser_of(girl.team.lead)
    body = page(lead, address)
    assert "200 days are left to the 18th birthday" in body
    assert body.count("Owed by") >= 5
    assert "Does help go on" not in body
    page(lead, f"{address}record/consent/", 404)
    page(lead, f"{address}record/nothing/", 404)
    assert "Mentor" in page(lead, "/adulthood/")
    send(lead, f"{address}record/mentor/", 422, seen="0", state="done", who="Айгүл")
    for _twice in range(2):
        status = 422 if _twice else 302
        send(lead, f"{address}record/mentor/", status, seen="0", state="done", who=f"Айгүл {HOSTILE}", agreed="on")
    send(lead, f"{address}record/housing/", seen="0", state="not_applicable", words="Өз үйі бар")
    body = page(lead, address)
    assert "Айгүл &lt;script&gt;" in body
    assert "Өз үйі бар" in body
    assert "Айгүл" in page(cast.browser_of(girl.guardian), address)
    _nobody_else_learns_anything(girl, address)
    born(girl, 18, 0)
    assert night() == 1
    lead = cast.browser_of(girl.team.lead)
    assert "Does help go on" in page(lead, address)
    send(lead, f"{address}record/consent/", seen="0", state="thinking")
    send(lead, f"{address}record/consent/", seen="1", state="yes")
    body = page(lead, address)
    assert "Yes, help goes on" in body
    assert "Owed by" in body
    with as_owner():
        assert Case.objects.get(dossier=girl.dossier).state == "open"
        assert Entry.objects.count() == 4


def _nobody_else_learns_anything(girl: Girl, address: str) -> None:
    for who in (girl.barred, girl.team.outsider, girl.team.teacher):
        browser = cast.browser_of(who)
        # The school works on the file, and reads there that it owes nothing of this.
        body = page(browser, address, 200 if who is girl.team.teacher else 404)
        assert "Айгүл" not in body
        assert "Owed by" not in body
        page(browser, f"{address}record/mentor/", 404)
        send(browser, f"{address}record/wishes/", 404, seen="0", state="done", words="x")
