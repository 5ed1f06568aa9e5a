"""A notice is delivered when somebody who may know has it; when nobody does, that is known within the hour."""

from datetime import date, datetime, timedelta

import pytest

from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import Post, UnitFunction
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import policy, queries
from arasha.obligations.actions import (
    NotHandedOverThen,
    NotPossibleNow,
    ObligationNotFound,
    check_notices,
    decline,
    meet,
    move_obligations,
    note_delivery,
    see,
)
from arasha.obligations.models import Obligation
from arasha.obligations.queries import Delivery, delivery_of
from arasha.obligations.rules import DeliveredBy
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, Six, fresh
from tests.database import as_owner

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def vacate(*people: Person) -> None:
    with cast.building():
        Post.objects.filter(pk__in=[one.post for one in people]).update(holder=None)


def receipt(row: Obligation) -> dict[int | None, Delivery]:
    """Return the notices by unit, as the receipt of who told reads them."""
    cast.sweeper()
    assert row.raised_in is not None
    return {found.unit.pk if found.unit else None: found for found in delivery_of(row.raised_in)}


def states(row: Obligation) -> dict[int | None, str]:
    return {unit: found.state.value for unit, found in receipt(row).items()}


def told(unit: int) -> list[str]:
    with as_owner():
        return list(Notice.objects.filter(unit=unit).order_by("at", "id").values_list("code", flat=True))


def checked(at: datetime) -> int:
    return check_notices(actor=cast.sweeper(), now=at)


def test_a_notice_is_delivered_at_once_where_somebody_sits_who_may_know(district: District, six: Six) -> None:
    row = cast.report_to_six(district)["tell_guardianship"]
    found = receipt(row)[six.guardian.unit.pk]
    assert (found.state.value, found.delivered_at, found.by) == ("delivered", NOW, "inbox")
    assert (found.number, found.unit, found.seen_at) == (row.number, six.guardian.unit, None)


def test_a_number_says_nothing_of_other_notices(district: District, six: Six) -> None:
    numbers = [cast.report_to_six(district)["tell_guardianship"].number for _time in range(5)]
    assert len(set(numbers)) == 5
    for number in numbers:
        assert len(number) == 11
        assert not set("01OI") & set(number)


def test_a_duty_that_is_no_notice_has_no_receipt(district: District, six: Six) -> None:
    rows = cast.report_to_six(district)
    listed = {number for found in receipt(rows["evaluation"]).values() for number in found.obligations}
    assert rows["evaluation"].id not in listed
    assert rows["tell_school"].id in listed


def test_two_duties_under_one_number_are_one_notice_answered_when_both_are(district: District, six: Six) -> None:
    rows = cast.report_to_six(district)
    unit = district.inspector.unit.pk
    assert set(receipt(rows["go_there"])[unit].obligations) == {rows["go_there"].id, rows["tell_inspection"].id}
    actor = district.inspector.enter()
    see(actor=actor, obligations=[rows["go_there"].id], now=NOW + HOUR)
    meet(actor=actor, obligation=rows["go_there"].id, answer="done", now=NOW + 2 * HOUR)
    assert states(rows["go_there"])[unit] == "seen"
    actor = district.inspector.enter()
    meet(actor=actor, obligation=rows["tell_inspection"].id, answer="done", now=NOW + 3 * HOUR)
    found = receipt(rows["go_there"])[unit]
    assert (found.state.value, found.seen_at, found.answered_at) == ("answered", NOW + HOUR, NOW + 3 * HOUR)


def test_where_nobody_sits_it_waits_and_shortly_before_the_hour_the_coordinator_is_told(
    district: District, six: Six
) -> None:
    vacate(six.guardian)
    row = cast.report_to_six(district)["tell_guardianship"]
    assert states(row)[six.guardian.unit.pk] == "waiting"
    assert checked(NOW + 54 * MINUTE) == 0
    assert checked(NOW + 55 * MINUTE) == 1
    assert states(row)[six.guardian.unit.pk] == "undelivered"
    assert fresh(row).undelivered_at == NOW + 55 * MINUTE
    assert told(district.coordinator.unit.pk) == ["notice_missed"]
    assert checked(NOW + 56 * MINUTE) == 0  # said once
    with as_owner():
        act = Act.objects.get(verb="miss_notice")
    assert (act.codes["obligation"], act.purpose) == (str(row.id), "sweep")


