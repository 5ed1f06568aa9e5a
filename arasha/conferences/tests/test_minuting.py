"""Minutes are confirmed, corrected by a new version, and hold no words that the child keeps from the table."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.conferences import actions, queries
from arasha.conferences.models import Decision, Item, Minutes
from arasha.conferences.policy import NotAllowed
from arasha.conferences.rules import DecisionSaid
from arasha.conferences.tests.cast import TODAY, Table, make_table
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.test_at_once import at_once
from tests.database import ClonedDatabase, as_owner

SECRET = "Папама айтпаңыздаршы"


def sign(table: Table, item: Item, *, by: Actor | None = None, seen: int = 0, reason: str = "") -> Minutes:
    actor = by or table.secretary.enter()
    return actions.sign_minutes(actor=actor, item=item.pk, words="Қысқаша", seen=seen, reason=reason, now=NOW)


@pytest.mark.django_db
def test_minutes_hold_what_was_decided_and_never_the_childs_words(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.all_came(item)
    table.heard(item, words=SECRET)
    with pytest.raises(actions.ItemChanged):
        sign(table, item)
    table.decide(item)
    text = queries.minutes_text(sign(table, item))
    assert text is not None
    assert SECRET not in text
    content = json.loads(text)
    assert content["quorum"] == [5, 4, 3]
    assert [one["text"] for one in content["decisions"]] == ["Психолог тағайындау"]


@pytest.mark.django_db
def test_a_correction_is_another_version_and_the_older_one_stays(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    table.decide(item)
    first = sign(table, item)
    with pytest.raises(actions.ItemChanged):
        sign(table, item)  # sent twice, or a colleague was faster
    second = sign(table, item, seen=1, reason="mistake")
    assert (first.number, second.number, second.reason) == (1, 2, "mistake")
    table.secretary.enter()
    assert [row.number for row in queries.minutes_of(item.pk)] == [2, 1]
    with pytest.raises(actions.ItemChanged):  # who came stands as it was confirmed
        table.all_came(item)


@pytest.mark.django_db
def test_who_keeps_no_minutes_confirms_and_prints_none(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    table.decide(item)
    with pytest.raises(NotAllowed):
        sign(table, item, by=table.team.lead.enter())
    row = sign(table, item)
    assert actions.print_minutes(actor=table.team.lead.enter(), minutes=row.pk, now=NOW).pk == row.pk
    with pytest.raises(NotAllowed):
        actions.print_minutes(actor=table.team.doctor.enter(), minutes=row.pk, now=NOW)
    for who in (table.barred, table.team.outsider, table.member):
        with pytest.raises(actions.NotThere):
            actions.print_minutes(actor=who.enter(), minutes=row.pk, now=NOW)


@pytest.mark.django_db
def test_only_a_quorum_confirms_what_was_taken_without_one_and_once(table: Table) -> None:
    decision = table.decide(table.put_on(table.sitting(urgent=True)))
    item = table.put_on(table.sitting(at=NOW + timedelta(days=7)), reason="confirm")
    said: dict[str, Any] = {"item": item.pk, "decision": decision.pk, "now": NOW}
    with pytest.raises(actions.NoQuorum):
        actions.confirm(actor=table.secretary.enter(), verdict="confirmed", **said)
    table.all_came(item)
    actions.confirm(actor=table.secretary.enter(), verdict="not_confirmed", **said)
    with pytest.raises(actions.ItemChanged):
        actions.confirm(actor=table.secretary.enter(), verdict="confirmed", **said)
    with as_owner():
        assert Decision.objects.get(pk=decision.pk).verdict == "not_confirmed"
        assert Obligation.objects.get(pk=decision.obligation_id).state == "open"  # nothing ends unseen


@pytest.fixture
def base(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database of the test's own, which this process uses."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=cast.NOW)
        yield cloned_database


def test_two_who_press_at_once_call_two_sittings_and_decide_once(base: ClonedDatabase) -> None:
    with replace(base, app=base.superuser).as_default(), transaction.atomic():
        table = make_table()
    ticket, doctor = uuid4(), table.team.doctor.unit.pk

    def called() -> str:
        with transaction.atomic():
            return str(table.sitting(urgent=True).number)

    assert sorted(at_once(called, called)) == ["1", "2"]
    with transaction.atomic():
        sitting = table.sitting(urgent=True)

    def put_on() -> str:
        with transaction.atomic():
            return str(table.put_on(sitting).pk)

    assert len(set(at_once(put_on, put_on))) == 1
    with transaction.atomic():
        item = table.put_on(sitting)

    def decided() -> str:
        said = DecisionSaid(unit=doctor, by_when=TODAY, text="x")
        with transaction.atomic():
            actor = table.secretary.enter()
            return str(actions.decide(actor=actor, item=item.pk, said=said, now=NOW, ticket=ticket).pk)

    assert at_once(decided, decided) == [str(ticket)] * 2
    with transaction.atomic():
        table.secretary.enter()
        assert Decision.objects.filter(item=item).count() == 1
        assert Obligation.objects.filter(dossier=table.dossier, step="carry_out").count() == 1
