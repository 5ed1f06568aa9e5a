"""A service that ends hands over its clients: in time, once, to somebody who takes them, and nobody is left between."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy, queries
from arasha.plans.models import ServicePlace
from arasha.plans.rules import places as rules
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import COUNSELLING, ask, offering, refuge, stands, step
from arasha.services.models import Offering, Provider
from tests.database import as_owner

pytestmark = pytest.mark.django_db
# The grant ends on 31 December; sixty days before is 1 November.
LAST = date(2026, 12, 31)


def sweep(now: datetime = NOW) -> int:
    return actions.owe_hand_overs(actor=enter_system("watch_places"), now=now)


def told() -> int:
    with as_owner():
        return Notice.objects.filter(code="service_ends").count()


def at(month: int, day: int) -> datetime:
    return NOW.replace(month=month, day=day)


def test_a_grant_that_ends_is_told_of_sixty_days_before_and_once(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор", funded_until=LAST))
    assert sweep(at(10, 31)) == 0
    assert [sweep(at(11, 1)), sweep(at(11, 1)), sweep(at(11, 2))] == [1, 0, 0]
    assert told() == 1
    now = stands(row, team.lead)
    assert (now.hand_over_at, now.hand_over_by) == (at(11, 1), LAST)
    # Nobody asked a place elsewhere: it is told of again after a fortnight.
    assert [sweep(at(11, 14)), sweep(at(11, 15)), sweep(at(11, 16))] == [0, 1, 0]
    with as_owner():
        assert Act.objects.filter(verb="service_ends").count() == 2


def test_a_grant_that_is_prolonged_takes_it_back_and_another_day_is_told(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор", funded_until=LAST))
    sweep()
    for until, by in ((date(2026, 12, 15), date(2026, 12, 15)), (date(2027, 6, 30), None)):
        with cast.building():
            Provider.objects.filter(sites__offerings=row.offering_id).update(funded_until=until)
        assert [sweep(), sweep()] == [1, 0]
        assert stands(row, team.lead).hand_over_by == by
    assert stands(row, team.lead).hand_over_at is None


@pytest.mark.parametrize("how", ["offering", "site", "provider", "closed"])
def test_whatever_ends_a_service_is_seen(team: Team, how: str) -> None:
    row = ask(team, offering(team.lead, "Қор"))
    assert sweep() == 0
    with cast.building():
        offered = Offering.objects.get(pk=row.offering_id)
        if how == "offering":
            Offering.objects.filter(pk=offered.pk).update(ends_on=LAST)
        elif how == "closed":
            Offering.objects.filter(pk=offered.pk).update(status="closed")
        elif how == "site":
            type(offered.site).objects.filter(pk=offered.site_id).update(closed_on=LAST)
        else:
            Provider.objects.filter(pk=offered.site.provider_id).update(ended_on=LAST)
    assert sweep() == 1


def test_a_child_who_waits_goes_over_at_once_and_keeps_its_turn(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор", funded_until=LAST), urgency="week")
    sweep()
    other = offering(team.lead, "Орталық")
    later = NOW + timedelta(days=3)
    new = actions.hand_over(actor=team.lead.enter(), place=row.pk, offering=other, now=later)
    assert stands(row, team.lead).state == "handed_over"
    assert (new.waits_since, new.urgency, new.root_id, new.asked_at) == (NOW, "week", row.pk, later)
    assert sweep(later) == 0


def test_a_child_who_is_helped_keeps_its_place_until_the_next_help_begins(team: Team) -> None:
    row = step(ask(team, offering(team.lead, "Қор", funded_until=LAST)), team.lead, "begin")
    sweep()
    other = offering(team.lead, "Орталық")
    new = actions.hand_over(actor=team.lead.enter(), place=row.pk, offering=other, now=NOW)
    assert stands(row, team.lead).state == "begun"
    with pytest.raises(actions.AskedAlready):
        actions.hand_over(actor=team.doctor.enter(), place=row.pk, offering=other, now=NOW)
    # Refused there: the old place is owed again, and nobody was left between.
    step(new, team.lead, "refuse")
    team.lead.enter()
    assert [one.follower for one in queries.read_places(queries.to_hand_over(team.lead.enter()), NOW)] == [False]
    third = actions.hand_over(actor=team.lead.enter(), place=row.pk, offering=offering(team.lead, "Үшінші"), now=NOW)
    step(third, team.lead, "begin")
    assert stands(row, team.lead).state == "handed_over"
    assert queries.way_of(stands(row, team.lead))[-1].row.step == "hand_over"
    assert list(queries.to_hand_over(team.lead.enter())) == []


def test_several_go_over_in_one_go_and_who_does_not_fit_stays_on_the_list(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор", funded_until=LAST))
    sweep()
    small = offering(team.lead, "Кішкентайлар", replace(COUNSELLING, age_to=6))
    result = actions.hand_over_many(actor=team.lead.enter(), places=[row.pk], offering=small, now=NOW)
    assert (result.done, result.left) == ([], {row.pk: "age"})
    fits = offering(team.lead, "Барлығы")
    for expected in (1, 0):
        result = actions.hand_over_many(actor=team.lead.enter(), places=[row.pk, row.pk], offering=fits, now=NOW)
        assert len(result.done) == expected
    assert stands(row, team.lead).state == "handed_over"


def test_what_does_not_end_is_not_handed_over(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор"))
    with pytest.raises(rules.StepNotPossible):
        actions.hand_over(actor=team.lead.enter(), place=row.pk, offering=offering(team.lead, "Орталық"), now=NOW)


def test_others_hand_over_nobody_and_see_none_of_it(team: Team) -> None:
    row = ask(team, offering(team.lead, "Қор", funded_until=LAST))
    sweep()
    other = offering(team.lead, "Орталық")
    for who in (team.outsider, team.teacher, team.district.neighbour):
        assert list(queries.to_hand_over(who.enter())) == []
        result = actions.hand_over_many(actor=who.enter(), places=[row.pk], offering=other, now=NOW)
        assert result.left == {row.pk: "not_there"}
    with pytest.raises(policy.NotAllowed):
        actions.owe_hand_overs(actor=team.lead.enter(), now=NOW)
    with pytest.raises(policy.NotAllowed):
        actions.tell_of_waiting(actor=team.lead.enter(), now=NOW)


def test_of_a_refuge_the_last_day_is_kept_nowhere_and_told_by_the_month(team: Team) -> None:
    first: dict[int, datetime] = {}
    for day in (1, 17, 31):
        shelter = refuge(team.district.region, f"Үміт {day}", until=date(2026, 12, day))
        row = ask(team, shelter)
        for month, number in ((10, 1), (10, 2), (10, 3), (11, 1), (11, 2)):
            sweep(at(month, number))
            now = stands(row, team.lead)
            assert now.hand_over_by is None
            if now.hand_over_at is not None:
                first.setdefault(day, now.hand_over_at)
    assert len(set(first.values())) == 1
    assert len(first) == 3


def test_a_run_that_is_broken_off_goes_on(team: Team) -> None:
    rows = [ask(team, offering(team.lead, f"Қор {number}", funded_until=LAST)) for number in range(3)]
    assert actions.owe_hand_overs(actor=enter_system("watch_places"), now=NOW, limit=2) == 2
    assert actions.owe_hand_overs(actor=enter_system("watch_places"), now=NOW, limit=2) == 1
    assert sweep() == 0
    with as_owner():
        assert ServicePlace.objects.filter(pk__in=[row.pk for row in rows], hand_over_at=NOW).count() == 3