def test_a_unit_in_which_only_the_suspect_sits_is_passed_over_and_its_substitute_gets_the_notice(
    district: District, six: Six
) -> None:
    row = cast.report_to_six(district, bars=[{"user_id": six.guardian.user}])["tell_guardianship"]
    assert states(row)[district.coordinator.unit.pk] == "delivered"
    assert six.guardian.unit.pk not in states(row)


def test_a_notice_reaches_who_takes_the_seat_later_but_not_the_suspect(district: District, six: Six) -> None:
    with cast.building():
        suspect = cast.seat(six.guardian.unit)
    vacate(six.guardian, suspect)
    row = cast.report_to_six(district, bars=[{"user_id": suspect.user}])["tell_guardianship"]
    with cast.building():
        Post.objects.filter(pk=suspect.post).update(holder=suspect.user)
    assert checked(NOW + 10 * MINUTE) == 0
    assert checked(NOW + 55 * MINUTE) == 1
    with cast.building():
        Post.objects.filter(pk=six.guardian.post).update(holder=six.guardian.user)
    assert checked(NOW + 3 * HOUR) == 1
    found = receipt(row)[six.guardian.unit.pk]
    assert (found.state.value, found.delivered_at, found.by) == ("delivered", NOW + 3 * HOUR, "inbox")


def test_notices_that_reach_nobody_do_not_stand_in_the_way_of_others(district: District, six: Six) -> None:
    with cast.building():
        suspect = cast.seat(six.guardian.unit)
    vacate(six.guardian, suspect)
    for minute in range(3):
        at = NOW + minute * MINUTE
        cast.report_to_six(district, bars=[{"user_id": suspect.user}], from_moment=at, now=at)
    with cast.building():
        Post.objects.filter(pk=suspect.post).update(holder=suspect.user)
    vacate(six.protection)
    later = cast.report_to_six(district, from_moment=NOW + HOUR, now=NOW + HOUR)["tell_protection"]
    checked(NOW + 2 * HOUR - 6 * MINUTE)
    assert check_notices(actor=cast.sweeper(), now=NOW + 2 * HOUR - 5 * MINUTE, limit=2) == 1
    assert fresh(later).undelivered_at == NOW + 2 * HOUR - 5 * MINUTE


def test_a_notice_for_which_no_body_was_found_is_never_called_delivered(district: District, six: Six) -> None:
    functions = ["guardianship", "coordination_district", "coordination_region", "coordination_nation"]
    with cast.building():
        UnitFunction.objects.filter(function__in=functions).update(territory_id="611600000")
    row = cast.report_to_six(district)["tell_guardianship"]
    assert (row.unit_id, states(row)[None]) == (None, "waiting")
    assert checked(NOW + HOUR) == 1
    assert states(row)[None] == "undelivered"


def test_opening_it_is_noted_once_for_the_unit_and_file_by_file(district: District, six: Six) -> None:
    first, second = cast.report_to_six(district), cast.report_to_six(district)
    mine = [rows[step].id for rows in (first, second) for step in ("tell_inspection", "go_there")]
    theirs = first["tell_guardianship"].id
    actor = district.inspector.enter()
    assert see(actor=actor, obligations=[*mine, theirs], now=NOW + HOUR) == 4
    assert see(actor=actor, obligations=mine, now=NOW + 2 * HOUR) == 0
    assert fresh(first["go_there"]).seen_at == NOW + HOUR
    assert fresh(first["tell_guardianship"]).seen_at is None
    with as_owner():
        acts = list(Act.objects.filter(verb="see_obligations").order_by("id"))
    assert {act.stream_key for act in acts} == {str(rows["go_there"].dossier_id) for rows in (first, second)}
    for act in acts:  # no file's act names another file's duties
        named = set(Obligation.objects.filter(pk__in=act.codes["obligations"]).values_list("dossier_id", flat=True))
        assert {str(dossier) for dossier in named} == {act.stream_key}


def test_seeing_what_is_anothers_or_not_there_tells_nothing(district: District, six: Six) -> None:
    rows = cast.report_to_six(district)
    cast.end_opening(rows["go_there"].dossier_id)
    for person in (district.coordinator, district.neighbour, six.guardian):
        assert see(actor=person.enter(), obligations=[rows["go_there"].id], now=NOW) == 0
    assert fresh(rows["go_there"]).seen_at is None


