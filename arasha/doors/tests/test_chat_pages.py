"""A chat on a phone without JavaScript: before it, the code, the conversation; and where nobody is there, a telling."""

import re

import pytest

from arasha.doors import door
from arasha.doors.rules.flood import Allowance, Buckets
from arasha.doors.tasks import open_all
from arasha.doors.tests.boxes import NOW, Storage
from arasha.doors.tests.walking import Phone

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
WORDS = "Мен үйге барғым келмейді"


def talking(language: str = "kk") -> Phone:
    """Walk from the first page to the conversation."""
    return Phone(language).sends(who="chat").presses("on").presses("on")


def test_what_stands_before_says_that_somebody_is_there_and_what_stays_secret(storage: Storage) -> None:
    storage.attended()
    phone = Phone("ru").sends(who="chat")
    for words in (
        "Сейчас есть кому ответить",
        "Что останется в тайне",
        "Когда мы зовём помощь",
        "не сможем тебя найти",
    ):
        assert words in phone.page
    assert 'href="tel:112"' in phone.page
    storage.attended(busy=True)
    assert "Сейчас все заняты" in Phone("ru").sends(who="chat").page


def test_where_nobody_is_there_the_page_says_so_and_when_and_leads_to_telling(storage: Storage) -> None:
    for there in (None, False):
        if there is not None:
            storage.attended(there=there)
        phone = Phone("ru").sends(who="chat")
        assert "Сейчас никого нет" in phone.page
        assert (re.search(r"24\sноября\s2031", phone.page) is not None) is (there is not None)
        assert 'name="go" value="on"' not in phone.page
    assert phone.presses("tell").heading == "Тебе сейчас грозит опасность?"


def test_words_are_sent_and_stand_on_no_page_afterwards(storage: Storage) -> None:
    storage.attended()
    phone = talking()
    assert not storage.chats
    state = phone.state
    phone.presses("send", words=WORDS)
    assert (phone.status, WORDS in phone.page) == (200, False)
    assert re.search(r"Сағат \d\d:\d\d жіберілді", phone.page)
    (chat,) = storage.chats.values()
    assert (chat.words, chat.language, chat.leave) == (WORDS, "kk", False)
    assert state not in phone.page


def test_the_same_words_sent_twice_from_one_page_are_one_and_changed_ones_another(storage: Storage) -> None:
    storage.attended()
    phone = talking()
    carried = phone.hidden
    for words in (WORDS, WORDS, WORDS + "!"):
        phone.sends(**carried, go="send", words=words)
    assert sorted(chat.words for chat in storage.chats.values()) == [WORDS, WORDS + "!"]
    phone.presses("send", words=WORDS)
    assert len(storage.chats) == 3
    assert len({heard.mailbox for heard in storage.hears()}) == 1


def test_answers_of_the_sitting_are_shown_all_of_them(storage: Storage) -> None:
    storage.attended()
    phone = talking().presses("send", words=WORDS)
    (heard,) = storage.hears()
    assert heard.chat.words == WORDS
    assert storage.says(heard.mailbox, "Сәлем! Мен осындамын.", "Қазір жазуға бола ма?")
    phone.presses("look")
    assert phone.page.index("Сәлем! Мен осындамын.") < phone.page.index("Қазір жазуға бола ма?")
    assert "Саған адам жауап беріп отыр" in phone.page
    assert WORDS not in phone.page


def test_a_script_is_told_only_what_is_new_and_its_page_is_not_made_younger(storage: Storage) -> None:
    storage.attended()
    phone = talking().presses("send", words=WORDS)
    (mark,) = re.findall(r'data-mark="(\w+)"', phone.page)
    carried = phone.hidden
    answer = phone.client.post("/?language=kk", {**carried, "go": "look", "part": "1", "have": mark})
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (204, b"", "no-store")
    (heard,) = storage.hears()
    storage.says(heard.mailbox, "Сәлем!")
    answer = phone.client.post("/?language=kk", {**carried, "go": "look", "part": "1", "have": mark})
    page = answer.content.decode()
    assert "Сәлем!" in page
    assert "data-state" not in page
    assert "<html" not in page
    answer = phone.client.post("/?language=kk", {**carried, "go": "send", "part": "1", "words": "Иә"})
    assert "data-state" in answer.content.decode()


def test_the_code_opens_the_newest_answer_later_and_leads_back_into_the_chat(storage: Storage) -> None:
    storage.attended()
    phone = Phone("kk").sends(who="chat").presses("on")
    code = phone.code
    phone.presses("on").presses("send", words=WORDS)
    box = Phone("kk", "/a/").sends(code=" ".join(code))
    assert box.heading == "Хабар алынды"
    (heard,) = storage.hears()
    storage.says(heard.mailbox, "Бірінші", "Екінші", course="ended")
    box = Phone("kk", "/a/").sends(code=" ".join(code))
    assert ("Екінші" in box.page, "Бірінші" in box.page, WORDS in box.page) == (True, False, False)
    box.presses("write", words="Тағы бірдеңе")
    assert [heard.chat.words for heard in storage.hears()] == ["Тағы бірдеңе"]
    back = re.search(r'name="way" value="chat"><input type="hidden" name="state" value="([^"]+)"', box.page)
    assert back
    box.path = "/"
    assert "Бірінші" in box.sends(way="chat", state=back[1], go="look").page
    storage.attended(there=False)
    assert 'name="way"' not in Phone("kk", "/a/").sends(code=" ".join(code)).page


