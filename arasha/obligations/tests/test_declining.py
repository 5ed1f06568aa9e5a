"""A declined duty comes straight back: somebody else owes it in the same transaction, or silence climbs at once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.kernel.access.models import Member, Post, UnitFunction
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.rules import Derivation
from arasha.obligations import policy, queries
from arasha.obligations.actions import (
    AlreadyTheirs,
    NotPossibleNow,
    ObligationNotFound,
    UnitNotThere,
    decline,
    grant_time,
    meet,
    pass_on,
)
from arasha.obligations.models import Obligation
from arasha.obligations.rules import ReasonMissing
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, Six, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
MINUTE = timedelta(minutes=1)
WORDS = "The girl lives in Keles since August."
pytestmark = pytest.mark.django_db


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def reported(district: District, **more: Any) -> Obligation:
    return cast.report_to_six(district, **more)["tell_inspection"]


def declined(who: Person, obligation: Obligation, at: datetime = NOW + HOUR) -> Obligation:
    actor = who.enter()
    return decline(actor=actor, obligation=obligation.id, reason="other_place", words=WORDS, now=at)


def told(unit: int) -> list[str]:
    with as_owner():
        return list(Notice.objects.filter(unit=unit).order_by("at", "id").values_list("code", flat=True))


def test_the_first_substitute_owes_it_with_what_is_left_of_the_limit(district: District, six: Six) -> None:
    obligation = reported(district)
    successor = declined(district.inspector, obligation)
    assert (successor.unit_id, successor.found_by) == (district.coordinator.unit.pk, "substitute")
    assert (successor.state, successor.due_now, successor.next_check_at) == ("open", DUE, DUE)
    assert (successor.step, successor.from_moment) == (obligation.step, obligation.from_moment)
    gone = fresh(obligation)
    assert (gone.state, gone.ended_at, gone.replaced_by_id) == ("declined", NOW + HOUR, successor.id)
    assert gone.next_check_at is None
    assert told(district.coordinator.unit.pk) == ["new_duty"]


def test_the_body_that_declined_and_its_words_stay_visible_to_the_file(district: District, six: Six) -> None:
    obligation = reported(district)
    declined(district.inspector, obligation)
    actor = district.coordinator.enter()
    row = policy.visible_to(actor).get(pk=obligation.pk)
    (said,) = queries.remarks_of(row)
    assert (said.remark.kind, said.remark.reason, said.text) == ("declined", "other_place", WORDS)
    assert said.remark.unit_id == district.inspector.unit.pk


def test_who_declined_leaves_the_file_when_nothing_else_is_theirs(district: District, six: Six) -> None:
    only = cast.report(district)
    declined(district.inspector, only)
    assert not policy.visible_to(district.inspector.enter()).filter(dossier=only.dossier_id).exists()
    with as_owner():
        part = Member.objects.get(dossier=only.dossier_id, unit=district.inspector.unit)
    assert (part.ended_at is not None, part.reason) == (True, "declined")
    two = cast.report_to_six(district)
    declined(district.inspector, two["tell_inspection"])
    actor = district.inspector.enter()
    assert policy.visible_to(actor).filter(pk=two["go_there"].pk).exists()


def test_at_the_last_minute_the_next_has_the_least_time_and_the_ladder_its_moments(
    district: District, six: Six
) -> None:
    obligation = reported(district)
    successor = declined(district.inspector, obligation, at=DUE - MINUTE)
    assert successor.due_now == successor.due_at == DUE - MINUTE + 4 * HOUR
    assert Derivation.from_json(successor.derivation).from_moment == DUE - MINUTE
    assert successor.ladder == obligation.ladder
    # At the moment at which silence would have climbed it climbs: for the child nothing changed.
    cast.sweep(DUE + MINUTE)
    row = fresh(successor)
    assert (row.state, row.rung) == ("open", 3)
    assert cast.rungs(successor) == [
        (1, "skipped_empty", None, DUE),
        (2, "skipped_same", None, DUE),
        (3, "told", district.region.unit.pk, DUE),
    ]


def test_overdue_already_it_goes_on_with_the_rungs_not_reached_yet(district: District, six: Six) -> None:
    obligation = reported(district)
    cast.sweep(DUE + HOUR)
    successor = declined(district.inspector, obligation, at=DUE + 2 * HOUR)
    assert (successor.state, successor.rung, successor.due_now) == ("open", 1, DUE + 6 * HOUR)
    assert [planned["rung"] for planned in successor.ladder] == [2, 3, 4]
    assert "duty_passed_on" in told(district.police_head.unit.pk)


def test_a_procedure_without_a_least_time_leaves_what_is_left(district: District) -> None:
    obligation = cast.report(district)
    successor = declined(district.inspector, obligation, at=DUE - MINUTE)
    assert successor.due_now == DUE


def test_an_extension_is_what_is_left(district: District, six: Six) -> None:
    obligation = reported(district)
    grant_time(actor=district.coordinator.enter(), obligation=obligation.id, until=DUE + 9 * HOUR, now=NOW + HOUR)
    successor = declined(district.inspector, fresh(obligation), at=NOW + 2 * HOUR)
    assert (successor.due_at, successor.due_now, successor.extended_to) == (DUE, DUE + 9 * HOUR, DUE + 9 * HOUR)


def test_each_who_declines_is_passed_over_until_nobody_is_left_and_silence_climbs(district: District, six: Six) -> None:
    first = reported(district)
    second = declined(district.inspector, first)
    third = declined(district.coordinator, second)
    assert third.unit_id == district.region.unit.pk
    last = declined(district.region, third, at=NOW + 2 * HOUR)
    assert (last.unit_id, last.found_by, last.next_check_at) == (None, "nobody", NOW + 2 * HOUR)
    cast.sweep(NOW + 3 * HOUR)
    assert fresh(last).rung >= 2
    assert fresh(last).state == "open"


def test_a_substitute_with_nobody_there_waits_behind_one_with_somebody(district: District, six: Six) -> None:
    obligation = reported(district)
    with cast.building():
        Post.objects.filter(unit=district.coordinator.unit).update(holder=None)
    assert declined(district.inspector, obligation).unit_id == district.region.unit.pk


def test_the_suspect_does_not_get_what_another_declined(district: District, six: Six) -> None:
    obligation = reported(district, bars=[{"user_id": district.coordinator.user}])
    assert declined(district.inspector, obligation).unit_id == district.region.unit.pk
    assert not Obligation.objects.filter(pk__in=policy.visible_to(district.coordinator.enter())).exists()


def test_the_notice_of_who_takes_over_has_its_own_number(district: District, six: Six) -> None:
    obligation = reported(district)
    successor = declined(district.inspector, obligation)
    assert successor.number not in {"", obligation.number}
    assert (successor.delivered_at, successor.raised_in) == (NOW + HOUR, obligation.raised_in)


def test_declining_is_one_act_that_names_who_and_why(district: District, six: Six) -> None:
    successor = declined(district.inspector, reported(district))
    with as_owner():
        act = Act.objects.get(verb="decline_obligation")
    assert (act.actor_unit, act.codes["reason"], act.codes["state"]) == (
        district.inspector.unit.pk,
        "other_place",
        "declined",
    )
    assert (act.codes["to"], act.codes["by"]) == (district.coordinator.unit.pk, str(successor.id))
    assert "Keles" not in str(act.codes)


def test_it_needs_a_reason_of_the_list_and_words(district: District, six: Six) -> None:
    obligation = reported(district)
    actor = district.inspector.enter()
    for reason, words in (("", WORDS), ("child_away", WORDS), ("other_place", ""), ("other", "  ")):
        with pytest.raises(ReasonMissing):
            decline(actor=actor, obligation=obligation.id, reason=reason, words=words, now=NOW)
    assert fresh(obligation).state == "open"


def test_who_does_not_owe_it_can_not_decline_it(district: District, six: Six) -> None:
    obligation = reported(district)
    cast.end_opening(obligation.dossier_id)
    with pytest.raises(policy.NotOwedByYou):
        declined(district.coordinator, obligation)
    for outsider in (six.school, district.neighbour):
        with pytest.raises(ObligationNotFound):
            declined(outsider, obligation)


def test_what_is_met_or_declined_is_not_declined_again(district: District, six: Six) -> None:
    rows = cast.report_to_six(district)
    meet(actor=district.inspector.enter(), obligation=rows["go_there"].id, answer="done", now=NOW)
    for row in (rows["go_there"], rows["tell_inspection"]):
        if row is rows["tell_inspection"]:
            declined(district.inspector, row)
        with pytest.raises(NotPossibleNow):
            declined(district.inspector, row)


def given(who: Person, obligation: Obligation, unit: int) -> Obligation:
    actor = who.enter()
    return pass_on(actor=actor, obligation=obligation.id, unit=unit, reason="other_body", now=NOW + HOUR)


def test_a_coordinator_gives_a_duty_to_the_body_that_was_missing(district: District, six: Six) -> None:
    with cast.building():
        # It serves another place; the function, and with it what the unit may see, stays.
        UnitFunction.objects.filter(function="guardianship").update(territory_id="611600000")
    obligation = cast.report_to_six(district, bars=[])["tell_guardianship"]
    assert obligation.unit_id == district.coordinator.unit.pk  # took the place, and so can't supervise it
    with pytest.raises(policy.NotAllowed):
        given(district.coordinator, obligation, six.guardian.unit.pk)
    other = reported(district)
    successor = given(district.coordinator, other, six.guardian.unit.pk)
    assert (successor.unit_id, successor.found_by, successor.due_now) == (six.guardian.unit.pk, "named", DUE)
    assert fresh(other).state == "superseded"
    assert policy.visible_to(six.guardian.enter()).filter(pk=successor.pk).exists()
    assert told(district.inspector.unit.pk)[-1] == "duty_passed_on"


def test_a_duty_goes_only_to_a_unit_that_stands_may_know_and_has_not_declined(district: District, six: Six) -> None:
    obligation = reported(district, bars=[{"user_id": six.guardian.user}])
    with pytest.raises(UnitNotThere):
        given(district.coordinator, obligation, six.guardian.unit.pk)
    with pytest.raises(UnitNotThere):
        given(district.coordinator, obligation, 2_000_000_000)
    with pytest.raises(AlreadyTheirs):
        given(district.coordinator, obligation, district.inspector.unit.pk)
    with pytest.raises(policy.NotAllowed):
        given(district.inspector, obligation, six.protection.unit.pk)
    actor = district.coordinator.enter()
    with pytest.raises(ObligationNotFound):
        pass_on(actor=actor, obligation=uuid4(), unit=six.protection.unit.pk, reason="other_body", now=NOW)
