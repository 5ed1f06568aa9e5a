"""The directory for other systems: what anybody may find, page by page, and of a refuge no more than anybody knows."""

import json

import pytest

from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.obligations.tests import cast
from arasha.services.tests import directory as entries
from arasha.services.tests.directory import Directory
from arasha.services.tests.tables import CENTRE, csv_of, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> Directory:
    """Who reads and keeps the directory."""
    return Directory.made()


def system_of(directory: Directory, *scopes: str) -> System:
    with cast.building():
        return make_system(directory.nurse.unit_id, "health_care", scopes=list(scopes))


def test_help_is_found_page_by_page_and_nothing_twice(directory: Directory) -> None:
    loaded(directory.district, csv_of(*[CENTRE | {"provider_key": f"p{n}"} for n in range(5)]))
    theirs = system_of(directory, "directory:read")
    found, mark = [], ""
    for _page in range(3):
        page = theirs.get(f"/directory/offerings?place={entries.DISTRICT}&limit=2&cursor={mark}").json()
        found += [row["id"] for row in page["items"]]
        mark = page["next"]
    assert (len(found), len(set(found)), mark) == (5, 5, "")
    assert theirs.get(f"/directory/offerings/{found[0]}").json()["phone"] == "+77253721122"
    assert theirs.get("/directory/package").json()["items"][0]["verified"] is False


def test_a_refuge_is_a_telephone_and_a_region(directory: Directory) -> None:
    _provider, _site, offering = entries.entered(directory.region, entries.REFUGE, entries.HIDDEN, entries.SHELTER)
    theirs = system_of(directory, "directory:read")
    for answer in (theirs.get("/directory/offerings?need=safe_place"), theirs.get(f"/directory/offerings/{offering}")):
        text = json.dumps(answer.json(), ensure_ascii=False)
        assert "+77252500001" in text
        assert "Үміт" not in text
    assert theirs.get("/directory/offerings?words=Үміт").json()["items"] == []


def test_what_nobody_knows_is_refused_in_words(directory: Directory) -> None:
    theirs = system_of(directory, "directory:read")
    for asked in ("need=money2", "age=121", "nede=money", "standing=x", "limit=1000", "words=%00"):
        assert theirs.get(f"/directory/offerings?{asked}").status_code == 422, asked
    assert theirs.get("/directory/offerings?cursor=x").json()["code"] == "cursor_invalid"
    assert theirs.get("/directory/offerings?place=999999999").status_code == 404
    assert theirs.get("/directory/offerings/00000000-0000-4000-8000-000000000000").status_code == 404


def test_without_the_scope_nothing_is_read(directory: Directory) -> None:
    other = system_of(directory, "signals:write")
    for address in ("/directory/offerings", "/directory/package"):
        assert other.get(address).json()["code"] == "scope_missing"
