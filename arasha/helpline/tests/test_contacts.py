"""Contacts from their beginning to their end, and what may go wrong on the way."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.models import CallBack, Contact, Draft, Message, Presence
from arasha.helpline.tests.line import (
    COLLEAGUE,
    LATER,
    Line,
    as_nobody,
    call,
    chat,
    clock,
    end_openings,
    heard,
    talking,
)
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Dossier, Member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_call_is_its_operators_at_once(line: Line) -> None:
    found = call(line.operator)
    assert (found.state, found.operator_id, found.first_reply_at) == ("open", line.operator.post, NOW)
    assert [row.pk for row in queries.mine(line.operator.enter())] == [found.pk]
    assert queries.mine(line.colleague.enter()) == []


def test_a_chat_waits_and_one_of_two_operators_gets_it(line: Line) -> None:
    found = chat(line)
    assert [row.pk for row in queries.queue(line.colleague.enter())] == [found.pk]
    actions.take_contact(actor=line.operator.enter(), contact=found.pk, now=LATER)
    actor = line.colleague.enter()
    with pytest.raises(actions.AlreadyTaken):
        actions.take_contact(actor=actor, contact=found.pk, now=LATER)
    assert queries.queue(actor) == []


def test_what_a_channel_begins_twice_is_one_contact(line: Line) -> None:
    first, again = chat(line, external="box-1"), chat(line, LATER, external="box-1")
    assert first.pk == again.pk
    assert chat(line, external="box-2").pk != first.pk


def test_words_are_kept_once_sealed_and_counted_until_they_are_answered(line: Line) -> None:
    found, ticket = talking(line), uuid4()
    heard(found, "Көмектесіңізші", LATER)
    actions.hear(actor=clock(), contact=found.pk, words="Үйде қорқамын", ticket=ticket, now=LATER)
    actions.hear(actor=clock(), contact=found.pk, words="Үйде қорқамын", ticket=ticket, now=LATER)
    actor = line.operator.enter()
    (row,) = queries.mine(actor)
    assert (row.unanswered, row.waiting_since) == (3, NOW)
    said = actions.say(actor=actor, contact=found.pk, words=" Мен осындамын. ", ticket=uuid4(), now=LATER)
    (row,) = queries.mine(actor)
    assert (row.unanswered, row.waiting_since, row.first_reply_at) == (0, None, LATER)
    words = [(one.direction, one.words) for one in queries.talk_of(row)]
    assert words == [("in", "Сәлем"), ("in", "Көмектесіңізші"), ("in", "Үйде қорқамын"), ("out", "Мен осындамын.")]
    assert "қорқамын".encode() not in b"".join(bytes(one.sealed) for one in Message.objects.all())
    assert [one.pk for one in queries.to_send(clock(), "chat")] == [said.pk]
    assert actions.note_delivery(actor=clock(), message=said.pk, delivery="sent", now=LATER)
    assert not actions.note_delivery(actor=clock(), message=said.pk, delivery="sent", now=LATER)
    assert queries.to_send(clock(), "chat") == []


def test_only_who_holds_a_contact_speaks_in_it(line: Line) -> None:
    found = talking(line)
    for who in (line.colleague, line.supervisor):
        actor = who.enter()
        with pytest.raises(actions.NotYours):
            actions.say(actor=actor, contact=found.pk, words="Сәлем", ticket=uuid4(), now=LATER)
        with pytest.raises(actions.NotYours):
            actions.log_contact(actor=actor, contact=found.pk, log=rules.Log("silent"), now=LATER)
    actor = line.operator.enter()
    for words in ("  ", "a" * (rules.MOST_WORDS + 1)):
        with pytest.raises(actions.NothingSaid):
            actions.say(actor=actor, contact=found.pk, words=words, ticket=uuid4(), now=LATER)


@pytest.mark.parametrize("kind", ["silent", "joke", "abusive", "wrong_number"])
def test_what_is_no_talk_is_written_down_with_its_kind_alone(line: Line, kind: str) -> None:
    found = talking(line)
    log = rules.Log(kind, sex="girl", age="10_12", reason="physical")
    row = actions.log_contact(actor=line.operator.enter(), contact=found.pk, log=log, now=LATER)
    assert (row.state, row.kind, row.ended_at, row.reason, row.sex) == ("ended", kind, LATER, "", "unknown")


def test_counselling_needs_a_reason_and_is_corrected_by_its_operator(line: Line) -> None:
    found = call(line.operator)
    actor = line.operator.enter()
    for log in (rules.Log("counselling"), rules.Log("counselling", reason="made_up"), rules.Log("missed")):
        with pytest.raises(rules.FormIncomplete):
            actions.log_contact(actor=actor, contact=found.pk, log=log, now=LATER)
    log = rules.Log("counselling", "child_self", "bullying_offline", ("bullying_offline", "anger"), region="610000000")
    row = actions.log_contact(actor=actor, contact=found.pk, log=log, now=LATER)
    assert (row.reason, row.reasons, row.region_id) == ("bullying_offline", ["anger"], "610000000")
    row = actions.log_contact(actor=actor, contact=found.pk, log=rules.Log("joke"), now=LATER + timedelta(minutes=1))
    assert (row.kind, row.logged_at) == ("joke", LATER)
    wrong = rules.Log("information", region="615400000")
    with pytest.raises(rules.FormIncomplete):
        actions.log_contact(actor=actor, contact=found.pk, log=wrong, now=LATER)


def test_nothing_is_said_after_the_end_and_what_was_sent_before_is_found_again(line: Line) -> None:
    found, ticket = talking(line), uuid4()
    actor = line.operator.enter()
    said = actions.say(actor=actor, contact=found.pk, words="Сау бол", ticket=ticket, now=LATER)
    assert actions.end_contact(actor=actor, contact=found.pk, now=LATER).state == "wrap_up"
    assert actions.say(actor=actor, contact=found.pk, words="Сау бол", ticket=ticket, now=LATER).pk == said.pk
    with pytest.raises(actions.ContactEnded):
        actions.say(actor=actor, contact=found.pk, words="Тағы", ticket=uuid4(), now=LATER)
    actions.log_contact(actor=actor, contact=found.pk, log=rules.Log("silent"), now=LATER)
    with pytest.raises(actions.ContactEnded):
        heard(found)


def test_whom_nobody_took_is_abandoned_or_missed(line: Line) -> None:
    left, missed = chat(line), chat(line, channel="telephone")
    assert actions.end_contact(actor=clock(), contact=left.pk, now=LATER).kind == "abandoned"
    assert actions.miss_contact(actor=clock(), contact=missed.pk, kind="missed", now=LATER).kind == "missed"
    assert queries.queue(line.operator.enter()) == []
    with pytest.raises(actions.AlreadyTaken):
        actions.miss_contact(actor=clock(), contact=left.pk, kind="missed", now=LATER)


def test_danger_waits_before_all_and_a_silent_one_before_who_joked(line: Line) -> None:
    for _number in range(2):
        joke = chat(line, source="s1")
        actions.take_contact(actor=line.operator.enter(), contact=joke.pk, now=NOW)
        actions.log_contact(actor=line.operator.enter(), contact=joke.pk, log=rules.Log("joke"), now=NOW)
    again = [chat(line, NOW + timedelta(seconds=n), source="s1") for n in range(3)]
    silent = chat(line, LATER)
    danger = chat(line, LATER + timedelta(minutes=1), danger="not_safe")
    order = [row.pk for row in queries.queue(line.operator.enter())]
    assert order == [danger.pk, silent.pk, *[row.pk for row in again]]
    late = chat(line, NOW + timedelta(minutes=25))
    assert [row.pk for row in queries.queue(line.operator.enter())][-1] == late.pk  # nobody stands back for ever
    taken = actions.take_next(actor=line.operator.enter(), now=LATER)
    assert taken is not None
    assert taken.pk == danger.pk


def test_a_contact_comes_back_when_its_operators_console_falls_silent(line: Line) -> None:
    lost, call_ = talking(line), call(line.operator)
    kept = talking(line, line.colleague)
    later = NOW + timedelta(minutes=4)
    actions.be_there(actor=line.operator.enter(), now=NOW)
    actions.keep_draft(
        actor=line.operator.enter(), contact=lost.pk, form={"age": "10_12"}, message="Мен", number=1, now=NOW
    )
    actions.be_there(actor=line.colleague.enter(), now=later)
    assert actions.return_lost(actor=clock(), now=NOW + timedelta(minutes=2)) == 0
    assert actions.return_lost(actor=clock(), now=later) == 1
    actor = line.colleague.enter()
    assert [row.pk for row in queries.queue(actor)] == [lost.pk]
    assert {row.pk for row in queries.mine(line.operator.enter())} == {call_.pk}
    actor = line.colleague.enter()
    taken = actions.take_contact(actor=actor, contact=lost.pk, now=later)
    left = queries.draft_of(actor, taken)
    assert (left.form, left.message) == ({"age": "10_12"}, "")
    assert {row.pk for row in queries.mine(actor)} == {lost.pk, kept.pk}


def test_a_draft_comes_back_and_a_late_one_overwrites_nothing(line: Line) -> None:
    found = talking(line)
    actor = line.operator.enter()
    keep: dict[str, Any] = {"actor": actor, "contact": found.pk, "now": LATER}
    assert actions.keep_draft(form={"sex": "girl"}, message="Тыңдап тұ", number=2, **keep)
    assert not actions.keep_draft(form={}, message="Тыңд", number=1, **keep)
    kept = queries.draft_of(actor, found)
    assert (kept.form, kept.message, kept.number) == ({"sex": "girl"}, "Тыңдап тұ", 2)
    actions.log_contact(actor=actor, contact=found.pk, log=rules.Log("silent"), now=LATER)
    assert queries.draft_of(actor, found).message == ""
    actor = line.colleague.enter()
    with pytest.raises(actions.NotYours):
        actions.keep_draft(actor=actor, contact=found.pk, form={}, message="x", number=9, now=LATER)


def test_a_supervisor_joins_and_it_is_written_down(line: Line) -> None:
    found = talking(line)
    actor = line.colleague.enter()
    with pytest.raises(policy.NotAllowed):
        actions.join_contact(actor=actor, contact=found.pk, now=LATER)
    for who in (line.supervisor, line.above):
        row = actions.join_contact(actor=who.enter(), contact=found.pk, now=LATER)
        assert (row.operator_id, row.joined_id) == (line.operator.post, who.post)
        assert [one.pk for one in queries.mine(who.enter())] == [found.pk]
        actor = who.enter()
        actions.say(actor=actor, contact=found.pk, words="Мен де осындамын", ticket=uuid4(), now=LATER)
    with as_nobody():
        verbs = list(
            Act.objects.filter(stream_key=str(found.dossier_id)).order_by("seq").values_list("verb", flat=True)
        )
    assert verbs.count("join_contact") == 2


def test_whoever_the_caller_names_never_learns_of_the_contact(line: Line) -> None:
    found = chat(line, must_not_know=f"{COLLEAGUE} білмесін")
    end_openings()
    assert queries.queue(line.colleague.enter()) == []
    assert [row.pk for row in queries.queue(line.operator.enter())] == [found.pk]
    shut = talking(line)
    end_openings()
    actions.shut_out(actor=line.operator.enter(), contact=shut.pk, user_id=line.supervisor.user, now=LATER)
    assert queries.contact(line.supervisor.enter(), shut.pk) is None
    actor = line.supervisor.enter()
    with pytest.raises(actions.ContactNotThere):
        actions.join_contact(actor=actor, contact=shut.pk, now=LATER)
    with as_owner():
        told = set(Notice.objects.filter(code="helpline_shut", dossier=shut.dossier_id).values_list("post", flat=True))
    assert told == {line.supervisor.post, line.above.post}
    assert not Notice.objects.filter(code="helpline_shut").exists(), "who was shut out reads of it"
    line.above.enter()
    assert Notice.objects.filter(code="helpline_shut").count() == 1


def test_nobody_but_the_helpline_is_on_the_team_or_reads_a_row(line: Line) -> None:
    found = talking(line)
    end_openings()
    district = line.district
    for who in (district.coordinator, district.region, district.nation, district.inspector, line.elsewhere):
        actor = who.enter()
        assert queries.contact(actor, found.pk) is None
        assert not Contact.objects.exists()
        assert not Message.objects.exists()
        with pytest.raises((policy.NotAllowed, actions.ContactNotThere)):
            actions.take_contact(actor=actor, contact=found.pk, now=LATER)
    with as_nobody():
        units = set(Member.objects.filter(dossier=found.dossier_id).values_list("unit", "part"))
    assert units == {(line.operator.unit.pk, "lead"), (line.above.unit.pk, "overseeing")}


def test_even_on_the_team_nobody_of_another_function_reads_a_row(line: Line) -> None:
    found = talking(line)
    end_openings()
    line.operator.enter()
    with act(verb="act_in_test", stream=system_stream("test"), now=NOW):
        add_member(dossier=found.dossier_id, member=TeamMember("partner", unit_id=line.district.coordinator.unit.pk))
    line.district.coordinator.enter()
    assert Dossier.objects.filter(pk=found.dossier_id).exists()
    for model in (Contact, Message, Draft, CallBack):
        assert not model.objects.exists()


def test_the_unit_above_is_on_the_team_only_where_it_is_a_helpline(line: Line) -> None:
    with cast.building():
        unit = line.operator.unit
        unit.parent = line.district.nation.unit
        unit.save()
    found = chat(line)
    with as_nobody():
        parts = list(Member.objects.filter(dossier=found.dossier_id).values_list("part", flat=True))
    assert parts == ["lead"]


def test_the_journal_holds_no_word_and_a_draft_is_in_no_journal(line: Line) -> None:
    found = talking(line)
    heard(found, "Құпия сөз")
    actions.keep_draft(actor=line.operator.enter(), contact=found.pk, form={}, message="Жарты сөз", number=1, now=LATER)
    actions.be_there(actor=line.operator.enter(), now=LATER)
    assert Presence.objects.get().seen_at == LATER
    with as_nobody():
        tables = set(Change.objects.values_list("table_name", flat=True))
        told = str(list(Change.objects.values_list("columns", flat=True)))
    assert {"helpline_contact", "helpline_message"} <= tables
    assert not {"helpline_draft", "helpline_presence"} & tables
    assert "сөз" not in told
