"""Unmet need is a figure: counted by need, held back where small, and of refuges nothing below the region."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Refused, from_database
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, Person
from arasha.plans import policy, queries
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import COUNSELLING, SHELTER, ask, offering, refuge, step

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


def figures(who: Person, place: str = DISTRICT) -> dict[tuple[str, str], queries.UnmetNeed]:
    return {(row.what, row.code): row for row in queries.unmet_need(who.enter(), SINCE, UNTIL, place)}


def test_what_was_asked_and_not_given_is_counted_by_need(team: Team) -> None:
    rows = [ask(team, offering(team.lead, f"Орталық {number}")) for number in range(14)]
    for row in rows[:11]:
        step(row, team.lead, "refuse", reason="police_statement")
    # Asked elsewhere after a refusal is the same need, and waits.
    ask(team, offering(team.lead, "Соңғысы"), after=rows[0].pk)
    step(rows[13], team.lead, "begin")
    found = figures(team.lead)
    assert ("all", "") in found
    for key in (("all", ""), ("service", COUNSELLING.service), ("place", DISTRICT), ("month", "2026-11")):
        one = found[key]
        assert (one.asked, one.unmet) == (15, 10), key  # 14 and 10, rounded to five
        assert (one.begun, one.waiting, one.missed) == (None, None, None), key
    assert found["refusal", "police_statement"].asked == 10
    assert figures(team.district.region, REGION)["all", ""].asked == 15


def test_fewer_than_ten_are_not_shown(team: Team) -> None:
    for number in range(9):
        ask(team, offering(team.lead, f"Орталық {number}"))
    found = figures(team.lead)
    assert {row.asked for row in found.values()} == {None}


def test_a_refuge_is_in_no_figure_below_the_region(team: Team) -> None:
    for number in range(12):
        ask(team, refuge(team.district.region, f"Үміт {number}", replace(SHELTER, conditions=[])))
    assert figures(team.lead) == {}
    found = figures(team.district.region, REGION)
    assert found["place", REGION].asked == 10
    assert ("place", DISTRICT) not in found
    # At the district the picture is the same to the last number, whether or not a refuge was asked.
    for number in range(10):
        ask(team, offering(team.lead, f"Орталық {number}"))
    assert {row.asked for row in figures(team.lead).values()} == {10}


def test_others_and_parts_of_months_and_other_territories_are_refused(team: Team) -> None:
    for who in (team.doctor, team.teacher, team.district.inspector):
        with pytest.raises(policy.NotAllowed):
            figures(who)
    for who, place in ((team.lead, REGION), (team.lead, "613900000"), (team.district.region, NATION)):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            figures(who, place)
        assert isinstance(from_database(refused.value), Refused)
    team.lead.enter()
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM plans.unmet_need('2026-11-01', '2026-11-02', %s)", [DISTRICT])
    assert isinstance(from_database(refused.value), Refused)


def test_the_page_shows_words_where_numbers_are_held_back(team: Team) -> None:
    ask(team, offering(team.lead, "Орталық"), now=NOW)
    page = cast.browser_of(team.lead).get("/plans/unmet/", {"months": "12"})
    assert page.status_code == 200
    assert "fewer than 10" in page.content.decode()
    assert cast.browser_of(team.doctor).get("/plans/unmet/").status_code in {403, 404}
