"""Where the facts that rules count are written down: on the person's page, each for those whose facet it is."""

from datetime import date

import pytest

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, browser_of
from arasha.people.actions import PersonNotThere, end_fact, note_absence
from arasha.people.models import Absence, Pregnancy
from arasha.signals.tests.noticing_cast import FAR, case_child, granted, night, was_away
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("school", cast.DISTRICT, "education_school"))


def test_the_school_notes_an_absence_and_takes_it_back(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    browser = browser_of(school)
    address = f"/people/{child.dossier_id}/{child.pk}/"
    assert "Time away from school" in browser.get(address).content.decode()
    assert browser.post(f"{address}absence/", {"kind": "unknown"}).status_code == 422
    said = {"kind": "unknown", "since": "2026-11-02", "until": "2026-11-20"}
    assert browser.post(f"{address}absence/", said).status_code == 302
    with as_owner():
        row = Absence.objects.get(person=child)
    assert (row.since, row.until, row.unit_id) == (date(2026, 11, 2), date(2026, 11, 20), school.unit.pk)
    assert night().written == 1
    assert browser.post(f"{address}take-back/", {"what": "absence", "fact": str(row.pk)}).status_code == 302
    with as_owner():
        assert Absence.objects.get(person=child).ended_at is not None


def test_what_was_taken_back_is_counted_no_more(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    was_away(school, child, date(2026, 11, 2), None)
    with as_owner():
        row = Absence.objects.get(person=child)
    end_fact(actor=school.enter(), what="absence", fact=row.pk, now=NOW)
    assert night(FAR).written == 0


def test_who_reads_schooling_and_does_not_write_it_notes_no_absence(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    with pytest.raises(PersonNotThere):
        note_absence(actor=district.coordinator.enter(), person=child.pk, kind="ill", now=NOW)
    with pytest.raises(UnknownCode):
        note_absence(actor=school.enter(), person=child.pk, kind="lazy", now=NOW)
    was_away(school, child, date(2026, 11, 2), None)
    district.coordinator.enter()
    assert Absence.objects.filter(person=child).count() == 1
    district.doctor.enter()
    assert not Absence.objects.exists()


def test_the_sealed_block_stands_on_the_page_of_whom_it_was_granted_to(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    with cast.building():
        add_member(dossier=child.dossier_id, member=TeamMember("obliged", unit_id=district.doctor.unit.pk))
    address, words = f"/people/{child.dossier_id}/{child.pk}/", "Reproductive health, under seal"
    assert words not in browser_of(district.doctor).get(address).content.decode()
    granted(district.coordinator, child.dossier_id, district.doctor.unit.pk)
    browser = browser_of(district.doctor)
    assert words in browser.get(address).content.decode()
    assert browser.post(f"{address}pregnancy/", {"kind": "birth"}).status_code == 302
    assert "Birth" in browser.get(address).content.decode()
    for person in (district.coordinator, school):
        assert words not in browser_of(person).get(address).content.decode()
        assert browser_of(person).post(f"{address}pregnancy/", {"kind": "birth"}).status_code == 404
    with as_owner():
        assert Pregnancy.objects.filter(person=child).count() == 1
