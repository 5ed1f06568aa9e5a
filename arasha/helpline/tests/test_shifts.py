"""Shifts: planned by who supervises, handed over matter by matter, and nothing stays with who has gone."""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from arasha.helpline import actions, policy, queries
from arasha.helpline.models import CallBack, Contact, Matter, Shift
from arasha.helpline.rules.shifts import GRACE, ShiftWrong
from arasha.helpline.tests import line as cast
from arasha.helpline.tests.line import Line
from arasha.kernel.access.models import Post
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests.cast import NOW, Person, building
from tests.database import ClonedDatabase

HOUR = timedelta(hours=1)
END = NOW + 8 * HOUR


def plan(line: Line, *who: Person, start: datetime = NOW, end: datetime = END, now: datetime = NOW) -> Shift:
    """Plan a shift."""
    given: dict[str, Any] = {"starts_at": start, "ends_at": end, "posts": [one.post for one in who], "now": now}
    return actions.plan_shift(actor=line.supervisor.enter(), **given)


def two_shifts(line: Line) -> None:
    """Plan the operator's shift, and the colleague's after it."""
    plan(line, line.operator)
    plan(line, line.colleague, start=END, end=END + 8 * HOUR)


def kinds(who: Person, now: datetime = NOW) -> dict[UUID, str]:
    """Return what is open for somebody."""
    return {one.subject: one.kind for one in queries.open_matters(who.enter(), now)}


def ring(line: Line, contact: Contact) -> CallBack:
    """Let a call-back be asked for and taken by the operator."""
    asked = actions.ask_call_back(actor=line.operator.enter(), contact=contact.pk, number="+77011234567", now=NOW)
    actions.take_call_back(actor=line.operator.enter(), call_back=asked.pk, now=NOW)
    return asked


def test_only_who_supervises_plans_and_wrong_hours_are_named(line: Line) -> None:
    given: dict[str, Any] = {"starts_at": NOW, "ends_at": END, "posts": [line.operator.post], "now": NOW}
    for who in (line.operator, line.district.coordinator):
        with pytest.raises(policy.NotAllowed):
            actions.plan_shift(actor=who.enter(), **given)
    wrong = [
        ("backwards", given | {"ends_at": NOW}),
        ("over", given | {"starts_at": NOW - 9 * HOUR, "ends_at": NOW - HOUR}),
        ("long", given | {"ends_at": NOW + 25 * HOUR}),
        ("posts", given | {"posts": []}),
        ("posts", given | {"posts": [line.elsewhere.post]}),
    ]
    for code, asked in wrong:
        with pytest.raises(ShiftWrong, match=code):
            actions.plan_shift(actor=line.supervisor.enter(), **asked)
    made = plan(line, line.operator)
    assert queries.on_shift(made.unit_id, NOW) == {line.operator.post}
    assert queries.shifts(line.elsewhere.enter(), NOW) == []
    assert not Shift.objects.exists()


def test_a_shift_that_has_begun_is_not_cancelled(line: Line) -> None:
    made = plan(line, line.operator, start=NOW + HOUR)
    with pytest.raises(actions.ShiftNotThere):
        actions.cancel_shift(actor=line.supervisor.enter(), shift=made.pk, now=NOW + HOUR)
    actions.cancel_shift(actor=line.supervisor.enter(), shift=made.pk, now=NOW)
    assert queries.on_shift(made.unit_id, NOW + 2 * HOUR) == set()


def test_what_is_open_is_found_by_itself_in_danger_first(line: Line) -> None:
    calm, unsafe, silent = cast.call(line.operator), cast.call(line.operator), cast.talking(line)
    actions.ask_safety(actor=line.operator.enter(), contact=unsafe.pk, danger="not_safe", now=NOW)
    asked = ring(line, calm)
    found = kinds(line.colleague)
    assert found == {unsafe.pk: "danger", silent.pk: "unanswered", calm.pk: "contact", asked.pk: "call_back"}
    assert next(iter(found)) == unsafe.pk
    assert kinds(line.elsewhere) == {}
    assert kinds(line.district.coordinator) == {}


def test_somebody_in_danger_stays_on_the_list_after_the_talk_until_taken_over(line: Line) -> None:
    row = cast.call(line.operator)
    actions.ask_safety(actor=line.operator.enter(), contact=row.pk, danger="not_safe", now=NOW)
    log = actions.Log("counselling", reason="physical")
    actions.log_contact(actor=line.operator.enter(), contact=row.pk, log=log, now=NOW)
    two_shifts(line)
    assert kinds(line.colleague) == {row.pk: "danger"}
    actions.take_over(actor=line.colleague.enter(), subject=row.pk, now=END)
    assert kinds(line.colleague, END) == {}
    assert Contact.objects.get(pk=row.pk).operator_id == line.colleague.post


