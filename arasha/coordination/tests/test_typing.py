"""How long people type: counted for a unit on the file's team, by month and page, and read by that unit alone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import translation

from arasha.coordination import actions, queries
from arasha.coordination.models import Typing
from arasha.coordination.rules import typing as typed
from arasha.coordination.views.typing import since, title
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
MARCH = NOW.date().replace(day=1)


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW - timedelta(days=1), using="default")
    return make_team()


def note(team: Team, by: Person, seconds: int = 90, page: str = "plans:plan_goal") -> None:
    actions.note_typing(actor=by.enter(), dossier=team.dossier, page=page, seconds=seconds, now=NOW)


def rows() -> list[tuple[int, str, int, int]]:
    with as_owner():
        return sorted(Typing.objects.values_list("unit", "page", "seconds", "sent"))


def send(browser: Client, team: Team, **fields: str) -> int:
    return browser.post(f"/cases/{team.dossier}/words/", {"where": "not_known"} | fields).status_code


def test_seconds_of_a_form_are_counted_for_the_unit_whether_it_was_taken_or_is_to_be_mended(team: Team) -> None:
    browser = cast.browser_of(team.lead)
    assert send(browser, team, how="said", words="Қорқамын", typed_seconds="40") == 302
    assert send(browser, team, how="nothing of the list", typed_seconds="20") == 422
    assert rows() == [(team.lead.unit.pk, "cases:words", 60, 2)]


@pytest.mark.parametrize("sent", ["", "0", "-5", "1e9", "٤٠", "9" * 400, "NaN", "40; DROP TABLE"])
def test_what_is_no_number_of_seconds_counts_nothing_and_harms_nothing(team: Team, sent: str) -> None:
    assert send(cast.browser_of(team.lead), team, how="said", words="Қорқамын", typed_seconds=sent) == 302
    assert rows() == []


def test_a_form_left_open_over_night_counts_as_an_hour(team: Team) -> None:
    assert send(cast.browser_of(team.lead), team, how="said", words="Қорқамын", typed_seconds="86400") == 302
    assert rows() == [(team.lead.unit.pk, "cases:words", 3600, 1)]


def test_who_is_not_on_the_files_team_is_not_counted_and_not_told(team: Team) -> None:
    stranger = team.district.nation
    note(team, stranger)
    assert send(cast.browser_of(stranger), team, how="said", words="x", typed_seconds="9") == 404
    assert rows() == []


def test_a_unit_reads_its_own_typing_and_no_other_units(team: Team) -> None:
    note(team, team.lead, 90)
    note(team, team.lead, 30, "cases:words")
    team.lead.enter()
    found = queries.typed(since(NOW))
    assert [(row.files, row.median, row.sent) for row in found.months] == [(1, 120, 2)]
    assert [(page.code, page.seconds) for page in found.pages] == [("plan", 90), ("words", 30)]
    assert [(row.dossier, row.seconds) for row in found.files] == [(team.dossier, 120)]
    team.district.region.enter()
    assert queries.typed(since(NOW)) == queries.Typed([], [], [])


def test_to_who_is_barred_from_the_file_no_sum_says_that_it_is_there(team: Team) -> None:
    note(team, team.lead)
    with cast.building():
        cast.put_bars(team.dossier, [{"user_id": team.lead.user}])
    team.lead.enter()
    assert queries.typed(since(NOW)) == queries.Typed([], [], [])


def test_no_login_of_the_application_reads_or_writes_the_table(team: Team) -> None:
    team.lead.enter()
    for statement in ("SELECT * FROM coordination_typing", "DELETE FROM coordination_typing"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_says_minutes_and_names_no_person(team: Team) -> None:
    note(team, team.lead, 600)
    page = cast.browser_of(team.lead).get("/typing/").content.decode()
    assert "10.0" in page
    assert "Individual plan" in page
    assert "too few files to say" in page
    assert "Nothing was counted yet" in cast.browser_of(team.district.region).get("/typing/").content.decode()


def test_the_title_compares_the_last_two_months_that_say_something() -> None:
    before, after = typed.Month(MARCH.replace(month=1), 5, 600, 9), typed.Month(MARCH.replace(month=2), 4, 300, 9)
    with translation.override("en"):
        assert "less than before" in title([after, before])
        assert "more than before" in title([typed.Month(MARCH, 3, 900, 4), after])
        assert title([typed.Month(MARCH, 2, 900, 4)]) == title([])


def test_every_page_that_is_named_is_there() -> None:
    names = {f"{space}:" for space in get_resolver().namespace_dict}
    for code in typed.PAGES:
        for prefix in code.more["addresses"].split():
            assert prefix == typed.OTHER_PAGES or f"{prefix.partition(':')[0]}:" in names, prefix
    assert typed.page_of("plans:plan_draft") == "safety_plan"
    assert typed.page_of("plans:plan_goal_new") == "plan"
    assert typed.page_of("nowhere:at_all") == "other"
