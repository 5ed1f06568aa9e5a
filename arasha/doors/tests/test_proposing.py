"""The page behind a link of the directory, as the public's process serves it."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from arasha.doors.tests.boxes import Storage
from arasha.services import actions
from arasha.services.models import Proposal
from arasha.services.tests.directory import HIDDEN, REFUGE, SHELTER, Directory, acting, entered
from tests.database import as_owner

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
NOW = datetime.now(UTC)


@pytest.fixture
def directory(storage: Storage) -> Directory:
    """Who keeps the directory, while the pages are served as the public's."""
    return Directory.made()


def link(person: Any, site: UUID) -> str:
    """Return the address of a link that a keeper made."""
    with acting(person) as actor:
        return f"/p/{actions.make_link(actor=actor, site_id=site, now=NOW)}/"


def page_of(address: str, language: str = "en") -> str:
    """Return the page, as it stands."""
    answer = Client().get(f"{address}?language={language}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return str(answer.content.decode())


def fields_of(page: str) -> dict[str, Any]:
    """Return what the form of changes would send, unchanged."""
    form = page[page.index('id="changes"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]+>", form):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") == "checkbox" and not re.search(r"\schecked", tag):
            continue
        if "name" in values:
            nothing = "on" if values.get("type") == "checkbox" else ""
            found.setdefault(values["name"], []).append(values.get("value", nothing))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


def said() -> list[Any]:
    with as_owner():
        return [row.said for row in Proposal.objects.order_by("put_at")]


def test_all_is_so_ends_the_link_and_a_look_changes_nothing(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    address = link(directory.district, site)
    for language, words in (("kk", "Сарыағаш отбасын"), ("ru", "Сарыагашский центр"), ("en", "Saryagash family")):
        assert words in page_of(address, language)
    assert said() == []
    answer = Client().post(f"{address}?language=en", {"go": "same"})
    assert "Thank you" in answer.content.decode()
    assert said() == [{}]
    here = f"{address}?language=en"
    for over in (Client().get(here), Client().post(here, {"go": "same"})):
        assert over.status_code == 404
        assert "opens nothing" in over.content.decode()
    assert said() == [{}]


def test_only_what_was_changed_is_proposed(directory: Directory) -> None:
    _, site, offering = entered(directory.district)
    address = link(directory.district, site)
    fields = fields_of(page_of(address))
    fields |= {"address_ru": "ул. Новая, 2", "day_5": "10–14", f"o{offering}-cost": "part", f"o{offering}-price": "500"}
    answer = Client().post(f"{address}?language=en", fields | {"go": "change"})
    assert "Thank you" in answer.content.decode(), answer.content.decode()
    hours = [[0, "09:00", "18:00"], [5, "10:00", "14:00"]]
    assert said() == [
        {
            "site": {"address_ru": "ул. Новая, 2", "hours": hours},
            "offerings": {str(offering): {"cost": "part", "price": 500}},
        }
    ]


@pytest.mark.parametrize("wrong", [{"phone": "12"}, {"day_0": "x"}, {"web": "javascript:alert(1)"}, {"mail": "x"}])
def test_what_is_wrong_is_said_and_nothing_is_lost(directory: Directory, wrong: dict[str, str]) -> None:
    _, site, _ = entered(directory.district)
    address = link(directory.district, site)
    fields = fields_of(page_of(address)) | {"address_ru": "ул. <b>Новая</b>", "go": "change"} | wrong
    answer = Client().post(f"{address}?language=en", fields)
    assert answer.status_code == 422
    assert "ул. &lt;b&gt;Новая&lt;/b&gt;" in answer.content.decode()
    assert said() == []
    assert (
        "Thank you"
        in Client().post(f"{address}?language=en", fields_of(page_of(address)) | {"go": "change"}).content.decode()
    )


def test_a_refuges_link_shows_and_asks_for_no_name_and_no_place(directory: Directory) -> None:
    _, site, _ = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    address = link(directory.region, site)
    for language in ("kk", "ru", "en"):
        page = page_of(address, language)
        for words in ("Үміт", "Түркістан", "Туркестан", "Turkistan", "610000000", 'name="address_ru"', 'name="web"'):
            assert words not in page
    fields = fields_of(page_of(address)) | {"address_ru": "ул. Абая, 5", "phone": "+7 725 250 00 02", "go": "change"}
    assert Client().post(f"{address}?language=en", fields).status_code == 200
    assert said() == [{"site": {"phone": "+77252500002"}}]


@pytest.mark.parametrize("token", ["x", "-" * 22, "0" * 200])
def test_a_link_that_never_was_opens_nothing(directory: Directory, token: str) -> None:
    for send in (Client().get, Client().post):
        answer = send(f"/p/{token}/?language=en")
        assert answer.status_code == 404
        assert "opens nothing" in answer.content.decode()
