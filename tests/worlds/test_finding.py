"""Whoever may not know of a child learns nothing by searching: not by what is found, nor by what is not.

The stepfather who is a clerk with an account searches for the girl he lost; a neighbour, the head of the clinic, an
administrator do. One world holds her, the other does not, and the answers are the same to the byte.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import transaction

from arasha.cases.queries import described
from arasha.kernel.access.actions import enter
from arasha.signals.actions import open_case_from
from tests.worlds.house import House, World
from tests.worlds.pages import Answer, answer, without_random_ids

CALLED = "Нұрғалиева Әйгерім"
ASKED = (
    "Нұрғалиева Әйгерім",
    "Айгерим Нургалиева",
    "Айгерим",
    "Нургалива Айгирим 2017",
    "Әйгерім 9 жаста",
    "140314600014",
    "8 701 123 45 67",
    "%",
    "",
    "а" * 10_000,
)
STRANGERS = ("doctor", "clinic-head", "administrator", "nation", "neighbour", "region", "police-head")


def found(world: World, login: str) -> list[Answer]:
    """Return every answer to every question."""
    with world.open():
        browser = world.browser(login)
        answers = [answer(browser.post("/find/", {"q": typed})) for typed in ASKED]
        answers += [answer(browser.get(address)) for address in ("/find/", "/people/matches/", "/people/")]
        return [without_random_ids(one) for one in answers]


@pytest.fixture
def two(house: House) -> Iterator[tuple[World, World]]:
    """Two worlds that are alike so far."""
    with ExitStack() as stack:
        yield stack.enter_context(house.world()), stack.enter_context(house.world())


@pytest.mark.parametrize("login", STRANGERS)
def test_a_report_about_her_changes_no_answer_of_a_search(two: tuple[World, World], login: str) -> None:
    first, second = two
    with second.open():
        second.report(child_called=CALLED, child_age=9)
    assert found(first, login) == found(second, login)


def test_who_is_barred_searches_as_if_she_were_not_there(two: tuple[World, World]) -> None:
    first, second = two
    barred = second.house.seats["coordinator"].account.user_id
    with second.open():
        second.report(child_called=CALLED, child_age=9, barred_users=[barred])
    assert found(first, "coordinator") == found(second, "coordinator")


@pytest.mark.parametrize("login", ["doctor", "clinic-head", "administrator", "neighbour", "police-head"])
def test_her_case_changes_no_answer_of_a_search_outside_its_team(two: tuple[World, World], login: str) -> None:
    first, second = two
    with second.open():
        second.report(child_called=CALLED, child_age=9)
        house = second.house
        rows = second.rows("SELECT id FROM signals_signal WHERE child_called = %s", CALLED)
        child = described(CALLED, 9, "girl", house.moment)
        with transaction.atomic():
            actor = enter(house.tokens["coordinator"], house.seats["coordinator"].post_id)
            open_case_from(actor=actor, signal=rows[0][0], child=child, iin="140314600014", now=house.moment)
    assert found(first, login) == found(second, login)


def test_whoever_may_know_finds_her_so_the_comparison_can_fail(two: tuple[World, World]) -> None:
    first, second = two
    with second.open():
        second.report(child_called=CALLED, child_age=9)
    assert found(first, "coordinator") != found(second, "coordinator")
