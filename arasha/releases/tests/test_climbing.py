"""An unmatched request climbs: who was asked is told, then the unit above; nobody is named, and each is told once."""

from datetime import timedelta

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.models import Notice
from arasha.releases import actions, policy
from arasha.releases.models import Climb
from arasha.releases.tests.cast import NOW, Desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=4)


def climbed(days: timedelta) -> int:
    return actions.climb(actor=enter_system(policy.CLIMB), now=NOW + days)


def told() -> list[tuple[str, int, str]]:
    with as_owner():
        found = Notice.objects.filter(code__startswith="file_request_late").order_by("code")
        return [(one.code, one.unit_id or 0, one.link) for one in found]


def test_an_unmatched_request_climbs_from_who_was_asked_to_the_unit_above(desk: Desk) -> None:
    request = desk.asked()
    assert climbed(timedelta(days=3)) == 0
    assert [climbed(timedelta(days=4)), climbed(timedelta(days=4))] == [1, 0]
    asked = desk.team.lead.unit.pk
    assert told() == [("file_request_late_1", asked, f"/requests/{request}/")]
    assert [climbed(timedelta(days=7)), climbed(timedelta(days=8))] == [1, 0]
    with as_owner():
        rungs = list(Climb.objects.order_by("rung").values_list("rung", "unit"))
    assert rungs == [(1, asked), (2, desk.team.district.region.unit.pk)]
    assert told()[1] == ("file_request_late_2", desk.team.district.region.unit.pk, "/")


def test_a_request_that_was_matched_or_ended_climbs_nowhere(desk: Desk) -> None:
    desk.matched()
    ended = desk.asked()
    actions.end_unmatched(actor=desk.team.lead.enter(), request=ended, state="no_file", now=NOW)
    assert climbed(timedelta(days=30)) == 0
    assert told() == []


def test_the_clock_alone_lets_requests_climb(desk: Desk) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.climb(actor=desk.team.lead.enter(), now=LATE)
