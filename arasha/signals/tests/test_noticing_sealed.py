"""A pregnancy under 16 goes first to health care: not to the lead, not to the police, the school or the family."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import TeamMember, add_member, enter_system
from arasha.kernel.access.rules import Facet, matrix
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import person_stream
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.people.actions import PersonNotThere, note_pregnancy
from arasha.people.models import Person as Known
from arasha.people.models import Pregnancy
from arasha.people.queries import card
from arasha.signals import actions, queries
from arasha.signals.tests.noticing_cast import FAR, case_child, girl, granted, night, rows
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORRY = actions.Worry(["sexual"], "unknown", "yes", must_not_know="жұмыс беруші")
DAY = date(2026, 11, 20)


@pytest.fixture
def school(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("school", cast.DISTRICT, "education_school"))


def member(child: Known, who: Person, part: str = "obliged") -> None:
    """Put a unit on the team of the child's file, past those who act."""
    with cast.building():
        add_member(dossier=child.dossier_id, member=TeamMember(part, unit_id=who.unit.pk))


@pytest.fixture
def dana(district: District, school: Person) -> Known:
    """A girl of 14: coordination leads her case, the police are partners, the clinic was granted the sealed facet."""
    child = case_child(district.coordinator, school, girl("Дана"))
    member(child, district.doctor)
    member(child, district.inspector, "partner")
    granted(district.coordinator, child.dossier_id, district.doctor.unit.pk)
    return child


def noted(who: Person, child: Known, kind: str = "pregnancy") -> Pregnancy:
    return note_pregnancy(actor=who.enter(), person=child.pk, kind=kind, first=DAY, last=DAY, now=NOW)


def test_only_whom_it_was_granted_to_writes_and_reads_it(district: District, dana: Known, school: Person) -> None:
    noted(district.doctor, dana)
    district.doctor.enter()
    [one] = card(dana).pregnancies
    assert one.said == {"kind": "pregnancy", "first": "2026-11-20", "last": "2026-11-20"}
    for person in (district.coordinator, district.inspector, school, district.region, district.nation):
        person.enter()
        assert not Pregnancy.objects.exists()
        with pytest.raises(PersonNotThere):
            noted(person, dana)


def test_without_a_grant_the_clinic_of_the_team_writes_nothing(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    member(child, district.doctor)
    with pytest.raises(PersonNotThere):
        noted(district.doctor, child)


def test_a_grant_to_the_police_opens_nothing(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    granted(district.coordinator, dana.dossier_id, district.inspector.unit.pk)
    assert night().written == 1
    assert list(queries.noticed(district.inspector.enter())) == []
    assert not Pregnancy.objects.exists()
    assert not [one for one in own(district.inspector.enter()) if one.code == "noticed"]


def test_health_care_is_told_and_nobody_else(district: District, dana: Known, school: Person) -> None:
    noted(district.doctor, dana)
    assert [night().written, night(FAR).written] == [1, 0]
    [row] = queries.noticed(district.doctor.enter())
    assert (row.rule, row.facet, row.first_day, row.last_day) == ("pregnancy_under_16", 18, None, None)
    read = queries.read_noticed(row, NOW)
    assert [one.said for one in read.sealed] == [{"kind": "pregnancy", "first": "2026-11-20", "last": "2026-11-20"}]
    assert [one.code for one in own(district.doctor.enter())] == ["noticed"]
    for person in (district.coordinator, district.inspector, district.police_head, school, district.region):
        assert list(queries.noticed(person.enter())) == []
        assert "noticed" not in [one.code for one in own(person.enter())]


def test_a_birth_after_the_pregnancy_is_something_new(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    assert night().written == 1
    noted(district.doctor, dana, "birth")
    assert night(FAR).written == 1
    assert [row.rule for row in rows()] == ["pregnancy_under_16"] * 2


def test_at_16_it_is_nobodys_to_notice(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school, girl(year=2010))
    member(child, district.doctor)
    granted(district.coordinator, child.dossier_id, district.doctor.unit.pk)
    noted(district.doctor, child)
    assert night().written == 0


def test_where_nobody_may_read_it_any_more_it_waits_and_is_said_to_wait(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    with cast.building(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_member SET ended_at = %s WHERE part = 'granted'", [NOW])
    done = night()
    assert (done.written, done.unheard) == (0, 1)
    granted(district.coordinator, dana.dossier_id, district.doctor.unit.pk)
    assert night().written == 1


def test_no_act_in_clear_says_what_it_is(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    night()
    [row] = rows()
    actions.dismiss_noticed(actor=district.doctor.enter(), noticed=row.pk, reason="already_worked_on", now=NOW)
    with as_owner():
        told = list(
            Act.objects.filter(verb__in=["note_sealed_health", "notice_child", "dismiss_noticed"]).order_by("id")
        )
    unit = district.doctor.unit.pk
    assert [one.codes for one in told] == [
        {"facet": 18, "unit": unit},
        {"facet": 18},
        {"facet": 18, "unit": unit, "reason": "already_worked_on"},
    ]


def test_the_reader_in_health_makes_a_signal_without_the_sealed_fact(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    night()
    [row] = queries.noticed(district.doctor.enter())
    signal = actions.signal_from_noticed(actor=district.doctor.enter(), noticed=row.pk, worry=WORRY, now=NOW)
    cast.end_opening(signal.dossier_id)
    coordinator = district.coordinator.enter()
    assert [one.pk for one in queries.queue(coordinator)] == [signal.pk]
    assert (signal.door, signal.child_called) == ("noticed", "Нұрғалиева Дана")
    assert queries.texts_of(signal.dossier_id) == {"must_not_know": "жұмыс беруші"}
    assert not Pregnancy.objects.exists()
    assert queries.find(district.doctor.enter(), signal.pk) is None


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM people.expecting()",
        "SELECT * FROM people.moved('2020-01-01', 1)",
        "SELECT * FROM signals.hurt('2020-01-01', 1)",
        "SELECT * FROM signals.seen('{}')",
        "SELECT * FROM signals.sealed_readers(gen_random_uuid(), 18::smallint)",
        "SELECT signals.put_noticed(gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 18::smallint, 'x', 1, 1,"
        " NULL, NULL, NULL, now(), '{}', '{}')",
    ],
)
@pytest.mark.parametrize("purpose", ["", "sweep"])
def test_no_post_and_no_other_work_of_the_clock_reaches_what_rules_count(
    district: District, sql: str, purpose: str
) -> None:
    enter_system(purpose) if purpose else district.coordinator.enter()
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_who_may_not_read_it_decides_nothing_as_raw_sql(district: District, dana: Known) -> None:
    noted(district.doctor, dana)
    night()
    [row] = rows()
    district.coordinator.enter()
    sql = "SELECT signals.decide_noticed(%s, 'dismissed', 'explained', %s, NULL)"
    with (
        pytest.raises(DatabaseError, match="not there"),
        transaction.atomic(),
        act(verb="note", stream=person_stream(dana.pk), now=NOW),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [row.pk, NOW])
    for table in ("signals_noticed", "signals_noticedfact"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(f"DELETE FROM {table}")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_is_not_there_is_decided_by_nobody(district: District) -> None:
    with pytest.raises(actions.NoticedNotThere):
        actions.dismiss_noticed(actor=district.doctor.enter(), noticed=uuid4(), reason="explained", now=NOW)


def test_the_facet_is_health_cares_alone() -> None:
    bit = 1 << Facet.REPRODUCTIVE
    assert {code for code, (reads, _writes) in matrix.of_functions().items() if reads & bit} == {"health_care"}
