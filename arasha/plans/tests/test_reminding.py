"""A part whose day has passed is told of once, and weekly at most: to who answers for the unit, and to who leads."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from arasha.kernel.access.actions import close_dossier, enter_system
from arasha.kernel.access.models import Post
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy
from arasha.plans.models import AssessmentPart
from arasha.plans.tests.district import TODAY, Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def swept(now: datetime) -> int:
    """Let the clock's work run once; returns of how many parts it told."""
    with transaction.atomic():
        return actions.remind_of_late_parts(actor=enter_system("remind_parts"), now=now)


def notices(code: str) -> list[tuple[int | None, int | None]]:
    """Return to which units and posts a notice went, in the order of telling."""
    with as_owner():
        return list(Notice.objects.filter(code=code).order_by("at", "id").values_list("unit_id", "post_id"))


def make_head(who: cast.Person) -> None:
    with cast.building():
        Post.objects.filter(pk=who.post).update(rank="head")


def test_nothing_is_said_on_the_day_itself_then_once_and_weekly_at_most(team: Team) -> None:
    team.open()
    team.ask("health", team.doctor, by_when=TODAY)
    assert swept(NOW) == 0
    assert [swept(NOW + DAY), swept(NOW + 2 * DAY), swept(NOW + 7 * DAY)] == [1, 0, 0]
    assert [swept(NOW + 8 * DAY), swept(NOW + 9 * DAY), swept(NOW + 30 * DAY)] == [1, 0, 1]
    assert len(notices("part_late")) == 3
    with as_owner():
        found = Act.objects.filter(verb="remind_part")
        assert [row.codes["unit"] for row in found] == [team.doctor.unit.pk] * 3


def test_the_head_of_the_unit_is_told_and_the_lead_others_are_not(team: Team) -> None:
    make_head(team.nurse)
    team.open()
    team.ask("health", team.doctor, by_when=TODAY)
    swept(NOW + DAY)
    assert notices("part_late") == [(None, team.nurse.post)]
    assert notices("part_late_elsewhere") == [(team.lead.unit.pk, None)]


def test_where_nobody_heads_the_unit_all_of_it_is_told(team: Team) -> None:
    team.open()
    team.ask("education", team.teacher, by_when=TODAY)
    swept(NOW + DAY)
    assert notices("part_late") == [(team.teacher.unit.pk, None)]


def test_a_lead_that_owes_the_part_itself_is_told_once(team: Team) -> None:
    team.open()
    team.ask("social", team.lead, by_when=TODAY)
    swept(NOW + DAY)
    assert notices("part_late") == [(team.lead.unit.pk, None)]
    assert notices("part_late_elsewhere") == []


def test_a_unit_that_left_the_file_is_told_nothing_more_the_lead_is(team: Team) -> None:
    team.open()
    team.ask("social", team.social, by_when=TODAY)
    team.leave(team.social)
    swept(NOW + DAY)
    assert notices("part_late") == []
    assert notices("part_late_elsewhere") == [(team.lead.unit.pk, None)]


def finish(team: Team) -> None:
    part = AssessmentPart.objects.get()
    team.begin(part, team.doctor)
    actions.submit_part(actor=team.doctor.enter(), part=part.pk, revision=team.write(part, team.doctor), now=NOW)


def pass_on(team: Team) -> None:
    part = AssessmentPart.objects.get()
    with cast.building():
        again = {"state": "passed_on"}
        AssessmentPart.objects.filter(pk=part.pk).update(**again)


def end(team: Team) -> None:
    actions.end_assessment(actor=team.lead.enter(), dossier=team.dossier, now=NOW)


def close(team: Team) -> None:
    team.lead.enter()
    with transaction.atomic(), act(verb="close", stream=dossier_stream(team.dossier), now=NOW):
        close_dossier(dossier=team.dossier, now=NOW)


@pytest.mark.parametrize("happens", [finish, pass_on, end, close])
def test_nothing_is_said_of_what_is_done_passed_on_ended_or_closed(team: Team, happens: Any) -> None:
    team.open()
    team.ask("health", team.doctor, by_when=TODAY)
    team.lead.enter()
    happens(team)
    assert swept(NOW + 20 * DAY) == 0
    assert notices("part_late") == notices("part_late_elsewhere") == []


def test_of_a_part_kept_apart_nobody_is_ever_told(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor, by_when=TODAY)
    team.begin(part, team.doctor)
    actions.begin_apart(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)
    revision = team.write(part, team.doctor)
    actions.submit_part(actor=team.doctor.enter(), part=part.pk, revision=revision, now=NOW)
    assert swept(NOW + 20 * DAY) == 0
    assert notices("part_late") == notices("part_late_elsewhere") == []


def test_whoever_is_barred_does_not_get_the_notice(team: Team) -> None:
    make_head(team.doctor)
    team.open()
    team.ask("health", team.doctor, by_when=TODAY)
    team.bar(team.doctor)
    swept(NOW + DAY)
    team.doctor.enter()
    assert not Notice.objects.filter(code="part_late").exists()


def test_nobody_but_the_clock_tells_of_late_parts(team: Team) -> None:
    team.open()
    for actor in (team.lead.enter(), enter_system("sweep")):
        with pytest.raises(policy.NotAllowed):
            actions.remind_of_late_parts(actor=actor, now=NOW + DAY)
