"""Each night the race is judged again: what is lost by then is said once, to who answers for the file."""

from datetime import date, timedelta

import pytest

from arasha.adulthood import actions
from arasha.adulthood.policy import NotAllowed
from arasha.adulthood.tests.cast import Girl
from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
# Four months and some days are left when she applies: in time, and no longer so a month later.
SPRING = date(2009, 4, 2)


def watch(days: int) -> int:
    """Let the clock look some days after she applied."""
    return actions.watch_races(actor=enter_system("watch_races"), now=NOW + timedelta(days=days))


def told() -> list[Notice]:
    """Return what was said of lost races."""
    with as_owner():
        return list(Notice.objects.filter(code="own_race_lost"))


def test_a_race_that_is_lost_overnight_is_said_once(girl: Girl) -> None:
    girl.born(SPRING)
    row = girl.file()
    assert set(girl.owed()) == {"prepare_claim"}
    assert watch(1) == 0
    assert not told()
    assert watch(45) == 1
    owed = girl.owed()["ask_for_speed_now"]
    assert (owed.unit_id, owed.about) == (girl.guardian.unit.pk, row.pk)
    assert girl.team.lead.unit.pk in {one.unit_id for one in told()}
    before = len(told())
    assert watch(46) == 0
    assert len(told()) == before


def test_what_was_said_when_she_applied_is_not_said_again_at_night(girl: Girl) -> None:
    girl.born(date(2008, 12, 23))
    girl.file()
    assert watch(1) == 0


def test_a_race_that_ran_out_at_18_is_said_too_and_ends_nothing(girl: Girl) -> None:
    girl.born(None)
    row = girl.file()
    girl.born(date(2008, 11, 1))
    assert watch(1) == 1
    row.refresh_from_db()
    assert row.state == "open"


def test_nobody_in_a_body_and_no_school_hears_of_it(girl: Girl) -> None:
    girl.born(SPRING)
    girl.file()
    watch(45)
    assert {girl.team.teacher.unit.pk, girl.barred.unit.pk}.isdisjoint({one.unit_id for one in told()})


def test_an_application_that_has_ended_is_watched_no_more(girl: Girl) -> None:
    girl.born(SPRING)
    girl.dismiss(girl.file())
    assert watch(45) == 0


def test_only_the_clock_watches(girl: Girl) -> None:
    with pytest.raises(NotAllowed):
        actions.watch_races(actor=girl.team.lead.enter(), now=NOW)
