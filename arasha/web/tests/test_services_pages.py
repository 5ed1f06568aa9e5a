"""The finder for workers and the page of an offering: what they show, and what they keep back."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from arasha.administration.tests.people import declare, make_member, sign_in
from arasha.services import rules
from arasha.services.tests.directory import (
    DISTRICT,
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    OFFICE,
    REFUGE,
    SHELTER,
    Directory,
    entered,
)

REFUGES = HIDDEN.phone.replace(" ", "")


@pytest.fixture
def directory(db: None) -> Directory:
    """Return who keeps the directory."""
    declare("training")
    return Directory.made()


@pytest.fixture
def nurse(directory: Directory) -> Client:
    """A browser of somebody who keeps nothing."""
    return sign_in(make_member("a.nurse", "health_care"))


def page(browser: Client, address: str = "/services/", status: int = 200, **asked: Any) -> str:
    """Return a page as a reader of English gets it."""
    browser.cookies["arasha_language"] = "en"
    answer = browser.get(address, asked)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_worker_finds_help_with_its_findings_and_the_way_to_its_page(directory: Directory, nurse: Client) -> None:
    said = replace(HELP, conditions=["papers"])
    offering = entered(directory.district, offering=said)[2]
    found = page(nurse, place=DISTRICT, age=6, need="parenting", speaks="kk")
    assert "Saryagash family support centre" in found
    assert rules.FINDINGS["refuses_without_papers"].label("en") in found
    assert f"/services/offerings/{offering}/" in found
    one = page(nurse, f"/services/offerings/{offering}/")
    assert "ул. Исмаилова, 1" in one
    assert "not known" in one


def test_of_a_refuge_a_worker_reads_what_the_public_reads(directory: Directory, nurse: Client) -> None:
    provider, site, offering = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    for address in ("/services/", f"/services/offerings/{offering}/"):
        found = page(nurse, address)
        assert REFUGES in found.replace(" ", "")
        for secret in ("Үміт", str(provider), str(site)):
            assert secret not in found
    assert "The address is kept secret" in page(nurse, f"/services/offerings/{offering}/")
    assert REFUGES not in page(nurse, words="Үміт").replace(" ", "")


def test_an_offering_that_is_not_there_is_not_found(nurse: Client) -> None:
    page(nurse, f"/services/offerings/{uuid4()}/", 404)


def test_closed_help_is_listed_for_who_asks_for_it(directory: Directory, nurse: Client) -> None:
    entered(directory.district, offering=replace(HELP, status="closed"))
    assert "Nothing fits" in page(nurse)
    assert "Saryagash family support centre" in page(nurse, standing="closed")


@pytest.mark.parametrize(
    "asked",
    [
        {"age": "six"},
        {"age": -1},
        {"place": "1"},
        {"need": "nothing"},
        {"standing": "x"},
        {"words": "x" * 101},
        {"words": "\x00"},
    ],
)
def test_what_can_not_be_asked_is_told_so(directory: Directory, nurse: Client, asked: dict[str, Any]) -> None:
    assert "govuk-error-summary" in page(nurse, status=422, **asked)


@pytest.mark.parametrize("asked", [{"sort": "phone"}, {"after": "x"}, {"after": "-5"}, {"words": "%_\\'"}])
def test_other_nonsense_is_a_page(directory: Directory, nurse: Client, asked: dict[str, Any]) -> None:
    page(nurse, **asked)


def test_a_list_has_pages_and_keeps_what_was_asked(directory: Directory, nurse: Client) -> None:
    for number in range(51):
        entered(directory.district, replace(FAMILY_SUPPORT, name_kk=f"Орталық {number:02}", name_ru="", name_en=""))
    entered(
        directory.region, replace(FAMILY_SUPPORT, territory=NEXT_DISTRICT), replace(OFFICE, territory=NEXT_DISTRICT)
    )
    first = page(nurse, place=DISTRICT, sort="name")
    assert "Орталық 49" in first
    assert "Орталық 50" not in first
    assert "sort=name&amp;after=50" in first or "after=50" in first
    assert "Орталық 50" in page(nurse, place=DISTRICT, sort="name", after=50)
