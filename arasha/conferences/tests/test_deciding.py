"""What is decided is owed; quorum and child's voice are waited for, but never by what is urgent."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.conferences import actions, queries
from arasha.conferences.models import Decision, Dissent, Item
from arasha.conferences.policy import NotAllowed
from arasha.conferences.rules import DecisionSaid, Faulty, Mark
from arasha.conferences.tests.cast import HERE, TODAY, Table
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import meet
from arasha.obligations.models import Obligation
from arasha.obligations.queries import told_at
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_decision_becomes_a_duty_of_that_unit_by_that_day(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.all_came(item)
    table.heard(item)
    decision = table.decide(item)
    table.team.doctor.enter()
    duty = Obligation.objects.get(pk=decision.obligation_id)
    assert duty.unit_id == table.team.doctor.unit.pk
    assert local(duty.due_now).date() == TODAY + timedelta(days=3)
    assert duty.next_check_at is not None
    assert told_at(duty, "conference_decision") == queries.item_link(item.pk)
    assert [one.words for one in queries.decisions_of(item.pk)] == ["Психолог тағайындау"]


def test_two_decisions_of_one_moment_for_one_unit_are_two_duties(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.all_came(item)
    table.heard(item)
    first, second = table.decide(item), table.decide(item, text="Мектепке хабарлау")
    assert first.obligation_id != second.obligation_id
    assert (first.number, second.number) == (1, 2)


def test_a_decision_sent_twice_is_one_and_owed_once(table: Table) -> None:
    item, ticket = table.put_on(table.sitting()), uuid4()
    table.all_came(item)
    table.heard(item)
    for _twice in range(2):
        table.decide(item, ticket=ticket)
    with as_owner():
        assert Decision.objects.filter(item=item).count() == 1
        assert Obligation.objects.filter(dossier=table.dossier, step="carry_out").count() == 1


def test_without_quorum_only_the_urgent_is_decided_and_it_says_so(table: Table) -> None:
    sitting = table.sitting()
    item = table.put_on(sitting)
    table.heard(item)
    table.came(item, table.secretary)
    with pytest.raises(actions.NoQuorum):
        table.decide(item)
    with as_owner():
        assert not Obligation.objects.filter(dossier=table.dossier, step="carry_out").exists()
    urgent = table.put_on(table.sitting(urgent=True))
    decision = table.decide(urgent)
    assert decision.without_quorum
    with as_owner():
        assert Item.objects.get(pk=urgent.pk).without_quorum


def test_what_is_not_urgent_waits_for_the_child_to_be_heard_or_for_the_reason_why_not(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.all_came(item)
    with pytest.raises(actions.ChildNotHeard):
        table.decide(item)
    table.heard(item, how="not_asked", reason="too_small", hears="", words="")
    assert table.decide(item).number == 1


def test_only_the_secretary_decides_and_only_for_who_sits_there(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    said = DecisionSaid(unit=table.team.doctor.unit.pk, by_when=TODAY, text="x")
    for who in (table.member, table.team.outsider, table.barred):
        with pytest.raises(actions.NotThere):
            actions.decide(actor=who.enter(), item=item.pk, said=said, now=NOW)
    with pytest.raises(NotAllowed):
        actions.decide(actor=table.team.lead.enter(), item=item.pk, said=said, now=NOW)
    with pytest.raises(actions.UnitNotThere):
        table.decide(item, unit=table.team.outsider.unit.pk)
    for wrong in ({"text": " "}, {"text": "x" * 4001}, {"by_when": TODAY - timedelta(days=1)}):
        with pytest.raises(Faulty):
            table.decide(item, **wrong)


def test_a_unit_that_was_there_says_once_that_it_sees_it_otherwise(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    table.came(item, table.team.social)
    decision = table.decide(item)
    words: dict[str, Any] = {"decision": decision.pk, "words": "Кеш", "now": NOW}
    with pytest.raises(NotAllowed):
        actions.differ(actor=table.team.teacher.enter(), **words)
    actions.differ(actor=table.team.social.enter(), **words)
    with pytest.raises(actions.ItemChanged):
        actions.differ(actor=table.team.social.enter(), **words)
    with as_owner():
        assert Dissent.objects.count() == 1


def test_a_decision_for_today_is_due_today(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    decision = table.decide(item, by_when=TODAY)
    with as_owner():
        due = Obligation.objects.get(pk=decision.obligation_id).due_now
    assert local(due).date() == TODAY
    assert due > NOW


def test_what_was_carried_out_does_not_come_back(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    decision = table.decide(item)
    meet(actor=table.team.doctor.enter(), obligation=decision.obligation_id, answer="Істелді", now=NOW)
    later = table.sitting(at=NOW + timedelta(days=9))
    table.secretary.enter()
    found = queries.proposals(table.secretary.enter(), later, NOW + timedelta(days=8))
    assert [one.proposal.reasons for one in found] == [("confirm",)]


def test_who_steps_aside_reads_nothing_of_the_item(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    marks = {table.team.social.unit.pk: Mark("aside", "relative"), table.secretary.unit.pk: HERE}
    actions.mark_seats(actor=table.secretary.enter(), item=item.pk, marks=marks, now=NOW)
    table.decide(item)
    table.team.social.enter()
    assert queries.item_of(table.team.social.enter(), item.pk) is None
    assert not Decision.objects.filter(item=item).exists()
    cast.sweeper()
    assert Decision.objects.filter(item=item).exists()
