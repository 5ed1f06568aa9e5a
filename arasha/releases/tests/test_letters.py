"""Letters of state bodies: the day that they want, and what is given in part; the tables of a year."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.releases import actions, queries, rules
from arasha.releases.models import FileRequest, Release
from arasha.releases.rules import Faulty, Withheld
from arasha.releases.tests.cast import NOW, Desk
from arasha.releases.tests.test_pages import typed
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = local(NOW).date()
COURT: dict[str, Any] = {"applicant": "court", "basis": "court_order", "checked": "official", "way": "letter"}
PART = Withheld(("health",), "too_wide")


def asked(desk: Desk, **more: Any) -> FileRequest:
    request = desk.asked(**COURT | more)
    with as_owner():
        return FileRequest.objects.get(pk=request)


def due(desk: Desk) -> date:
    with as_owner():
        (duty,) = Obligation.objects.filter(dossier=desk.dossier, protocol__code="file_request")
    return local(duty.due_at).date()


@pytest.mark.parametrize(("wanted", "days"), [(None, 10), (5, 5), (60, 10), (-3, 0)])
def test_an_answer_is_due_when_the_letter_wants_it_within_the_limit_and_never_before_it_came(
    desk: Desk, wanted: int | None, days: int
) -> None:
    wanted_on = None if wanted is None else DAY + timedelta(days=wanted)
    row = asked(desk, wanted_on=wanted_on)
    assert (row.wanted_on, row.due_on) == (wanted_on, DAY + timedelta(days=days))
    desk.matched(row.pk, person=None)
    assert due(desk) == row.due_on


def test_a_letter_whose_day_is_over_when_it_is_matched_is_owed_today(desk: Desk) -> None:
    row = asked(desk, wanted_on=DAY + timedelta(days=1))
    later = NOW + timedelta(days=4)
    desk.matched(row.pk, person=None, now=later)
    assert due(desk) == local(later).date()


def test_what_a_person_asks_keeps_the_limit_of_the_procedure(desk: Desk) -> None:
    desk.matched()
    assert due(desk) == DAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        ("letter_on", "future", {"letter_on": DAY + timedelta(days=1)}),
        ("wanted_on", "before_letter", {"letter_on": DAY, "wanted_on": DAY - timedelta(days=1)}),
        ("wanted_on", "bodies_only", {"applicant": "parent", "wanted_on": DAY}),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(desk: Desk, field: str, code: str, said: dict[str, Any]) -> None:
    with pytest.raises(Faulty) as refused:
        desk.asked(**COURT | said)
    assert refused.value.faults == ((field, code),)
    assert FileRequest.objects.count() == 0


def test_the_counter_types_the_letter_and_reads_what_is_wrong_with_its_days(desk: Desk) -> None:
    browser = cast.browser_of(desk.counter)
    letter = typed(**COURT, incoming="12-05/345", letter_on="20.11.2026", wanted_on="19.11.2026")
    page = browser.post("/requests/new/", letter)
    assert page.status_code == 422
    assert "before the day of the letter" in page.content.decode()
    assert browser.post("/requests/new/", {**letter, "wanted_on": "soon"}).status_code == 422
    assert browser.post("/requests/new/", {**letter, "wanted_on": "27.11.2026"}).status_code == 302
    with as_owner():
        (row,) = FileRequest.objects.all()
    page = cast.browser_of(desk.team.lead).get(f"/requests/{row.pk}/")
    for said in ("12-05/345", "20.11.2026", "27.11.2026"):
        assert said in page.content.decode()


def test_what_is_given_in_part_is_decided_by_a_second_person_and_says_what_is_kept_back(desk: Desk) -> None:
    row = desk.proposed(desk.matched(asked(desk).pk, person=None), withheld=PART)
    assert (row.parts, row.withheld, row.ground) == ("plan", "health", "too_wide")
    with pytest.raises(actions.SamePerson):
        actions.decide(actor=desk.team.lead.enter(), request=row.request_id, agree=True, now=NOW)
    row = actions.decide(actor=desk.second.enter(), request=row.request_id, agree=True, now=NOW)
    assert (row.state, row.withheld) == ("given", "health")
    page = cast.browser_of(desk.team.lead).get(f"/requests/{row.request_id}/").content.decode()
    for said in ("in part", "What is kept back", "About health", "More is asked than the basis allows"):
        assert said in page


@pytest.mark.parametrize(
    ("field", "withheld", "more"),
    [
        ("withheld", Withheld(("plan",), "too_wide"), {}),
        ("withheld", Withheld(("x",), "too_wide"), {}),
        ("ground", Withheld(("health",)), {}),
        ("ground", Withheld((), "too_wide"), {}),
        ("ground", Withheld(("health",), "not_checked"), {}),
        ("refusal", PART, {"parts": (), "refusal": "no_basis"}),
    ],
)
def test_what_is_kept_back_has_a_ground_and_is_not_given(
    desk: Desk, field: str, withheld: Withheld, more: dict[str, Any]
) -> None:
    release = desk.matched()
    with pytest.raises(Faulty) as refused:
        desk.proposed(release, withheld=withheld, **more)
    assert [name for name, _code in refused.value.faults] == [field]


def test_a_new_proposal_forgets_what_was_kept_back_before(desk: Desk) -> None:
    release = desk.matched()
    desk.proposed(release, withheld=PART)
    assert desk.proposed(release).withheld == ""


def test_the_database_refuses_what_is_kept_back_without_a_ground(desk: Desk) -> None:
    release = desk.proposed()
    with pytest.raises(IntegrityError), transaction.atomic(), cast.building():
        Release.objects.filter(pk=release.pk).update(withheld="health")


def test_a_page_that_says_part_and_nothing_is_refused_with_words(desk: Desk) -> None:
    release = desk.matched()
    lead, address = cast.browser_of(desk.team.lead), f"/requests/{release.request_id}/propose/"
    page = lead.post(address, {"parts": ["plan"], "consent": "yes", "withheld": ["plan"], "ground": "too_wide"})
    assert page.status_code == 422
    assert "given or kept back, not both" in page.content.decode()
    said = {"parts": ["plan"], "consent": "yes", "withheld": ["health"], "ground": "too_wide"}
    assert lead.post(address, said).status_code == 302


def table(desk: Desk, name: str, person: cast.Person | None = None) -> list[list[str]]:
    answer = cast.browser_of(person or desk.team.lead).get(f"/requests/year/{name}.xlsx")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_the_years_workbook_hides_small_numbers_and_the_list_holds_no_name(desk: Desk) -> None:
    row = asked(desk, incoming="12-05/345", child="Аяру Серікова", asker="Сот Аяру", letter_on=DAY)
    asked(desk, incoming="Аяру туралы 12")
    release = desk.proposed(desk.matched(row.pk, person=None), withheld=PART)
    actions.decide(actor=desk.second.enter(), request=row.pk, agree=True, now=NOW)
    actions.hand_over(actor=desk.team.lead.enter(), request=release.request_id, how="letter", now=NOW)
    assert table(desk, "2026")[1][2:6] == ["<5", "0", "<5", "0"]
    head, *lines = table(desk, "2026-list")
    assert sorted(line[3] for line in lines) == ["", "12-05/345"]
    assert sorted(line[7] for line in lines) == ["Given in part", "Not answered yet"]
    assert not [cell for line in (head, *lines) for cell in line if "Аяру" in cell or str(desk.dossier) in cell]


def test_the_list_holds_no_request_about_a_file_from_which_its_reader_is_barred(desk: Desk) -> None:
    desk.matched(asked(desk).pk, person=None)
    asked(desk)
    assert len(table(desk, "2026-list", desk.second)) == 3
    desk.team.bar(desk.second)
    assert len(table(desk, "2026-list", desk.second)) == 2


def test_a_refusal_a_missing_file_and_a_danger_are_one_word_in_the_list(desk: Desk) -> None:
    nobodys = asked(desk).pk
    actions.end_unmatched(actor=desk.team.lead.enter(), request=nobodys, state="no_file", now=NOW)
    desk.matched(asked(desk).pk, person=None, doubt=True)
    words = {line[7] for line in table(desk, "2026-list")[1:]}
    assert words == {"Not given"}


def test_the_tables_are_not_there_for_others_or_for_years_that_are_none(desk: Desk) -> None:
    for name in ("2026", "2026-list"):
        assert cast.browser_of(desk.counter).get(f"/requests/year/{name}.xlsx").status_code in (403, 404)
    for name in ("1999", "2999-list"):
        assert cast.browser_of(desk.team.lead).get(f"/requests/year/{name}.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("said", "shown"), [("12-05/345", True), ("№ 7-КЖ", True), ("Аяру 12", False), ("жоқ", False), ("1" * 41, False)]
)
def test_a_number_leaves_the_house_only_where_no_name_can_hide_in_it(said: str, *, shown: bool) -> None:
    assert rules.number_alone(said) == (said if shown else "")


def test_a_letter_taken_down_before_days_were_asked_for_is_read_as_before(desk: Desk) -> None:
    row = asked(desk, incoming="№ 5, 20.11.2026")
    desk.team.lead.enter()
    assert queries.words_of(row).incoming == "№ 5, 20.11.2026"
    assert (row.letter_on, row.wanted_on) == (None, None)
