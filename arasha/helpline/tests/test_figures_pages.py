"""The pages about figures, past figures and lines, as people ask for them."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arasha.helpline.models import Extension
from arasha.helpline.tests.line import Line
from arasha.helpline.tests.test_figures import put, put_calls
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import Person, browser_of
from tests.database import as_owner

pytestmark = pytest.mark.django_db
FIGURES, PAST, LINES = "/helpline/figures/", "/helpline/figures/past/", "/helpline/lines/"
MARCH = {"from": "2026-03", "to": "2026-03"}


@pytest.fixture
def national(line: Line) -> Person:
    """Somebody of the nation's coordination."""
    with cast.building():
        return cast.seat(cast.make_unit("ministry", cast.NATION, "coordination_nation"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_says_each_figure_and_how_it_is_computed(line: Line, language: str) -> None:
    put(line, 3, sex="girl", reason="physical", first_reply_at=datetime(2026, 3, 10, 7, 0, 30, tzinfo=UTC))
    put_calls(line, 2, wait=12_000)
    page = browser_of(line.supervisor, language=language).get(FIGURES, MARCH).content.decode()
    told = {"kk": "Қыз", "ru": "Девочк", "en": "girl"}[language].casefold()
    assert told in page.casefold()
    assert "12" in page
    assert page.count("<table") >= 8


def test_an_empty_period_says_so_and_what_to_do(line: Line) -> None:
    page = browser_of(line.supervisor).get(FIGURES, MARCH).content.decode()
    assert "Nothing was counted in this period" in page
    assert PAST in page


def test_what_is_asked_wrongly_gives_the_year_so_far(line: Line) -> None:
    answer = browser_of(line.supervisor).get(FIGURES, {"from": "x", "to": "9999-99", "region": "'; DROP"})
    assert answer.status_code == 200


def test_only_those_for_whom_figures_are_see_them(line: Line, national: Person) -> None:
    for who, statuses in (
        (line.supervisor, (200, 200, 200)),
        (line.above, (200, 200, 200)),
        (national, (200, 200, 404)),
        (line.operator, (404, 404, 404)),
        (line.elsewhere, (404, 404, 404)),
        (line.district.coordinator, (404, 404, 404)),
    ):
        browser = browser_of(who)
        assert tuple(browser.get(page).status_code for page in (FIGURES, PAST, LINES)) == statuses, who


def test_the_file_holds_what_the_page_tells_and_nothing_that_runs(line: Line, national: Person) -> None:
    put(line, 12, sex="girl")
    put(line, 3, sex="boy")
    answer = browser_of(national).get(f"{FIGURES}file/", MARCH)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
    assert "15" in cells
    assert "10" in cells
    assert "3" not in cells
    assert "boy" not in {cell.casefold() for cell in cells}
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "-"}]


def test_a_table_is_checked_then_taken_and_shown_as_imported(line: Line) -> None:
    browser = browser_of(line.supervisor)

    def post(content: bytes, **more: str) -> tuple[int, str]:
        file = SimpleUploadedFile("past.csv", content)
        answer = browser.post(PAST, {"source": "<b>Report</b> 2025", "file": file} | more)
        return answer.status_code, answer.content.decode()

    good = b"month,channel,count\n2025-10,chat,1200\n"
    status, page = post(good)
    assert (status, "nothing was written yet" in page) == (200, True)
    status, page = post(b"month,channel,count\n2025-10,pigeon,1200\n", write="1")
    assert (status, "Row 2, column 2:" in page) == (422, True)
    status, page = post(b"x" * (10 * 1024 * 1024), write="1")
    assert (status, "too large" in page) == (422, True)
    status, page = post(good, write="1")
    assert (status, "The table was taken" in page) == (200, True)
    assert "&lt;b&gt;Report" in page
    shown = browser.get(FIGURES, {"from": "2025-10", "to": "2025-10"}).content.decode()
    assert "Imported, not counted by Arasha" in shown
    assert "1,200" in shown


def test_a_line_is_given_and_ended_on_its_page(line: Line) -> None:
    browser = browser_of(line.supervisor)
    assert "No line was given" in browser.get(LINES).content.decode()
    answer = browser.post(LINES, {"number": "2 01", "post": str(line.operator.post)})
    assert (answer.status_code, "without spaces" in answer.content.decode()) == (422, True)
    assert browser.post(LINES, {"number": "201", "post": str(line.elsewhere.post)}).status_code == 422
    assert browser.post(LINES, {"number": "201", "post": str(line.operator.post)}).status_code == 302
    with as_owner():
        row = Extension.objects.get()
    assert browser_of(line.elsewhere).post(f"{LINES}{row.pk}/end/").status_code == 404
    assert browser.post(f"{LINES}{row.pk}/end/").status_code == 302
    assert browser.post(f"{LINES}{row.pk}/end/").status_code == 404
