"""Harm in an institution: to whoever belongs to it, or has a tie to it, there is no file; others watch over it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from arasha.administration.actions import declare_tie
from arasha.kernel.access.models import Bar, Body, Post, Tenure, User
from arasha.kernel.access.queries import team_of
from arasha.obligations.models import Obligation
from arasha.obligations.queries import Finder
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District, Person
from arasha.signals import actions, queries, rules
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC)
MONTH = 30.44
TABLES = (
    "access_dossier",
    "signals_signal",
    "obligations_obligation",
    "message_notice",
    "journal_act",
    "people_person",
)


@dataclass(frozen=True)
class Orphanage:
    """The orphanage with its head, and who else must not know."""

    head: Person
    guardian: Person
    ombudsperson: Person
    regional: Person

    @property
    def body(self) -> int:
        return int(self.head.unit.body_id)


@pytest.fixture
def district(db: None) -> District:
    return cast.make_district()


@pytest.fixture
def orphanage(district: District) -> Orphanage:
    with cast.building():
        return Orphanage(
            head=cast.seat(cast.make_unit("№ 3 балалар үйі", DISTRICT, "education_school")),
            guardian=cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship")),
            ombudsperson=cast.seat(cast.make_unit("ombudsperson", NATION, "ombudsperson")),
            regional=cast.seat(cast.make_unit("ombudsperson of the region", REGION, "ombudsperson")),
        )


def report(by: Person, **said: Any) -> Signal:
    door = rules.door_for(by.enter().functions)
    given: dict[str, Any] = {
        "territory": DISTRICT,
        "concerns": ["physical"],
        "safe_now": "unknown",
        "suspect_has_access": "yes",
        "child_called": "Айнұр",
        "happened_in": "orphanage",
        "suspect": "worker",
    }
    signal = actions.report_signal(report=actions.Report(door=door, **(given | said)), actor=by.enter(), now=NOW)
    cast.end_opening(signal.dossier_id)
    return signal


def put_on_team(person: Person, signal: Signal) -> None:
    """Let the person's unit be on the file's team, past the actor: only a bar keeps them out then."""
    with cast.building(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT access.put_part(%s, %s, NULL, 'partner', NULL, 'test')", [signal.dossier_id, person.unit.pk]
        )


def seen_by(person: Person, signal: Signal) -> set[str]:
    """Return in which tables the application's role, acting as the person, finds anything of the file: raw SQL."""
    person.enter()
    found = set()
    columns = {"access_dossier": "id", "message_notice": "dossier", "journal_act": "stream_key"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE arasha_app")
        for table in TABLES:
            column = columns.get(table, "dossier_id")
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column}::text = %s", [str(signal.dossier_id)])
            if cursor.fetchone()[0]:
                found.add(table)
        cursor.execute("RESET ROLE")
    return found


def elsewhere(user: int, unit: Any) -> Person:
    with cast.building():
        return cast.seat(unit, user=User.objects.get(pk=user))


def test_the_head_finds_nothing_of_it_in_any_table(district: District, orphanage: Orphanage) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    put_on_team(orphanage.head, signal)
    assert seen_by(orphanage.head, signal) == set()
    assert "signals_signal" in seen_by(district.coordinator, signal)


def test_a_teacher_of_it_with_another_post_finds_nothing_in_that_post_either(
    district: District, orphanage: Orphanage
) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    second = elsewhere(orphanage.head.user, district.coordinator.unit)
    assert seen_by(second, signal) == set()


@pytest.mark.parametrize(("months", "barred"), [(20, True), (25, False)])
def test_who_left_it_20_months_ago_is_kept_out_and_25_months_ago_is_not(
    district: District, orphanage: Orphanage, months: int, barred: bool
) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    later = elsewhere(orphanage.head.user, district.coordinator.unit)
    with cast.building():
        Post.objects.filter(pk=orphanage.head.post).update(holder=None)
        Tenure.objects.filter(post=orphanage.head.post).update(until=TODAY - timedelta(days=round(months * MONTH)))
    assert (seen_by(later, signal) == set()) is barred


@pytest.mark.parametrize("kind", ["relative", "works", "owner"])
def test_who_declared_a_tie_to_it_is_kept_out_from_the_next_request_on(
    district: District, orphanage: Orphanage, kind: str
) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    inspector = district.inspector
    put_on_team(inspector, signal)
    assert seen_by(inspector, signal)
    declare_tie(actor=inspector.enter(), body=orphanage.body, kind=kind, since=date(2020, 1, 1), now=TODAY)
    assert seen_by(inspector, signal) == set()


