"""The finder of help leads to what children said where something is told, and nowhere else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arasha.doors.queries import heard
from arasha.obligations.tests.cast import DISTRICT
from arasha.participation.tests.stage import Stage, answer, close, refuge
from tests.database import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("arasha.doors.tests.urls")]


def found() -> str:
    """Return what the public finds in the district."""
    with as_role("arasha_public"):
        return Client().get("/help/", {"p": DISTRICT, "language": "kk"}).content.decode()


def answered(stage: Stage, offering: object, count: int) -> None:
    """Let some children say how a service was."""
    for turn in range(count):
        answer(stage.invited(stage.file(called=f"Бала {turn}"), offering))  # type: ignore[arg-type]


def test_a_card_leads_to_what_ten_children_said_and_no_card_tells_of_nine(stage: Stage) -> None:
    hidden = refuge(stage)
    answered(stage, stage.offering, 10)
    answered(stage, stage.second, 9)
    before = found()
    assert "/said/of/" not in before
    close()
    page = found()
    assert f"/said/of/{stage.offering}/" in page
    assert f"/said/of/{stage.second}/" not in page
    assert f"/said/of/{hidden}/" not in page


def test_all_cards_of_a_page_are_asked_about_in_one_query(stage: Stage) -> None:
    def queries(ask: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as caught:
            ask()
        return len(caught)

    assert queries(lambda: heard([stage.offering])) == queries(lambda: heard([stage.offering, stage.second] * 10)) == 1
    assert queries(lambda: heard([])) == 0
