"""Chats behind the pages: letters for whoever hears them, and what is said, sealed together to the code."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from arasha.doors import actions, queries
from arasha.doors.models import Letter, Mailbox
from arasha.doors.policy import NotAllowed
from arasha.doors.rules import Chat, Line, NotATelling, Sitting, boxes, chats
from arasha.doors.tests.boxes import NOW, Storage
from arasha.kernel.access.actions import system
from arasha.kernel.vault.queries import code_key
from tests.database import ClonedDatabase, as_owner, as_role

pytestmark = pytest.mark.django_db
CODE = ("апа", "бала", "дала", "жаңа", "қала", "сана")
DAY = "2026-11-23"


def write(words: str, *, begun: bool = False, ticket: UUID | None = None, code: tuple[str, ...] = CODE) -> None:
    """Write a message of a chat as the public's process takes it in."""
    with as_role("arasha_public"):
        actions.post_chat(code=code, chat=Chat(words), ticket=ticket or uuid4(), begun=begun)


def test_a_chat_that_was_forgotten_takes_nothing_in_any_more(storage: Storage) -> None:
    write("бір")
    write("екі", begun=True)
    storage.forgets(CODE)
    with pytest.raises(queries.NoMailbox):
        write("үш", begun=True)
    (first, _second) = storage.hears()
    assert not storage.says(first.mailbox, "Сәлем")
    with as_owner():
        assert Mailbox.objects.get().sitting is None


def test_over_the_code_of_a_telling_no_chat_is_begun(storage: Storage) -> None:
    storage.holds(CODE)
    with pytest.raises(queries.NoMailbox):
        write("бір")
    assert not storage.chats


def test_a_letter_that_does_not_open_holds_no_other_up_and_is_tried_again(storage: Storage) -> None:
    write("бір")
    write("екі", begun=True)
    with as_owner():
        broken = Letter.objects.latest("pk")
        Letter.objects.filter(pk=broken.pk).update(sealed=b"\x01" + bytes(100))
    assert len(storage.hears()) == 1
    with as_owner():
        left = Letter.objects.get()
    assert (left.pk, left.tries, left.due_at > left.received_at) == (broken.pk, 1, True)


def test_what_can_t_be_heard_stays_whole(storage: Storage) -> None:
    write("бір")

    def deaf(_heard: actions.Heard) -> None:
        raise RuntimeError

    with system("letters") as actor:
        assert actions.open_chats(actor=actor, now=NOW, hear=deaf) == 0
    assert [chat.words for chat in storage.chats.values()] == ["бір"]


def test_tellings_and_chats_never_wait_for_one_another(storage: Storage) -> None:
    write("бір")
    with system("letters") as actor:
        assert actions.open_letters(actor=actor, now=NOW) == 0
    assert len(storage.hears()) == 1


def test_what_is_said_opens_for_the_code_alone_and_lies_in_one_of_few_sizes(storage: Storage) -> None:
    write("бір")
    (heard,) = storage.hears()
    sizes = set()
    for lines in (("Сәлем",), ("Сәлем", "Қалайсың?"), ("Мен осындамын. " * 20,)):
        storage.says(heard.mailbox, *lines)
        with as_owner():
            lying = bytes(Mailbox.objects.get().sitting or b"")
        assert "Сәлем".encode() not in lying
        assert chats.open_sitting(boxes.private_of(CODE), lying).lines[-1].words == lines[-1]
        sizes.add(len(lying))
    assert len(sizes) == 1
    with as_role("arasha_public"):
        found = queries.mailbox(CODE)
    assert (found.chat, found.told, found.answer) == (True, False, ("Мен осындамын. " * 20))


