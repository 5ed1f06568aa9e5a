"""The page on which a person reads what a rule noticed, and the two decisions there."""

from datetime import date

import pytest
from django.test import Client

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Look
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, browser_of
from arasha.people.actions import note_pregnancy
from arasha.signals.models import Signal
from arasha.signals.tests.noticing_cast import case_child, girl, granted, night, register_of, rows, went_to
from tests.database import as_owner

pytestmark = pytest.mark.django_db
THREE = [("№ 14 мектеп", date(2026, 1, 10)), ("№ 15 мектеп", date(2026, 4, 1)), ("№ 16 мектеп", date(2026, 9, 1))]
LIST = "/signals/noticed/"


@pytest.fixture
def school(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("school", cast.DISTRICT, "education_school"))


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def one_address() -> str:
    [row] = rows()
    return f"{LIST}{row.pk}/"


def test_the_reader_sees_what_was_counted_and_that_nobody_was_contacted(district: District, school: Person) -> None:
    went_to(school, case_child(district.coordinator, school), THREE)
    night()
    browser = browser_of(district.coordinator)
    listed = page(browser, LIST)
    assert "Several changes of school" in listed
    assert "Нұрғалиева Аяру" in listed
    text = page(browser, one_address())
    assert "Nobody has contacted school or home" in text
    for words in ("2 changes of school", "№ 16 мектеп", "not yet checked by a lawyer"):
        assert words in text


def test_of_a_register_it_says_what_is_not_there_to_read(district: District, school: Person) -> None:
    register_of(school, girl(), THREE)
    night()
    text = page(browser_of(district.coordinator), one_address())
    assert "2 changes of school" in text
    assert "№ 16 мектеп" not in text
    assert "are not yours to read" in text
    assert "/files/" not in text.partition("<main")[2]


def test_to_everybody_else_there_is_no_such_page(district: District, school: Person) -> None:
    went_to(school, case_child(district.coordinator, school), THREE)
    night()
    address = one_address()
    for person in (school, district.inspector, district.doctor, district.region):
        browser = browser_of(person)
        page(browser, address, 404)
        for decision in ("dismiss", "signal"):
            assert browser.post(f"{address}{decision}/", {"reason": "explained"}).status_code == 404
    assert [row.state for row in rows()] == ["unread"]


def test_dismissing_asks_for_a_reason(district: District, school: Person) -> None:
    went_to(school, case_child(district.coordinator, school), THREE)
    night()
    browser, address = browser_of(district.coordinator), one_address()
    assert browser.post(f"{address}dismiss/", {}).status_code == 422
    assert browser.post(f"{address}dismiss/", {"reason": "explained"}).status_code == 302
    assert [row.state for row in rows()] == ["dismissed"]
    assert "the reason is known" in page(browser, f"{LIST}?state=done")
    again = browser.post(f"{address}dismiss/", {"reason": "explained"}, follow=True)
    assert "This was done already" in again.content.decode()


def test_a_signal_is_made_in_the_readers_own_words(district: District, school: Person) -> None:
    register_of(school, girl(), THREE)
    night()
    browser, address = browser_of(district.coordinator), one_address()
    assert browser.post(f"{address}signal/", {"concerns": ["neglect"]}).status_code == 422
    said = {"concerns": ["neglect"], "safe_now": "unknown", "suspect_has_access": "unknown", "narrative": "Үш мектеп."}
    assert browser.post(f"{address}signal/", said).status_code == 302
    with as_owner():
        signal = Signal.objects.get(door="noticed")
    cast.end_opening(signal.dossier_id)
    text = page(browser, f"/signals/{signal.pk}/")
    assert "School and home were not contacted." in text
    assert "Үш мектеп." in text
    assert "Several changes of school" not in text


def test_what_is_under_seal_stands_in_no_list_and_opening_it_is_looked_at(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school, girl("Дана"))
    with cast.building():
        add_member(dossier=child.dossier_id, member=TeamMember("obliged", unit_id=district.doctor.unit.pk))
    granted(district.coordinator, child.dossier_id, district.doctor.unit.pk)
    note_pregnancy(actor=district.doctor.enter(), person=child.pk, kind="birth", first=None, last=None, now=NOW)
    night()
    browser = browser_of(district.doctor)
    listed = page(browser, LIST)
    assert "Under seal: open it to read" in listed
    assert "Дана" not in listed
    assert "pregnancy" not in listed.partition("<main")[2].casefold()
    text = page(browser, one_address())
    assert "A pregnancy or birth under 16" in text
    assert "with a woman whom she trusts" in text
    with as_owner():
        assert Look.objects.filter(dossier=child.dossier_id, facet=18).exists()
    page(browser_of(district.coordinator), one_address(), 404)
