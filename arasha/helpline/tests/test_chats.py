"""A chat between a code and an operator: heard once, shown together, and nobody is left waiting."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.doors import actions as doors
from arasha.doors import queries as boxes
from arasha.doors.models import Addition, Letter, Mailbox
from arasha.doors.rules import MOST_WORDS, codes
from arasha.doors.rules import Chat as Words
from arasha.helpline import actions, queries, rules, tasks
from arasha.helpline.models import Chat, Contact, Message, Presence
from arasha.helpline.policy import NotAllowed
from arasha.helpline.tests.line import Line, clock, end_openings
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.signals.actions import Report
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
CODE = ("апа", "бала", "дала", "жаңа", "қала", "сана")
OTHER = ("апа", "бала", "дала", "жаңа", "қала", "тана")
NOW = datetime.fromisoformat("2026-11-26T10:00:00+00:00")


def write(words: str, *, ticket: UUID | None = None, code: tuple[str, ...] = CODE, leave: bool = False) -> None:
    """Write in a chat as the public's process takes it in."""
    begun = boxes_of(code) is not None
    chat = Words(words, "ru", leave=leave)
    with as_role("arasha_public"):
        doors.post_chat(code=code, chat=chat, ticket=ticket or uuid4(), begun=begun)


def boxes_of(code: tuple[str, ...] = CODE) -> boxes.Mailbox | None:
    """Return what the code shows."""
    with as_role("arasha_public"):
        try:
            return boxes.mailbox(code)
        except boxes.NoMailbox:
            return None


def shown(code: tuple[str, ...] = CODE) -> tuple[str, list[str]]:
    """Return how the sitting stands and what is shown of it."""
    found = boxes_of(code)
    assert found is not None
    return (found.sitting.course, [line.words for line in found.sitting.lines]) if found.sitting else ("", [])


def heard(now: datetime = NOW) -> Contact:
    """Let the clock hear everything and show everything; return the newest contact."""
    tasks.hear_all(now)
    tasks.show_all(now)
    clock()
    return Contact.objects.latest("began_at")


def operator(line: Line) -> cast.Person:
    """Return an operator of the country's helpline."""
    return line.above


def said(line: Line, contact: Contact, *words: str) -> None:
    for one in words:
        actions.say(actor=operator(line).enter(), contact=contact.pk, words=one, ticket=uuid4(), now=NOW)


def taken(line: Line, words: str = "Мне страшно") -> Contact:
    write(words)
    contact = heard()
    return actions.take_contact(actor=operator(line).enter(), contact=contact.pk, now=NOW)


def test_what_is_written_is_heard_in_order_and_once(line: Line) -> None:
    ticket = uuid4()
    write("один", ticket=ticket)
    contact = heard()
    assert (contact.channel, contact.state, contact.language, contact.unit_id) == (
        "chat",
        "waiting",
        "ru",
        line.above.unit.pk,
    )
    write("один", ticket=ticket)
    write("два")
    heard()
    operator(line).enter()
    assert [one.words for one in queries.talk_of(contact)] == ["один", "два"]
    clock()
    assert (Contact.objects.count(), Chat.objects.count()) == (1, 1)
    with as_owner():
        assert not Letter.objects.exists()


def test_what_is_said_is_shown_together_and_a_second_message_hides_no_first(line: Line) -> None:
    contact = taken(line)
    heard()
    assert shown() == ("open", [])
    said(line, contact, "Сәлем!", "Мен осындамын.")
    heard()
    assert shown() == ("open", ["Сәлем!", "Мен осындамын."])
    said(line, contact, "Қалайсың?")
    heard()
    assert shown() == ("open", ["Сәлем!", "Мен осындамын.", "Қалайсың?"])
    clock()
    assert set(Message.objects.filter(direction="out").values_list("delivery", flat=True)) == {"sent"}
    assert not queries.chats_to_show(NOW)


