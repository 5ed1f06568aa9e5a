"""My work shows what waits; the paper for a night holds it, as an act that each file tells and an export of each."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import translation
from pypdf import PdfReader

from arasha.coordination import actions, queries
from arasha.coordination.views import presenting
from arasha.kernel.access.models import Look
from arasha.kernel.access.rules import Refused
from arasha.kernel.journal.models import Act, Link
from arasha.obligations.actions import sweep_batch
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals.actions import open_case_from
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def words(answer: object) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages  # type: ignore[attr-defined]
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_paper_says_what_is_owed_and_whom_to_ring_and_no_more(district: District, language: str) -> None:
    signal = reported(district)
    answer = cast.browser_of(district.inspector, language=language).post("/tonight/", {"until": "tomorrow"})
    assert answer["Content-Type"] == "application/pdf"
    said = words(answer)
    for wanted in ("Аяру", "inspection", "102", "111"):
        assert wanted in said
    assert district.doctor.unit.name_en not in said
    with as_owner():
        made = Act.objects.get(verb="print_work")
        assert (made.stream_kind, made.stream_key) == ("user", str(district.inspector.user))
        assert Link.objects.filter(act=made, key=str(signal.dossier_id)).exists()
        assert Look.objects.filter(dossier=signal.dossier_id, kind="export").count() == 1


def test_the_file_tells_that_it_was_printed(district: District) -> None:
    signal = reported(district)
    cast.browser_of(district.inspector).post("/tonight/", {"until": "tomorrow"})
    page = cast.browser_of(district.coordinator).get(f"/files/{signal.dossier_id}/story/").content.decode()
    assert "Printed on the paper for a night" in page


def test_the_paper_holds_the_own_work_alone(district: District) -> None:
    reported(district)
    assert "Аяру" not in words(cast.browser_of(district.neighbour).post("/tonight/", {"until": "tomorrow"}))
    assert cast.browser_of(district.nation).post("/tonight/").status_code == 404
    assert cast.browser_of(district.inspector).get("/tonight/").status_code == 405


def test_the_first_page_has_one_line_for_each_child_and_counts_children_and_duties(district: District) -> None:
    cast.make_six()
    files = {next(iter(cast.report_to_six(district).values())).dossier_id for _child in range(2)}
    now = NOW + 240 * HOUR
    work = queries.my_work(district.coordinator.enter(), now)
    lines = presenting.by_child(work.late, work.matters, now)
    assert {line["url"] for line in lines} == {f"/files/{file}/" for file in files}
    assert sum(len(line["duties"]) for line in lines) == len(work.late) == work.counts["late"] > 2
    assert work.counts["late_children"] == 2
    with translation.override("en"):
        assert presenting.title_of_work(5, 2, 0) == "5 obligations are late (2\u00a0children)"
        assert presenting.title_of_work(1, 1, 0) == "1 obligation is late"


def test_all_that_falls_due_within_a_day_is_listed_or_said_to_be_more(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.make_six()
    for _child in range(6):
        cast.report_to_six(district)
    actor, now = district.coordinator.enter(), NOW + 12 * HOUR
    work = queries.my_work(actor, now)
    assert len(work.due) == work.counts["due"] > 25
    monkeypatch.setattr("arasha.coordination.queries.work.DUE", 2)
    cut = presenting.my_work(queries.my_work(actor, now), actor, now, own=False)
    assert cut["due_more"] == work.counts["due"] - 2


def test_more_than_a_hundred_children_are_not_taken_along_by_one_person(district: District) -> None:
    actor = district.inspector.enter()
    with pytest.raises(Refused):
        actions.print_work(actor=actor, dossiers=[uuid4() for _ in range(101)], now=NOW)
    with as_owner():
        assert not Act.objects.filter(verb="print_work").exists()


def test_my_work_shows_whom_nobody_saw_and_what_climbed(district: District) -> None:
    signal = reported(district)
    case = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW + HOUR)
    cast.end_opening(case.dossier_id)
    for hours in (25, 49, 97):
        while sweep_batch(actor=cast.sweeper(), now=NOW + hours * HOUR).climbed:
            pass
    work = queries.my_work(district.coordinator.enter(), NOW + timedelta(days=9))
    assert [row.dossier_id for row in work.unseen] == [case.dossier_id]
    assert [row.dossier_id for row in work.climbed] == [case.dossier_id]
    assert (work.counts["unseen"], work.counts["climbed"]) == (1, 1)
    region = queries.my_work(district.region.enter(), NOW + timedelta(days=9))
    assert [row.dossier_id for row in region.climbed] == [case.dossier_id]
    assert queries.my_work(district.neighbour.enter(), NOW + timedelta(days=9)).counts["unseen"] == 0


def test_the_nations_work_is_what_climbed_to_it(district: District) -> None:
    reported(district)
    actor = district.nation.enter()
    work = queries.my_work(actor, NOW + 30 * HOUR)
    assert (work.late, work.counts["open"]) == ([], 0)


def test_the_list_is_narrowed_to_what_the_own_unit_owes(district: District) -> None:
    reported(district)
    actor = district.coordinator.enter()
    assert len(queries.my_work(actor, NOW + 30 * HOUR).late) == 1
    assert queries.my_work(actor, NOW + 30 * HOUR, own=True).late == []
    page = cast.browser_of(district.coordinator).get("/?owed=own")
    assert page.status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_month_shows_what_falls_due_on_its_day(district: District, language: str) -> None:
    duty = cast.report(district)
    browser = cast.browser_of(district.inspector, language=language)
    page = browser.get(f"/month/?month={duty.due_at:%Y-%m}")
    [day] = page.context["listed"]
    assert day["day"] == (duty.due_at + timedelta(hours=5)).date()
    assert len(day["rows"]) == 1
    assert f"/obligations/{duty.pk}/" in page.content.decode()
    assert browser.get("/month/?month=2030-01").context["listed"] == []
    assert cast.browser_of(district.neighbour).get(f"/month/?month={duty.due_at:%Y-%m}").context["listed"] == []


@pytest.mark.parametrize("asked", ["x", "2026-13", "0001-01", "9999-12", "2026-1\x00", "-1"])
def test_a_month_that_is_none_is_the_present_one(district: District, asked: str) -> None:
    page = cast.browser_of(district.inspector).get("/month/", {"month": asked})
    assert page.status_code == 200


def test_the_list_of_cases_is_narrowed_by_who_leads_and_how_it_stands(district: District) -> None:
    case = open_case_from(actor=district.coordinator.enter(), signal=reported(district).pk, now=NOW)
    browser = cast.browser_of(district.coordinator)
    for asked in ("", "?lead=own", "?lead=unit", "?lead=unit&lead=others", "?state=open", "?lead=nobody&state=x"):
        assert case.number in browser.get(f"/cases/{asked}").content.decode(), asked
    for asked in ("?lead=others", "?state=closed", "?lead=own&state=closed"):
        page = browser.get(f"/cases/{asked}").content.decode()
        assert case.number not in page, asked
        assert "No case like that" in page, asked
