"""The board's pages: each level its own territory, no name for the nation, pictures and tables from one count."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arasha.coordination import queries, rules
from arasha.coordination.actions import write_weeks
from arasha.coordination.views import charts
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import UnitFunction
from arasha.obligations.actions import sweep_batch
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District
from arasha.signals.models import Signal
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PAGES = ("", "table/", "late/", "unseen/", "csv/")
HOUR = timedelta(hours=1)
MOST_QUERIES = 12


def overdue(district: District, reports: int = 1) -> None:
    """Let reports come in and stay without an answer for four days; their silence climbs to the region."""
    for _ in range(reports):
        reported(district)
    for hours in (25, 49, 97):
        while sweep_batch(actor=cast.sweeper(), now=NOW + hours * HOUR).climbed:
            pass


@pytest.mark.parametrize("who", ["coordinator", "region", "nation"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_stands_for_every_level(district: District, who: str, language: str) -> None:
    overdue(district)
    browser = cast.browser_of(getattr(district, who), language=language)
    for page in PAGES:
        answer = browser.get(f"/board/{page}")
        assert answer.status_code == 200, page
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["doctor", "inspector", "police_head", "neighbour"])
def test_who_does_not_coordinate_has_no_board(district: District, who: str) -> None:
    browser = cast.browser_of(getattr(district, who))
    assert [browser.get(f"/board/{page}").status_code for page in PAGES] == [404] * len(PAGES)


@pytest.mark.parametrize("asked", ["613900000", "750000000", NATION, "x", "999999999", "6154"])
def test_another_territory_is_no_page(district: District, asked: str) -> None:
    browser = cast.browser_of(district.coordinator)
    assert browser.get(f"/board/?in={asked}").status_code == 404


def test_the_region_opens_its_district_and_the_nation_its_region(district: District) -> None:
    overdue(district)
    for who, asked in (("region", DISTRICT), ("nation", REGION), ("nation", DISTRICT)):
        page = cast.browser_of(getattr(district, who)).get(f"/board/?in={asked}")
        assert page.status_code == 200
    assert "inspection" in page.content.decode()


def test_the_nation_reads_figures_and_no_name(district: District) -> None:
    overdue(district)
    browser = cast.browser_of(district.nation)
    for page in PAGES:
        assert "Аяру" not in browser.get(f"/board/{page}").content.decode(), page


def test_the_nation_that_hears_of_a_silence_reads_what_is_wrong_and_not_who_the_child_is(district: District) -> None:
    overdue(district)
    for hours in (240, 360):
        while sweep_batch(actor=cast.sweeper(), now=NOW + hours * HOUR).climbed:
            pass
    with as_owner():
        file = Signal.objects.get().dossier_id
    for page in ("/", f"/files/{file}/", f"/files/{file}/story/", f"/files/{file}/duties/", "/board/", "/month/"):
        answer = cast.browser_of(district.nation).get(page)
        assert (answer.status_code, "Аяру" in answer.content.decode()) == (200, False), page
    assert "Аяру" in cast.browser_of(district.coordinator).get(f"/files/{file}/").content.decode()


def test_picture_table_and_download_hold_the_same_figures(district: District) -> None:
    overdue(district, 3)
    browser = cast.browser_of(district.region)
    board, table = browser.get("/board/"), browser.get("/board/table/")
    drawn = {tile.name: tile.figure for tile in board.context["tiles"]}
    assert drawn == {row["name"]: str(row["late"]) for row in table.context["rows"]}
    lines = list(csv.DictReader(io.StringIO(browser.get("/board/csv/").content.decode("utf-8-sig"))))
    assert sum(int(line["late"]) for line in lines) == table.context["whole"]["late"]
    assert sum(map(int, drawn.values())) == table.context["whole"]["late"]


def test_what_is_late_is_narrowed_by_how_long_as_the_figures_count_it(district: District) -> None:
    overdue(district, 2)
    now = NOW + 97 * HOUR
    board = queries.board(district.coordinator.enter(), now)
    ages = [row.code for row in rules.AGES]
    for age, n in zip(ages, board.whole.bands, strict=True):
        assert queries.late_rows(district.coordinator.enter(), now, age=age).count() == n, age
    assert sum(board.whole.bands) == queries.late_rows(district.coordinator.enter(), now).count() > 0


def test_the_list_keeps_place_body_and_age_together(district: District) -> None:
    overdue(district)
    browser = cast.browser_of(district.coordinator)
    page = browser.get("/board/late/?age=d1&body=juvenile_inspection").context
    assert all("age=d1" in link.url for link in page["bodies"])
    assert all("body=juvenile_inspection" in link.url for link in page["ages"])
    assert [link.url.count("age=d1") for link in page["ages"] if link.current] == [1]
    assert browser.get("/board/late/?age=d2").status_code == 404


def test_past_fridays_stand_in_the_table_as_in_the_picture(district: District) -> None:
    overdue(district)
    now = NOW + timedelta(days=15)
    write_weeks(actor=enter_system("count"), now=now)
    board = queries.board(district.region.enter(), now)
    table = charts.matrix(board)
    assert len(table["fridays"]) == len(board.fridays) > 0
    assert table["weeks_whole"][-1] == board.last_friday


def test_silence_that_climbed_to_the_region_stands_beside_its_board(district: District) -> None:
    overdue(district)
    context = cast.browser_of(district.region).get("/board/").context
    assert len(context["climbed"]) == 1
    assert cast.browser_of(district.nation).get("/board/").context["climbed"] == []


def test_a_body_that_is_missing_is_said_until_there_is_one(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(function="juvenile_inspection", territory=DISTRICT).update(until=NOW - HOUR)
    reported(district)
    assert queries.board(district.coordinator.enter(), NOW).missing[0].code == "juvenile_inspection"
    assert "none in" in cast.browser_of(district.coordinator).get("/board/").content.decode()
    with cast.building():
        cast.make_unit("new", DISTRICT, "juvenile_inspection")
    assert queries.board(district.coordinator.enter(), NOW).missing == []


@pytest.mark.parametrize("who", ["coordinator", "region", "nation"])
def test_the_board_asks_the_database_few_questions(district: District, who: str) -> None:
    overdue(district, 3)
    actor = getattr(district, who).enter()
    with CaptureQueriesContext(connection) as asked:
        queries.board(actor, NOW)
    assert len(asked) <= MOST_QUERIES
