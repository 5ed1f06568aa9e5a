"""The page of a report: what is needed, what stays when something is wrong, and that marking needs no scripts."""

from typing import Any

import pytest
from django.test import Client

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District
from arasha.signals import queries
from arasha.signals.models import Signal, SignalInjury
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ADDRESS = "/signals/report/"
NEEDED = {"concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes"}


@pytest.fixture
def doctor(district: District) -> Client:
    return cast.browser_of(district.doctor)


def sent(browser: Client, **more: Any) -> Any:
    return browser.post(ADDRESS, NEEDED | more)


def shown(browser: Client, button: str, **typed: Any) -> str:
    answer = browser.post(ADDRESS, typed | {"show": button})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_three_answers_are_enough(doctor: Client) -> None:
    assert sent(doctor).status_code == 201
    with as_owner():
        kept = Signal.objects.get()
    assert (kept.door, kept.way, kept.territory_id, kept.identified_at) == ("health", "direct", DISTRICT, None)
    for missing in NEEDED:
        answer = doctor.post(ADDRESS, {name: value for name, value in NEEDED.items() if name != missing})
        assert answer.status_code == 422


def test_a_school_reports_through_its_own_door(district: District) -> None:
    with cast.building():
        person = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
    browser = cast.browser_of(person)
    assert "a pupil may be suffering" in browser.get(ADDRESS).content.decode()
    assert sent(browser).status_code == 201
    with as_owner():
        assert Signal.objects.get().door == "school"


def test_marking_places_asks_for_each_and_keeps_all_that_was_typed_and_nothing_is_stored(doctor: Client) -> None:
    page = shown(doctor, "injuries", regions=["front_face", "back_upper"], narrative="Көгерген", child_called="Аяру")
    assert page.count("<legend") > 2
    for kept in ("Көгерген", 'value="Аяру"', 'name="injury-0-region"', 'name="injury-1-region"'):
        assert kept in page
    assert "govuk-error" not in page.replace("govuk-error-summary", "")
    assert 'id="region-front_face" name="regions" value="front_face" checked' in page
    more = shown(doctor, "more", **{"injury-0-region": "front_face", "injury-0-size": "3"})
    assert 'name="injury-1-region"' in more
    less = shown(doctor, "drop-0", **{"injury-0-region": "front_face", "regions": ["front_face"]})
    assert "injury-0-region" not in less
    assert 'value="front_face" checked' not in less
    with as_owner():
        assert not Signal.objects.exists()


def test_injuries_come_as_they_were_described_and_marked(district: District, doctor: Client) -> None:
    rows = {"injury-0-region": "front_face", "injury-0-kind": "bruise", "injury-0-size": "3x1", "injury-0-seen_on": ""}
    answer = sent(doctor, regions=["front_face", "back_upper"], **rows, **{"injury-0-colours": ["blue", "red"]})
    assert answer.status_code == 201
    with as_owner():
        signal = Signal.objects.get()
        assert SignalInjury.objects.count() == 2
    cast.end_opening(signal.dossier_id)
    district.coordinator.enter()
    face, back = queries.injuries_of(signal.dossier_id) or []
    assert (face.region, face.kind, face.size, face.colours) == ("front_face", "bruise", (30, 10), ("blue", "red"))
    assert (back.region, back.kind) == ("back_upper", "not_described")


@pytest.mark.parametrize(
    "wrong",
    [
        {"injury-0-region": "front_face", "injury-0-size": "large"},
        {"injury-0-region": "nowhere"},
        {"injury-0-region": "front_face", "injury-0-seen_on": "01.01.2099"},
        {"regions": ["nowhere"]},
        {"identified_on": "01.01.2099"},
        {"identified_at": "25:00"},
        {"suspect_works": "other"},
        {"school": "1"},
        {"school": "x"},
        {"place": "615400001"},
        {"shown_place": "613900000", "place": DISTRICT},
        {"way": "sideways"},
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(doctor: Client, wrong: dict[str, Any]) -> None:
    answer = sent(doctor, narrative="Көгерген іздер", **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "govuk-error-summary" in page
    assert "Көгерген іздер" in page
    with as_owner():
        assert not Signal.objects.exists()


def test_more_injuries_than_the_body_can_bear_are_cut(doctor: Client) -> None:
    rows = {f"injury-{number}-region": "front_face" for number in range(100)}
    assert sent(doctor, **rows).status_code == 201
    with as_owner():
        assert SignalInjury.objects.count() == 40


def test_the_moment_of_noticing_counts_from_the_days_beginning_when_no_time_is_said(doctor: Client) -> None:
    assert sent(doctor, identified_on="01.03.2026").status_code == 201
    with as_owner():
        kept = Signal.objects.get()
    assert kept.identified_at is not None
    assert kept.identified_at.isoformat() == "2026-02-28T19:00:00+00:00"


def test_schools_and_clinics_follow_the_district_that_was_chosen(district: District, doctor: Client) -> None:
    with cast.building():
        here, there = (
            cast.make_unit(name, place, "education_school")
            for name, place in (("here", DISTRICT), ("there", "613900000"))
        )
    page = doctor.get(ADDRESS).content.decode()
    assert here.name in page
    assert there.name not in page
    page = shown(doctor, "place", place="613900000", child_called="Аяру")
    assert there.name in page
    assert here.name not in page
    assert 'value="Аяру"' in page
    assert 'name="shown_place" value="613900000"' in page


def test_whoever_reports_through_no_door_finds_no_page(district: District) -> None:
    assert cast.browser_of(district.coordinator).get(ADDRESS).status_code == 404
    assert cast.browser_of(district.coordinator).post(ADDRESS, NEEDED).status_code == 404


def test_the_page_says_how_many_may_guess_and_what_the_head_would_learn(district: District, doctor: Client) -> None:
    page = doctor.get(ADDRESS).content.decode()
    assert "But 1 person works in your organisation" in page
    assert f"This unit is told as well: {district.doctor.unit.name}. People who act there now: 1." in page
