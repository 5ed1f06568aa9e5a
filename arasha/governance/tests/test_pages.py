"""The pages of pilots: who finds them, what comes back of wrong and hostile forms, and what exports say."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arasha.governance.models import Step
from arasha.governance.tests.entered import EXTENDED, SCALED, STOPPED, TODAY, Keepers, piloted, stepped
from arasha.services.tests.directory import (
    DISTRICT,
    HIDDEN,
    NEXT_DISTRICT,
    REFUGE,
    REGION,
    SHELTER,
    browser_of,
    entered,
)
from tests.database import as_owner

pytestmark = pytest.mark.django_db
FORMS = ("change", "services", "evaluate", "extend", "decide", "correct")
EVALUATION = {"on": f"{TODAY:%d.%m.%Y}", "evaluator": "University", "said": "It helps", "document": "Report 2"}


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def titles(browser: Client, query: str = "") -> list[str]:
    return re.findall(r'<th scope="row".*?<a [^>]*>(.*?)</a>', text(browser, f"/pilots/{query}"), re.DOTALL)


def test_everybody_on_the_staff_reads_and_only_its_keepers_find_forms(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    for person in (keepers.nurse, keepers.answers, keepers.neighbour):
        browser = browser_of(person)
        assert "Үйге бару" in text(browser, "/pilots/")
        page = text(browser, f"/pilots/{pilot}/")
        assert "Record the decision" not in page
        assert "Coordination of this territory enters" in page
        for form in FORMS:
            for answer in (browser.get(f"/pilots/{pilot}/{form}/"), browser.post(f"/pilots/{pilot}/{form}/", {})):
                assert answer.status_code in {403, 404}
    keeper = browser_of(keepers.region)
    for form in FORMS:
        text(keeper, f"/pilots/{pilot}/{form}/")
        text(keeper, f"/pilots/{uuid4()}/{form}/", 404)
    text(keeper, f"/pilots/{uuid4()}/", 404)
    assert Client().get("/pilots/").status_code == 302
    with as_owner():
        assert Step.objects.count() == 1


def test_the_register_stands_under_services_in_the_rail(keepers: Keepers) -> None:
    page = text(browser_of(keepers.nurse), "/pilots/")
    assert re.search(r'<a href="/services/"[^>]* aria-current="location"', page)


def test_filters_stand_in_the_address_and_choose(keepers: Keepers) -> None:
    piloted(keepers, days=-3)
    wide: dict[str, Any] = {"title_kk": "Облыс", "territories": (REGION,), "unit": keepers.region.unit_id}
    piloted(keepers, by=keepers.region, days=400, **wide)
    near: dict[str, Any] = {"title_kk": "Көрші", "territories": (NEXT_DISTRICT,), "unit": keepers.neighbour.unit_id}
    decided = piloted(keepers, by=keepers.neighbour, **near)
    stepped(keepers.neighbour, decided, SCALED)
    browser = browser_of(keepers.nurse)
    assert titles(browser) == ["Үйге бару", "Облыс", "Көрші"]
    assert titles(browser, f"?area={DISTRICT}") == ["Үйге бару", "Облыс"]
    assert titles(browser, f"?area={NEXT_DISTRICT}&state=decided") == ["Көрші"]
    assert titles(browser, f"?unit={keepers.region.unit_id}") == ["Облыс"]
    assert titles(browser, "?words=көрш") == ["Көрші"]
    assert titles(browser, "?state=nothing&area=1&unit=x&after=x") == titles(browser)
    assert "No pilot fits" in text(browser, "/pilots/?words=zzz")


def test_an_empty_register_says_what_belongs_there(keepers: Keepers) -> None:
    assert "No pilot is entered yet" in text(browser_of(keepers.nurse), "/pilots/")
    assert 'href="/pilots/add/"' in text(browser_of(keepers.district), "/pilots/")


def test_a_page_sent_twice_is_one_step_and_an_older_page_comes_back_with_what_was_typed(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    browser, page = browser_of(keepers.district), f"/pilots/{pilot}/evaluate/"
    sent = EVALUATION | {"once": str(uuid4()), "after": "1"}
    for _twice in range(2):
        assert browser.post(page, sent).status_code == 302
    assert browser.post(page, sent | {"said": "Other"}).status_code == 422
    older = browser.post(page, sent | {"once": str(uuid4()), "said": "Typed long ago"})
    assert older.status_code == 422
    body = older.content.decode()
    assert "Somebody entered something of this pilot meanwhile" in body
    assert "Typed long ago" in body
    (after,) = re.findall(r'name="after" value="(\d+)"', body)
    again = sent | {"once": str(uuid4()), "said": "Typed long ago", "after": after}
    assert browser.post(page, again).status_code == 302
    with as_owner():
        assert Step.objects.filter(kind="evaluated").count() == 2


def test_hostile_words_are_shown_as_words_and_no_cell_begins_a_formula(keepers: Keepers) -> None:
    words = "=HYPERLINK(1)<script>alert(1)</script>"
    pilot = piloted(keepers, title_kk=words, title_ru="", money="@SUM(1)")
    browser = browser_of(keepers.district)
    for address in ("/pilots/", f"/pilots/{pilot}/", f"/pilots/{pilot}/decide/"):
        assert "<script>alert" not in text(browser, address)
    table = browser.get("/pilots/export.csv").content.decode("utf-8-sig")
    assert not re.search(r'(^|[;,"])[=@]', table, re.MULTILINE)
    assert browser.get("/pilots/export.xlsx").status_code == 200


def test_what_is_wrong_comes_back_full_with_a_word_at_its_field(keepers: Keepers) -> None:
    pilot, browser = piloted(keepers), browser_of(keepers.district)
    wrong = browser.post("/pilots/add/", {"title_kk": "Жаңа <b>", "amount": "x" * 50, "territories": "1"})
    assert wrong.status_code == 422
    assert "Жаңа &lt;b&gt;" in wrong.content.decode()
    sent = {"once": str(uuid4()), "after": "1", "on": f"{TODAY:%d.%m.%Y}", "document": "Order", "said": "Too dear"}
    stopped = browser.post(f"/pilots/{pilot}/decide/", sent | {"decision": "stop"})
    assert stopped.status_code == 422
    assert 'id="id_afterwards_error"' in stopped.content.decode()
    moved = browser.post(f"/pilots/{pilot}/change/", sent | {"territories": NEXT_DISTRICT})
    assert moved.status_code == 422


def test_only_open_services_are_offered_and_shown_and_children_to_hand_over_are_led_to(keepers: Keepers) -> None:
    entered(keepers.region, REFUGE, HIDDEN, SHELTER)
    _, _, offering = entered(keepers.district)
    pilot = piloted(keepers, by=keepers.region, territories=(REGION,), unit=keepers.region.unit_id)
    browser = browser_of(keepers.region)
    page = text(browser, f"/pilots/{pilot}/services/")
    assert str(offering) in page
    assert "Үміт" not in page
    assert "Emergency shelter" not in page
    for words in ("family support", "Saryagash", "сарыағаш отбасын"):
        assert str(offering) in text(browser, f"/pilots/{pilot}/services/?words={words}")
    assert "has no such service here" in text(browser, f"/pilots/{pilot}/services/?words=Үміт")
    chosen = {"once": str(uuid4()), "after": "1", "offerings": str(offering), "said": "Paid", "document": "Order"}
    assert browser.post(f"/pilots/{pilot}/services/", chosen).status_code == 302
    stepped(keepers.region, pilot, STOPPED)
    assert "/plans/handing-over/" in text(browser, f"/pilots/{pilot}/")
    nurse = text(browser_of(keepers.nurse), f"/pilots/{pilot}/")
    assert "/plans/handing-over/" not in nurse
    assert "Saryagash family support centre" in nurse


def test_pages_ask_the_database_as_often_for_many_pilots_as_for_one(keepers: Keepers) -> None:
    pilot = piloted(keepers)
    browser = browser_of(keepers.district)
    pages = ("/pilots/", f"/pilots/{pilot}/", f"/pilots/{pilot}/change/", "/pilots/export.csv")

    def asked() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                text(browser, address)
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for days in range(8):
        stepped(keepers.district, piloted(keepers, days=days), EXTENDED)
    assert asked() == few
    assert max(few) <= 32


def test_more_pilots_than_a_page_holds_are_turned_to(keepers: Keepers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arasha.governance.queries.PAGE", 2)
    for days in (5, 6, 7):
        piloted(keepers, days=days, title_kk=f"Жоба {days}")
    browser = browser_of(keepers.nurse)
    assert titles(browser) == ["Жоба 5", "Жоба 6"]
    assert titles(browser, "?after=2") == ["Жоба 7"]
