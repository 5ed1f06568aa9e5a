"""Bodies and units: what one administrator proposes changes nothing until another confirms it, and then all of it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from arasha.administration import actions, queries, rules
from arasha.administration.actions import StillPointed
from arasha.administration.models import Proposal
from arasha.administration.rules.structure import Do, Step, differing, hours_fit, supervises_itself
from arasha.administration.tests.district import REGION, District
from arasha.kernel.access.actions import close_dossier, system
from arasha.kernel.access.models import Body, Post, Unit, UnitFunction
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.models import Act, Change

pytestmark = pytest.mark.django_db
NAMES = {"name_kk": "Емхана", "name_ru": "Поликлиника", "name_en": "Clinic"}
BODY = {**NAMES, "sector": "health", "kind": "primary_care", "territory_id": cast.PLACE, "valid_from": "2026-01-01"}
UNIT = {**NAMES, "territory_id": cast.PLACE, "valid_from": "2026-01-01", "opens": "09:00:00", "closes": "18:00:00"}
NEW = [Step(Do.ADD_BODY, body="clinic-9", values=BODY), Step(Do.ADD_UNIT, body="clinic-9", unit="care-9", values=UNIT)]


@pytest.fixture
def district() -> District:
    return District.made()


def propose(person: Person, *steps: Step, place: str = "") -> uuid.UUID:
    """Propose steps as somebody."""
    actor = person.enter()
    assert actor.moment is not None
    return actions.propose_structure(actor=actor, now=actor.moment, steps=steps, place=place)


def decide(action: Callable[..., Any], person: Person, proposal: uuid.UUID) -> Any:
    """Confirm, refuse or withdraw as somebody."""
    actor = person.enter()
    return action(actor=actor, now=actor.moment, proposal=proposal)


@contextmanager
def looking() -> Iterator[None]:
    """Read as system work."""
    with system("test"):
        yield


def test_a_body_with_its_unit_and_post_is_made_when_a_second_person_confirms_it(district: District) -> None:
    post = Step(
        Do.ADD_POST, unit="care-9", values={"title_kk": "бас", "title_ru": "глава", "title_en": "head", "rank": "head"}
    )
    proposal = propose(district.first, *NEW, post)
    with looking():
        assert not Body.objects.filter(code="clinic-9").exists()
    assert decide(actions.confirm, district.second, proposal) == "done"
    with looking():
        unit = Unit.objects.select_related("body").get(code="care-9")
        assert (unit.body.code, unit.name_ru, f"{unit.opens:%H:%M}", unit.phone) == (
            "clinic-9",
            "Поликлиника",
            "09:00",
            None,
        )
        assert Post.objects.get(unit=unit).rank == "head"
    with cast.building():
        verbs = list(Act.objects.filter(stream_key="bodies").order_by("seq").values_list("verb", flat=True))
        assert verbs == ["propose_structure", "confirm_proposal"]
        assert Change.objects.filter(table_name="access_unit", row_key=str(unit.pk), operation="I").count() == 1


@pytest.mark.parametrize("who", ["first", "nurse", "neighbour"])
def test_nobody_confirms_their_own_or_what_is_not_theirs(district: District, who: str) -> None:
    proposal = propose(district.first, *NEW)
    wanted = {"first": Refused, "nurse": rules.NotAllowed, "neighbour": NotThere}[who]
    with pytest.raises(wanted):
        decide(actions.confirm, getattr(district, who), proposal)
    with looking():
        assert Proposal.objects.get(pk=proposal).state == "pending"
        assert not Unit.objects.filter(code="care-9").exists()


def change(unit: Unit, **values: Any) -> Step:
    """A change of a unit."""
    return Step(Do.CHANGE_UNIT, unit=unit.code, values=values)


def test_only_what_differs_is_changed_and_what_another_changed_meanwhile_stays(district: District) -> None:
    proposal = propose(district.first, change(district.clinic, phone="+77252123456", parent=district.police.code))
    with cast.building():
        Unit.objects.filter(pk=district.clinic.pk).update(name_ru="Другое имя")
    assert decide(actions.confirm, district.above, proposal) == "done"
    with looking():
        unit = Unit.objects.get(pk=district.clinic.pk)
    assert (unit.phone, unit.parent_id, unit.name_ru) == ("+77252123456", district.police.pk, "Другое имя")


def test_one_change_of_a_unit_waits_at_a_time(district: District) -> None:
    first = propose(district.first, change(district.clinic, name_en="One"))
    with pytest.raises(Conflict):
        propose(district.second, change(district.clinic, name_en="Two"))
    propose(district.second, change(district.police, name_en="Three"))
    decide(actions.withdraw, district.first, first)
    propose(district.second, change(district.clinic, name_en="Two"))


def test_the_own_unit_and_body_are_others_to_change_in_whatever_part(district: District) -> None:
    with looking():
        own = Unit.objects.select_related("body").get(pk=district.first.unit_id)
    ends = {"valid_to": "2099-01-01"}
    for step in (
        change(own, name_en="Mine"),
        Step(Do.CHANGE_BODY, body=own.body.code, values={"name_en": "Mine"}),
        change(district.clinic, parent=own.code),
        Step(Do.END_UNIT, unit=own.code, values=ends),
        Step(Do.END_UNIT, unit=district.clinic.code, successor=own.code, values=ends),
        Step(Do.ADD_POST, unit=own.code, values={"title_kk": "a", "title_ru": "b", "title_en": "c"}),
    ):
        with pytest.raises(Refused):
            propose(district.first, step)
    proposal = propose(district.above, change(own, name_en="Ours"))  # both of the district sit there
    with pytest.raises(Refused):
        decide(actions.confirm, district.first, proposal)


@pytest.mark.parametrize("place", [cast.ELSEWHERE, REGION, "000000000"])
def test_nothing_is_made_in_or_moved_to_a_place_that_one_does_not_administer(district: District, place: str) -> None:
    for step in (
        change(district.clinic, territory_id=place),
        Step(Do.ADD_BODY, body="x", values={**BODY, "territory_id": place}),
    ):
        with pytest.raises(NotThere):
            propose(district.first, step)
    with pytest.raises(NotThere):
        propose(district.first, *NEW, place=place)
    with pytest.raises(NotThere):
        propose(district.neighbour, change(district.clinic, name_en="Taken"))


def test_what_no_longer_fits_changes_nothing_at_all(district: District) -> None:
    taken = propose(district.first, *NEW, change(district.clinic, name_en="Changed"))
    with cast.building():
        cast.make_unit("care-9")
    assert decide(actions.confirm, district.second, taken) == "failed"
    round_about = propose(district.first, change(district.clinic, parent=district.police.code, name_en="Changed"))
    with cast.building():
        Unit.objects.filter(pk=district.police.pk).update(parent=district.clinic)
    assert decide(actions.confirm, district.second, round_about) == "failed"
    with looking():
        assert not Body.objects.filter(code="clinic-9").exists()
        assert Unit.objects.get(pk=district.clinic.pk).name_en == "clinic"


@pytest.mark.parametrize(
    "values",
    [
        {"opens": "18:00:00", "closes": "09:00:00"},
        {"opens": "99:00"},
        {"parent": "nobody"},
        {"territory_id": "615400000x"},
    ],
)
def test_what_the_database_refuses_changes_nothing(district: District, values: dict[str, Any]) -> None:
    if "territory_id" in values:
        with pytest.raises(NotThere):
            propose(district.first, change(district.clinic, **values))
        return
    proposal = propose(district.first, change(district.clinic, name_en="Changed", **values))
    assert decide(actions.confirm, district.second, proposal) == "failed"
    with looking():
        assert Unit.objects.get(pk=district.clinic.pk).name_en == "clinic"


def test_a_unit_ends_with_its_seats_and_who_takes_over_gets_functions_and_units(district: District) -> None:
    with cast.building():
        below = cast.make_unit("below", "health_care", parent=district.clinic)
        heir = cast.make_unit("heir", "family_support", parent=district.clinic)
    on = cast.day_of(cast.NOW) + timedelta(days=30)
    step = Step(Do.END_UNIT, unit=district.clinic.code, successor="heir", values={"valid_to": on.isoformat()})
    assert decide(actions.confirm, district.second, propose(district.first, step)) == "done"
    with looking():
        assert Unit.objects.get(pk=district.clinic.pk).valid_to == on
        assert Unit.objects.get(pk=below.pk).parent_id == heir.pk
        assert Unit.objects.get(pk=heir.pk).parent_id is None
        (old,) = UnitFunction.objects.filter(unit=district.clinic)
        new = UnitFunction.objects.get(unit=heir, function="health_care")
        assert old.until == new.since
        assert cast.day_of(new.since) == on
        assert Post.objects.get(pk=district.nurse.post_id).until == old.until
    with pytest.raises(DatabaseError), transaction.atomic():  # no act is open
        Unit.objects.filter(pk=district.clinic.pk).update(valid_to=None)


def test_a_unit_that_leads_files_does_not_end_neither_when_proposed_nor_when_confirmed(district: District) -> None:
    step = Step(Do.END_UNIT, unit=district.clinic.code, values={"valid_to": "2099-01-01"})
    proposal = propose(district.first, step)
    with cast.building():
        dossier = cast.make_dossier(lead=district.clinic.pk)
    with pytest.raises(StillPointed) as found:
        decide(actions.confirm, district.second, proposal)
    assert found.value.counts == {"files": 1}
    with cast.building():
        close_dossier(dossier=dossier, now=cast.NOW)
    assert decide(actions.confirm, district.second, proposal) == "done"
    with looking():
        assert Unit.objects.get(pk=district.clinic.pk).valid_to == date(2099, 1, 1)


def test_one_administrators_word_alone_writes_no_body_and_no_unit(district: District) -> None:
    names = {"name_kk": "a", "name_ru": "b", "name_en": "c", "territory_id": cast.PLACE, "valid_from": date(2026, 1, 1)}
    with cast.acting(district.first):
        with pytest.raises(DatabaseError), transaction.atomic():
            Body.objects.create(code="mine", sector="health", kind="state", **names)
        with pytest.raises(DatabaseError), transaction.atomic():
            Unit.objects.create(code="mine", body_id=district.clinic.body_id, **names)
        assert Unit.objects.filter(pk=district.clinic.pk).update(name_en="Mine") == 0
        assert Body.objects.filter(pk=district.clinic.body_id).update(name_en="Mine") == 0


def test_the_picture_shows_units_below_each_other_and_only_of_the_place(district: District) -> None:
    with cast.building():
        cast.make_unit("below", "health_care", body=district.clinic.body, parent=district.clinic)
    actor = district.first.enter()
    (place,) = [one for one in queries.places_below(actor, cast.NOW) if one.pk == cast.PLACE]
    found = queries.structure(place, cast.NOW)
    drawn = {body.code: branches for body, branches in found.bodies}
    (clinic,) = drawn["body of clinic"]
    assert [one.unit.code for one in clinic.below] == ["below"]
    assert all(body.territory_id == cast.PLACE for body, _branches in found.bodies)
    assert found.below == []


def test_the_picture_of_a_region_counts_the_bodies_of_its_districts(district: District) -> None:
    actor = district.above.enter()
    (place,) = [one for one in queries.places_below(actor, cast.NOW) if one.pk == REGION]
    counts = {one.pk: number for one, number in queries.structure(place, cast.NOW).below}
    assert counts[cast.PLACE] >= len({"clinic", "police", "accounts"})


def test_steps_come_back_from_json_as_they_were() -> None:
    assert [Step.from_json(step.to_json()) for step in NEW] == NEW


@pytest.mark.parametrize(
    ("values", "fit"),
    [
        ({}, True),
        ({"opens": 9, "closes": 18}, True),
        ({"opens": 18, "closes": 9}, False),
        ({"opens": 9}, False),
        ({"closes": 18}, False),
        ({"around_the_clock": True}, True),
        ({"around_the_clock": True, "opens": 9, "closes": 18}, False),
    ],
)
def test_hours_fit(values: dict[str, Any], fit: bool) -> None:
    assert hours_fit(values) is fit


def test_a_line_that_comes_back_to_the_unit_is_seen() -> None:
    above = {"b": "c", "c": "a", "x": "y", "y": "x"}
    assert supervises_itself("a", "b", above)
    assert supervises_itself("a", "a", above)
    assert not supervises_itself("a", "x", above)
    assert not supervises_itself("a", "", above)


def test_what_differs_is_only_that() -> None:
    assert differing({"a": 1, "b": None}, {"a": 2, "b": None, "c": None}) == {"a": 2}