def test_an_answer_over_the_file_and_what_is_said_in_the_sitting_hide_neither(storage: Storage) -> None:
    write("бір")
    (heard,) = storage.hears()
    storage.says(heard.mailbox, "Сәлем", now=NOW)
    with as_owner():
        box = Mailbox.objects.get()
        box.answer = boxes.seal_answer(bytes(box.public_half or b""), "Ертең жазамыз", DAY)
        box.answered_at = NOW + timedelta(minutes=1)
        box.save()
    with as_role("arasha_public"):
        found = queries.mailbox(CODE)
    assert found.sitting is not None
    assert (found.answer, found.apart, found.sitting.lines[0].words) == ("Ертең жазамыз", True, "Сәлем")
    storage.says(heard.mailbox, "Сәлем", "Рақмет", now=NOW + timedelta(minutes=2))
    with as_role("arasha_public"):
        assert queries.mailbox(CODE).answer == "Рақмет"
    with as_owner():
        assert boxes.open_answer(boxes.private_of(CODE), bytes(Mailbox.objects.get().answer or b""))[0]


def test_of_a_long_sitting_the_newest_is_shown(storage: Storage) -> None:
    said = Sitting("open", DAY, tuple(Line("10:00", f"{number} " + "ұ" * 1500) for number in range(60)))
    shown = chats.open_sitting(boxes.private_of(CODE), chats.seal_sitting(boxes.public_of(CODE), said))
    assert shown.lines == said.lines[-len(shown.lines) :]
    assert 10 < len(shown.lines) < 20
    many = Sitting("open", DAY, tuple(Line("10:00", str(number)) for number in range(300)))
    assert [line.words for line in many.fitting().lines] == [str(number) for number in range(200, 300)]


def test_nobody_but_the_clock_s_work_hears_says_or_attends(storage: Storage) -> None:
    write("бір")
    (heard,) = storage.hears()
    actor = storage.district.coordinator.enter()
    said = Sitting("open", DAY)
    for work in (
        lambda: actions.open_chats(actor=actor, now=NOW, hear=lambda _: None),
        lambda: actions.put_sitting(actor=actor, mailbox=heard.mailbox, said=lambda: said, now=NOW),
        lambda: actions.chat_told(actor=actor, mailbox=heard.mailbox, dossier=uuid4(), now=NOW),
        lambda: actions.attend(actor=actor, there=True, busy=False, opens_at=None, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            work()
    calls = ("take_chats(1)", f"hold_chat('{heard.mailbox}')", "attend(true, false, NULL)")
    for call in (*calls, f"put_sitting('{heard.mailbox}', '', '', now())", f"chat_told('{heard.mailbox}', NULL)"):
        storage.district.coordinator.enter()
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT doors.{call}")
        with as_role("arasha_public"), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT doors.{call}")
    storage.district.coordinator.enter()
    for call in ("look_into('')", "post_chat(gen_random_uuid(), 1, '', '', '')", "attended()"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM doors.{call}")
    with as_role("arasha_public"), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT * FROM doors_watch")


def test_what_is_no_message_of_a_chat_is_refused() -> None:
    assert Chat.from_json(Chat("Сәлем", "ru", leave=True).to_json()) == Chat("Сәлем", "ru", leave=True)
    for text in ("", "[]", "{}", '{"chat": 2, "words": "x", "language": "kk", "leave": false}', '{"chat": 1}'):
        with pytest.raises(NotATelling):
            Chat.from_json(text)


def test_who_hears_one_letter_of_a_chat_holds_the_chat(cloned_database: ClonedDatabase) -> None:
    found = boxes.fingerprint(CODE, code_key())
    with psycopg.connect(cloned_database.public, autocommit=True) as public:
        for _letter in range(2):
            public.execute("SELECT doors.post_chat(gen_random_uuid(), 1, 'x', %s, 'x')", [found])
        public.execute("SELECT doors.post_chat(gen_random_uuid(), 1, 'x', 'another', 'x')")
    # What the function does, without its question who asks.
    with psycopg.connect(cloned_database.superuser) as one, psycopg.connect(cloned_database.superuser) as other:
        body = one.execute("SELECT prosrc FROM pg_proc WHERE proname = 'take_chats'").fetchone()
        assert body
        query = body[0].split("RETURN QUERY")[1].split(";")[0].replace("p_limit", "1")
        first = one.execute(query).fetchall()
        second = other.execute(query.replace("LIMIT 1", "LIMIT 5")).fetchall()
        assert len(first) == 1
        assert {row[3] for row in second}.isdisjoint({first[0][3]})
        assert len(second) == 1
