"""A child who may harm themselves: it always saves, and rings until somebody is named as staying with them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.actions import meet
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.signals import actions, policy, queries, rules
from arasha.signals.models import Company, Signal, Watch
from arasha.signals.tests.ways_cast import owed, reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
# The first night of a year, a holiday: 02:30 in Kazakhstan.
HOLIDAY_NIGHT = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)


def ring(at: datetime) -> int:
    return actions.ring_due(actor=enter_system("ring"), now=at)


def rings(who: Person) -> int:
    return sum(notice.code == "child_alone" for notice in own(who.enter()))


def name(district: District, signal: Signal, at: datetime = NOW) -> Company:
    actor = district.coordinator.enter()
    return actions.name_company(actor=actor, dossier=signal.dossier_id, name="Гүлсім апай", role="school", now=at)


@pytest.mark.parametrize(
    ("minutes", "rung"),
    [
        (0, ["lead", "district"]),
        (29, ["lead", "district"]),
        (30, ["lead", "district", "region"]),
        (90, ["lead", "district", "region", "nation"]),
    ],
)
def test_the_longer_nobody_is_named_the_higher_it_rings(minutes: int, rung: list[str]) -> None:
    silent = timedelta(minutes=minutes)
    assert [one.code for one in rules.rungs_after(silent)] == rung
    assert rules.ring_again_after(silent) == QUARTER


def test_the_risk_is_of_tonight_whatever_else_is_said(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"], safe_now="yes", suspect_has_access="no")
    assert (signal.urgency, signal.urgency_rule) == ("tonight", "may_self_harm")


def test_it_rings_every_quarter_of_an_hour_and_stops_when_somebody_is_named(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    assert [ring(NOW), ring(NOW), ring(NOW + timedelta(minutes=14)), ring(NOW + QUARTER)] == [1, 0, 0, 1]
    assert rings(district.coordinator) == 2
    name(district, signal, NOW + timedelta(minutes=20))
    assert ring(NOW + timedelta(hours=3)) == 0
    assert rings(district.coordinator) == 2


def test_it_climbs_to_the_region_and_lets_it_open_the_file(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    ring(NOW + timedelta(minutes=29))
    assert rings(district.region) == 0
    ring(NOW + timedelta(minutes=45))
    assert (rings(district.region), rings(district.nation)) == (1, 0)
    cast.end_opening(signal.dossier_id)
    assert queries.find(district.region.enter(), signal.pk) is not None
    ring(NOW + timedelta(minutes=100))
    assert rings(district.nation) == 1


def test_it_rings_at_night_and_on_a_holiday(district: District) -> None:
    reported(district.doctor, at=HOLIDAY_NIGHT, concerns=["self_harm"])
    assert ring(HOLIDAY_NIGHT) == 1
    assert ring(HOLIDAY_NIGHT + QUARTER) == 1


def test_no_other_concern_rings(district: District) -> None:
    reported(district.doctor, concerns=["bullying"])
    assert ring(NOW) == 0


def test_when_nobody_stays_any_more_it_rings_again_at_once(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    name(district, signal)
    later = NOW + timedelta(hours=5)
    actions.end_company(actor=district.coordinator.enter(), dossier=signal.dossier_id, now=later)
    assert ring(later) == 1
    with pytest.raises(actions.FileNotThere):
        actions.end_company(actor=district.coordinator.enter(), dossier=signal.dossier_id, now=later)


def test_a_child_whose_risk_nobody_reported_is_watched_over_once_somebody_stays(district: District) -> None:
    signal = reported(district.doctor)
    name(district, signal)
    assert ring(NOW + timedelta(hours=1)) == 0
    actions.end_company(actor=district.coordinator.enter(), dossier=signal.dossier_id, now=NOW)
    assert ring(NOW) == 1


def test_the_name_is_sealed_and_its_act_holds_the_role_alone(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    row = name(district, signal)
    assert row.facet == Facet.NARRATIVE
    assert "Гүлсім".encode() not in bytes(row.sealed)
    with as_owner():
        act = Act.objects.get(stream_key=str(signal.dossier_id), verb="name_company")
    assert (act.codes["role"], "Гүлсім" in str(act.codes)) == ("school", False)
    district.coordinator.enter()
    staying = queries.staying_of([signal.dossier_id])
    assert staying is not None
    assert (staying.name, staying.rings) == ("Гүлсім апай", False)


def test_a_name_is_needed_and_an_outsider_names_nobody(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    with pytest.raises(actions.NobodyNamed):
        actions.name_company(
            actor=district.coordinator.enter(), dossier=signal.dossier_id, name=" ", role="school", now=NOW
        )
    with pytest.raises(actions.FileNotThere):
        actions.name_company(
            actor=district.neighbour.enter(), dossier=signal.dossier_id, name="A", role="school", now=NOW
        )


def test_nobody_silences_the_alarm_by_raw_sql(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    for who in (district.coordinator, district.neighbour):
        who.enter()
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE signals_watch SET ended_at = now() WHERE dossier_id = %s", [signal.dossier_id])
            assert not cursor.rowcount
    with as_owner():
        assert Watch.objects.get().ended_at is None


def test_only_the_clock_rings(district: District) -> None:
    for actor in (district.coordinator.enter(), enter_system("sweep")):
        with pytest.raises(policy.NotAllowed):
            actions.ring_due(actor=actor, now=NOW)


def test_a_barred_coordinator_is_not_rung_but_the_region_in_its_place(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"], barred_users=[district.coordinator.user])
    ring(NOW)
    ring(NOW + timedelta(minutes=31))
    assert rings(district.coordinator) == 0
    assert rings(district.region)
    assert signal.pk


def test_it_saves_where_nobody_coordinates(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(function_id__in=queries.COORDINATION).delete()
        helpline = cast.seat(cast.make_unit("helpline", cast.NATION, "helpline"))
    signal = reported(district.doctor, concerns=["self_harm"])
    ring(NOW)
    assert rings(helpline) == 1
    assert queries.find(helpline.enter(), signal.pk) is not None


def test_a_form_with_every_answer_missing_or_wrong_is_kept_and_rings(district: District) -> None:
    browser = cast.browser_of(district.doctor)
    wrong = {
        "concerns": "self_harm",
        "child_age": "many",
        "identified_on": "31.02.2026",
        "narrative": "ә" * 10_400,
        "phrase": "short",
        "suspect_works": "other",
        "injury-0-region": "front_chest",
        "injury-0-size": "nonsense",
    }
    assert browser.post("/signals/report/", wrong).status_code == 201
    with as_owner():
        signal = Signal.objects.get()
    assert (signal.safe_now, signal.suspect_has_access, signal.child_age) == ("unknown", "unknown", None)
    cast.end_opening(signal.dossier_id)
    assert ring(signal.received_at) == 1
    district.coordinator.enter()
    words = queries.texts_of(signal.dossier_id)["narrative"]
    assert words is not None
    assert len(words) == 10_000
    assert browser.post("/signals/report/", wrong | {"concerns": "physical"}).status_code == 422


def test_the_steps_are_owed_at_once_and_the_rest_when_a_specialist_saw_the_child(district: District) -> None:
    signal = reported(district.doctor, at=HOLIDAY_NIGHT, concerns=["self_harm"])
    duties = {step: row for (code, step), row in owed(signal).items() if code == "suicide_risk"}
    hours = {step: row.due_now - HOLIDAY_NIGHT for step, row in duties.items()}
    assert hours == {
        "never_alone": timedelta(hours=1),
        "means_made_safe": timedelta(hours=4),
        "specialist_same_day": timedelta(hours=12),
    }
    seen_at = HOLIDAY_NIGHT + timedelta(hours=6)
    meet(
        actor=district.coordinator.enter(),
        obligation=duties["specialist_same_day"].pk,
        answer="Дәрігер көрді.",
        outcome="seen",
        now=seen_at,
    )
    after = {step: row.due_now - seen_at for (code, step), row in owed(signal).items() if code == "suicide_risk"}
    assert {step: left for step, left in after.items() if step not in duties} == {
        "safety_plan": timedelta(days=1),
        "met_after_1_day": timedelta(days=1),
        "met_after_7_days": timedelta(days=7),
    }


def test_the_pages_show_the_alarm_and_who_stays(district: District) -> None:
    signal = reported(district.doctor, concerns=["self_harm"])
    browser = cast.browser_of(district.coordinator)
    for address in (f"/signals/{signal.pk}/", f"/files/{signal.dossier_id}/"):
        assert "Nobody is named as staying with the child" in browser.get(address).content.decode()
    address = f"/signals/file/{signal.dossier_id}/company/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"name": "Гүлсім апай"}).status_code == 422
    assert browser.post(address, {"name": "Гүлсім апай", "role": "relative"}).status_code == 302
    for shown in (f"/signals/{signal.pk}/", f"/files/{signal.dossier_id}/"):
        assert "Гүлсім апай" in browser.get(shown).content.decode()
    assert cast.browser_of(district.neighbour).get(address).status_code == 404
