"""The mailbox: who has the six words reads the newest answer, writes again, changes the code or has all forgotten."""

import pytest

from arasha.doors.rules import codes
from arasha.doors.tests.boxes import Storage
from arasha.doors.tests.walking import Phone

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
CODE = codes.listed("kk")[:6]


@pytest.fixture
def box(storage: Storage) -> Storage:
    """Storage with one mailbox, not yet answered."""
    storage.holds(CODE)
    return storage


def opened(language: str = "kk") -> Phone:
    return Phone(language, "/a/").sends(code="-".join(CODE).upper())


def test_the_newest_answer_is_read_with_the_code_alone(storage: Storage) -> None:
    storage.holds(CODE, "working", "Бүгін кешке нағашы әпкеңе бар.")
    phone = opened()
    assert (phone.status, phone.heading) == (200, "Жауап келді")
    assert "Бүгін кешке нағашы әпкеңе бар." in phone.page
    assert "2026" in phone.page


@pytest.mark.parametrize(
    ("state", "heading"),
    [("received", "Сообщение получено"), ("working", "Над этим работают"), ("finished", "Работа завершена")],
)
def test_without_an_answer_the_state_is_shown(storage: Storage, state: str, heading: str) -> None:
    storage.holds(CODE, state)
    assert opened("ru").heading == heading


def test_a_mistyped_code_and_a_code_of_nothing_get_the_same_page(box: Storage) -> None:
    answers = [Phone(path="/a/").sends(code=typed) for typed in ("бір екі", " ".join(CODE[::-1]), "x x x x x x")]
    assert {answer.status for answer in answers} == {422}
    pages = {answer.page.replace("бір екі", "").replace(" ".join(CODE[::-1]), "") for answer in answers}
    assert len({page.replace("x x x x x x", "").strip() for page in pages}) == 1


def test_the_code_itself_stands_on_no_page_of_an_open_mailbox(box: Storage) -> None:
    phone = opened()
    for page in (phone.page, opened().presses("ask-change").page, opened().presses("ask-forget").page):
        assert not any(f">{word}<" in page or " ".join(CODE[:2]) in page for word in CODE)


def test_further_words_are_sent_and_never_shown_again(box: Storage) -> None:
    phone = opened().presses("write", words="Ол қайтып келді")
    assert list(box.more.values()) == ["Ол қайтып келді"]
    assert "Жіберілді" in phone.page
    assert "Ол қайтып келді" not in phone.page


def test_the_same_words_sent_twice_are_one_letter_and_new_ones_another(box: Storage) -> None:
    phone = opened()
    state = phone.state
    phone.sends(state=state, go="write", words="бір")
    phone.sends(state=state, go="write", words="бір")
    assert len(box.more) == 1
    phone.presses("write", words="екі")
    assert len(box.more) == 2


@pytest.mark.parametrize("words", ["", "   ", "ұ" * 6001])
def test_nothing_and_too_much_are_not_sent_and_what_was_typed_stays(box: Storage, words: str) -> None:
    phone = opened().presses("write", words=words)
    assert phone.status == 422
    assert not box.more
    assert words.strip() in phone.page


def test_words_that_could_not_be_sent_stay_on_the_page(box: Storage) -> None:
    phone = opened()
    with box.broken():
        phone = phone.presses("write", words="Тез келіңдер")
    assert (phone.status, "Тез келіңдер" in phone.page, 'href="tel:112"' in phone.page) == (503, True, True)
    assert "ЖІБЕРІЛГЕН ЖОҚ" in phone.page
    phone.presses("write", words="Тез келіңдер")
    assert list(box.more.values()) == ["Тез келіңдер"]


def test_words_to_a_mailbox_that_was_forgotten_meanwhile_stay_on_the_page(box: Storage) -> None:
    phone = opened()
    box.forgets(CODE)
    phone = phone.presses("write", words="Тез келіңдер")
    assert (phone.status, "Тез келіңдер" in phone.page) == (422, True)


def test_another_language_keeps_the_words_that_are_being_written(box: Storage) -> None:
    phone = opened().turns_to("en", words="Жарты сөз")
    assert ("Жарты сөз" in phone.page, phone.heading) == (True, "It was received")


def test_a_changed_code_opens_and_the_old_one_does_not(box: Storage) -> None:
    asked = opened().presses("ask-change")
    assert box.has(CODE)
    state = asked.state
    new = asked.presses("change").code
    assert box.has(new)
    assert not box.has(CODE)
    assert Phone(path="/a/").sends(code=" ".join(CODE)).status == 422
    assert Phone(path="/a/").sends(code=" ".join(new)).status == 200
    assert Phone(path="/a/").sends(state=state, go="change").code == new, "sent twice it is the same new code"
    assert asked.turns_to("ru").code == new


def test_forgetting_asks_once_and_then_the_code_opens_nothing(box: Storage) -> None:
    asked = opened().presses("ask-forget")
    assert box.has(CODE)
    state = asked.state
    asked.presses("forget")
    assert not box.has(CODE)
    assert Phone(path="/a/").sends(state=state, go="forget").heading == asked.heading
    assert Phone(path="/a/").sends(code=" ".join(CODE)).status == 422


def test_when_the_database_does_not_answer_nothing_is_said_of_the_code(box: Storage) -> None:
    with box.broken():
        phone = opened()
    assert (phone.status, 'href="tel:111"' in phone.page) == (503, True)


@pytest.mark.parametrize("typed", ["", "а" * 100_000, "\x00" * 10, "<script>alert(1)</script>"])
def test_hostile_input_is_answered_like_any_wrong_code(box: Storage, typed: str) -> None:
    phone = Phone(path="/a/").sends(code=typed)
    assert phone.status == 422
    assert "<script>alert" not in phone.page
