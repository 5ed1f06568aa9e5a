"""The pages on which coordination keeps the directory."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services import queries
from arasha.services.models import Provider, Site
from arasha.services.queries import Asked
from arasha.services.tests.directory import (
    DISTRICT,
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    REFUGE,
    REGION,
    SHELTER,
    Directory,
    acting,
    answered,
    browser_of,
    entered,
)
from tests.database import as_owner

TODAY = datetime.now(UTC)
AKZHAR = "615435100"
PROVIDER = {"kind": "family_support", "name_kk": "Орталық", "ownership": "ngo", "territory": DISTRICT}
SITE = {
    "phone": "8 (725) 372-11-22",
    "district": DISTRICT,
    "settlement": AKZHAR,
    "step_free": "yes",
    "day_0": "9–13, 14:00–18:00",
}
OFFERING: dict[str, Any] = {
    "service": "family_support",
    "age_from": "0",
    "age_to": "17",
    "sexes": "all",
    "with_parent": "yes",
    "siblings": "unknown",
    "languages": ["kk", "ru"],
    "served": [DISTRICT],
    "cost": "free",
    "status": "open",
}


@pytest.fixture(autouse=True)
def _instance(directory: Directory) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=TODAY, using="default")


@pytest.fixture
def browser(directory: Directory) -> Client:
    return browser_of(directory.district)


def text_of(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def sent(browser: Client, path: str, data: Mapping[str, Any], status: int = 302) -> str:
    answer = browser.post(path, data)
    assert answer.status_code == status, answer.content.decode()
    return answer["Location"] if status == 302 else str(answer.content.decode())


# Entering


def test_a_keeper_enters_a_provider_a_site_and_what_it_offers(browser: Client, directory: Directory) -> None:
    assert "No entry fits" in text_of(browser, "/services/keep/")
    site_form = sent(browser, "/services/keep/add/", PROVIDER)
    offering_form = sent(browser, site_form, SITE)
    page = sent(browser, offering_form, OFFERING)
    shown = text_of(browser, page)
    for words in ("Орталық", "Mo 09:00–13:00, 14:00–18:00", "Family support", "nobody has asked there yet"):
        assert words in shown
    with as_owner():
        site = Site.objects.get()
    assert (site.territory_id, site.phone) == (AKZHAR, "+77253721122")
    listed = text_of(browser, "/services/keep/?only=stale&words=орталық")
    assert "Орталық" in listed
    assert "ask again" in listed


def test_a_form_that_is_sent_twice_enters_once(browser: Client) -> None:
    once = str(uuid4())
    first, second = (sent(browser, "/services/keep/add/", PROVIDER | {"once": once}) for _time in range(2))
    assert first == second
    with as_owner():
        assert Provider.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"phone": "12"}, "Write a number in Kazakhstan"),
        ({"day_2": "18–9"}, "Write hours like this"),
        ({"web": "example"}, "begins with https://"),
        ({"latitude": "10", "longitude": "10"}, "not in Kazakhstan"),
        ({"name_kk": "x" * 301}, "300"),
        ({"district": "750000000"}, "750000000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    browser: Client, directory: Directory, wrong: dict[str, str], words: str
) -> None:
    provider, _, _ = entered(directory.district)
    page = sent(browser, f"/services/keep/{provider}/sites/add/", SITE | {"address_ru": "ул. Абая, 5"} | wrong, 422)
    assert words in page
    assert "ул. Абая, 5" in page


def test_faults_are_said_in_the_readers_language(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    wrong = OFFERING | {"price": "5"}
    for language, words in (("kk", "Бағаны тек ақылы"), ("ru", "Цену указывайте"), ("en", "Give a price only")):
        browser = browser_of(directory.district, language=language)
        assert words in sent(browser, f"/services/keep/sites/{site}/offerings/add/", wrong, 422)


def test_another_districts_villages_are_shown_without_losing_anything(directory: Directory) -> None:
    provider, _, _ = entered(directory.region)
    browser = browser_of(directory.region)
    asked = SITE | {"district": NEXT_DISTRICT, "step": "places", "address_kk": "Абай көшесі, 5"}
    page = sent(browser, f"/services/keep/{provider}/sites/add/", asked, 200)
    assert 'value="6138' in page
    assert "Абай көшесі, 5" in page


def test_two_who_change_it_at_once_see_both_and_lose_nothing(browser: Client, directory: Directory) -> None:
    provider, site, _ = entered(directory.district)
    path = f"/services/keep/sites/{site}/change/"
    seen = re.search(r'name="seen" value="(\w+)"', text_of(browser, path))
    assert seen
    changed = SITE | {"address_ru": "ул. Первая, 1"}
    sent(browser, path, changed | {"seen": seen[1]})
    page = sent(browser, path, SITE | {"address_ru": "ул. Вторая, 2", "seen": seen[1]}, 422)
    assert "Somebody changed this entry meanwhile" in page
    assert page.count("ул. Первая, 1") == 1
    assert page.count("ул. Вторая, 2") == 2
    again = re.search(r'name="seen" value="(\w+)"', page)
    assert again
    assert again[1] != seen[1]
    sent(browser, path, SITE | {"address_ru": "ул. Вторая, 2", "seen": again[1]})
    assert "ул. Вторая, 2" in text_of(browser, f"/services/keep/{provider}/")


def test_asking_there_pausing_and_history(browser: Client, directory: Directory) -> None:
    provider, _, offering = entered(directory.district, offering=replace(HELP, conditions=["police_statement"]))
    page = sent(browser, f"/services/keep/offerings/{offering}/confirm/", {})
    shown = text_of(browser, page)
    assert "last asked there on" in shown
    assert "Takes nobody without a statement to the police" in shown
    assert "Somebody asked there: all of the entry is so" in shown
    sent(browser, f"/services/keep/offerings/{offering}/change/", OFFERING | {"status": "paused"})
    sent(
        browser,
        f"/services/keep/{provider}/change/",
        {"kind": "family_support", "ownership": "state", "ended_on": "01.01.2020"},
    )
    assert "Provider&#x27;s entry changed" in text_of(browser, page)
    with acting(directory.district):
        found = queries.shown(offering, now=TODAY)
    assert found is not None
    assert found.standing == "ended"


@pytest.mark.parametrize("who", ["neighbour", "nurse", "school"])
def test_what_one_does_not_keep_is_not_there(directory: Directory, who: str) -> None:
    provider, site, offering = entered(directory.district)
    proposal = answered(directory.district, site, {})
    browser = browser_of(getattr(directory, who))
    for path in (
        f"/services/keep/{provider}/",
        f"/services/keep/{provider}/change/",
        f"/services/keep/{provider}/sites/add/",
        f"/services/keep/sites/{site}/change/",
        f"/services/keep/sites/{site}/offerings/add/",
        f"/services/keep/offerings/{offering}/change/",
        f"/services/keep/proposals/{proposal}/",
        f"/services/own/sites/{site}/",
        f"/services/own/offerings/{offering}/",
        "/services/own/",
    ):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, {}).status_code in {404, 405}, path
    for path in (
        f"/services/keep/sites/{site}/link/",
        f"/services/keep/offerings/{offering}/confirm/",
        f"/services/keep/proposals/{proposal}/vouch/",
    ):
        assert browser.post(path, {}).status_code == 404, path


# What is protected


def test_a_district_can_not_enter_a_refuge_and_the_region_enters_a_telephone(directory: Directory) -> None:
    told = PROVIDER | {"kind": "crisis_centre"}
    district = browser_of(directory.district)
    assert "entered by the region’s coordination" in text_of(district, "/services/keep/add/")
    sent(district, "/services/keep/add/", told, 422)
    region = browser_of(directory.region)
    site_form = sent(region, "/services/keep/add/", told)
    page = text_of(region, site_form)
    assert "Nobody may find where this is" in page
    assert 'name="address_ru"' not in page
    offering_form = sent(region, site_form, {"phone": "+7 725 250 00 01", "district": REGION, "address_ru": "ул. Абая"})
    sent(region, offering_form, OFFERING | {"service": "emergency_shelter", "served": [REGION]})
    with as_owner():
        site = Site.objects.get()
    assert (site.protected, site.territory_id, site.address_ru) == (True, REGION, "")
    for person, there in ((directory.district, False), (directory.neighbour, False), (directory.region, True)):
        for asked in ("", "?words=Орталық&kind=crisis_centre&sort=-name"):
            assert (">Орталық</a>" in text_of(browser_of(person), f"/services/keep/{asked}")) is there


# The list


def test_the_list_is_one_query_and_narrowed_sorted_and_paged(
    directory: Directory, django_assert_num_queries: Any
) -> None:
    for place in range(3):
        entered(directory.district, replace(FAMILY_SUPPORT, name_kk=f"Орталық {place}"))
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.region) as actor:
        with django_assert_num_queries(1):
            rows = queries.kept(actor, Asked(sort="name", descending=True), language="kk", now=TODAY)
        assert [row.name for row in rows][-3:] == ["Орталық 2", "Орталық 1", "Орталық 0"] or len(rows) == 4
        assert [row.kind for row in queries.kept(actor, Asked(kinds=("crisis_centre",)), language="kk", now=TODAY)] == [
            "crisis_centre"
        ]
        assert queries.kept(actor, Asked(words="%"), language="kk", now=TODAY) == []
        assert len(queries.kept(actor, Asked(place=DISTRICT), language="kk", now=TODAY)) == 3
        assert len(queries.kept(actor, Asked(), language="kk", now=TODAY, offset=3)) == 1
        for sort in queries.SORTS:
            for descending in (False, True):
                asked = Asked(sort=sort, descending=descending)
                assert len(queries.kept(actor, asked, language="kk", now=TODAY)) == 4


def test_a_grant_that_ends_is_shown_sixty_days_before_and_its_help_is_gone_the_day_after(directory: Directory) -> None:
    last = date(2026, 12, 31)
    ngo = replace(FAMILY_SUPPORT, ownership="ngo", funded_until=last)
    _, _, offering = entered(directory.district, ngo)
    noon = datetime(2026, 12, 31, 7, 0, tzinfo=UTC)

    def found(now: datetime) -> bool:
        return offering in {row.offering for row in queries.find(queries.Wanted(), now=now)}

    with acting(directory.district) as actor:
        assert found(noon)
        assert not found(noon + timedelta(days=1))
        asked = Asked(ending=True)
        for days, listed in ((61, 0), (60, 1), (0, 1), (-1, 0)):
            now = noon - timedelta(days=days)
            assert len(queries.kept(actor, asked, language="en", now=now)) == listed, days