def test_a_note_of_ours_and_a_supervisor_are_never_shown(line: Line) -> None:
    contact = taken(line)
    actions.note(actor=operator(line).enter(), contact=contact.pk, words="Ескерту", ticket=uuid4(), now=NOW)
    said(line, contact, "Сәлем!")
    heard()
    assert shown() == ("open", ["Сәлем!"])


def test_an_ended_chat_says_so_and_who_writes_again_begins_another_sitting(line: Line) -> None:
    contact = taken(line)
    said(line, contact, "Сәлем!", "Сау бол!")
    actions.end_contact(actor=operator(line).enter(), contact=contact.pk, now=NOW)
    heard()
    assert shown() == ("ended", ["Сәлем!", "Сау бол!"])
    write("Можно ещё?")
    later = NOW + timedelta(minutes=5)
    again = heard(later)
    assert (again.pk != contact.pk, again.state) == (True, "waiting")
    assert shown() == ("waiting", [])
    actions.take_contact(actor=operator(line).enter(), contact=again.pk, now=later)
    said(line, again, "Иә")
    heard(later)
    assert shown() == ("open", ["Иә"])


def test_after_two_hours_the_newest_answer_alone_is_left(line: Line) -> None:
    contact = taken(line)
    said(line, contact, "Сәлем!", "Сау бол!")
    actions.end_contact(actor=operator(line).enter(), contact=contact.pk, now=NOW)
    actions.log_contact(actor=operator(line).enter(), contact=contact.pk, log=rules.Log("thanks"), now=NOW)
    heard()
    assert shown() == ("ended", ["Сәлем!", "Сау бол!"])
    heard(NOW + timedelta(hours=2, minutes=1))
    assert shown() == ("ended", ["Сау бол!"])
    assert not queries.chats_to_show(NOW + timedelta(hours=3))


def test_who_will_not_wait_is_answered_like_a_teller_and_asked_nothing_again(line: Line) -> None:
    write("Мне страшно.")
    write("Папа опять пьёт.")
    heard()
    write("", leave=True)
    contact = heard()
    assert (contact.state, contact.kind) == ("ended", "missed")
    assert shown() == ("left", [])
    found = boxes_of()
    assert found is not None
    assert found.told
    with as_owner():
        signal = Signal.objects.get()
        assert (signal.door, contact.signal_id) == ("child", signal.pk)
        assert Mailbox.objects.get().dossier_id == signal.dossier_id
        assert Obligation.objects.filter(raised_in=signal.dossier_id, protocol__code="telling").count() == 1
    write("Ещё одно.")
    heard()
    with as_owner():
        assert Addition.objects.count() == 1
    assert Contact.objects.count() == 1


def test_after_a_quarter_of_an_hour_nobody_is_left_waiting_and_nothing_is_lost(line: Line) -> None:
    words = [str(number) + "ұ" * 1900 for number in range(5)]
    for one in words:
        write(one)
    heard()
    with system("letters") as actor:
        assert actions.leave_chats(actor=actor, now=NOW + timedelta(minutes=14)) == 0
        assert actions.leave_chats(actor=actor, now=NOW + timedelta(minutes=16)) == 1
        assert actions.leave_chats(actor=actor, now=NOW + timedelta(minutes=16)) == 0
    assert sum(len(one) for one in words) > MOST_WORDS
    with as_owner():
        assert (Signal.objects.count(), Addition.objects.count()) == (1, 1)


def test_who_was_answered_once_is_not_left(line: Line) -> None:
    contact = taken(line)
    said(line, contact, "Сәлем!")
    actions.give_back(actor=operator(line).enter(), contact=contact.pk, now=NOW)
    heard()
    assert shown() == ("open", ["Сәлем!"])
    with system("letters") as actor:
        assert actions.leave_chats(actor=actor, now=NOW + timedelta(hours=1)) == 0


