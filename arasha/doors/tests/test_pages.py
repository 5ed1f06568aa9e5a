"""What holds for every public page: its title, its language, its addresses, what it leaves on the phone."""

import html
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from arasha.doors.rules import codes
from arasha.doors.tests.boxes import Storage
from arasha.doors.tests.walking import Phone, at_check, begun
from arasha.doors.views.rights import PAGES

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
LANGUAGES = ("kk", "ru", "en")
TITLE = {"kk": "Араша", "ru": "Араша", "en": "Arasha"}
LEAVE = "https://www.gov.kz"
CODE = codes.listed("ru")[:6]


def every_page(storage: Storage, language: str) -> Iterator[str]:
    """Walk through all pages there are."""
    if not storage.has(CODE):
        storage.holds(CODE, answer="Ответ")
    yield Phone(language).page
    for teller in ("child", "friend", "adult", "professional"):
        phone = begun(teller, language)
        yield phone.page
        phone = phone.presses("on").presses("on", danger="now")
        while 'value="send"' not in phone.page:
            yield phone.page
            phone = phone.presses("on", **({"region": "190000000"} if 'name="region"' in phone.page else {}))
        yield phone.page
        yield phone.presses("send").page
    for there in (False, True):
        storage.attended(there=there)
        yield Phone(language).sends(who="chat").page
    chat = Phone(language).sends(who="chat").presses("on")
    yield chat.page
    for go in ("on", "look", "send", "send", "leave"):
        yield chat.presses(go, words="123" if go == "send" else "").page
    box = Phone(language, "/a/")
    yield box.page
    yield box.sends(code="нет").page
    for go in ("ask-change", "ask-forget"):
        yield box.sends(code=" ".join(CODE)).page
        yield box.presses(go).page
    yield box.presses("forget").page
    yield Phone(language).sends(state="x").page
    yield Phone(language, "/rights/").page
    for name in PAGES:
        yield Phone(language, f"/rights/{name}/").page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_is_the_name_alone(storage: Storage, language: str) -> None:
    titles = {re.search(r"<title>(.*?)</title>", page)[1] for page in every_page(storage, language)}  # type: ignore[index]
    assert titles == {TITLE[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_form_keeps_the_language(storage: Storage, language: str) -> None:
    for page in every_page(storage, language):
        addresses = re.findall(r'(?:href|(?<!form)action|formaction)="([^"#]+)"', page)
        inside = [a for a in addresses if a.startswith("/") and not a.startswith("/static/")]
        assert inside
        for address in inside:
            assert re.search(r"\?language=(kk|ru|en)$", address), address
        others = {a for a in inside if not a.endswith(f"language={language}")}
        assert {a[-2:] for a in others} <= set(LANGUAGES) - {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_leads_outside_but_by_the_leave_button(storage: Storage, language: str) -> None:
    for page in every_page(storage, language):
        assert set(re.findall(r'"((?:https?:)?//[^"]+)"', page)) <= {LEAVE}
        assert LEAVE in page


def test_no_page_but_the_form_of_a_step_has_an_address_that_says_what_is_told(storage: Storage) -> None:
    for page in every_page(storage, "kk"):
        assert set(re.findall(r'<form[^>]* action="([^"?]+)', page)) <= {"/", "/a/", "/f/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_word_of_another_language_left(storage: Storage, language: str) -> None:
    for page in every_page(storage, language):
        main = re.search(r"<main.*</main>", page, re.DOTALL)
        assert main
        # Places bear their official names in every language: "область Жетісу" is Russian.
        said = re.sub(r"<select.*?</select>", " ", main[0], flags=re.DOTALL)
        words = html.unescape(re.sub(r"<[^>]+>|value=\"[^\"]*\"", " ", said))
        words = re.sub(r"Алматы облысы|Жамбыл облысы|Қонаев|Талғар ауданы|Ответ|нет", "", words)
        if language == "en":
            assert not re.search("[А-я]", words), words
        else:
            assert not re.search("[A-Za-z]", words.replace("Esc", "")), words
        if language == "ru":
            assert not re.search("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", words), words


def test_every_step_carries_the_numbers_or_the_way_to_leave(storage: Storage) -> None:
    assert 'href="tel:111"' in Phone().page
    assert 'href="tel:102"' in at_check().presses("send").page


def test_a_page_that_does_not_exist_is_not_found(storage: Storage) -> None:
    assert Client().get("/rights/fathers/").status_code == 404


def test_only_the_addresses_of_telling_take_anything_in(storage: Storage) -> None:
    assert Client().post("/rights/children/", {"words": "x"}).status_code == 405
    assert Client().put("/").status_code == 405
