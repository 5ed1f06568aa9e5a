"""What a row of a register is to the register: new, the same, changed, or twice."""

from datetime import date
from typing import Any

import pytest

from arasha.people.rules import Birth
from arasha.people.rules.imports import Mapping, Said
from arasha.people.rules.imports.headings import Field
from arasha.people.rules.registers import (
    NOTHING,
    Outcome,
    Register,
    Standing,
    birth_how,
    merged,
    packed,
    role_of,
    told,
    too_long,
    unpacked,
)

SECRET = b"s" * 32
BORN = Birth(date(2014, 3, 14), date(2014, 3, 14))
NUMBERED = {"iin": "140314600014"}
NAMED: dict[str, Any] = {"surname": "Бекова", "given": "Дана", "birth": BORN, "birth_from": "birth_date"}


def said(number: int = 1, **more: Any) -> Said:
    return Said(row_number=number, **NAMED | more)


def standing(row: Said, *, seen: bool = False) -> Standing:
    found = told(row, SECRET)
    return Standing(1, found.key, found.also, found.sure, found.parts, seen=seen)


@pytest.mark.parametrize(
    ("known", "row", "outcome"),
    [
        (None, {}, Outcome.NEW),
        ({}, {}, Outcome.SAME),
        ({}, {"phone": "87011234567"}, Outcome.CHANGED),
        ({"phone": "87011234567"}, {}, Outcome.SAME),
        ({"phone": "1"}, {"phone": "2"}, Outcome.CHANGED),
        ({}, NUMBERED, Outcome.CHANGED),
        (NUMBERED, {}, Outcome.SAME),
        (NUMBERED, {"surname": "Ахметова", **NUMBERED}, Outcome.CHANGED),
        (NUMBERED, {"iin": "140314600022"}, Outcome.NEW),
        ({"source_key": "7"}, {"source_key": "7", "given": "Айша"}, Outcome.CHANGED),
        ({"source_key": "a1"}, {"source_key": "A1"}, Outcome.NEW),
        ({}, {"given": "Айша"}, Outcome.NEW),
        ({}, {"birth": Birth(date(2014, 3, 15), date(2014, 3, 15))}, Outcome.NEW),
        ({}, {"surname": "БЕКОВА", "given": "Dana"}, Outcome.CHANGED),
    ],
)
def test_what_a_row_is_to_the_one_that_stands(
    known: dict[str, Any] | None, row: dict[str, Any], outcome: Outcome
) -> None:
    register = Register()
    if known is not None:
        register.learn(standing(said(**known)))
    assert register.decide(told(said(**row), SECRET)).outcome is outcome


@pytest.mark.parametrize(
    ("rows", "outcomes"),
    [
        ([NUMBERED, NUMBERED], [Outcome.NEW, Outcome.SAME]),
        ([NUMBERED, NUMBERED | {"phone": "1"}], [Outcome.NEW, Outcome.TWICE]),
        ([{"phone": "1"}, {"phone": "2"}], [Outcome.NEW, Outcome.NEW]),
        ([{}, {}], [Outcome.NEW, Outcome.SAME]),
        ([NUMBERED, {}], [Outcome.NEW, Outcome.NEW]),
    ],
)
def test_rows_of_one_file_that_speak_of_one_name(rows: list[dict[str, Any]], outcomes: list[Outcome]) -> None:
    register = Register()
    assert [register.decide(told(said(**row), SECRET)).outcome for row in rows] == outcomes


def test_what_is_not_said_stays_as_the_register_has_it() -> None:
    register = Register()
    before = standing(said(phone="1", address="Абай 1"))
    register.learn(before)
    found = register.decide(told(said(address="Абай 2"), SECRET))
    assert found.differing == {"address"}
    assert merged(found)[6] == before.parts[6] != NOTHING
    assert unpacked(packed(merged(found))) == merged(found)


def test_each_register_has_hashes_of_its_own() -> None:
    assert told(said(), SECRET).key != told(said(), b"t" * 32).key


@pytest.mark.parametrize(
    ("birth", "birth_from", "how", "role"),
    [
        (BORN, "birth_date", "day", "child"),
        (Birth(date(2014, 3, 1), date(2014, 3, 31)), "birth_date", "month", "child"),
        (Birth(date(2014, 1, 1), date(2014, 12, 31)), "birth_year", "year", "child"),
        (Birth(date(2013, 1, 1), date(2015, 1, 1)), "age", "about", "child"),
        (None, "", "unknown", "child"),
        (Birth(date(1990, 1, 1), date(1990, 12, 31)), "birth_year", "year", "other"),
    ],
)
def test_how_exactly_a_birth_is_said(birth: Birth | None, birth_from: str, how: str, role: str) -> None:
    row = said(birth=birth, birth_from=birth_from)
    assert (birth_how(row), role_of(row, date(2026, 11, 23))) == (how, role)


def test_words_that_are_longer_than_anybody_s_go_back_with_their_place() -> None:
    mapping = Mapping({0: Field.SURNAME, 4: Field.SCHOOL})
    found = too_long(said(surname="а" * 101, school="б" * 201), mapping)
    assert [(fault.column, fault.code) for fault in found] == [(1, "cell_too_long"), (5, "cell_too_long")]
