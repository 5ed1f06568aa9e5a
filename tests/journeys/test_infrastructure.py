"""A ministry's promises in two districts: one opens, one is late, the need stands apart, and the numbers reconcile."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client

from arasha.coverage.models import Commitment
from arasha.coverage.tests.entered import TODAY, person
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services.tests.directory import DISTRICT, NEXT_DISTRICT, REGION, browser_of
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NATION = "000000000"


@pytest.fixture
def ministry(db: None) -> Client:
    """A person of coordination in the nation."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return browser_of(person("coordination_nation", NATION))


def promise(browser: Client, place: str, count: int, days: int) -> str:
    typed = {
        "once": uuid4(),
        "kind": "school",
        "programme": "comfortable_schools",
        "what": f"Schools in {place}",
        "territory": place,
        "count": count,
        "promised_by": "Ministry of Education",
        "document": "Order 1, page 2",
        "promised_on": f"{TODAY - timedelta(days=90):%d.%m.%Y}",
        "due_on": f"{TODAY + timedelta(days=days):%d.%m.%Y}",
    }
    page = browser.post("/infrastructure/commitments/add/", typed)
    assert page.status_code == 302, page.content.decode()
    return str(page.headers["Location"])


def numbers(browser: Client, area: str, query: str = "") -> dict[str, list[str]]:
    """Return the cells of every row of the overview, by the name in its first."""
    page = browser.get(f"/infrastructure/?area={area}&kind=school{query}").content.decode()
    rows = re.findall(r"<tr class=\"govuk-table__row[^\"]*\"><th scope=\"row\".*?</tr>", page, re.DOTALL)
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in rows]
    return {
        re.sub(r"<.*?>", " ", row.split("</th>")[0]).strip(): [
            " ".join(re.sub(r"<.*?>", " ", one).split()) for one in found
        ]
        for row, found in zip(rows, cells, strict=True)
    }


def test_need_and_promise_stand_apart_and_every_number_reconciles(ministry: Client) -> None:
    opens, late = promise(ministry, DISTRICT, 2, 60), promise(ministry, NEXT_DISTRICT, 3, -1)
    step = {"once": uuid4(), "kind": "opened", "on": f"{TODAY:%d.%m.%Y}", "count": "1", "source": "Act 5"}
    for _twice in range(2):
        assert ministry.post(f"{opens}step/", step).status_code == 302
    need = {
        "once": uuid4(),
        "kind": "school",
        "territory": DISTRICT,
        "count": 7,
        "counted_by": "Akimat",
        "counted_on": f"{TODAY:%d.%m.%Y}",
        "source": "List of 2026",
    }
    assert ministry.post("/infrastructure/needs/add/", need).status_code == 302

    region = numbers(ministry, REGION)
    assert ["7 Akimat: List of 2026", "2", "1", "0", "0"] in region.values()
    assert ["not counted", "3", "0", "3", "0"] in region.values()
    nation = numbers(ministry, NATION)
    for found in (region, nation):
        assert next(iter(found.values())) == ["7 Akimat: List of 2026", "5", "1", "3", "0"]
    page = ministry.get("/infrastructure/").content.decode()
    assert "promised in the country 369, entered here 5" in page

    book = ministry.get(f"/infrastructure/commitments/export.xlsx?area={REGION}&kind=school").content
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))[1:]
    assert [sum(int(row[at]) for row in rows) for at in (7, 8, 9)] == [5, 1, 3]
    only_late = ministry.get(f"/infrastructure/commitments/?area={REGION}&kind=school&shown=late").content.decode()
    assert f"Schools in {NEXT_DISTRICT}" in only_late
    assert f"Schools in {DISTRICT}" not in only_late
    assert "Late" in ministry.get(late).content.decode()


def test_others_read_and_enter_nothing_and_a_wrong_form_comes_back_full(ministry: Client) -> None:
    address = promise(ministry, DISTRICT, 2, 60)
    school = browser_of(person("education_school", DISTRICT))
    neighbour = browser_of(person("coordination_district", NEXT_DISTRICT))
    step = {"once": uuid4(), "kind": "opened", "on": f"{TODAY:%d.%m.%Y}", "count": "1", "source": "Act 5"}
    for reader in (school, neighbour):
        page = reader.get(address)
        assert page.status_code == 200
        assert "Add what happened" not in page.content.decode()
        assert reader.post(f"{address}step/", step).status_code in {403, 404}
    assert school.get("/infrastructure/commitments/add/").status_code in {403, 404}
    wrong = ministry.post(
        "/infrastructure/commitments/add/", {"once": uuid4(), "what": "<b>Mine</b>", "count": "9" * 40}
    )
    assert wrong.status_code == 422
    assert "&lt;b&gt;Mine&lt;/b&gt;" in wrong.content.decode()
    with as_owner():
        assert Commitment.objects.count() == 1


def test_counts_of_what_is_missing_are_narrowed_to_a_source(ministry: Client) -> None:
    for count, counted_by in ((7, "Akimat"), (11, "Ministry")):
        need = {"once": uuid4(), "kind": "school", "territory": DISTRICT, "count": count, "counted_by": counted_by}
        need |= {"counted_on": f"{TODAY:%d.%m.%Y}", "source": "List of 2026"}
        assert ministry.post("/infrastructure/needs/add/", need).status_code == 302
    overview = ministry.get(f"/infrastructure/?area={DISTRICT}&kind=school").content.decode()
    found = re.search(r'href="([^"]*needs/\?[^"]*Ministry[^"]*)"', overview)
    assert found is not None
    page = ministry.get(found[1].replace("&amp;", "&")).content.decode()
    counts = re.findall(r'data-label="How many are missing">(\d+)<', page)
    assert counts == ["11"]
    everything = ministry.get(f"/infrastructure/needs/?area={DISTRICT}&kind=school&source=nobody").content.decode()
    assert sorted(re.findall(r'data-label="How many are missing">(\d+)<', everything)) == ["11", "7"]
