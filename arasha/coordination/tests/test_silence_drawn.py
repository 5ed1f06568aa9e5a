"""What rules found that nobody did, drawn on the file's journey: by rule, to whoever may know of it."""

import pytest
from django.utils.translation import override

from arasha.coordination import queries
from arasha.coordination.tests.silences import DAY, clock, see
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.coordination.views import journeying, telling
from arasha.kernel.worktime.queries import calendar
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team
from arasha.ui.rules.journey import DrawnLane

pytestmark = pytest.mark.django_db
LATER = NOW + 40 * DAY


def visited(team: Team) -> None:
    """Let the lead see the child among others now and then, so that not everybody is silent."""
    for days in (5, 15, 25):
        see(team, NOW + days * DAY, seen="with_others")


def lanes(team: Team, who: Person) -> dict[str, DrawnLane]:
    """Return the lanes that somebody is shown forty days on, by their names in English."""
    page = queries.file_page(who.enter(), team.dossier)
    assert page is not None
    with override("en"):
        drawn = journeying.context(telling.Teller(page, LATER), calendar(), queries.silences_drawn(team.dossier))
    return {lane.lane.name: lane for lane in drawn["journey"].lanes}


def test_a_silence_that_a_rule_found_has_a_lane_of_its_own(team: Team) -> None:
    visited(team)
    clock(LATER)
    shown = lanes(team, team.lead)
    (gap,) = shown["Nobody has ever seen the child alone"].lane.gaps
    assert gap.kind == "rule"
    assert gap.words.startswith("for ")
    # The lane of the child and what lies over all lanes draw these from the acts themselves.
    assert "Nobody has seen the child" not in shown


def test_one_that_ended_is_drawn_as_one_that_was(team: Team) -> None:
    visited(team)
    clock(NOW + 30 * DAY)
    see(team, NOW + 31 * DAY, seen="alone")
    clock(NOW + 31 * DAY)
    (gap,) = lanes(team, team.lead)["Nobody has ever seen the child alone"].lane.gaps
    assert gap.kind == "was"
    assert gap.until.date() == (NOW + 31 * DAY).date()


def test_who_may_not_read_what_a_silence_tells_has_no_lane_of_it(team: Team) -> None:
    visited(team)
    clock(LATER)
    words = "Nothing stands in the child"
    assert any(name.startswith(words) for name in lanes(team, team.lead))
    assert not any(name.startswith(words) for name in lanes(team, team.teacher))