def test_a_letter_handed_over_is_a_delivery_that_says_how(district: District, six: Six) -> None:
    vacate(six.guardian)
    row = cast.report_to_six(district)["tell_guardianship"]
    checked(NOW + 55 * MINUTE)
    actor = district.coordinator.enter()
    note_delivery(actor=actor, obligation=row.id, by=DeliveredBy.PAPER, now=NOW + 2 * HOUR, words="To the reception.")
    found = receipt(row)[six.guardian.unit.pk]
    assert (found.state.value, found.delivered_at, found.by) == ("delivered", NOW + 2 * HOUR, "paper")
    actor = district.coordinator.enter()
    with pytest.raises(NotPossibleNow):
        note_delivery(actor=actor, obligation=row.id, by=DeliveredBy.PHONE, now=NOW + 3 * HOUR)


@pytest.mark.parametrize(
    ("on", "delivered_at"),
    [
        (NOW.date(), NOW.replace(hour=18, minute=59, second=59)),  # the day on which it was sent, at its end
        (NOW.date() + timedelta(days=1), NOW.replace(hour=18, minute=59, second=59) + timedelta(days=1)),
        (NOW.date() + timedelta(days=2), NOW + 48 * HOUR),  # today: now
    ],
)
def test_a_letter_handed_over_on_an_earlier_day_counts_from_that_day(
    district: District, six: Six, on: date, delivered_at: datetime
) -> None:
    vacate(six.guardian)
    row = cast.report_to_six(district)["tell_guardianship"]
    handed = note_delivery(
        actor=district.coordinator.enter(),
        obligation=row.id,
        by=DeliveredBy.PAPER,
        on=on,
        incoming="417-К",
        words="Кеңсеге.",
        now=NOW + 48 * HOUR,
    )
    assert (handed.delivered_at, handed.delivered_by) == (delivered_at, "paper")
    (said,) = queries.remarks_of(handed)
    assert said.text == "№ 417-К\nКеңсеге."
    with as_owner():
        act = Act.objects.filter(verb="deliver_notice").latest("id")
    assert "417-К" not in str(act.codes)


@pytest.mark.parametrize("days", [-1, 3])
def test_nothing_is_handed_over_before_it_was_sent_or_in_the_future(district: District, six: Six, days: int) -> None:
    vacate(six.guardian)
    row = cast.report_to_six(district)["tell_guardianship"]
    on = NOW.date() + timedelta(days=days)
    actor = district.coordinator.enter()
    with pytest.raises(NotHandedOverThen):
        note_delivery(actor=actor, obligation=row.id, by=DeliveredBy.PHONE, on=on, now=NOW + 48 * HOUR)
    assert fresh(row).delivered_at is None


def test_only_who_supervises_says_that_a_notice_was_handed_over(district: District, six: Six) -> None:
    vacate(six.guardian)
    rows = cast.report_to_six(district)
    cast.end_opening(rows["go_there"].dossier_id)
    actor = six.protection.enter()
    with pytest.raises(policy.NotAllowed):
        note_delivery(actor=actor, obligation=rows["tell_guardianship"].id, by=DeliveredBy.PAPER, now=NOW)
    actor = district.neighbour.enter()
    with pytest.raises(ObligationNotFound):
        note_delivery(actor=actor, obligation=rows["tell_guardianship"].id, by=DeliveredBy.PAPER, now=NOW)
    actor = district.coordinator.enter()
    with pytest.raises(NotPossibleNow):  # no notice
        note_delivery(actor=actor, obligation=rows["evaluation"].id, by=DeliveredBy.PAPER, now=NOW)


def test_only_the_clock_checks_notices(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        check_notices(actor=district.coordinator.enter(), now=NOW)


def test_a_declined_notice_is_passed_on_and_the_next_stands_under_its_own_number(district: District, six: Six) -> None:
    row = cast.report_to_six(district)["tell_guardianship"]
    actor = six.guardian.enter()
    decline(actor=actor, obligation=row.id, reason="no_people", words="Nobody works today.", now=NOW + HOUR)
    found = receipt(row)
    assert found[six.guardian.unit.pk].state.value == "passed_on"
    assert found[district.coordinator.unit.pk].state.value == "delivered"


def test_the_receipt_follows_the_notices_into_the_childs_case(district: District, six: Six) -> None:
    row = cast.report_to_six(district)["tell_guardianship"]
    actor = district.coordinator.enter()
    case = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.pk))
    move_obligations(actor=actor, origin=row.dossier_id, target=case, now=NOW + HOUR)
    assert fresh(row).dossier_id == case
    assert states(row)[six.guardian.unit.pk] == "delivered"
    cast.sweeper()
    assert delivery_of(case) == []  # what arose elsewhere is another's receipt