def test_the_next_shift_takes_over_what_was_noted_and_a_colleague_of_the_same_does_not(line: Line) -> None:
    row = cast.call(line.operator)
    plan(line, line.operator, line.supervisor)
    plan(line, line.colleague, start=END, end=END + 8 * HOUR)
    actions.note_matter(actor=line.operator.enter(), subject=row.pk, words="  Таңертең қайта хабарласады ", now=NOW)
    with pytest.raises(actions.NotNext):
        actions.take_over(actor=line.supervisor.enter(), subject=row.pk, now=NOW)
    with pytest.raises(actions.NotNext):
        actions.take_over(actor=line.colleague.enter(), subject=row.pk, now=NOW)
    (shown,) = queries.open_matters(line.colleague.enter(), END - HOUR)
    assert (shown.note, shown.holder, shown.taken) == ("Таңертең қайта хабарласады", line.operator.post, False)
    actions.take_over(actor=line.colleague.enter(), subject=row.pk, now=END - HOUR)
    assert Contact.objects.get(pk=row.pk).operator_id == line.colleague.post
    with pytest.raises(actions.AlreadyTaken):
        actions.take_over(actor=line.colleague.enter(), subject=row.pk, now=END)


def test_a_note_is_sealed_and_who_is_kept_from_the_contact_reads_nothing(line: Line) -> None:
    row = cast.chat(line, must_not_know=cast.COLLEAGUE)
    actions.take_contact(actor=line.operator.enter(), contact=row.pk, now=NOW)
    matter = actions.note_matter(actor=line.operator.enter(), subject=row.pk, words="Ол туралы", now=NOW)
    assert "Ол".encode() not in bytes(matter.sealed)
    cast.end_openings()
    assert kinds(line.colleague) == {}
    for who in (line.colleague, line.elsewhere, line.district.coordinator, line.district.inspector):
        who.enter()
        assert not Matter.objects.exists()
        with pytest.raises((actions.ContactNotThere, policy.NotAllowed)):
            actions.note_matter(actor=who.enter(), subject=row.pk, words="x", now=NOW)


@pytest.mark.parametrize("words", ["", " \n ", "х" * 1001])
def test_an_empty_or_endless_note_is_refused(line: Line, words: str) -> None:
    row = cast.call(line.operator)
    with pytest.raises(actions.NothingSaid):
        actions.note_matter(actor=line.operator.enter(), subject=row.pk, words=words, now=NOW)
    with pytest.raises(actions.ContactNotThere):
        actions.note_matter(actor=line.operator.enter(), subject=uuid4(), words="x", now=NOW)


def test_what_nobody_took_climbs_and_nothing_stays_with_who_has_gone(line: Line) -> None:
    row, taken = cast.call(line.operator), cast.call(line.operator)
    asked = ring(line, row)
    two_shifts(line)
    actions.take_over(actor=line.colleague.enter(), subject=taken.pk, now=END)
    late = END + GRACE
    assert actions.climb_matters(actor=cast.clock(), now=late - timedelta(seconds=1)) == 0
    assert actions.climb_matters(actor=cast.clock(), now=late) == 2
    assert actions.climb_matters(actor=cast.clock(), now=late + HOUR) == 0
    line.supervisor.enter()
    assert Contact.objects.get(pk=row.pk).operator_id == line.supervisor.post
    assert Contact.objects.get(pk=taken.pk).operator_id == line.colleague.post
    ringing = CallBack.objects.get(pk=asked.pk)
    assert (ringing.state, ringing.operator_id) == ("waiting", None)
    assert Notice.objects.filter(code="helpline_left").count() == 1
    with cast.as_nobody():
        assert not Contact.objects.filter(operator=line.operator.post).exclude(state="ended").exists()


def test_who_still_sits_there_finishes_first(line: Line) -> None:
    row = cast.call(line.operator)
    plan(line, line.operator)
    late = END + GRACE
    actions.be_there(actor=line.operator.enter(), now=late)
    assert actions.climb_matters(actor=cast.clock(), now=late) == 0
    assert actions.climb_matters(actor=cast.clock(), now=late + HOUR) == 1
    assert Contact.objects.get(pk=row.pk).operator_id == line.supervisor.post


def test_without_a_head_who_writes_waits_again(line: Line) -> None:
    row = cast.talking(line)
    plan(line, line.operator)
    with building():
        Post.objects.filter(pk=line.supervisor.post).update(rank=None)
    assert actions.climb_matters(actor=cast.clock(), now=END + GRACE) == 1
    found = Contact.objects.get(pk=row.pk)
    assert (found.state, found.operator_id) == ("waiting", None)
    line.above.enter()
    assert Notice.objects.filter(code="helpline_left").exists()


def test_only_the_clock_lets_climb(line: Line) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.climb_matters(actor=line.supervisor.enter(), now=NOW)


def test_of_two_who_take_over_at_once_one_gets_it(base: ClonedDatabase, committed: Line) -> None:
    line = committed
    with transaction.atomic():
        row = cast.call(line.operator)
    with transaction.atomic():
        plan(line, line.operator)
    with transaction.atomic():
        plan(line, line.colleague, line.supervisor, start=END, end=END + 8 * HOUR)
    ready, results = threading.Barrier(2), []

    def take(who: Person) -> None:
        try:
            with transaction.atomic():
                actor = who.enter()
                ready.wait(timeout=30)
                actions.take_over(actor=actor, subject=row.pk, now=END)
            results.append("taken")
        except actions.AlreadyTaken:
            results.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[who]) for who in (line.colleague, line.supervisor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(results) == ["taken", "too late"]
