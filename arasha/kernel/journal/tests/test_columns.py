"""A column that a later version adds is in no change of before: old rows hold what the migration gave all of them."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from arasha.kernel.journal.queries.proof.state import tables
from arasha.kernel.journal.rules import row_journal
from arasha.kernel.journal.tests.sample import CLASSES, DECLARATION
from arasha.kernel.journal.tests.world import World, told
from arasha.kernel.worktime.models import Day

LATER: dict[str, str] = {**CLASSES, "outcome": "code", "amount": "code", "town": "personal"}


class Later:
    """What the sample's model declares after the upgrade."""

    classes = LATER
    before: dict[str, Any] = {"outcome": "none", "amount": 0, "town": ""}


@pytest.fixture
def upgraded(world: World) -> tuple[World, str]:
    """A world with one row from before the columns and one from after; the old row's id."""
    _, row = world.write(uuid4())
    with psycopg.connect(world.database.owner) as owner:
        owner.execute(
            "ALTER TABLE sample_row ADD COLUMN outcome text NOT NULL DEFAULT 'none',"
            " ADD COLUMN amount int NOT NULL DEFAULT 0, ADD COLUMN town text NOT NULL DEFAULT ''"
        )
        owner.execute(row_journal("sample_row", **{**DECLARATION, "classes": LATER}).encode())
    world.write(uuid4())
    return world, str(row)


def test_rows_from_before_hold_what_was_declared(upgraded: tuple[World, str]) -> None:
    assert told(upgraded[0].verify(declaration=Later)) == set()


@pytest.mark.parametrize(("column", "value"), [("outcome", "other"), ("amount", "1"), ("town", "Шымкент")])
def test_another_value_in_an_old_row_is_found(upgraded: tuple[World, str], column: str, value: str) -> None:
    world, row = upgraded
    world.tamper(f"UPDATE sample_row SET {column} = '{value}' WHERE id = '{row}'")
    assert [found[:4] for found in told(world.verify(declaration=Later))] == [
        ("row_altered", "sample_row", row, column)
    ]


def test_a_change_of_an_old_row_is_recorded_from_then_on(upgraded: tuple[World, str]) -> None:
    world, row = upgraded
    world.act(uuid4(), "UPDATE sample_row SET outcome = 'met' WHERE id = %s", row)
    assert told(world.verify(declaration=Later)) == set()
    world.tamper(f"UPDATE sample_row SET outcome = 'none' WHERE id = '{row}'")
    assert {found[3] for found in told(world.verify(declaration=Later))} == {"outcome"}


def test_nothing_is_excused_that_nobody_declared(upgraded: tuple[World, str]) -> None:
    class Silent(Later):
        before: dict[str, Any] = {}

    assert {found[3] for found in told(upgraded[0].verify(declaration=Silent))} == {"outcome", "amount", "town"}


def test_a_models_defaults_are_taken_from_its_fields() -> None:
    (table,) = tables({"worktime_day": Day.Journal})
    assert table.before["estimated"] is False
    assert table.before["verified_by"] == ""
    assert "id" not in table.before
    assert "source" not in table.before
