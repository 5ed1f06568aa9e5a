"""The public's finder: what a parent finds, what an address says, and that nobody finds a refuge by it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from arasha.doors.tests.walking import Phone
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import region_code
from arasha.services import actions, rules
from arasha.services.tests.directory import (
    DISTRICT,
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    OFFICE,
    REFUGE,
    REGION,
    SHELTER,
    VILLAGE,
    Directory,
    acting,
    entered,
)
from tests.database import as_role

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
NOW = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)
NGO = replace(FAMILY_SUPPORT, ownership="ngo", kind="ngo")
ENTRY = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
ASKED: dict[str, Any] = {"a": "6", "s": "kk", "n": "6"}


def asks(path: str = "/help/", status: int = 200, **asked: Any) -> str:
    """Ask for a page and return it."""
    answer = Client().get(path, {"language": "kk", **asked})
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.content.decode()


def cards(page: str) -> list[str]:
    """Return the places of a page."""
    return re.findall(r'<li class="a-place".*?</li>\s*(?=<li class="a-place"|</ol>)', page, re.DOTALL)


def test_a_parent_in_a_village_finds_the_nearest_help_for_a_child_of_six_in_kazakh(directory: Directory) -> None:
    entered(directory.district)
    first = asks()
    assert f'<option value="{REGION}"' in first
    second = asks(r=REGION, **ASKED)
    assert f'<option value="{DISTRICT}"' in second
    (found,) = cards(asks(r=REGION, p=DISTRICT, **ASKED))
    for said in ("Сарыағаш отбасын қолдау орталығы", "Исмаилов көшесі, 1", "tel:+7-72537-2-11-22", "дс 09:00–18:00"):
        assert said in found
    assert "Тегін" in found
    assert rules.CONDITIONS["police_statement"].label("kk") not in found


@pytest.mark.parametrize("asked", [{"a": "18"}, {"s": "uz"}, {"n": "17"}])
def test_where_nothing_fits_the_page_says_where_else_to_look_and_whom_to_call(
    directory: Directory, asked: dict[str, Any]
) -> None:
    entered(directory.district)
    page = asks(p=DISTRICT, **asked)
    assert cards(page) == []
    assert f"?p={DISTRICT}&amp;language=kk" in page
    assert "?p=000000000" in page
    assert 'href="tel:111"' in page


def test_what_nobody_asked_about_and_what_is_asked_for_stand_in_plain_words(directory: Directory) -> None:
    paused = replace(HELP, conditions=["police_statement"], status="paused")
    entered(directory.district, offering=paused)
    (found,) = cards(asks(p=DISTRICT))
    assert rules.CONDITIONS["police_statement"].label("kk") in found
    assert rules.STANDINGS["paused"].label("kk") in found
    assert "a-stale" in found


def test_the_whole_country_shows_what_takes_children_of_the_whole_country(directory: Directory) -> None:
    line = replace(HELP, service="helpline", level="primary", served=["000000000"], remote=True)
    entered(directory.district)
    entered(directory.region, replace(NGO, territory=NEXT_DISTRICT), replace(OFFICE, territory=NEXT_DISTRICT), line)
    assert len(cards(asks(p="000000000"))) == 1


# What an address says


def test_addresses_hold_short_codes_and_nothing_finer_than_the_district(directory: Directory) -> None:
    entered(directory.district)
    page = asks(p=VILLAGE, **ASKED)
    assert len(cards(page)) == 1
    # The languages lead to the address as it was typed; nobody's page leads to a village.
    inside = re.findall(r'(?:href|action)="(/[^"#]*|\?[^"]*)"', page[page.index("<main") :])
    assert not any(VILLAGE in address for address in inside)
    said = r"(?:p=\d{9}|a=\d+|n=\d+|s=[a-z]+|x=[gb]|after=\d+|language=(?:kk|ru|en))"
    # What children said of a place stands under the entry's id, which is drawn at random and names nothing.
    allowed = rf"(?:/|/help/|/help/list/|/said/of/{ENTRY}/)?(?:\?{said}(?:&{said})*)?"
    for address in inside:
        assert re.fullmatch(allowed, address.replace("&amp;", "&")), address


def test_the_marks_of_needs_are_numbers_of_their_own() -> None:
    marks = [need.more["mark"] for need in rules.NEEDS]
    assert len(set(marks)) == len(marks)
    assert all(mark.isdecimal() for mark in marks)


@pytest.mark.parametrize(
    "asked",
    [
        {"a": "six"},
        {"a": "-1"},
        {"a": "999999999999999999999"},
        {"n": "violence"},
        {"s": "xx"},
        {"x": "both"},
        {"r": "990000000"},
        {"p": "615499999999"},
        {"r": "<script>"},
        {"p": "\x00"},
        {"a": "٣٣٣"},
    ],
)
def test_what_can_not_be_asked_is_told_so_with_the_numbers_to_call(directory: Directory, asked: dict[str, str]) -> None:
    page = asks(status=422, **{"p": DISTRICT, **asked})
    assert "govuk-error-summary" in page
    assert 'href="tel:112"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("after", ["-1", "x", "99999999999", "2000", "1.5"])
def test_a_page_of_the_list_that_nobody_wrote_is_a_page(directory: Directory, after: str) -> None:
    entered(directory.district)
    asks(p=DISTRICT, after=after)


def test_long_lists_have_pages_that_show_each_place_once(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    with acting(directory.district) as actor:
        for _number in range(21):
            actions.add_offering(actor=actor, site_id=site, said=HELP, now=NOW)
    first, second = asks(p=DISTRICT), asks(p=DISTRICT, after="20")
    assert (len(cards(first)), len(cards(second))) == (20, 2)
    assert f"p={DISTRICT}&amp;after=20&amp;language=kk" in first


def test_only_the_finder_may_ask_a_phone_where_it_is(directory: Directory) -> None:
    allowed = {path: Client().get(path).headers["Permissions-Policy"] for path in ("/help/", "/", "/rights/")}
    assert {path for path, header in allowed.items() if "geolocation=(self)" in header} == {"/help/"}
    assert all("microphone=()" in header for header in allowed.values())


def test_points_are_of_districts_that_stand_and_lie_in_the_country(directory: Directory) -> None:
    points = Client().get("/help/points/").json()["points"]
    codes = [kato for kato, _latitude, _longitude in points]
    assert len(codes) == len(set(codes)) == 196
    assert set(Territory.objects.filter(kato__in=codes).values_list("level", flat=True)) == {1, 2}
    assert Territory.objects.filter(kato__in=codes).count() == len(codes)
    assert all(40.5 < latitude < 55.5 and 46.4 < longitude < 87.4 for _kato, latitude, longitude in points)


def test_a_list_for_a_wall_has_names_telephones_and_the_numbers(directory: Directory) -> None:
    entered(directory.district)
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    page = asks("/help/list/", p=DISTRICT)
    assert "+77253721122" in page.replace(" ", "")
    assert "Үміт" not in page
    assert 'href="tel:112"' in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_has_a_word_of_another_language_left(directory: Directory, language: str) -> None:
    entered(directory.district, FAMILY_SUPPORT, OFFICE, replace(HELP, remote=True, conditions=["papers"]))
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    for path, asked in (
        ("/help/", {}),
        ("/help/", {"p": DISTRICT}),
        ("/help/", {"a": "x"}),
        ("/help/list/", {"p": DISTRICT}),
    ):
        answer = Client().get(path, {"language": language, **asked}).content.decode()
        main = re.search(r"<main.*</main>", answer, re.DOTALL)
        assert main
        said = re.sub(r"<select.*?</select>|<svg.*?</svg>|<ol>.*?</ol>", " ", main[0], flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", " ", said).replace("Исмаилов көшесі, 1", "").replace("ул. Исмаилова, 1", "")
        if language == "en":
            assert not re.search("[А-я]", words), words
        else:
            assert not re.search("[A-Za-z]{2}", re.sub(r"&\w+;", " ", words)), words


# Nobody finds a refuge


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is entered inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def districts() -> list[str]:
    with as_role("arasha_public"):
        return sorted(Territory.objects.filter(parent=REGION, level=2).values_list("kato", flat=True))


def answers(places: list[str]) -> dict[str, str]:
    """Return every answer that the public gets: the first page, each place's, each wall's; without ids of entries."""
    found = {"": asks()}
    for place in places:
        found |= {place: asks(p=place), f"{place} wall": asks("/help/list/", p=place)}
    return {place: re.sub(ENTRY, "entry", page) for place, page in found.items()}


def two_organisations(directory: Directory, runs: int) -> None:
    """Enter an organisation in one district and one in another; the one numbered runs a refuge, too."""
    with acting(directory.region) as actor:
        for number, place in enumerate((DISTRICT, NEXT_DISTRICT)):
            said = replace(NGO, territory=place, name_kk=f"Ұйым {number}", name_ru="", name_en="")
            provider = actions.add_provider(actor=actor, said=said, now=NOW)
            site = actions.add_site(actor=actor, provider_id=provider, said=replace(OFFICE, territory=place), now=NOW)
            actions.add_offering(actor=actor, site_id=site, said=replace(HELP, served=[place]), now=NOW)
            if number == runs:
                hidden = actions.add_site(actor=actor, provider_id=provider, said=HIDDEN, now=NOW)
                actions.add_offering(actor=actor, site_id=hidden, said=SHELTER, now=NOW)


def test_whoever_runs_a_refuge_in_whichever_district_every_answer_is_the_same(directory: Directory) -> None:
    worlds = []
    for runs in (0, 1):
        with undone():
            two_organisations(directory, runs)
            worlds.append(answers([REGION, DISTRICT, NEXT_DISTRICT, "000000000"]))
    assert worlds[0] == worlds[1]


def test_the_entry_of_a_refuge_is_named_nowhere(directory: Directory) -> None:
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    page = asks(p=REGION)
    assert len(cards(page)) == 1
    assert not re.search(ENTRY, page)


def test_a_refuge_is_in_no_count_and_changes_no_map(directory: Directory) -> None:
    with undone():
        two_organisations(directory, runs=5)
        without = asks()
    with undone():
        two_organisations(directory, runs=0)
        assert asks() == without


def test_no_set_of_questions_tells_how_far_a_refuge_is(directory: Directory) -> None:
    """From wherever one asks, the refuge is one and the same card, at no distance and without a point."""
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    seen = set()
    for place in [REGION, *districts()]:
        (card,) = cards(asks(p=place))
        seen.add(card)
    (card,) = seen
    assert "tel:+77252500001" in card.replace("-", "")
    assert "data-lat" not in card
    assert "Үміт" not in card
    named = {unit.name("kk") for unit in Territory.objects.filter(parent=REGION)}
    assert not any(name in card for name in named)
    elsewhere = Territory.objects.filter(level=2).exclude(kato__startswith=REGION[:2]).first()
    assert elsewhere is not None
    assert region_code(elsewhere.kato) != REGION
    assert cards(asks(p=elsewhere.kato)) == []


def test_a_phone_without_scripts_gets_there_by_lists_and_links(directory: Directory) -> None:
    entered(directory.district)
    phone = Phone("kk")
    assert "/help/?language=kk" in phone.page
    phone.opens("/help/")
    link = re.search(rf'<a class="govuk-link" href="(\?p={REGION}&amp;language=kk)"', phone.page)
    assert link
    assert len(cards(asks(p=REGION))) == 1