def test_a_changed_code_keeps_what_was_said(storage: Storage) -> None:
    storage.attended()
    phone = Phone("kk").sends(who="chat").presses("on")
    code = phone.code
    phone.presses("on").presses("send", words=WORDS)
    (heard,) = storage.hears()
    storage.says(heard.mailbox, "Сәлем!")
    new = Phone("kk", "/a/").sends(code=" ".join(code)).presses("ask-change").presses("change").code
    assert "Сәлем!" in Phone("kk", "/a/").sends(code=" ".join(new)).page
    assert storage.says(heard.mailbox, "Сәлем!", "Қалайсың?")
    assert "Қалайсың?" in Phone("kk", "/a/").sends(code=" ".join(new)).page
    phone.presses("send", words="Ескі бет")
    assert (phone.status, "Ескі бет" in phone.page, "ЖІБЕРІЛГЕН ЖОҚ" in phone.page) == (422, True, True)


def test_who_leaves_it_as_a_message_is_told_when_it_is_answered(storage: Storage) -> None:
    storage.attended()
    phone = talking("ru").presses("send", words=WORDS).presses("leave")
    assert "Мы ответим за 24 часа" in phone.page
    assert {(heard.chat.leave, heard.chat.words) for heard in storage.hears()} == {(False, WORDS), (True, "")}


def test_words_written_when_nobody_is_there_any_more_are_told_without_typing_again(storage: Storage) -> None:
    storage.attended()
    phone = talking("ru")
    storage.attended(there=False)
    carried = phone.hidden
    phone.presses("send", words=WORDS)
    assert phone.heading == "Мы получили твоё сообщение"
    code = phone.code
    phone.sends(**carried, go="send", words=WORDS)
    assert phone.code == code
    (telling,) = storage.tellings.values()
    assert (telling.words, telling.of_self, storage.chats) == (WORDS, True, {})
    assert storage.has(code)
    open_all(NOW)
    for words in (WORDS, WORDS + "!"):
        phone.sends(**carried, go="send", words=words)
    assert list(storage.more.values()) == [WORDS + "!"]


def test_what_could_not_be_sent_stays_and_says_so(storage: Storage) -> None:
    storage.attended()
    phone = talking()
    with storage.broken():
        phone.presses("send", words=WORDS)
    assert (phone.status, WORDS in phone.page, "ЖІБЕРІЛГЕН ЖОҚ" in phone.page) == (503, True, True)
    phone.presses("send", words=WORDS)
    assert len(storage.chats) == 1


@pytest.mark.parametrize("words", ["", "  ", "ұ" * 2001])
def test_nothing_and_too_much_are_not_sent_and_what_was_typed_stays(storage: Storage, words: str) -> None:
    storage.attended()
    phone = talking().presses("send", words=words)
    assert (phone.status, words.strip() in phone.page, storage.chats) == (422, True, {})


def test_another_language_keeps_what_is_being_written_and_the_code(storage: Storage) -> None:
    storage.attended()
    phone = talking().presses("send", words=WORDS).turns_to("ru", words="Жарты")
    assert ("Жарты" in phone.page, "Скоро ответит человек" in phone.page) == (True, True)
    phone.presses("send", words="Жарты сөз")
    assert len({heard.mailbox for heard in storage.hears()}) == 1


def test_a_page_that_was_altered_or_is_too_old_shows_nothing(storage: Storage) -> None:
    for state in ("x", "", Phone().sends(who="child").state):
        phone = Phone().sends(way="chat", state=state, go="send", words=WORDS)
        assert (phone.status, WORDS in phone.page) == (422, False)


def test_one_chat_writes_so_often_and_beginning_is_limited_like_telling(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.attended()
    monkeypatch.setitem(door.BUCKETS, "tell", Buckets(Allowance(burst=1, every=600)))
    monkeypatch.setitem(door.BUCKETS, "write", Buckets(Allowance(burst=1, every=600)))
    phone = talking().presses("send", words="бір").presses("send", words="екі")
    assert phone.sends(**phone.hidden, go="send", words="үш").status == 429
    assert 'value="үш"' in phone.page
    assert talking().presses("send", words="төрт").status == 429
    assert sorted(chat.words for chat in storage.chats.values()) == ["бір", "екі"]


def test_one_address_begins_no_more_chats_than_tellings_and_another_one_does_not_notice(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(door.BUCKETS, "tell", Buckets(Allowance(burst=5, every=600)))
    storage.attended()
    for _bot in range(8):
        talking().presses("send", words="спам")
    assert len(storage.chats) == 5
    real = talking()
    real.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    real.presses("send", words=WORDS)
    assert (real.status, len(storage.chats)) == (200, 6)
