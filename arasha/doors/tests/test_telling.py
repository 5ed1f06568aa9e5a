"""Telling, step by step, on a phone without JavaScript."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from arasha.doors.rules import MOST_WORDS, codes
from arasha.doors.tests.boxes import Storage
from arasha.doors.tests.walking import Phone, at_check, begun
from arasha.doors.views import page

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
TELLERS = ("child", "friend", "adult", "professional")
STORY: dict[str, Any] = {
    "danger": "today",
    "concerns": ["physical", "witnessing"],
    "words": "Өгей әкем кеше түнде мені ұрды",
    "must_not_know": "Өгей әкем",
    "institution_kind": "boarding_school",
    "region": "190000000",
    "territory": "196200000",
    "whereabouts": "№ 3 интернат, Талғар",
    "child_called": "Аяру",
    "child_age": "9",
    "child_sex": "girl",
    "may_ring": "87010000000, мектептен кейін",
    "worker": "woman",
}


def test_a_child_tells_everything_and_all_of_it_is_sent_once(storage: Storage) -> None:
    phone = at_check(**STORY)
    for words in ("Өгей әкем кеше түнде мені ұрды", "№ 3 интернат", "Талғар ауданы", "Аяру", "87010000000"):
        assert words in phone.page
    assert not storage.tellings
    state = phone.state
    shown = phone.presses("send").code
    phone.sends(state=state, go="send")
    assert phone.code == shown
    assert storage.has(shown)
    (telling,) = storage.tellings.values()
    assert (telling.teller, telling.of_self, telling.language) == ("child", True, "kk")
    assert (telling.safe_now, telling.reached) == ("unknown", "yes")
    assert telling.concerns == ("physical", "witnessing")
    assert telling.words == STORY["words"]
    assert (telling.must_not_know, telling.territory) == ("Өгей әкем", "196200000")
    assert (telling.institution_kind, telling.institution_called) == ("boarding_school", "№ 3 интернат, Талғар")
    assert (telling.child_called, telling.child_age, telling.child_sex) == ("Аяру", 9, "girl")
    assert (telling.may_ring, telling.worker) == ("87010000000, мектептен кейін", "woman")


@pytest.mark.parametrize("teller", TELLERS)
def test_every_question_may_be_skipped(storage: Storage, teller: str) -> None:
    assert at_check(teller, "ru").presses("send").status == 200
    (telling,) = storage.tellings.values()
    assert (telling.teller, telling.words, telling.safe_now, telling.reached) == (teller, "", "unknown", "unknown")
    assert (telling.concerns, telling.child_age, telling.worker) == ((), None, "either")
    assert telling.of_self == (teller == "child")


@pytest.mark.parametrize("teller", TELLERS)
def test_no_telling_asks_for_more_than_twelve_things(storage: Storage, teller: str) -> None:
    names: set[str] = set()
    phone = begun(teller).presses("on")
    while 'value="send"' not in phone.page:
        names |= set(re.findall(r'<(?:input|textarea|select)[^>]* name="(?!state)(\w+)"', phone.page))
        phone = phone.presses("on", region="190000000") if 'name="region"' in phone.page else phone.presses("skip")
    assert len(names - {"region"}) <= 12  # the region only narrows the districts down
    assert {"danger", "concerns", "words", "must_not_know", "may_ring", "worker"} <= names


def test_danger_now_shows_the_numbers_first_and_goes_on(storage: Storage) -> None:
    phone = begun().presses("on").presses("on", danger="now")
    for number in ("112", "111", "102", "103"):
        assert f'href="tel:{number}"' in phone.page
    assert "Не болып жатыр?" in phone.presses("on").page


def test_who_may_harm_themselves_sees_the_numbers_once_and_goes_on(storage: Storage) -> None:
    phone = begun().presses("on").presses("skip").presses("on", concerns=["self_harm", "bullying"])
    assert 'href="tel:111"' in phone.page
    assert phone.presses("on").heading == "Өз сөзіңмен жаз"
    phone = begun().presses("on").presses("on", danger="now").presses("on").presses("on", concerns=["self_harm"])
    assert phone.heading == "Өз сөзіңмен жаз"
    phone = at_check(concerns=["other"]).presses("change:what").presses("on", concerns=["self_harm"])
    assert 'value="send"' in phone.presses("on").page


@pytest.mark.parametrize("teller", TELLERS)
def test_anybody_can_say_that_a_statement_was_refused_or_that_they_are_pressed(storage: Storage, teller: str) -> None:
    phone = at_check(teller, "ru", concerns=["physical", "refused_statement", "pressure_to_withdraw"])
    assert "заявление не приняли" in phone.page or "Полиция отказалась принять заявление" in phone.page
    phone.presses("send")
    (telling,) = storage.tellings.values()
    assert telling.concerns == ("physical",)
    assert telling.hindrances == ("refused_statement", "pressure_to_withdraw")


@pytest.mark.parametrize(("danger", "safe", "reached"), [("now", "no", "yes"), ("safe", "yes", "no")])
def test_the_question_of_danger_says_both_things_that_triage_needs(
    storage: Storage, danger: str, safe: str, reached: str
) -> None:
    at_check(danger=danger).presses("send")
    (telling,) = storage.tellings.values()
    assert (telling.safe_now, telling.reached) == (safe, reached)


def test_back_keeps_what_was_typed_on_both_pages(storage: Storage) -> None:
    phone = begun().presses("on").presses("skip").presses("on", concerns=["neglect"])
    phone = phone.presses("back", words="Аш қалдым")
    assert re.search(r'value="neglect"[^>]* checked', phone.page)
    assert "Аш қалдым" in phone.presses("on", concerns=["neglect"]).page


def test_an_answer_is_changed_from_the_check_page_and_leads_back_there(storage: Storage) -> None:
    phone = at_check(words="бірінші").presses("change:words")
    assert "бірінші" in phone.page
    phone = phone.presses("on", words="екінші")
    assert "екінші" in phone.page
    phone.presses("send")
    assert [telling.words for telling in storage.tellings.values()] == ["екінші"]


def test_another_region_forgets_the_district_of_the_first(storage: Storage) -> None:
    phone = at_check(region="190000000", territory="196200000").presses("change:region")
    phone.presses("on", region="310000000").presses("on").presses("send")
    assert [telling.territory for telling in storage.tellings.values()] == [""]


def test_another_language_keeps_what_was_said_and_typed(storage: Storage) -> None:
    phone = begun().presses("on").presses("skip").presses("skip")
    phone.turns_to("ru", words="Мен қорқамын")
    assert (phone.heading, "Мен қорқамын" in phone.page) == ("Напиши своими словами", True)


def test_the_code_is_in_the_language_in_which_the_teller_reads_it(storage: Storage) -> None:
    phone = at_check().turns_to("ru").presses("send")
    assert set(phone.code) <= set(codes.listed("ru"))
    assert set(phone.turns_to("en").code) <= set(codes.listed("ru"))


def test_when_the_database_does_not_answer_the_page_says_so_and_keeps_every_word(storage: Storage) -> None:
    phone = at_check(words="Көмек керек")
    with storage.broken():
        phone = phone.presses("send")
    assert phone.status == 503
    assert "ЖІБЕРІЛГЕН ЖОҚ" in phone.page
    assert "Көмек керек" in phone.page
    assert 'href="tel:112"' in phone.page
    assert storage.has(phone.presses("send").code)


def test_after_sending_no_page_holds_the_tellers_words(storage: Storage) -> None:
    phone = at_check(**STORY).presses("send")
    pages = [phone.page, phone.turns_to("ru").page, Phone(path="/a/").sends(code=" ".join(phone.code)).page]
    for said in ("ұрды", "Өгей", "Аяру", "87010000000", "Талғар"):
        assert not any(said in page for page in pages)


@pytest.mark.parametrize("field", ["", "x" * 100, "А" * 200_000])
def test_a_broken_state_is_answered_with_a_page_that_keeps_nothing(storage: Storage, field: str) -> None:
    phone = Phone().sends(state=field, go="on", words="құпия сөз")
    assert phone.status == 422
    assert "құпия сөз" not in phone.page
    assert 'name="state"' not in phone.page


def test_a_page_that_was_open_for_more_than_two_hours_keeps_nothing(storage: Storage) -> None:
    phone = at_check(words="құпия сөз")
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1), tick=False):
        phone = phone.presses("send")
    assert phone.status == 422
    assert "құпия сөз" not in phone.page
    assert not storage.tellings


def test_a_page_of_another_version_keeps_nothing_and_breaks_nothing(storage: Storage) -> None:
    older = page.carried({"teller": "child", "gone": 1}, "telling")
    assert Phone().sends(state=older, go="on").status == 422


def test_a_state_of_the_mailbox_takes_no_step_of_a_telling(storage: Storage) -> None:
    sent = at_check().presses("send")
    box = Phone(path="/a/").sends(code=" ".join(sent.code))
    assert Phone().sends(state=box.state, go="send").status == 422
    assert Phone(path="/a/").sends(state=sent.state, go="forget").status == 422


def test_too_many_words_are_refused_and_kept(storage: Storage) -> None:
    long = "ұзақ " * (MOST_WORDS // 5 + 1)
    phone = begun().presses("on").presses("skip").presses("skip").presses("on", words=long)
    assert phone.status == 422
    assert long.strip() in phone.page


def test_an_age_that_is_no_number_is_refused_and_all_that_was_typed_stays(storage: Storage) -> None:
    phone = at_check().presses("change:child").presses("on", child_called="Али", child_age="тоғыз", child_sex="boy")
    assert phone.status == 422
    assert 'value="Али"' in phone.page
    assert 'value="тоғыз"' in phone.page
    assert re.search(r'value="boy"[^>]* checked', phone.page)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ 7*7 }}", "\u202eқ", "' OR 1=1 --"])
def test_hostile_words_come_back_as_words(storage: Storage, words: str) -> None:
    phone = at_check(words=words)
    assert "<script>alert" not in phone.page
    assert phone.presses("send").status == 200
    assert [telling.words for telling in storage.tellings.values()] == [words]


@pytest.mark.parametrize(
    "fields", [{"concerns": ["nothing"]}, {"danger": "perhaps"}, {"region": "999"}, {"child_age": "-1"}]
)
def test_codes_that_do_not_exist_are_never_sent(storage: Storage, fields: dict[str, str]) -> None:
    phone = begun().presses("on")
    while 'value="send"' not in phone.page:
        answers = {name: value for name, value in fields.items() if f'name="{name}"' in phone.page}
        tried = phone.presses("on", **answers) if answers else phone.presses("skip")
        phone = tried.presses("skip") if tried.status == 422 else tried
    phone.presses("send")
    (telling,) = storage.tellings.values()
    assert (telling.concerns, telling.safe_now, telling.territory, telling.child_age) == ((), "unknown", "", None)


def test_an_unknown_door_begins_nothing(storage: Storage) -> None:
    assert Phone().sends(who="stepfather").status == 422
