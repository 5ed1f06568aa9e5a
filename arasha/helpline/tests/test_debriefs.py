"""Debriefs: owed after heavy contacts, words for two persons alone, gone on their day."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from arasha.helpline import actions, policy, queries
from arasha.helpline.models import Contact, Debrief, DebriefWords
from arasha.helpline.rules.debriefs import heavy_for
from arasha.helpline.tests import line as cast
from arasha.helpline.tests.line import Line
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests.cast import NOW

DAY = timedelta(days=1)
WORDS = "Түні бойы ойладым"


def written(line: Line, reason: str, danger: str = "safe") -> Contact:
    """Let the operator write a contact down."""
    row = cast.call(line.operator)
    actions.ask_safety(actor=line.operator.enter(), contact=row.pk, danger=danger, now=NOW)
    log = actions.Log("counselling", reason=reason)
    return actions.log_contact(actor=line.operator.enter(), contact=row.pk, log=log, now=NOW)


def asked(line: Line) -> Debrief:
    """Let the operator mark a contact as heavy and ask the supervisor."""
    made = actions.mark_heavy(actor=line.operator.enter(), contact=cast.call(line.operator).pk, now=NOW)
    given: dict[str, Any] = {"debrief": made.pk, "supervisor": line.supervisor.user}
    actions.ask_debrief(actor=line.operator.enter(), words=WORDS, now=NOW, **given)
    return made


def test_rules_say_what_is_heavy() -> None:
    violence = {"physical"}
    asked = [("safe", ["suicide"]), ("not_safe", []), ("safe", ["friends", "physical"]), ("safe", ["friends"])]
    found = [heavy_for(danger=danger, reasons=reasons, violence=violence) for danger, reasons in asked]
    assert found == ["suicide", "danger", "violence", ""]


def test_after_a_heavy_contact_a_debrief_is_owed_once_and_told_to_the_operator_alone(line: Line) -> None:
    for reason, danger in (("suicide", "safe"), ("friends", "not_safe"), ("physical", "safe"), ("friends", "safe")):
        written(line, reason, danger)
    assert actions.owe_debriefs(actor=cast.clock(), now=NOW + timedelta(minutes=5)) == 3
    assert actions.owe_debriefs(actor=cast.clock(), now=NOW + timedelta(minutes=10)) == 0
    own = queries.own_debriefs(line.operator.enter())
    assert {row.reason for row in own} == {"suicide", "danger", "violence"}
    assert all(NOW < row.due_at <= NOW + 3 * DAY for row in own)
    assert Notice.objects.filter(code="helpline_debrief").count() == 3
    line.colleague.enter()
    assert not Notice.objects.filter(code="helpline_debrief").exists()
    assert not Debrief.objects.exists()


def test_an_operator_marks_once_and_only_what_they_hold(line: Line) -> None:
    row = cast.call(line.operator)
    first = actions.mark_heavy(actor=line.operator.enter(), contact=row.pk, now=NOW)
    assert actions.mark_heavy(actor=line.operator.enter(), contact=row.pk, now=NOW).pk == first.pk
    with pytest.raises(actions.NotYours):
        actions.mark_heavy(actor=line.colleague.enter(), contact=row.pk, now=NOW)


def test_its_words_are_those_of_two_persons(line: Line) -> None:
    made = asked(line)
    for who in (line.operator, line.supervisor):
        actor = who.enter()
        row = queries.debrief_of_two(actor, made.pk)
        assert row is not None
        said = queries.debrief_words(actor, [row], NOW)[made.pk]
        assert [text for _user, _at, text in said] == [WORDS]
    for who in (line.colleague, line.above, line.elsewhere, line.district.coordinator, line.district.inspector):
        actor = who.enter()
        assert not DebriefWords.objects.exists()
        assert queries.debrief_words(actor, [made], NOW) == {}
        assert queries.debrief_of_two(actor, made.pk) is None
        with pytest.raises((actions.DebriefNotThere, policy.NotAllowed)):
            actions.write_debrief(actor=actor, debrief=made.pk, words="x", now=NOW)
    cast.clock()
    assert not DebriefWords.objects.exists()
    with cast.as_nobody(), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(sealed, 'escape'), '') FROM helpline_debriefwords")
        assert WORDS not in cursor.fetchone()[0]


def test_the_childs_file_says_nothing_of_it(line: Line) -> None:
    made = asked(line)
    with cast.as_nobody(), connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM journal_act WHERE stream_key = %s", [str(made.contact.dossier_id)])
        verbs = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT string_agg(codes::text, '') FROM journal_act WHERE verb LIKE '%debrief%'")
        codes = cursor.fetchone()[0]
    assert not {verb for verb in verbs if "debrief" in verb or "heavy" in verb}
    assert str(made.pk) not in codes
    assert str(made.contact_id) not in codes


def test_nobody_who_does_not_supervise_is_asked(line: Line) -> None:
    made = actions.mark_heavy(actor=line.operator.enter(), contact=cast.call(line.operator).pk, now=NOW)
    for user in (line.colleague.user, line.operator.user, line.district.coordinator.user, 0):
        with pytest.raises(actions.NotYours):
            actions.ask_debrief(actor=line.operator.enter(), debrief=made.pk, supervisor=user, words="", now=NOW)
    assert {user for user, _name in queries.debriefers(line.operator.enter(), NOW)} == {
        line.supervisor.user,
        line.above.user,
    }


def test_the_supervisor_notes_the_day_alone_and_no_other_does(line: Line) -> None:
    made = asked(line)
    day = NOW.date()
    with pytest.raises(policy.NotAllowed):
        actions.note_held(actor=line.operator.enter(), debrief=made.pk, held_on=day, now=NOW)
    with pytest.raises(actions.DebriefNotThere):
        actions.note_held(actor=line.above.enter(), debrief=made.pk, held_on=day, now=NOW)
    for wrong in (day - 2 * DAY, day + 2 * DAY):
        with pytest.raises(actions.WrongDay):
            actions.note_held(actor=line.supervisor.enter(), debrief=made.pk, held_on=wrong, now=NOW)
    actions.note_held(actor=line.supervisor.enter(), debrief=made.pk, held_on=day, now=NOW + DAY)
    with pytest.raises(actions.DebriefNotThere):
        actions.decline_debrief(actor=line.operator.enter(), debrief=made.pk, now=NOW)
    load = queries.debrief_load(line.supervisor.enter(), NOW + DAY, NOW - DAY)
    assert load == queries.Load(owed=1, asked=0, held=1, late=0)
    assert queries.debrief_load(line.operator.enter(), NOW, NOW - DAY) is None


def test_who_declined_may_ask_later_and_the_late_one_is_told_of_once(line: Line) -> None:
    made = actions.mark_heavy(actor=line.operator.enter(), contact=cast.call(line.operator).pk, now=NOW)
    actions.decline_debrief(actor=line.operator.enter(), debrief=made.pk, now=NOW)
    assert queries.asked_debriefs(line.supervisor.enter()) == []
    given: dict[str, Any] = {"debrief": made.pk, "supervisor": line.supervisor.user}
    actions.ask_debrief(actor=line.operator.enter(), words="", now=NOW, **given)
    assert actions.ring_for_debriefs(actor=cast.clock(), now=made.due_at - timedelta(seconds=1)) == 0
    assert actions.ring_for_debriefs(actor=cast.clock(), now=made.due_at) == 1
    assert actions.ring_for_debriefs(actor=cast.clock(), now=made.due_at + DAY) == 0
    line.supervisor.enter()
    assert Notice.objects.filter(code="helpline_debrief_late").count() == 1


def test_words_vanish_on_their_day_and_are_deleted_with_their_key(line: Line) -> None:
    made = asked(line)
    words = DebriefWords.objects.get(debrief=made)
    row = queries.debrief_of_two(line.operator.enter(), made.pk)
    assert row is not None
    assert queries.debrief_words(line.operator.enter(), [row], NOW + 30 * DAY) == {}
    assert actions.delete_debriefs(actor=cast.clock(), now=NOW + 29 * DAY) == 0
    with cast.as_nobody(), connection.cursor() as cursor:
        cursor.execute("UPDATE helpline_debriefwords SET until = now() - interval '1 second'")
    late = words.until + DAY
    assert actions.delete_debriefs(actor=cast.clock(), now=late) == 1
    with cast.as_nobody(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM helpline_debriefwords")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT legal_basis FROM vault_erasure WHERE scope_key = %s", [words.pk])
        assert cursor.fetchall() == [("period_over",)]
    assert actions.delete_debriefs(actor=cast.clock(), now=NOW + 366 * DAY) == 0
    line.operator.enter()
    assert not Debrief.objects.exists()


@pytest.mark.parametrize("words", ["", "  ", "х" * 4001])
def test_empty_or_endless_words_are_refused(line: Line, words: str) -> None:
    made = asked(line)
    with pytest.raises(actions.NothingSaid):
        actions.write_debrief(actor=line.operator.enter(), debrief=made.pk, words=words, now=NOW)
    with pytest.raises(actions.DebriefNotThere):
        actions.write_debrief(actor=line.operator.enter(), debrief=uuid4(), words="x", now=NOW)
