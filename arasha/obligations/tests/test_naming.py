"""An agreement names the unit, the day and the words of a duty: who owes it reads them, others on the team don't."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import Limit, Unit, local
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions import NotPossibleNow, TooLong, decline, raise_for, take_back, waive
from arasha.obligations.models import Obligation, Remark
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.protocols.tests.procedures import procedure, step
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORDS = "Күн сайын мектепке шығарып салу"
FRIDAY = date(2026, 12, 4)
OWED_BY = "{body: named_unit, function: coordination_district}"
AGREED = procedure(
    step("do_it", "x", owed_by=OWED_BY, day_named="true", limit="{amount: 7, unit: calendar_days}"),
    code="agreed_help",
    trigger="{event: agree_help, when: {}}",
    substitutes="[coordination_district]",
)


@dataclass(frozen=True)
class File:
    """A file that the coordinator leads, with a school that owes and a nurse who is partner."""

    dossier: UUID
    lead: Person
    school: Person
    other: Person


@pytest.fixture(autouse=True)
def _training() -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")


@pytest.fixture
def file(district: District) -> File:
    cast.adopt(AGREED)
    with cast.building():
        school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
        other = cast.seat(cast.make_unit("another school", DISTRICT, "education_school"))
    district.coordinator.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.pk))
    cast.end_opening(dossier)
    district.coordinator.enter()
    with act(verb="note", stream=dossier_stream(dossier), now=NOW):
        add_member(dossier=dossier, member=TeamMember("obliged", unit_id=other.unit.pk, reason="test"))
        add_member(dossier=dossier, member=TeamMember("partner", unit_id=district.doctor.unit.pk, reason="test"))
    return File(dossier, district.coordinator, school, other)


def agreed(file: File, **more: Any) -> Obligation:
    given: dict[str, Any] = {"until": FRIDAY, "asked": WORDS, "unit": file.school.unit.pk} | more
    (row,) = raise_for(
        actor=file.lead.enter(),
        dossier=file.dossier,
        event="agree_help",
        codes={},
        territory=DISTRICT,
        from_moment=NOW,
        now=NOW,
        sealed_actor=False,
        named=rules.Named(**given),
    )
    return row


def read_by(who: Person, row: Obligation) -> list[str]:
    who.enter()
    return queries.asked_words(row)


def test_the_named_unit_owes_it_until_the_named_day(file: File) -> None:
    row = agreed(file)
    assert (row.unit_id, row.found_by, row.role) == (file.school.unit.pk, "named", "named_unit")
    assert local(row.due_now).date() == FRIDAY
    without = agreed(file, until=None, about=uuid4())
    assert local(without.due_now).date() >= local(NOW).date() + timedelta(days=7)


@pytest.mark.parametrize(
    ("until", "limit"),
    [
        (date(2026, 11, 25), Limit(2, Unit.CALENDAR_DAYS, day_off_stands=True)),
        (date(2026, 11, 23), Limit(13, Unit.CLOCK_HOURS)),
    ],
)
def test_a_named_day_is_a_limit_that_stands_on_that_day(until: date, limit: Limit) -> None:
    ten_in_the_morning = datetime.fromisoformat("2026-11-23T10:00+05:00")
    assert rules.until_day(until, ten_in_the_morning) == limit
    with pytest.raises(rules.DayOver):
        rules.until_day(date(2026, 11, 22), ten_in_the_morning)


def test_its_words_are_for_who_owes_it_and_who_reads_the_plan(file: File, district: District) -> None:
    row = agreed(file)
    for who in (file.lead, file.school, district.doctor):
        assert read_by(who, row) == [WORDS]
    assert read_by(file.other, row) == []
    assert not Remark.objects.filter(kind="asked").exists()
    assert read_by(district.neighbour, row) == []
    shown = cast.browser_of(file.school).get(f"/obligations/{row.pk}/").content.decode()
    assert WORDS in shown
    assert WORDS not in cast.browser_of(file.other).get(f"/obligations/{row.pk}/").content.decode()


def test_one_thing_obliges_a_unit_once_and_anew_when_that_has_ended(file: File) -> None:
    thing = uuid4()
    first = agreed(file, about=thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        agreed(file, about=thing)
    take_back(actor=file.lead.enter(), obligation=first.pk, reason="plan_changed", now=NOW)
    second = agreed(file, about=thing)
    file.lead.enter()
    assert queries.about([thing])[thing] == second


def test_who_takes_it_over_reads_the_same_words(file: File) -> None:
    row = agreed(file)
    after = decline(actor=file.school.enter(), obligation=row.pk, reason="no_people", words="Кісі жоқ", now=NOW)
    assert after.unit_id == file.lead.unit.pk
    assert read_by(file.lead, after) == [WORDS]


def test_more_words_than_are_kept_and_a_day_that_is_over_are_refused(file: File) -> None:
    with pytest.raises(TooLong):
        agreed(file, asked="а" * 20_001)
    with pytest.raises(rules.DayOver):
        agreed(file, until=local(NOW).date() - timedelta(days=1))
    with as_owner():
        assert not Obligation.objects.filter(dossier=file.dossier).exists()


def test_who_leads_takes_back_what_was_agreed(file: File, district: District) -> None:
    row = agreed(file)
    for who in (file.school, district.doctor):
        with pytest.raises(policy.NotAllowed):
            take_back(actor=who.enter(), obligation=row.pk, reason="plan_changed", now=NOW)
    with pytest.raises(rules.ReasonMissing):
        take_back(actor=file.lead.enter(), obligation=row.pk, reason="not_needed", words="x", now=NOW)
    take_back(actor=file.lead.enter(), obligation=row.pk, reason="plan_changed", now=NOW)
    assert cast.fresh(row).state == "waived"
    with pytest.raises(NotPossibleNow):
        take_back(actor=file.lead.enter(), obligation=row.pk, reason="plan_changed", now=NOW)


def test_nobody_takes_back_what_the_law_asks_or_what_is_late_and_their_own(file: File, district: District) -> None:
    by_law = cast.report(district)
    with pytest.raises(policy.NotAllowed):
        take_back(actor=file.lead.enter(), obligation=by_law.pk, reason="plan_changed", now=NOW)
    own = agreed(file, unit=file.lead.unit.pk)
    with as_owner():
        late = Obligation.objects.get(pk=own.pk)
    late.due_now = NOW - timedelta(days=1)
    assert not policy.may_take_back(file.lead.enter(), late)
    with pytest.raises(policy.NotAllowed):
        waive(actor=file.lead.enter(), obligation=own.pk, reason="not_needed", words="x", now=NOW)
