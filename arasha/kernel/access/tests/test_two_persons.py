"""What one administrator alone can't do, as raw SQL on the application's role: rights of sight need two."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import create_user, seat
from arasha.kernel.access.models import Body, Function, Post, Unit, UnitFunction
from arasha.kernel.access.rules import NeedsTwo, Refused
from arasha.kernel.access.tests import cast

pytestmark = pytest.mark.django_db
ORDINARY = {"commission_minors", "education_department", "education_school", "emergency_care", "family_support"}


class Place:
    """A district with its administrator, a clinic, a police unit and an empty police post."""

    def __init__(self) -> None:
        self.administrator = cast.make_person(cast.make_unit("accounts", "administration"))
        self.clinic = cast.make_unit("clinic", "health_care")
        self.police = cast.make_unit("police", "juvenile_inspection")
        self.nurse = cast.make_person(self.clinic)
        self.empty = cast.make_post(self.police, None)
        self.in_clinic = cast.make_post(self.clinic, None)


@pytest.fixture
def place() -> Place:
    with cast.building():
        return Place()


def refused(action: Any) -> bool:
    """Whether the database refuses."""
    try:
        with transaction.atomic():
            action()
    except DatabaseError:
        return True
    return False


def give(unit: Unit, function: str) -> Any:
    """Give a unit a function, as the ORM does."""
    return lambda: UnitFunction.objects.create(
        unit=unit, function_id=function, territory_id=cast.PLACE, since=cast.LONG_AGO
    )


def test_police_prosecution_coordination_and_administration_are_sensitive_and_what_nobody_knows_is() -> None:
    assert set(Function.objects.filter(sensitive=False).values_list("code", flat=True)) == ORDINARY | {
        "health_care",
        "social_protection",
    }


@pytest.mark.parametrize("function", ["juvenile_inspection", "prosecution", "coordination_district", "administration"])
def test_one_administrator_gives_no_sensitive_function(place: Place, function: str) -> None:
    with cast.acting(place.administrator):
        assert refused(give(place.clinic, function))
        assert not refused(give(place.clinic, "family_support"))


def test_an_administrator_changes_nothing_in_their_own_unit(place: Place) -> None:
    own = Unit(pk=place.administrator.unit_id)
    with cast.acting(place.administrator):
        assert refused(give(own, "health_care"))
        assert refused(lambda: cast.make_post(own, None))
        assert Unit.objects.filter(pk=own.pk).update(name_en="Mine") == 0
        assert UnitFunction.objects.filter(unit=own).update(until=cast.NOW) == 0
        assert Post.objects.filter(unit=own).update(title_en="Chief") == 0


def test_a_function_is_ended_and_never_prolonged_or_made_another(place: Place) -> None:
    held = UnitFunction.objects.filter(unit=place.police)
    with cast.acting(place.administrator):
        assert held.update(until=cast.NOW + timedelta(days=2)) == 1
        assert held.update(until=cast.NOW + timedelta(days=1)) == 1
        assert refused(lambda: held.update(until=cast.NOW + timedelta(days=3)))
        assert refused(lambda: held.update(until=None))
        for change in ({"function_id": "prosecution"}, {"unit": place.clinic}, {"territory_id": "610000000"}):
            assert refused(lambda change=change: held.update(**change))


def test_a_sensitive_post_is_filled_by_two_and_an_ordinary_one_by_one(place: Place) -> None:
    with cast.acting(place.administrator):
        new = create_user(login="new", name="New")
        with pytest.raises(NeedsTwo):
            seat(post_id=place.empty.pk, user_id=new)
        seat(post_id=place.in_clinic.pk, user_id=new)
        seat(post_id=place.in_clinic.pk, user_id=None)


def test_a_function_that_begins_later_makes_the_post_sensitive_now(place: Place) -> None:
    with cast.building():
        later = cast.NOW + timedelta(days=30)
        UnitFunction.objects.create(unit=place.clinic, function_id="helpline", territory_id=cast.PLACE, since=later)
    with cast.acting(place.administrator):
        user = create_user(login="new", name="New")
        with pytest.raises(NeedsTwo):
            seat(post_id=place.in_clinic.pk, user_id=user)


def test_a_post_narrowed_to_ordinary_functions_is_ordinary_until_it_is_held_and_then_it_gains_nothing(
    place: Place,
) -> None:
    with cast.building():
        UnitFunction.objects.create(
            unit=place.police, function_id="family_support", territory_id=cast.PLACE, since=cast.LONG_AGO
        )
    post = Post.objects.filter(pk=place.empty.pk)
    with cast.acting(place.administrator):
        assert post.update(functions=["family_support"]) == 1
        seat(post_id=place.empty.pk, user_id=create_user(login="new", name="New"), until=cast.NOW + timedelta(days=9))
        for more in (None, ["family_support", "juvenile_inspection"], ["juvenile_inspection"]):
            assert refused(lambda more=more: post.update(functions=more))
        assert refused(lambda: post.update(until=None))
        assert refused(lambda: post.update(scope="nation"))
        assert refused(lambda: post.update(holder=place.administrator.user_id))
        assert post.update(functions=[], until=cast.NOW + timedelta(days=8), title_en="Helper", rank="head") == 1


def test_prolonging_a_sensitive_seat_needs_two_and_shortening_does_not(place: Place) -> None:
    with cast.building():
        inspector = cast.make_person(place.police)
        seat(post_id=inspector.post_id, user_id=inspector.user_id, until=cast.NOW + timedelta(days=9))
    with cast.acting(place.administrator):
        with pytest.raises(NeedsTwo):
            seat(post_id=inspector.post_id, user_id=inspector.user_id)
        seat(post_id=inspector.post_id, user_id=inspector.user_id, until=cast.NOW + timedelta(days=8))


def test_nobody_prolongs_their_own_seat_or_seats_an_account_of_elsewhere(place: Place) -> None:
    with cast.building():
        stranger = cast.make_person(cast.make_unit("far away", "health_care", place=cast.ELSEWHERE))
    with cast.acting(place.administrator):
        own = place.administrator
        for user in (own.user_id, place.nurse.user_id):
            with pytest.raises(Refused):
                seat(post_id=own.post_id, user_id=user)
        for user in (stranger.user_id, 999_999_999):
            with pytest.raises(Refused):
                seat(post_id=place.in_clinic.pk, user_id=user)


def test_the_code_and_body_of_a_unit_and_the_code_of_a_body_never_change_the_rest_by_two(place: Place) -> None:
    with cast.acting(place.administrator):
        unit, body = Unit.objects.filter(pk=place.clinic.pk), Body.objects.filter(pk=place.clinic.body_id)
        assert refused(lambda: unit.update(code="other"))
        assert refused(lambda: unit.update(body=place.police.body_id))
        assert refused(lambda: body.update(code="other"))
        assert unit.update(name_en="Clinic 2") == 0
        assert unit.update(parent=place.police) == 0
        assert body.update(name_en="Clinic 2") == 0
    with cast.recording():
        assert unit.update(name_en="Clinic 2") == 1
        assert refused(lambda: unit.update(code="other"))


def test_the_bare_seat_is_for_functions_that_asked(place: Place) -> None:
    with cast.acting(place.administrator), connection.cursor() as cursor:
        statement = f"SELECT access.put_holder({place.empty.pk}, {place.administrator.user_id}, NULL)"
        assert refused(lambda: cursor.execute(statement))