def test_a_chat_that_becomes_a_signal_shows_how_far_it_is_and_both_answers(line: Line) -> None:
    contact = taken(line)
    said(line, contact, "Сәлем!")
    end_openings()
    report = Report(door="", territory=cast.DISTRICT, concerns=("physical",), suspect_has_access="yes", safe_now="no")
    signal = actions.signal_from_contact(actor=operator(line).enter(), contact=contact.pk, report=report, now=NOW)
    heard()
    found = boxes_of()
    assert found is not None
    assert (found.told, found.state, shown()) == (True, "received", ("open", ["Сәлем!"]))
    later = domain_now() + timedelta(seconds=1)
    coordinator = line.district.coordinator.enter()
    doors.answer_teller(actor=coordinator, dossier=signal.dossier_id, words="Ертең жазамыз", now=later)
    found = boxes_of()
    assert found is not None
    assert (found.answer, found.apart, shown()) == ("Ертең жазамыз", True, ("open", ["Сәлем!"]))


def test_a_forgotten_code_is_said_to_the_operator_as_not_delivered(line: Line) -> None:
    contact = taken(line)
    with as_role("arasha_public"):
        doors.forget(code=CODE)
    said(line, contact, "Сәлем!")
    heard()
    assert Message.objects.get(direction="out").delivery == "failed"


def test_one_chat_that_can_t_be_shown_holds_no_other_up(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    first = taken(line)
    write("Другой", code=OTHER)
    second = heard(NOW + timedelta(seconds=1))
    actions.take_contact(actor=operator(line).enter(), contact=second.pk, now=NOW)
    said(line, first, "Сәлем!")
    said(line, second, "Сәлем!")
    whole = queries.sitting_of

    def broken(contact: Contact, *given: object) -> object:
        if contact.pk == first.pk:
            raise RuntimeError
        return whole(contact, *given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(queries, "sitting_of", broken)
    heard()
    assert (shown(OTHER)[1], Message.objects.filter(delivery="waiting").count()) == (["Сәлем!"], 1)


def test_nobody_there_nobody_is_said_to_be_there(line: Line) -> None:
    def attended(now: datetime) -> tuple[bool, bool]:
        with system("letters") as actor:
            actions.attend_chats(actor=actor, now=now)
        with as_role("arasha_public"):
            watch = boxes.watch()
        return watch.there, watch.busy

    assert attended(NOW) == (False, True)
    actions.be_there(actor=operator(line).enter(), now=NOW)
    assert attended(NOW) == (True, False)
    write("Мне страшно")
    heard()
    assert attended(NOW) == (True, True)
    assert attended(NOW + timedelta(minutes=4)) == (False, True)
    clock()
    assert Presence.objects.count() == 1


def test_operators_learn_no_mailbox_and_put_nothing_over_a_code(line: Line) -> None:
    contact = taken(line)
    for work in (
        lambda actor: actions.show_chats(actor=actor, now=NOW),
        lambda actor: actions.leave_chats(actor=actor, now=NOW),
        lambda actor: actions.leave_chat(actor=actor, contact=contact.pk, now=NOW),
        lambda actor: actions.attend_chats(actor=actor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            work(operator(line).enter())
    operator(line).enter()
    assert not Chat.objects.exists()
    put = "INSERT INTO helpline_chat (contact_id, mailbox, shown, told, over) VALUES (%s, %s, '', false, false)"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(put, [uuid4(), uuid4()])


def test_a_flood_of_chats_neither_loses_nor_overtakes_a_real_one_that_waits(line: Line) -> None:
    write("Мне страшно")
    tasks.hear_all(NOW)
    for _bot in range(60):
        with as_role("arasha_public"):
            doors.post_chat(code=codes.new_code("kk"), chat=Words("спам"), ticket=uuid4(), begun=False)
    write("Вы тут?")
    later = NOW + timedelta(seconds=20)
    tasks.hear_all(later)
    clock()
    assert Contact.objects.count() == 61
    first = actions.take_next(actor=operator(line).enter(), now=later)
    assert first is not None
    assert sorted(str(one.words) for one in queries.talk_of(first)) == ["Вы тут?", "Мне страшно"]
