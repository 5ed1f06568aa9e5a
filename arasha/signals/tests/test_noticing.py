"""The clock notices, one unit reads, and nobody else hears."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.people.actions import register
from arasha.people.models import PersonIdentity
from arasha.signals import actions, policy, queries, rules
from arasha.signals.tests.noticing_cast import (
    FAR,
    case_child,
    child_in,
    girl,
    night,
    one_child,
    register_of,
    rows,
    told_of_injuries,
    was_away,
    went_to,
)
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORRY = actions.Worry(["neglect"], "unknown", "unknown", narrative="Үш мектеп ауыстырды.")
THREE = [("№ 14 мектеп", date(2026, 1, 10)), ("№ 15 мектеп", date(2026, 4, 1)), ("№ 16 мектеп", date(2026, 9, 1))]


@pytest.fixture
def school(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("school", cast.DISTRICT, "education_school"))


@pytest.fixture
def guardianship(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("guardianship", cast.DISTRICT, "guardianship"))


def seen_by(person: Person) -> list[str]:
    """Return the rules of what somebody reads."""
    return [row.rule for row in queries.noticed(person.enter())]


def test_several_schools_in_a_case_are_read_by_its_lead_once(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    went_to(school, child, THREE)
    assert night().written == 1
    [row] = rows()
    assert (row.rule, row.count, row.first_day, row.last_day) == ("school_changes", 2, THREE[1][1], THREE[2][1])
    assert (row.dossier_id, row.person_id, row.state, row.unit_id) == (child.dossier_id, child.pk, "unread", None)
    assert seen_by(district.coordinator) == ["school_changes"]
    [notice] = [one for one in own(district.coordinator.enter()) if one.code == "noticed"]
    assert notice.link == "/signals/noticed/"


def test_twice_in_a_row_writes_nothing_new(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    went_to(school, child, THREE)
    assert [night().written, night().written, night(FAR).written] == [1, 0, 0]


@pytest.mark.parametrize("schools", [THREE[:2], [("№ 14 мектеп", day) for _name, day in THREE]])
def test_one_change_or_one_school_is_not_noticed(
    district: District, school: Person, schools: list[tuple[str, date]]
) -> None:
    went_to(school, case_child(district.coordinator, school), schools)
    assert night().written == 0


def test_who_is_grown_up_is_not_looked_at(district: District, school: Person) -> None:
    went_to(school, case_child(district.coordinator, school, girl(year=2007)), THREE)
    assert night().written == 0


def test_schools_of_two_files_are_counted_of_one_child(district: District, school: Person) -> None:
    listed = register_of(school, girl(), THREE[:2])
    child = case_child(district.coordinator, school)
    went_to(school, child, THREE[2:])
    assert night().written == 0
    one_child(child, listed)
    assert night().written == 1
    assert [row.dossier_id for row in rows()] == [child.dossier_id]


def test_it_is_read_in_the_childs_own_file_before_a_sisters(district: District, school: Person) -> None:
    sisters = case_child(district.coordinator, school, girl("Дана"))
    actor = district.coordinator.enter()
    beside = register(actor=actor, dossier=sisters.dossier_id, role="sibling", described=girl(), now=NOW)
    went_to(school, beside, THREE)
    assert night().written == 1
    own_case = case_child(district.coordinator, school)
    one_child(own_case, beside)
    went_to(school, own_case, [("№ 17 мектеп", date(2026, 11, 20))])
    assert night(FAR).written == 1
    assert [row.dossier_id for row in rows()] == [sisters.dossier_id, own_case.dossier_id]


def test_of_a_child_kept_apart_after_an_adoption_no_coordination_learns(district: District, school: Person) -> None:
    listed = register_of(school, girl(), THREE)
    with cast.building():
        PersonIdentity.objects.filter(person=listed).update(sealed=True)
    done = night()
    assert (done.written, done.unheard) == (0, 1)


def test_a_register_is_read_by_who_coordinates_the_place_and_not_by_the_school(
    district: District, school: Person
) -> None:
    register_of(school, girl(), THREE)
    assert night().written == 1
    assert seen_by(district.coordinator) == ["school_changes"]
    assert seen_by(school) == []
    for person in (school, district.inspector, district.doctor, district.region, district.neighbour):
        assert seen_by(person) == []
        assert not [one for one in own(person.enter()) if one.code == "noticed"]


def test_of_the_register_the_coordinator_reads_the_name_and_not_the_schools(district: District, school: Person) -> None:
    register_of(school, girl(), THREE)
    night()
    [row] = queries.noticed(district.coordinator.enter())
    read = queries.read_noticed(row, NOW)
    assert read.child is not None
    assert (read.child.called, read.child.within, read.stays) == ("Нұрғалиева Аяру", False, [])


def test_a_partner_of_the_case_reads_nothing_of_it(district: District, school: Person, guardianship: Person) -> None:
    child = case_child(guardianship, school)
    went_to(school, child, THREE)
    with cast.building():
        add_member(dossier=child.dossier_id, member=TeamMember("partner", unit_id=district.coordinator.unit.pk))
    night()
    assert seen_by(guardianship) == ["school_changes"]
    assert seen_by(district.coordinator) == []


def test_a_long_absence_is_noticed_and_an_explained_one_is_not(district: District, school: Person) -> None:
    ill, missing = case_child(district.coordinator, school), case_child(district.coordinator, school, girl("Дана"))
    was_away(school, ill, date(2026, 11, 2), None, kind="ill")
    was_away(school, missing, date(2026, 11, 2), None)
    assert night().written == 1
    assert [(row.rule, row.person_id, row.count) for row in rows()] == [("long_absence", missing.pk, 22)]


def test_injuries_told_of_twice_are_joined_and_a_mistaken_report_is_not(district: District) -> None:
    first = told_of_injuries(district.doctor, NOW - timedelta(days=60))
    second = told_of_injuries(district.doctor, NOW - timedelta(days=1))
    assert night().written == 0
    one_child(child_in(first.dossier_id), child_in(second.dossier_id))
    coordinator = district.coordinator.enter()
    actions.close_signal(actor=coordinator, signal=first.pk, closing="mistaken", now=NOW)
    assert night().written == 0
    actions.take_signal(actor=district.coordinator.enter(), signal=first.pk, now=NOW)
    assert night().written == 1
    [row] = queries.noticed(district.coordinator.enter())
    assert (row.rule, row.count) == ("repeated_injuries", 2)
    assert len(queries.read_noticed(row, NOW).hurts) == 2


def test_who_is_barred_from_one_of_the_files_does_not_see_what_was_joined(district: District) -> None:
    first = told_of_injuries(district.doctor, NOW - timedelta(days=60))
    second = told_of_injuries(district.doctor, NOW - timedelta(days=1))
    one_child(child_in(first.dossier_id), child_in(second.dossier_id))
    assert night().written == 1
    [row] = rows()
    other = first if row.dossier_id == second.dossier_id else second
    assert seen_by(district.coordinator) == ["repeated_injuries"]
    with cast.building():
        cast.put_bars(other.dossier_id, [{"user_id": district.coordinator.user}])
    assert seen_by(district.coordinator) == []
    with pytest.raises(actions.NoticedNotThere):
        actions.dismiss_noticed(actor=district.coordinator.enter(), noticed=row.pk, reason="explained", now=NOW)
    assert seen_by(district.coordinator) == []


def test_what_was_dismissed_stays_so_until_there_is_something_new(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    went_to(school, child, THREE)
    night()
    [row] = rows()
    actions.dismiss_noticed(actor=district.coordinator.enter(), noticed=row.pk, reason="explained", now=NOW)
    assert seen_by(district.coordinator) == []
    assert night(FAR).written == 0
    went_to(school, child, [("№ 17 мектеп", date(2026, 11, 20))])
    assert night(FAR).written == 1
    assert [(one.state, one.reason, one.count) for one in rows()] == [("dismissed", "explained", 2), ("unread", "", 3)]
    assert row.by_unit_id is None
    assert rows()[0].by_unit_id == district.coordinator.unit.pk


def test_it_is_decided_once_and_with_a_reason_of_the_list(district: District, school: Person) -> None:
    went_to(school, case_child(district.coordinator, school), THREE)
    night()
    [row] = rows()
    actor = district.coordinator.enter()
    with pytest.raises(UnknownCode):
        actions.dismiss_noticed(actor=actor, noticed=row.pk, reason="I think so", now=NOW)
    actions.dismiss_noticed(actor=actor, noticed=row.pk, reason="not_enough", now=NOW)
    with pytest.raises(actions.AlreadyRead):
        actions.dismiss_noticed(actor=actor, noticed=row.pk, reason="explained", now=NOW)
    with pytest.raises(actions.AlreadyRead):
        actions.signal_from_noticed(actor=actor, noticed=row.pk, worry=WORRY, now=NOW)


def test_a_reader_makes_a_signal_that_says_that_a_rule_noticed_it(district: District, school: Person) -> None:
    listed = register_of(school, girl(), THREE)
    night()
    [row] = rows()
    actor = district.coordinator.enter()
    signal = actions.signal_from_noticed(actor=actor, noticed=row.pk, worry=WORRY, now=NOW)
    assert (signal.door, signal.child_called, signal.child_age, signal.territory_id) == (
        "noticed",
        "Нұрғалиева Аяру",
        13,
        cast.DISTRICT,
    )
    cast.end_opening(signal.dossier_id)
    assert [found.pk for found in queries.queue(district.coordinator.enter())] == [signal.pk]
    assert queries.texts_of(signal.dossier_id) == {"narrative": "Үш мектеп ауыстырды."}
    assert queries.find(school.enter(), signal.pk) is None
    with as_owner():
        identities = PersonIdentity.objects.filter(person__in=[listed, child_in(signal.dossier_id)])
        assert len({one.identity for one in identities}) == 1
    assert [one.state for one in rows()] == ["signal"]
    assert night(FAR).written == 0


def test_acts_carry_codes_alone_and_no_team_reads_them(district: District, school: Person) -> None:
    child = case_child(district.coordinator, school)
    went_to(school, child, THREE)
    night()
    [row] = rows()
    actions.dismiss_noticed(actor=district.coordinator.enter(), noticed=row.pk, reason="explained", now=NOW)
    with as_owner():
        told = list(Act.objects.filter(verb__in=["notice_child", "dismiss_noticed"]).order_by("id"))
    assert [(one.stream_kind, one.stream_key) for one in told] == [("person", str(child.pk))] * 2
    unit = district.coordinator.unit.pk
    assert [one.codes for one in told] == [
        {"facet": 2, "rule": "school_changes", "version": 1},
        {"facet": 2, "unit": unit, "reason": "explained"},
    ]
    district.coordinator.enter()
    assert not Act.objects.filter(pk__in=[one.pk for one in told]).exists()


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ({}, 1),
        ({"enabled": False}, 0),
        ({"valid_to": date(2026, 11, 22)}, 0),
        ({"valid_from": date(2026, 11, 24)}, 0),
        ({"threshold": 3}, 0),
    ],
)
def test_a_rule_that_does_not_hold_today_notices_nothing(
    district: District, school: Person, changes: dict[str, Any], written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_to(school, case_child(district.coordinator, school), THREE)
    shipped = rules.noticing_rules()
    monkeypatch.setattr(rules, "noticing_rules", lambda: [replace(rule, **changes) for rule in shipped])
    assert night().written == written


def test_nobody_but_the_clock_evaluates_rules(district: District) -> None:
    actor = district.coordinator.enter()
    with pytest.raises(policy.NotAllowed):
        actions.notice(actor=actor, now=NOW)
    for sql in ("SELECT * FROM people.missed('2026-01-01')", "SELECT * FROM people.rows_of('{}')"):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
