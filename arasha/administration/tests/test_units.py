"""Posts and functions of units: made, changed and ended by who administers the place."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from arasha.administration import actions, queries, rules
from arasha.administration.actions import PostFacts, UnitInvalid
from arasha.administration.tests.district import District
from arasha.kernel.access.actions import seat, system
from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

pytestmark = pytest.mark.django_db
POST = PostFacts(titles=("дәрігер", "врач", "doctor"))


@pytest.fixture
def district() -> District:
    return District.made()


def act(action: Any, person: Person, **told: Any) -> Any:
    """Do something as somebody."""
    actor = person.enter()
    return action(actor=actor, now=actor.moment, **told)


@pytest.mark.parametrize("who", ["nurse", "neighbour"])
def test_nobody_else_arranges_the_place(district: District, who: str) -> None:
    person: Person = getattr(district, who)
    wanted = rules.NotAllowed if who == "nurse" else NotThere
    clinic = district.clinic.pk
    told: list[tuple[Any, dict[str, Any]]] = [
        (actions.add_post, {"unit_id": clinic, "facts": POST}),
        (actions.change_post, {"post_id": district.clinic_post.pk, "facts": POST}),
        (actions.end_function, {"given": given(district.clinic), "until": cast.NOW}),
        (
            actions.give_function,
            {"unit_id": clinic, "function": "helpline", "territory": cast.PLACE, "since": cast.NOW},
        ),
        (actions.seat, {"post_id": district.clinic_post.pk, "user_id": district.users[0], "since": cast.NOW}),
    ]
    for action, more in told:
        with pytest.raises(wanted):
            act(action, person, **more)


def given(unit: Unit) -> int:
    """A function of a unit."""
    with system("test"):
        return UnitFunction.objects.filter(unit=unit).values_list("pk", flat=True)[0]


def test_what_rests_on_a_unit_of_the_neighbours_is_not_counted_for_others(district: District) -> None:
    with cast.building():
        cast.make_dossier(lead=district.clinic.pk)
    district.neighbour.enter()
    assert queries.pointing(district.clinic.pk, cast.NOW)["files"] == 0


def test_a_function_that_has_not_begun_never_does(district: District) -> None:
    later = cast.NOW + timedelta(days=10)
    told = {"unit_id": district.clinic.pk, "function": "family_support", "territory": cast.PLACE, "since": later}
    act(actions.give_function, district.first, **told)
    with system("test"):
        found = UnitFunction.objects.get(function="family_support")
    act(actions.end_function, district.first, given=found.pk, until=cast.NOW)
    with system("test"):
        assert queries.functions_of([district.clinic.pk], later + timedelta(days=1))[district.clinic.pk][0].code == (
            "health_care"
        )
    with pytest.raises(UnitInvalid):
        act(actions.end_function, district.first, given=found.pk, until=later + timedelta(days=5))


@pytest.mark.parametrize("days", [-1, 0])
def test_a_function_is_given_from_now_on_and_ends_after_it_began(district: District, days: int) -> None:
    told = {"unit_id": district.clinic.pk, "function": "family_support", "territory": cast.PLACE}
    past = cast.NOW - timedelta(days=1)
    with pytest.raises(UnitInvalid):
        act(actions.give_function, district.first, **told, since=past)
    soon = cast.NOW + timedelta(days=5)
    with pytest.raises(UnitInvalid):
        act(actions.give_function, district.first, **told, since=soon, until=soon + timedelta(days=days))


def test_a_post_is_made_narrowed_headed_and_a_held_one_gains_nothing(district: District) -> None:
    facts = replace(POST, functions=[], heads=True)
    post = act(actions.add_post, district.first, unit_id=district.clinic.pk, facts=facts)
    with system("test"):
        found = Post.objects.get(pk=post)
    assert (found.functions, found.rank, found.holder_id) == ([], "head", None)
    act(actions.seat, district.first, post_id=post, user_id=district.users[0], since=cast.NOW)
    with pytest.raises(Refused):
        act(actions.change_post, district.first, post_id=post, facts=POST)
    act(actions.change_post, district.first, post_id=post, facts=replace(facts, heads=False))
    for action, told in (
        (actions.add_post, {"unit_id": district.first.unit_id}),
        (actions.change_post, {"post_id": district.first.post_id}),
    ):
        with pytest.raises(Refused):
            act(action, district.first, facts=POST, **told)


def test_who_sat_where_stays_known_to_who_administers_and_to_nobody_else(district: District) -> None:
    post = district.clinic_post.pk
    act(actions.seat, district.first, post_id=post, user_id=district.users[0], since=cast.NOW)
    act(actions.end_post, district.first, post_id=post)
    district.first.enter()
    (found,) = [one for one in queries.sittings(district.clinic.pk) if one.post_id == post]
    assert (found.user_id, found.name, found.until is not None) == (district.users[0], "New person 0", True)
    for person in (district.neighbour, district.nurse):
        person.enter()
        assert queries.sittings(district.clinic.pk) == []


def test_an_account_is_closed_and_opened_by_others_of_the_place_never_by_oneself(district: District) -> None:
    act(actions.set_active, district.first, user_id=district.nurse.user_id, active=False)
    act(actions.set_active, district.first, user_id=district.nurse.user_id, active=True)
    with pytest.raises(rules.NotYourself):
        act(actions.set_active, district.first, user_id=district.first.user_id, active=False)
    with pytest.raises(rules.NotAllowed):
        act(actions.set_active, district.neighbour, user_id=district.nurse.user_id, active=False)


def test_a_closed_account_is_not_seated(district: District) -> None:
    with cast.building():
        seat(post_id=district.clinic_post.pk, user_id=district.users[0])
        seat(post_id=district.clinic_post.pk, user_id=None)
    act(actions.set_active, district.first, user_id=district.users[0], active=False)
    with pytest.raises(Refused):
        act(actions.seat, district.first, post_id=district.clinic_post.pk, user_id=district.users[0], since=cast.NOW)


def test_two_seats_in_one_post_are_one(district: District) -> None:
    post = district.clinic_post.pk
    act(actions.seat, district.first, post_id=post, user_id=district.users[0], since=cast.NOW)
    with pytest.raises(Conflict):
        act(actions.seat, district.second, post_id=post, user_id=district.users[1], since=cast.NOW)


def test_units_are_found_by_place_function_sector_words_and_state(district: District) -> None:
    actor = district.first.enter()
    moment = actor.moment
    assert moment is not None

    def found(**wanted: str) -> set[int]:
        return set(queries.found_units(actor, queries.UnitFilter(**wanted), moment).values_list("pk", flat=True))

    clinic, police = district.clinic.pk, district.police.pk
    assert {clinic, police} <= found()
    assert found(function="health_care") == {clinic}
    assert found(words="CLIN") == {clinic}
    assert found(state="empty") == {police}
    assert found(state="ended") == set()
    assert found(sector="nothing") == set()
    assert found(place=cast.ELSEWHERE) == set()
    assert found(place="no such place") == set()


def test_a_gap_is_a_function_that_nobody_has_there_or_above(district: District) -> None:
    district.first.enter()
    missing = {function.code for function in queries.gaps([cast.PLACE], cast.NOW)[cast.PLACE]}
    assert "prosecution" in missing
    assert not missing & {"health_care", "juvenile_inspection", "administration"}
    with cast.building():
        cast.make_unit("prosecutor of the nation", "prosecution", place="000000000")
    district.first.enter()
    assert "prosecution" not in {function.code for function in queries.gaps([cast.PLACE], cast.NOW)[cast.PLACE]}


def test_no_act_no_change(district: District) -> None:
    district.first.enter()
    with pytest.raises(DatabaseError):
        Post.objects.filter(pk=district.clinic_post.pk).update(title_en="Unseen")
