"""Removals: a moment is enough, what is missing is owed, seven days to the court, no way home unjudged."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from arasha.care import actions, policy, queries, rules
from arasha.care.models import Removal, RemovalPart
from arasha.care.rules import Faulty, PartSaid
from arasha.care.tests.cast import House
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SAY = {rules.step_of(one.code) for one in rules.PARTS}


def test_a_removal_with_a_moment_alone_is_recorded_and_all_that_is_missing_owed(house: House) -> None:
    row = house.remove()
    owed = house.owed(row.pk)
    assert set(owed) >= SAY
    assert {owed[step] for step in SAY} == {(house.guardian.unit.pk, "open")}
    assert owed["claim_to_court"] == (house.guardian.unit.pk, "open")
    assert {"tell_prosecutor", "examine", "see_within_24_hours", "contact_with_family", "review_removal"} <= set(owed)
    with as_owner():
        claim = Obligation.objects.get(about=row.pk, step="claim_to_court")
        assert Act.objects.filter(stream_key=str(house.dossier), verb="record_removal").count() == 1
    assert local(claim.due_now).date() == date(2026, 11, 30)


def test_what_is_said_is_not_owed_and_what_is_said_later_meets_it(house: House) -> None:
    row = house.remove(ground=("danger_life", ""), place=("hospital", "Балалар ауруханасы"))
    assert not {"say_ground", "say_place"} & set(house.owed(row.pk))
    parts = {"kin": PartSaid("kin_cannot", "Әжесі ауырады")}
    actions.add_parts(actor=house.guardian.enter(), removal=row.pk, parts=parts, now=NOW)
    assert house.owed(row.pk)["say_kin"][1] == "met"
    parts = {"kin": PartSaid("kin_takes", "Нағашысы")}
    actions.add_parts(actor=house.guardian.enter(), removal=row.pk, parts=parts, now=NOW + timedelta(hours=1))
    assert queries.known_of(row)["kin"].words == "Нағашысы"
    with as_owner():
        assert RemovalPart.objects.filter(removal=row, kind="kin").count() == 2


def test_late_on_a_friday_before_a_holiday_the_seven_days_run_from_that_moment(house: House) -> None:
    friday = datetime(2026, 12, 11, 18, 59, tzinfo=UTC)  # 23:59 there; 16 December is a holiday
    row = house.remove(at=friday, now=friday)
    with as_owner():
        due = dict(Obligation.objects.filter(about=row.pk).values_list("step", "due_now"))
    assert local(due["claim_to_court"]).date() == date(2026, 12, 18)
    assert due["tell_prosecutor"] == friday + timedelta(hours=1)
    assert due["see_within_24_hours"] == friday + timedelta(hours=24)


def test_of_two_removals_of_one_child_at_once_the_second_finds_the_first(house: House) -> None:
    row = house.remove()
    house.ask()  # the inspection comes onto the file
    with pytest.raises(actions.RemovalStands):
        house.remove(by=house.inspector)
    parts = {"ground": PartSaid("danger_health")}
    actions.add_parts(actor=house.inspector.enter(), removal=row.pk, parts=parts, now=NOW)
    house.guardian.enter()
    assert queries.known_of(row)["ground"].row.unit_id == house.inspector.unit.pk
    assert house.owed(row.pk)["say_ground"][1] == "superseded"


def test_nobody_goes_home_before_somebody_judged_it_safe(house: House) -> None:
    row = house.remove()
    later = NOW + timedelta(hours=5)
    ended: dict[str, Any] = {"removal": row.pk, "how": "returned", "words": "Шешкен: бөлім басшысы"}
    with pytest.raises(actions.NotJudgedSafe):
        actions.end_removal(actor=house.guardian.enter(), now=later, **ended)
    house.judged_safe(later)
    actions.end_removal(actor=house.guardian.enter(), now=later + timedelta(minutes=1), **ended)
    house.guardian.enter()
    (found,) = queries.of_file(house.dossier)
    assert found.ended_how == "returned"
    assert queries.known_of(found)["ended"].words == "Шешкен: бөлім басшысы"
    with pytest.raises(actions.NotThere):
        actions.end_removal(actor=house.guardian.enter(), now=later + timedelta(minutes=2), **ended)


def test_what_was_judged_before_the_removal_opens_no_way_home(house: House) -> None:
    house.judged_safe(NOW)
    row = house.remove(at=NOW + timedelta(hours=1), now=NOW + timedelta(hours=1))
    ended: dict[str, Any] = {"removal": row.pk, "how": "returned", "words": "Шешкен: бөлім басшысы"}
    with pytest.raises(actions.NotJudgedSafe):
        actions.end_removal(actor=house.guardian.enter(), now=NOW + timedelta(hours=2), **ended)


def test_where_a_protected_child_is_reads_who_recorded_it_and_who_leads(house: House) -> None:
    row = house.remove(place=("protected", "Құпия көше, 7"))
    for who, words in ((house.guardian, "Құпия көше, 7"), (house.team.lead, "Құпия көше, 7"), (house.centre, None)):
        who.enter()
        known = queries.known_of(row).get("place")
        assert (known.words if known else None) == words
    with as_owner():
        duties = Obligation.objects.filter(about=row.pk)
        assert "Құпия" not in "".join(str(one.derivation) for one in duties)


def test_who_is_barred_or_owes_something_else_reads_no_removal(house: House) -> None:
    house.remove()
    for who in (house.barred, house.team.teacher, house.team.outsider):
        actor = who.enter()
        assert not Removal.objects.exists()
        assert not policy.may_see_removal(actor, house.dossier)
        with pytest.raises((actions.NotThere, policy.NotAllowed)):
            house.remove(by=who)


def test_who_may_not_remove_does_not(house: House) -> None:
    for who in (house.centre, house.team.doctor):
        with pytest.raises(policy.NotAllowed):
            house.remove(by=who)
    with pytest.raises(Faulty):
        house.remove(at=NOW + timedelta(minutes=1))
    with pytest.raises(Faulty):
        house.remove(siblings=("apart", " "))
    with pytest.raises(Faulty):
        house.remove(kin=("hospital", ""))


def test_what_was_said_is_never_changed_in_the_database(house: House) -> None:
    house.remove(ground=("danger_life", ""))
    house.guardian.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        RemovalPart.objects.update(answer="other_ground")
    with pytest.raises(DatabaseError), transaction.atomic():
        Removal.objects.update(at=NOW)


def test_where_the_district_has_no_guardianship_coordination_owes_the_claim(house: House) -> None:
    with cast.building():
        UnitFunction.objects.filter(unit=house.guardian.unit).delete()
    house.ask()
    row = house.remove(by=house.inspector)
    assert house.owed(row.pk)["claim_to_court"] == (house.team.lead.unit.pk, "open")
