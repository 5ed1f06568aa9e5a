"""Pages: what is not there for the reader answers 404, what was typed comes back, paper without names has none."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from arasha.cases.models import Case
from arasha.conferences.models import Item
from arasha.conferences.tests.cast import Table
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $x$ @a <b> *bold* <script>alert(1)</script>'


def number(table: Table) -> str:
    with as_owner():
        return str(Case.objects.get(dossier=table.dossier).number)


def test_an_agenda_on_paper_has_numbers_and_nobodys_name(table: Table) -> None:
    sitting = table.sitting()
    table.put_on(sitting)
    answer = cast.browser_of(table.secretary).get(f"/conferences/{sitting.pk}/agenda.pdf")
    paper = "".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    assert number(table) in paper
    assert "Аяру" not in paper
    for who in (table.member, table.team.doctor, table.team.outsider, table.barred):
        assert cast.browser_of(who).get(f"/conferences/{sitting.pk}/agenda.pdf").status_code == 404


def test_a_file_is_put_on_by_its_number_and_an_unknown_one_is_told_so(table: Table) -> None:
    sitting, browser = table.sitting(), cast.browser_of(table.secretary)
    address = f"/conferences/{sitting.pk}/"
    wrong = browser.post(f"{address}put-on/", {"number": HOSTILE})
    assert wrong.status_code == 422
    assert "<script>alert" not in wrong.content.decode()
    for _twice in range(2):
        assert browser.post(f"{address}put-on/", {"number": number(table), "urgent": "on"}).status_code == 302
    with as_owner():
        assert [(row.urgent, row.reason) for row in Item.objects.filter(sitting=sitting)] == [(True, "other")]


def test_leaving_out_asks_why_and_a_stranger_finds_no_sitting(table: Table) -> None:
    sitting, said = table.sitting(), {"dossier": str(table.dossier)}
    address = f"/conferences/{sitting.pk}/leave-out/"
    page = cast.browser_of(table.secretary).post(address, said, follow=True).content.decode()
    assert "Say why it is left out" in page
    for who in (table.member, table.team.outsider):
        assert cast.browser_of(who).post(address, said | {"reason": "settled"}).status_code == 404
    with as_owner():
        assert not Item.objects.exists()
    page = cast.browser_of(table.secretary).post(address, said | {"reason": "settled"}, follow=True).content.decode()
    assert "It is settled" in page


@pytest.mark.parametrize("name", ["attendance", "voice", "decide", "put-off", "urgent", "confirm", "differ", "minutes"])
def test_nothing_is_recorded_at_an_item_by_who_may_not(table: Table, name: str) -> None:
    item = table.put_on(table.sitting())
    for who in (table.member, table.team.outsider, table.barred):
        assert cast.browser_of(who).post(f"/conferences/items/{item.pk}/{name}/", {"x": "y"}).status_code == 404


def test_what_was_typed_comes_back_and_nothing_hostile_runs(table: Table) -> None:
    item = table.put_on(table.sitting(urgent=True))
    address, browser = f"/conferences/items/{item.pk}/", cast.browser_of(table.secretary)
    said = {"once": "7", "text": HOSTILE, "unit": table.team.doctor.unit.pk, "by_when": "99.99.2026"}
    wrong = browser.post(f"{address}decide/", said)
    body = wrong.content.decode()
    assert wrong.status_code == 422
    assert "&lt;script&gt;alert(1)" in body
    assert "<script>alert" not in body
    table.decide(item, text=HOSTILE)
    sent = {"seen": "0", "words": HOSTILE, "agreed": "on"}
    assert browser.post(f"{address}minutes/", sent).status_code == 302
    again = browser.post(f"{address}minutes/", sent)  # pressed twice
    assert again.status_code == 422
    with as_owner():
        row = item.minutes.get()
    paper = browser.post(f"/conferences/minutes/{row.pk}/print/")
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    assert '#panic("x")' in text


def test_an_absence_needs_its_reason_at_its_field(table: Table) -> None:
    item = table.put_on(table.sitting())
    unit = table.team.doctor.unit.pk
    browser = cast.browser_of(table.secretary)
    with as_owner():
        units = list(item.seats.values_list("unit_id", flat=True))
    said = {f"standing_{one}": "present" for one in units} | {f"standing_{unit}": "absent"}
    wrong = browser.post(f"/conferences/items/{item.pk}/attendance/", said)
    assert wrong.status_code == 422
    assert "Choose one." in wrong.content.decode()
    right = browser.post(f"/conferences/items/{item.pk}/attendance/", said | {f"reason_{unit}": "ill"})
    assert right.status_code == 302


def test_lists_are_filtered_by_the_address_and_say_when_they_are_empty(table: Table) -> None:
    browser = cast.browser_of(table.secretary)
    assert "No sitting is planned" in browser.get("/conferences/").content.decode()
    table.sitting()
    table.sitting(kind="team", at=NOW + timedelta(days=2))
    both = browser.get("/conferences/").content.decode()
    assert "Multidisciplinary team, sitting 2" in both
    one = browser.get("/conferences/?kind=commission_minors").content.decode()
    assert "Multidisciplinary team, sitting 2" not in one
    assert "No sitting has been yet" in browser.get("/conferences/?shown=past&after=x").content.decode()
