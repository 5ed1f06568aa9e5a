"""Rows that another system sends: each has an answer, sent twice nothing doubles, and no answer tells of others."""

from typing import Any

import pytest

from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people.actions.loading import match_register
from arasha.people.models import Load, Match, PersonIdentity, RegisterRow
from arasha.people.models import Person as Known
from tests.database import as_owner
from tests.people.children import case_of, described
from tests.people.registers import arranged, csv_file, handed_in

pytestmark = pytest.mark.django_db
AIGERIM = {"surname": "Нұрғалиева", "given": "Әйгерім", "patronymic": "Серікқызы", "birth_date": "2014-03-14"}
DANA = {"surname": "Бекова", "given": "Дана", "birth_year": "2015", "phone": "87011234567"}


@pytest.fixture
def protection(district: District) -> Person:
    """Somebody of social protection."""
    with cast.building():
        return cast.seat(cast.make_unit("social protection", DISTRICT, "social_protection"))


@pytest.fixture
def theirs(protection: Person) -> System:
    """The system of social protection."""
    with cast.building():
        return make_system(protection.unit.pk, "social_protection", scopes=["registers:write"])


def results(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content.decode()
    return [row["result"] for row in answer.json()["results"]]


def test_each_row_is_answered_and_sent_again_is_unchanged(protection: Person, theirs: System) -> None:
    source = arranged(protection, "social_protection")
    assert [row["id"] for row in theirs.get("/registers").json()["items"]] == [str(source)]
    address, rows = f"/registers/{source}/rows", {"rows": [AIGERIM, {"birth_date": "2014-01-01"}, DANA]}
    first = theirs.post(address, rows)
    assert results(first) == ["new", "rejected", "new"]
    assert first.json()["results"][1]["faults"] == [{"field": "", "code": "nobody"}]
    assert results(theirs.post(address, rows)) == ["unchanged", "rejected", "unchanged"]
    moved = {"rows": [AIGERIM | {"address": "Абай 7"}]}
    assert results(theirs.post(address, moved)) == ["changed"]
    with as_owner():
        assert Known.objects.count() == 2


def test_the_same_key_is_answered_alike_and_loads_once(protection: Person, theirs: System) -> None:
    address = f"/registers/{arranged(protection, 'social_protection')}/rows"
    key = "0d9e0f3c-6f0e-4c8e-9d35-4c1b8a1f2e77"
    first, second = (theirs.post(address, {"rows": [AIGERIM]}, key=key) for _ in range(2))
    assert results(first) == results(second) == ["new"]
    with as_owner():
        assert Load.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [{"rows": []}, {"rows": [AIGERIM] * 1_001}, {"rows": [{"name": "x"}]}, {"rows": [{"given": 1}]}, {}],
)
def test_what_is_no_list_of_rows_is_refused_whole(protection: Person, theirs: System, said: Any) -> None:
    answer = theirs.post(f"/registers/{arranged(protection, 'social_protection')}/rows", said)
    assert answer.status_code == 422


def test_nobody_sends_into_the_register_of_another_unit(district: District, protection: Person) -> None:
    source = arranged(protection, "social_protection")
    with cast.building():
        unit = cast.make_unit("guardianship", DISTRICT, "guardianship")
        others = [
            make_system(unit.pk, "guardianship", scopes=["registers:write"]),
            make_system(protection.unit.pk, "prosecution", scopes=["registers:write"]),
        ]
        without = make_system(protection.unit.pk, "social_protection", scopes=["signals:write"])
    for other in others:
        assert other.post(f"/registers/{source}/rows", {"rows": [AIGERIM]}).status_code == 404
        assert other.get("/registers").json()["items"] == []
    assert without.post(f"/registers/{source}/rows", {"rows": [AIGERIM]}).status_code == 403


def test_while_a_file_is_loaded_the_system_waits(protection: Person, theirs: System) -> None:
    from arasha.people import actions  # noqa: PLC0415

    source = arranged(protection, "social_protection")
    load = handed_in(protection, source, csv_file())
    actions.start_load(actor=protection.enter(), load=load, now=NOW)
    assert theirs.post(f"/registers/{source}/rows", {"rows": [AIGERIM]}).status_code == 409


def test_a_known_child_is_joined_afterwards_and_the_answer_is_the_same(
    district: District, protection: Person, theirs: System
) -> None:
    child = described("Нұрғалиева", "Әйгерім", "Серікқызы", year=2014, month=3, day=14, sex="girl")
    case_of(district.coordinator, child)
    source = arranged(protection, "social_protection")
    answer = theirs.post(f"/registers/{source}/rows", {"rows": [AIGERIM, DANA]})
    assert answer.json() == {"results": [{"result": "new", "faults": []}] * 2}
    with as_owner():
        load = Load.objects.get()
    match_register(load=load.pk, moment=lambda: NOW)
    with as_owner():
        joined = {row.pk: row.identity for row in PersonIdentity.objects.all()}
        assert len(joined) - len(set(joined.values())) == 1
        assert not RegisterRow.objects.filter(unmatched=True).exists()
        assert not Match.objects.exists()
