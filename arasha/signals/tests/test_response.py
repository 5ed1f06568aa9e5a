"""Family support instead of six bodies: off until a lawyer approves it, never where there is danger, read twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals import actions, policy, queries, rules
from arasha.signals.models import ResponseReview, Signal
from arasha.signals.tests.ways_cast import Around, make_around, owed, reported, seat_too, told
from arasha.ui.rules import Code
from tests.database import as_owner

APPROVED = replace(rules.PUNISHMENT, more=dict(rules.PUNISHMENT.more) | {"verified_by": "a lawyer", "law_requires": ""})
CALM: dict[str, Any] = {"dangers": ["none"], "suspect_has_access": "yes"}
INJURY = rules.Injury("front_chest", "bruise", (), (), None)


def way(rule: Code = APPROVED, *, reporter: str = "school_psychologist", urgency: str = "day", **said: Any) -> str:
    return rules.response_of(told(**{**CALM, **said}), reporter=reporter, urgency=urgency, rule=rule)


def test_the_threshold_that_is_shipped_is_not_approved_and_counts_for_nothing() -> None:
    assert rules.PUNISHMENT.more["verified_by"] == ""
    assert way(rules.PUNISHMENT) == "ordinary"
    assert way() == "family_support"


@pytest.mark.parametrize(
    "danger",
    [
        {"injuries": [INJURY]},
        {"child_age": 2},
        {"child_age": None},
        {"concerns": ["physical", "sexual"]},
        {"concerns": ["physical", "other"]},
        {"concerns": ["neglect"]},
        {"safe_now": "unknown"},
        {"safe_now": "no"},
        {"dangers": []},
        {"dangers": ["none", "weapon"]},
        *({"dangers": [code.code]} for code in rules.DANGERS if code.code != "none"),
        {"suspect_works": "school"},
        {"happened_in": "orphanage"},
        {"suspect": "worker"},
        {"suspect": "under_14"},
        {"statement": "refused"},
        {"pressure": True},
        {"urgency": "tonight"},
    ],
    ids=str,
)
def test_no_sign_of_danger_and_nothing_unknown_is_ever_filed_as_discipline(danger: dict[str, Any]) -> None:
    assert way(**danger) == "ordinary"


def test_where_the_law_asks_more_bodies_it_stays_ordinary() -> None:
    law = replace(APPROVED, more=dict(APPROVED.more) | {"law_requires": "health_worker"})
    assert (way(law, reporter="health_worker"), way(law)) == ("ordinary", "family_support")
    assert rules.PUNISHMENT.more["law_requires"] == "health_worker"


def test_danger_that_is_told_is_of_tonight() -> None:
    found = rules.urgency(safe_now="yes", suspect_has_access="no", concerns=["physical"], dangers=["weapon"])
    assert found == rules.Urgency("tonight", "grave_danger")


@pytest.fixture
def around(district: District) -> Around:
    return make_around()


@pytest.fixture
def approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lawyer approved the threshold, for every reporter."""
    monkeypatch.setitem(rules.PUNISHMENT.more, "verified_by", "a lawyer")
    monkeypatch.setitem(rules.PUNISHMENT.more, "law_requires", "")


def drawn() -> float:
    return 0.0


def passed_by() -> float:
    return 0.5


def review(draw: Callable[[], float] = drawn) -> int:
    return actions.review_responses(actor=enter_system("second_reading"), now=NOW, draw=draw)


def state_of(signal: Signal) -> str:
    with as_owner():
        return ResponseReview.objects.get(dossier=signal.dossier_id).state


def procedures(signal: Signal) -> set[str]:
    return {code for code, _step in owed(signal)}


@pytest.mark.django_db
def test_without_approval_the_ordinary_path_is_taken(district: District) -> None:
    signal = reported(district.doctor, **CALM)
    assert signal.response == "ordinary"
    assert procedures(signal) == {"suspected_violence_health"}
    assert review() == 0


@pytest.mark.django_db
def test_approved_the_family_is_offered_support_and_the_inspection_owes_nothing(
    district: District, approved: None
) -> None:
    signal = reported(district.doctor, **CALM)
    assert signal.response == "family_support"
    assert set(owed(signal)) == {("differential_response", "support_offered")}


@pytest.mark.django_db
def test_a_tenth_is_drawn_and_the_rest_passes(district: District, approved: None) -> None:
    assert rules.PUNISHMENT.more["sample"] == "10"
    first = reported(district.doctor, child_called="Ерлан", child_sex="boy", **CALM)
    assert review(lambda: 0.0999) == 1
    second = reported(district.doctor, **CALM)
    assert review(lambda: 0.1001) == 1
    assert (state_of(first), state_of(second), review()) == ("waiting", "passed", 0)


