"""Leave: cases go on the first day and come back; who may not know of a file does not get it; nobody is told why."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.workforce import actions, policy, queries
from arasha.workforce.models import Handover, Leave
from arasha.workforce.rules import Faulty, NoteSaid
from arasha.workforce.tests.cast import FRIDAY, TODAY, Office, clock, has
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_cases_go_on_the_first_day_and_come_back_on_the_day_after_the_last(office: Office) -> None:
    file = office.case()
    leave = office.plan(first=1, last=3)
    assert "leave_substitute" in {notice.code for notice in own(office.colleague.enter())}
    assert actions.begin_leaves(actor=clock(), now=FRIDAY) == 0
    assert has(file) == office.worker.user
    assert actions.begin_leaves(actor=clock(), now=FRIDAY + DAY) == 1
    assert has(file) == office.colleague.user
    assert "leave_begun" in {notice.code for notice in own(office.head.enter())}
    assert actions.begin_leaves(actor=clock(), now=FRIDAY + DAY) == 0
    assert actions.end_leaves(actor=clock(), now=FRIDAY + 3 * DAY) == 0
    assert actions.end_leaves(actor=clock(), now=FRIDAY + 4 * DAY) == 1
    assert has(file) == office.worker.user
    with as_owner():
        assert Leave.objects.get(pk=leave.pk).state == "ended"
        assert Act.objects.filter(verb="assign_worker").count() == 2


def test_a_case_that_stays_or_was_given_on_does_not_come_back(office: Office) -> None:
    stays, given_on, back = office.case(), office.case(), office.case()
    leave = office.plan()
    said = NoteSaid(due="Сәрсенбіде бару", stays=True)
    actions.write_note(actor=office.worker.enter(), leave=leave.pk, dossier=stays, said=said, seen=0, now=FRIDAY)
    actions.begin_leaves(actor=clock(), now=FRIDAY)
    actions.give_cases(
        actor=office.head.enter(),
        dossiers=[given_on],
        worker=office.third.user,
        instead_of=office.colleague.user,
        now=FRIDAY,
    )
    actions.end_leaves(actor=clock(), now=FRIDAY + 11 * DAY)
    assert [has(one) for one in (stays, given_on, back)] == [
        office.colleague.user,
        office.third.user,
        office.worker.user,
    ]


def test_the_one_file_from_which_the_substitute_is_barred_goes_to_the_head_and_nobody_is_told_why(
    office: Office,
) -> None:
    files = [office.case() for _ in range(4)]
    office.bar(office.colleague, files[2])
    leave = office.plan()
    assert actions.begin_leaves(actor=clock(), now=FRIDAY) == 4
    assert [has(one) for one in files] == [
        office.head.user if one == files[2] else office.colleague.user for one in files
    ]
    actor = office.colleague.enter()
    assert {case.dossier_id for case in queries.cases_of(actor, leave)} == set(files) - {files[2]}
    assert files[2] not in queries.notes_of(leave)
    with as_owner():
        acts = Act.objects.filter(verb="assign_worker").values_list("codes", flat=True)
        assert {str(codes["reason"]) for codes in acts} == {"leave"}


def test_when_the_substitute_falls_away_and_the_head_is_absent_a_colleague_has_the_cases(office: Office) -> None:
    file = office.case()
    office.plan(first=1)
    office.plan(worker=office.head, substitute=office.third, by=office.head)
    with cast.building():
        Leave.objects.filter(worker=office.worker.user).update(substitute=office.head.user)
    actions.begin_leaves(actor=clock(), now=FRIDAY + DAY)
    assert has(file) in {office.colleague.user, office.third.user}


def test_a_case_that_nobody_else_may_have_stays_and_no_moment_is_without_a_worker(office: Office) -> None:
    file = office.case()
    for who in (office.colleague, office.head, office.third):
        office.bar(who, file)
    office.plan()
    assert actions.begin_leaves(actor=clock(), now=FRIDAY) == 0
    assert has(file) == office.worker.user


@pytest.mark.parametrize(("first", "last", "code"), [(-1, 3, "past"), (3, 2, "before"), (1, 900, "far")])
def test_days_that_cannot_be_are_refused(office: Office, first: int, last: int, code: str) -> None:
    with pytest.raises(Faulty) as told:
        office.plan(first=first, last=last)
    assert told.value.code == code


def test_a_substitute_who_is_away_too_is_refused_and_so_is_a_second_leave(office: Office) -> None:
    office.plan(first=2, last=5)
    with pytest.raises(actions.LeaveStands):
        office.plan(first=5, last=9)
    with pytest.raises(Faulty) as told:
        office.plan(worker=office.third, substitute=office.worker, first=1, last=2)
    assert told.value.code == "away"
    with pytest.raises(Faulty):
        office.plan(worker=office.third, substitute=office.third)


def test_leave_is_planned_for_oneself_or_by_the_head_and_within_the_unit(office: Office) -> None:
    with pytest.raises(policy.NotAllowed):
        office.plan(by=office.third)
    with pytest.raises(actions.NotThere):
        office.plan(substitute=office.stranger)
    leave = office.plan(by=office.head)
    for who in (office.third, office.colleague):
        with pytest.raises(policy.NotAllowed):
            actions.end_leave(actor=who.enter(), leave=leave.pk, now=FRIDAY)
    with pytest.raises(actions.NotThere):
        actions.end_leave(actor=office.stranger.enter(), leave=leave.pk, now=FRIDAY)
    assert actions.end_leave(actor=office.worker.enter(), leave=leave.pk, now=FRIDAY).state == "cancelled"
    with pytest.raises(actions.LeaveOver):
        actions.end_leave(actor=office.worker.enter(), leave=leave.pk, now=FRIDAY)


def test_who_is_back_early_has_the_cases_again(office: Office) -> None:
    file = office.case()
    leave = office.plan()
    actions.begin_leaves(actor=clock(), now=FRIDAY)
    actions.end_leave(actor=office.worker.enter(), leave=leave.pk, now=FRIDAY + 2 * DAY)
    assert actions.end_leaves(actor=clock(), now=FRIDAY + 2 * DAY) == 1
    assert has(file) == office.worker.user


def test_a_note_is_sealed_in_its_file_and_two_who_write_at_once_lose_nothing(office: Office) -> None:
    file, leave = office.case(), office.plan(first=1)
    said = NoteSaid(fears="Өгей әкесінен қорқады", never="Үйге қоңырау шалмаңыз")
    given: dict[str, Any] = {"leave": leave.pk, "dossier": file, "now": FRIDAY}
    note = actions.write_note(actor=office.worker.enter(), said=said, seen=0, **given)
    assert b"\xd3\xa8" not in bytes(note.sealed)
    assert queries.words_of(note)["fears"] == said.fears
    with pytest.raises(actions.NoteChanged):
        actions.write_note(actor=office.head.enter(), said=NoteSaid(due="x"), seen=0, **given)
    with pytest.raises(policy.NotAllowed):
        actions.write_note(actor=office.third.enter(), said=said, seen=1, **given)
    with pytest.raises(actions.NotThere):
        actions.write_note(actor=office.stranger.enter(), said=said, seen=1, **given)
    office.stranger.enter()
    assert not Handover.objects.filter(pk=note.pk).exists()
    assert not Leave.objects.filter(pk=leave.pk).exists()


def test_sent_twice_a_leave_is_one(office: Office) -> None:
    leave = office.plan()
    assert office.plan(ticket=leave.pk).pk == leave.pk
    office.worker.enter()
    assert Leave.objects.count() == 1
    assert queries.away(office.worker.user, TODAY, TODAY)


def test_the_clock_alone_hands_over(office: Office) -> None:
    for do in (actions.begin_leaves, actions.end_leaves, actions.watch_loads):
        with pytest.raises(policy.NotAllowed):
            do(actor=office.head.enter(), now=FRIDAY)