def test_an_inspector_with_a_tie_is_passed_by_and_another_owes_it(district: District, orphanage: Orphanage) -> None:
    declare_tie(
        actor=district.inspector.enter(), body=orphanage.body, kind="relative", since=date(2020, 1, 1), now=TODAY
    )
    signal = report(district.doctor, institution=orphanage.body)
    with as_owner():
        owing = set(Obligation.objects.filter(dossier=signal.dossier_id).values_list("unit", flat=True))
    assert district.inspector.unit.pk not in owing
    assert orphanage.guardian.unit.pk in owing


def test_ombudspersons_and_the_region_watch_over_it_and_are_told(district: District, orphanage: Orphanage) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    district.coordinator.enter()
    watching = {member.unit_id for member in team_of([signal.dossier_id]) if member.part == "overseeing"}
    assert watching == {district.region.unit.pk, orphanage.ombudsperson.unit.pk, orphanage.regional.unit.pk}
    for person in (district.region, orphanage.ombudsperson, orphanage.regional):
        assert {"signals_signal", "message_notice"} <= seen_by(person, signal)


def test_where_the_coordination_is_the_institutions_own_the_signal_climbs(
    district: District, orphanage: Orphanage
) -> None:
    own = Body.objects.get(pk=district.coordinator.unit.body_id)
    signal = report(district.doctor, institution=own.pk)
    district.region.enter()
    (lead,) = [member.unit_id for member in team_of([signal.dossier_id]) if member.part == "lead"]
    assert lead == district.region.unit.pk
    assert seen_by(district.coordinator, signal) == set()


def test_through_the_head_is_no_way_when_it_is_the_heads_own_institution_or_nobody_knows_which(
    district: District, orphanage: Orphanage
) -> None:
    own = {"way": "through_head", "concerns": ["neglect"]}
    assert report(district.doctor, institution=district.doctor.unit.body_id, **own).way == "direct"
    assert report(district.doctor, **own).way == "direct"
    assert report(district.doctor, institution=orphanage.body, **own).way == "through_head"


@pytest.mark.parametrize("called", ["№ 3 балалар үйі", "в 3-м детдоме (балалар үйі № 3)"])
def test_an_institution_that_stands_in_words_alone_is_kept_out(
    district: District, orphanage: Orphanage, called: str
) -> None:
    with cast.building():
        Body.objects.filter(pk=orphanage.body).update(name_kk="№ 3 балалар үйі", name_ru="Детский дом № 3")
    signal = report(district.doctor, place_called=called)
    with as_owner():
        assert list(Bar.objects.filter(dossier=signal.dossier_id).values_list("body", flat=True)) == [orphanage.body]


def test_a_school_where_it_happened_is_the_childs_school_unless_another_is_named(
    district: District, orphanage: Orphanage
) -> None:
    signal = report(district.doctor, happened_in="school", school=orphanage.head.unit.pk)
    put_on_team(orphanage.head, signal)
    assert signal.institution_id == orphanage.body
    assert seen_by(orphanage.head, signal) == set()


def test_bars_go_with_a_signal_into_its_case(district: District, orphanage: Orphanage) -> None:
    signal = report(district.doctor, institution=orphanage.body)
    case = actions.open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW)
    cast.end_opening(case.dossier_id)
    second = elsewhere(orphanage.head.user, district.coordinator.unit)
    district.coordinator.enter()
    assert Finder(NOW).named(case.dossier_id, orphanage.head.unit.pk) is None
    second.enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case WHERE dossier_id = %s", [case.dossier_id])
        assert cursor.fetchone() == (0,)


def test_what_is_said_of_the_place_goes_to_procedures(district: District, orphanage: Orphanage) -> None:
    told = actions.Report(
        door="health",
        territory=DISTRICT,
        concerns=["physical"],
        safe_now="yes",
        suspect_has_access="no",
        happened_in="camp",
        suspect="under_14",
    )
    plan = queries.plan_of(district.doctor.enter(), told, NOW)
    codes = actions.reporting.event_codes(told, plan, Signal(urgency="day", response="ordinary"))
    assert (codes["institution"], codes["suspect"]) == (["camp", "institution"], "under_14")
