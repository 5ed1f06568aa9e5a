"""Aftercare from 17: it begins by the clock, each point is recorded, and what is open at 18 stays owed."""

from datetime import date, timedelta
from typing import Any

import pytest

from arasha.adulthood import actions, policy, queries
from arasha.adulthood.models import Entry
from arasha.adulthood.rules import Faulty, Said
from arasha.adulthood.tests.cast import TODAY, Girl
from arasha.kernel.access.actions import enter_system
from arasha.obligations.models import Obligation
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SEVENTEEN = date(2009, 6, 1)
DAYS_TO_18 = (date(2027, 6, 1) - TODAY).days


def watch(days: int = 0) -> int:
    """Let the clock look."""
    return actions.watch_ages(actor=enter_system("watch_races"), now=NOW + timedelta(days=days))


def owed(girl: Girl) -> dict[str, Obligation]:
    """Return what is owed of the aftercare, by step."""
    with as_owner():
        rows = Obligation.objects.filter(dossier=girl.dossier, protocol__code="aftercare", ended_at=None)
        return {row.step: row for row in rows}


def record(girl: Girl, point: str, state: str = "done", seen: int = 0, days: int = 0, **more: Any) -> Entry:
    """Let the lead record a point."""
    said = Said(point=point, state=state, **more)
    now = NOW + timedelta(days=days, hours=1)
    return actions.record_point(actor=girl.team.lead.enter(), dossier=girl.dossier, said=said, seen=seen, now=now)


def test_at_17_the_clock_begins_it_once(girl: Girl) -> None:
    girl.born(date(2010, 6, 1))
    assert watch() == 0
    girl.born(SEVENTEEN)
    assert watch() == 1
    found = owed(girl)
    assert set(found) == {"hear_wishes", "enter_housing_queue", "find_mentor", "get_documents", "hand_over_services"}
    assert found["find_mentor"].unit_id == girl.guardian.unit.pk
    assert watch(1) == 0


def test_without_a_birth_date_the_clock_begins_nothing(girl: Girl) -> None:
    girl.born(None)
    assert watch() == 0


def test_a_step_is_owed_until_each_of_its_points_is_closed(girl: Girl) -> None:
    girl.born(SEVENTEEN)
    watch()
    record(girl, "identity", day=TODAY)
    record(girl, "schooling", "not_applicable", words="мектепте оқиды")
    assert "get_documents" in owed(girl)
    record(girl, "health", "under_way")
    assert "get_documents" in owed(girl)
    record(girl, "health", seen=1, day=TODAY)
    assert "get_documents" not in owed(girl)
    actor = girl.team.lead.enter()
    assert queries.missing(actor, [girl.dossier])[girl.dossier] == ["wishes", "housing", "mentor", "services"]


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("housing", {"day": TODAY}),
        ("housing", {"number": "12"}),
        ("mentor", {"who": "Айгүл"}),
        ("services", {"who": "Орталық"}),
        ("identity", {}),
        ("wishes", {}),
        ("mentor", {"state": "not_applicable"}),
        ("mentor", {"state": "yes"}),
        ("nothing", {}),
    ],
)
def test_nothing_is_done_without_what_it_asks_for(girl: Girl, point: str, said: dict[str, Any]) -> None:
    with pytest.raises(Faulty):
        record(girl, point, **said)


def test_what_is_open_at_18_stays_owed_and_the_adult_is_asked(girl: Girl) -> None:
    girl.born(SEVENTEEN)
    watch()
    with pytest.raises(actions.TooEarly):
        record(girl, "consent", "yes")
    assert watch(DAYS_TO_18) == 1
    assert {"enter_housing_queue", "ask_own_consent"} <= set(owed(girl))
    assert watch(DAYS_TO_18 + 1) == 0
    record(girl, "consent", "thinking", days=DAYS_TO_18)
    assert "ask_own_consent" in owed(girl)
    record(girl, "consent", "yes", seen=1, days=DAYS_TO_18)
    assert "ask_own_consent" not in owed(girl)
    assert "enter_housing_queue" in owed(girl)


def test_of_two_who_record_at_once_the_second_changes_nothing(girl: Girl) -> None:
    record(girl, "wishes", words="Астанада оқығысы келеді")
    with pytest.raises(actions.Ended):
        record(girl, "wishes", words="басқа")


def test_who_has_nothing_to_do_with_it_reads_and_records_nothing(girl: Girl) -> None:
    girl.born(SEVENTEEN)
    watch()
    record(girl, "mentor", who="Айгүл", agreed=True)
    for who in (girl.team.teacher, girl.barred, girl.team.outsider):
        actor = who.enter()
        assert Entry.objects.count() == 0
        with pytest.raises((policy.NotAllowed, actions.NotThere)):
            actions.record_point(
                actor=actor,
                dossier=girl.dossier,
                said=Said(point="wishes", state="done", words="x"),
                seen=0,
                now=NOW,
            )
    girl.guardian.enter()
    assert Entry.objects.count() == 1


def test_only_the_clock_begins_it(girl: Girl) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.watch_ages(actor=girl.team.lead.enter(), now=NOW)
