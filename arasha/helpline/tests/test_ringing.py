"""Whom supervisors are rung for: who waits too long, who is in danger; never so often that nobody hears it."""

from datetime import datetime

import pytest
from django.db.models import Q

from arasha.helpline import actions, policy, queries, rules, tasks
from arasha.helpline.tests.line import Line, chat, clock
from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests.cast import NOW
from tests.database import ClonedDatabase, as_owner

MINUTE = rules.LONG_WAIT / 5


def rung_at(now: datetime) -> int:
    """Ring for whoever's minute it is; returns for how many."""
    actor = clock()
    due = [row.pk for row in queries.due_to_ring(now)]
    return sum(actions.ring_for_contact(actor=actor, contact=contact, now=now) for contact in due)


def notices(line: Line, code: str) -> int:
    with as_owner():
        return Notice.objects.filter(Q(post=line.supervisor.post), code=code).count()


def test_who_waits_in_danger_or_too_long_is_rung_for(line: Line) -> None:
    chat(line, NOW, danger="not_safe")
    chat(line, NOW)
    assert [rung_at(NOW + n * MINUTE) for n in range(6)] == [1, 0, 0, 0, 0, 2]


def test_a_flood_of_contacts_rings_for_the_few_who_have_waited_longest(line: Line) -> None:
    for second in range(20):
        chat(line, NOW.replace(second=second))
    for _one in range(6):
        chat(line, NOW, danger="not_safe")
    assert rung_at(NOW + rules.LONG_WAIT + MINUTE - MINUTE / 60 * 40) == 2 * rules.MOST_RUNG
    assert notices(line, "helpline_waits") == rules.MOST_RUNG
    assert notices(line, "helpline_danger") == rules.MOST_RUNG


def test_who_was_taken_meanwhile_is_rung_for_no_more(line: Line) -> None:
    found = chat(line, NOW)
    actions.take_contact(actor=line.operator.enter(), contact=found.pk, now=NOW + MINUTE)
    assert actions.ring_for_contact(actor=clock(), contact=found.pk, now=NOW + rules.LONG_WAIT) is False


def test_only_the_clock_rings(line: Line) -> None:
    found = chat(line, NOW)
    with pytest.raises(policy.NotAllowed):
        actions.ring_for_contact(actor=line.operator.enter(), contact=found.pk, now=NOW)


def test_one_that_cannot_be_rung_for_keeps_no_other_waiting(
    committed: Line, base: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with system(tasks.PURPOSE):
        broken, _other = [chat(committed, NOW, danger="not_safe") for _one in range(2)]

    def ring(*, actor: Actor, contact: object, now: datetime) -> bool:
        if contact == broken.pk:
            raise RuntimeError("no way to ring")
        return rung(actor=actor, contact=contact, now=now)  # type: ignore[arg-type]

    rung = actions.ring_for_contact
    monkeypatch.setattr(actions, "ring_for_contact", ring)
    assert tasks.ring_for_all(NOW) == 1
