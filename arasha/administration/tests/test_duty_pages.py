"""The pages of duty: numbers for all who act, arranging for who answers, faults told in their place, nothing lost."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from arasha.administration import actions
from arasha.administration.models import RosterChange, RosterLine
from arasha.administration.tests.people import Member, declare, make_member, sign_in
from arasha.administration.views.duty_words import days_of
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local

pytestmark = pytest.mark.django_db
HOURS = {
    "name": "Айгүл <b>Н</b>",
    "phone": "8 701 234 56 78",
    "weekdays": [str(day) for day in range(7)],
    "starts": "0",
    "ends": "24:00",
}
TABLE = "дс-жм;08:00;20:00;Дәурен;102;\nкүн сайын;20:00;08:00;Айгүл;103;\n"


@pytest.fixture(autouse=True)
def _training() -> None:
    cache.clear()  # the limits of signing in count across tests
    declare("training")


@pytest.fixture
def head() -> Member:
    member = make_member("a.head", "juvenile_inspection")
    with cast.building():
        Post.objects.filter(pk=member.post_id).update(rank="head")
        Unit.objects.filter(pk=unit_of(member)).update(around_the_clock=True)
    return member


def unit_of(member: Member) -> int:
    """In which unit somebody sits."""
    with system("test"):
        return Post.objects.get(pk=member.post_id).unit_id


def today() -> str:
    """Today as a field takes it."""
    return f"{local(domain_now()):%d.%m.%Y}"


def add(browser: Client, unit: int, **more: Any) -> Any:
    """Send the form of weekly hours."""
    return browser.post(f"/duty/{unit}/add/", HOURS | {"since": today()} | more)


def test_the_head_puts_somebody_on_duty_and_a_nurse_of_the_place_finds_the_number(head: Member) -> None:
    unit = unit_of(head)
    assert add(sign_in(head), unit).headers["Location"] == f"/duty/{unit}/"
    nurse = sign_in(make_member("a.nurse", "health_care"))
    for address in ("/duty/", f"/duty/{unit}/"):
        page = nurse.get(address).content.decode()
        assert 'href="tel:+7-701-234-5678"' in page
        assert "Айгүл &lt;b&gt;Н&lt;/b&gt;" in page
        assert f"/duty/{unit}/add/" not in page


def test_a_nurse_who_finds_nobody_on_duty_finds_what_to_ring_instead(head: Member) -> None:
    unit, nurse = unit_of(head), sign_in(make_member("a.nurse", "health_care"))
    page = nurse.get(f"/duty/{unit}/").content.decode()
    assert ("102" in page, "tel:" in page) == (True, False)
    with cast.building():
        Unit.objects.filter(pk=unit).update(phone="+77272123456")
    page = nurse.get(f"/duty/{unit}/").content.decode()
    assert ('href="tel:+7-' in page, "102" in page) == (True, True)


def test_what_a_nurse_may_not_arrange_is_not_there(head: Member) -> None:
    unit, nurse = unit_of(head), sign_in(make_member("a.nurse", "health_care"))
    add(sign_in(head), unit)
    with system("test"):
        line = str(RosterLine.objects.values_list("pk", flat=True)[0])
    for number in (unit, 999_999_999):
        assert [nurse.get(f"/duty/{number}/{page}/").status_code for page in ("add", "change", "table")] == [404] * 3
        assert add(nurse, number).status_code == 404
        for page in ("end", "withdraw", "change", "table"):
            assert nurse.post(f"/duty/{number}/{page}/", {"line": line}).status_code == 404
    with system("test"):
        assert RosterLine.objects.filter(until__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("phone", "5-12-34"),
        ("weekdays", []),
        ("weekdays", ["9"]),
        ("starts", "25:00"),
        ("ends", "noon"),
        ("since", "31.02.2026"),
        ("since", "01.01.2020"),
    ],
)
def test_a_wrong_field_is_told_and_the_rest_is_kept(head: Member, field: str, typed: Any) -> None:
    answer = add(sign_in(head), unit_of(head), **{field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "govuk-error-summary" in page
    if field != "name":
        assert "Айгүл" in page
    with system("test"):
        assert RosterLine.objects.count() == 0


def test_hours_end_and_the_page_shows_the_hole(head: Member) -> None:
    unit, browser = unit_of(head), sign_in(head)
    add(browser, unit)
    with system("test"):
        lines = [str(line) for line in RosterLine.objects.values_list("pk", flat=True)]
    assert browser.post(f"/duty/{unit}/end/", {"line": lines}).status_code == 302
    page = browser.get(f"/duty/{unit}/")
    assert page.context["missing"]
    assert page.context["ringing"] == []
    for wrong in ({}, {"line": "nothing"}, {"line": [lines[0], "5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21"]}):
        assert browser.post(f"/duty/{unit}/end/", wrong).status_code == 404


def test_a_change_is_made_and_withdrawn(head: Member) -> None:
    unit, browser = unit_of(head), sign_in(head)
    tomorrow = f"{local(domain_now()) + timedelta(days=1):%d.%m.%Y}"
    told = {"kind": "nobody", "first_day": tomorrow, "starts": "0", "last_day": tomorrow, "ends": "24:00"}
    assert browser.post(f"/duty/{unit}/change/", told).status_code == 302
    with system("test"):
        change = RosterChange.objects.get()
    assert change.ends_at - change.starts_at == timedelta(days=1)
    assert browser.post(f"/duty/{unit}/withdraw/", {"change": str(change.pk)}).status_code == 302
    assert browser.post(f"/duty/{unit}/withdraw/", {"change": "no key"}).status_code == 404
    with system("test"):
        assert RosterChange.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("wrong", [{"kind": "instead"}, {"ends": "0:00", "starts": "0:00"}, {"last_day": "01.01.2020"}])
def test_a_change_that_makes_no_sense_is_told(head: Member, wrong: dict[str, str]) -> None:
    day = today()
    told = {"kind": "nobody", "first_day": day, "starts": "9", "last_day": day, "ends": "9", **wrong}
    answer = sign_in(head).post(f"/duty/{unit_of(head)}/change/", told)
    sensible = wrong.get("ends") == "0:00"  # a whole day
    assert answer.status_code == (302 if sensible else 422)


def test_a_table_is_shown_first_and_taken_over_then(head: Member) -> None:
    unit, browser = unit_of(head), sign_in(head)
    address = f"/duty/{unit}/table/"
    seen = browser.post(address, {"table": TABLE, "since": today()})
    assert seen.status_code == 200
    text = seen.context["text"]
    with system("test"):
        assert RosterLine.objects.count() == 0
    assert browser.post(address, {"table": text, "since": today(), "step": "take"}).status_code == 302
    with system("test"):
        assert RosterLine.objects.count() == 12


def test_a_table_with_faults_names_each_place_and_takes_nothing(head: Member) -> None:
    wrong = "дс;08:00;20:00;Дәурен;5-12-34;\nxx;20:00;08:00;Айгүл;103;\n"
    answer = sign_in(head).post(f"/duty/{unit_of(head)}/table/", {"table": wrong, "since": today(), "step": "take"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("5-12-34") >= 2  # in the fault, and kept in the field
    assert "xx" in page
    with system("test"):
        assert RosterLine.objects.count() == 0


@pytest.mark.parametrize("week", ["2026-03-18", "nothing", "9999-12-31", "0001-01-01", "2026-02-31"])
def test_any_week_asked_for_is_answered(head: Member, week: str) -> None:
    assert sign_in(head).get(f"/duty/{unit_of(head)}/?week={week}").status_code == 200


def test_who_acts_nowhere_sees_no_numbers() -> None:
    member = make_member("nobody", "health_care")
    browser = sign_in(member)
    with cast.building():
        Post.objects.filter(pk=member.post_id).update(until=domain_now())
    assert browser.get("/duty/").status_code == 404


def test_a_night_over_midnight_stands_in_both_days(head: Member) -> None:
    unit = unit_of(head)
    with system("test") as actor:
        night: dict[str, Any] = {"weekdays": [0], "starts": time(20), "ends": time(8), "name": "A", "phone": "102"}
        actions.add_hours(actor=actor, now=domain_now(), unit_id=unit, since=domain_now(), **night)
    monday = local(domain_now()).date() + timedelta(days=14 - local(domain_now()).weekday())
    days = sign_in(head).get(f"/duty/{unit}/?week={monday}").context["days"]
    assert [one["hours"] for day in days[:2] for one in day.people] == ["20:00–24:00", "00:00–08:00"]


def test_days_in_a_row_are_written_by_their_ends() -> None:
    assert days_of([0, 1, 2, 3, 4, 6]).count("–") == 1
    assert days_of([5, 6]).count(",") == 1
