"""A region's districts as tiles: where there is no border to draw, each district is a link with what is open in it."""

import re
from dataclasses import replace

import pytest
from django.db import transaction

from arasha.doors.tests.test_finder import NOW, asks
from arasha.services import queries
from arasha.services.tests.directory import (
    DISTRICT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    REFUGE,
    REGION,
    SHELTER,
    Directory,
    entered,
)
from tests.database import as_role

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
TILE = re.compile(
    r'<li><a class="[^"]*(a-shade-\d)" href="\?p=(\d{9})&amp;[^"]*"><span>([^<]+)</span> <b>([^<]+)</b></a></li>'
)


def tiles(page: str) -> dict[str, tuple[str, str]]:
    """Return a page's tiles, by the district that they lead to: shade and number."""
    return {kato: (shade, number) for shade, kato, _name, number in TILE.findall(page)}


def test_a_region_shows_its_districts_with_what_is_open_there(directory: Directory) -> None:
    entered(directory.district)
    page = asks(p=REGION, a="6")
    found = tiles(page)
    assert found[DISTRICT] == ("a-shade-3", "1")
    assert found[NEXT_DISTRICT] == ("a-shade-0", "0")
    assert len(found) > 10
    assert all(code.startswith(REGION[:2]) for code in found)
    assert f"?p={DISTRICT}&amp;a=6&amp;language=kk" in page, "what was asked stays asked"
    assert not tiles(asks(p=DISTRICT))
    assert not tiles(asks(p=REGION, after="20"))
    assert not tiles(asks(p="000000000"))


def test_what_is_paused_and_what_is_protected_is_in_no_tile(directory: Directory) -> None:
    before = asks(p=REGION)
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    entered(directory.district, offering=replace(HELP, status="paused"))
    assert tiles(asks(p=REGION)) == tiles(before)


def test_the_publics_role_counts_a_region_and_nothing_finer(directory: Directory) -> None:
    entered(directory.district)
    with as_role("arasha_public"), transaction.atomic():
        assert queries.district_counts(REGION, now=NOW) == {DISTRICT: 1}