@pytest.mark.django_db
def test_another_coordinator_confirms_that_there_is_no_danger(district: District, approved: None) -> None:
    signal = reported(district.doctor, **CALM)
    review()
    assert "second_reading" in {notice.code for notice in own(district.region.enter())}
    assert list(queries.readings(district.coordinator.enter())) == []
    browser = cast.browser_of(district.region)
    address = f"/signals/second-readings/{signal.dossier_id}/"
    assert address in browser.get("/signals/second-readings/").content.decode()
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"danger": "no"}).status_code == 302
    assert state_of(signal) == "confirmed"
    assert procedures(signal) == {"differential_response"}
    assert browser.post(address, {"danger": "yes"}).status_code == 404


@pytest.mark.django_db
def test_returned_every_body_is_asked_as_the_report_would_have(district: District, approved: None) -> None:
    signal = reported(district.doctor, **CALM)
    review()
    later = NOW + timedelta(days=1)
    cast.end_opening(signal.dossier_id)
    actor = district.region.enter()
    actions.decide_second_reading(actor=actor, dossier=signal.dossier_id, agrees=False, now=later)
    answer = owed(signal)["suspected_violence_health", "inspection_answers"]
    assert (answer.unit_id, answer.due_now) == (district.inspector.unit.pk, later + timedelta(hours=24))
    assert state_of(signal) == "returned"


@pytest.mark.django_db
def test_a_child_of_whom_something_was_told_within_a_year_goes_the_ordinary_path(
    district: District, approved: None
) -> None:
    reported(district.doctor, at=NOW - timedelta(days=300), concerns=["neglect"])
    signal = reported(district.doctor, **CALM)
    review(passed_by)
    assert state_of(signal) == "returned"
    assert ("suspected_violence_health", "inspection_answers") in owed(signal)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "became"),
    [({"days": 400}, "passed"), ({"days": 300, "child_called": "Дана Ахметова"}, "passed"), ({"days": 2}, "returned")],
)
def test_only_the_same_child_within_twelve_months_is_a_repeat(
    district: District, approved: None, before: dict[str, Any], became: str
) -> None:
    days = before.pop("days")
    reported(district.doctor, at=NOW - timedelta(days=days), **before)
    signal = reported(district.doctor, **CALM)
    review(passed_by)
    assert state_of(signal) == became


@pytest.mark.django_db
def test_a_child_without_a_name_cannot_be_known_and_goes_the_ordinary_path(district: District, approved: None) -> None:
    signal = reported(district.doctor, child_called="", **CALM)
    review(passed_by)
    assert state_of(signal) == "returned"


@pytest.mark.django_db
def test_where_there_is_no_second_reader_the_drawn_one_goes_back(district: District, approved: None) -> None:
    with cast.building(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_unitfunction WHERE function_id IN ('coordination_region','coordination_nation')"
        )
    signal = reported(district.doctor, **CALM)
    review()
    assert state_of(signal) == "returned"


@pytest.mark.django_db
def test_who_sits_with_the_lead_too_does_not_read_twice(district: District, approved: None) -> None:
    signal = reported(district.doctor, **CALM)
    review()
    cast.end_opening(signal.dossier_id)
    seat_too(district.region, district.coordinator.unit)
    actor = district.region.enter()
    with pytest.raises(policy.NotAllowed):
        actions.decide_second_reading(actor=actor, dossier=signal.dossier_id, agrees=True, now=NOW)


@pytest.mark.django_db
def test_raw_sql_lets_the_lead_neither_confirm_nor_draw(district: District, approved: None) -> None:
    signal = reported(district.doctor, **CALM)
    review()
    cast.end_opening(signal.dossier_id)
    district.coordinator.enter()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signals_responsereview SET state = 'confirmed' WHERE dossier_id = %s", [signal.dossier_id]
        )
        assert cursor.rowcount == 0
    other = reported(district.doctor, child_called="Ерлан", child_sex="boy", **CALM)
    district.coordinator.enter()
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signals_responsereview (id, dossier_id, state, drawn_at)"
            " VALUES (gen_random_uuid(), %s, 'passed', now())",
            [other.dossier_id],
        )


@pytest.mark.django_db
def test_only_the_clock_draws(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.review_responses(actor=district.coordinator.enter(), now=NOW)
