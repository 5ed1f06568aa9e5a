"""Posts and accounts: an administrator arranges them in a territory, and gains no file by it."""

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.access.actions import create_user, seat, set_active
from arasha.kernel.access.models import Body, Post, Tenure, Unit, User
from arasha.kernel.access.queries import body_for, names_of, posts_of, supervisor_of
from arasha.kernel.access.rules import Conflict, NotThere, NotValid, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("accounts", "administration"))


@pytest.fixture
def nurse() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("polyclinic", "health_care"))


def test_an_administrator_seats_somebody_else_and_the_tenure_is_kept(administrator: Person, nurse: Person) -> None:
    with cast.acting(administrator):
        user = create_user(login="new", name="New Person")
        with pytest.raises(Conflict):  # a held post is emptied first
            seat(post_id=nurse.post_id, user_id=user)
        seat(post_id=nurse.post_id, user_id=None)
        seat(post_id=nurse.post_id, user_id=user)
    with cast.building():
        assert Post.objects.get(pk=nurse.post_id).holder_id == user
        assert Tenure.objects.filter(post=nurse.post_id, user=nurse.user_id, until__isnull=False).exists()
        assert Tenure.objects.filter(post=nurse.post_id, user=user, until=None).exists()


def test_whoever_has_no_post_left_is_signed_out(administrator: Person, nurse: Person) -> None:
    with cast.acting(administrator):
        seat(post_id=nurse.post_id, user_id=None)
    with pytest.raises(NotValid):
        nurse.enter()


def test_nobody_seats_themselves(administrator: Person, nurse: Person) -> None:
    with cast.acting(administrator), pytest.raises(Refused):
        seat(post_id=nurse.post_id, user_id=administrator.user_id)


def test_a_post_of_another_territory_is_not_there(administrator: Person) -> None:
    with cast.building():
        elsewhere = cast.make_person(cast.make_unit("elsewhere", "health_care", place=cast.ELSEWHERE))
    with cast.acting(administrator), pytest.raises(NotThere):
        seat(post_id=elsewhere.post_id, user_id=None)


def test_a_nurse_arranges_nothing(nurse: Person, administrator: Person) -> None:
    with cast.acting(nurse):
        with pytest.raises(NotThere):
            seat(post_id=administrator.post_id, user_id=None)
        with pytest.raises(Refused):
            create_user(login="x", name="x")
        with pytest.raises(Refused):
            set_active(user_id=administrator.user_id, active=False)
        with pytest.raises(DatabaseError), transaction.atomic():
            cast.make_body("mine")
        with pytest.raises(DatabaseError), transaction.atomic():
            Post.objects.filter(pk=nurse.post_id).update(holder=administrator.user_id)
        assert Unit.objects.filter(pk=nurse.unit_id).update(name_en="renamed") == 0


def test_an_administrator_alone_makes_empty_posts_without_a_national_scope_and_no_bodies_or_units(
    administrator: Person,
) -> None:
    with cast.building():
        unit = cast.make_unit("new unit", "health_care")
    with cast.acting(administrator):
        with pytest.raises(DatabaseError), transaction.atomic():
            cast.make_body("another body")
        with pytest.raises(DatabaseError), transaction.atomic():
            cast.make_unit("another unit", body=Body.objects.get(pk=unit.body_id))
        cast.make_post(unit, None)
        for holder, scope in ((User(pk=administrator.user_id), ""), (None, "nation")):
            with pytest.raises(DatabaseError), transaction.atomic():
                cast.make_post(unit, holder, scope=scope)


def test_a_login_that_is_taken_is_a_conflict(administrator: Person) -> None:
    with cast.acting(administrator):
        create_user(login="taken", name="A")
        with pytest.raises(Conflict):
            create_user(login="taken", name="B")


def test_a_closed_account_is_out_at_once(administrator: Person, nurse: Person) -> None:
    with cast.acting(administrator):
        set_active(user_id=nurse.user_id, active=False)
    with pytest.raises(NotValid):
        nurse.enter()


def test_one_sees_ones_own_account_and_colleagues_names(administrator: Person, nurse: Person) -> None:
    nurse.enter()
    assert [user.pk for user in User.objects.all()] == [nurse.user_id]
    assert set(names_of([nurse.user_id, administrator.user_id])) == {nurse.user_id, administrator.user_id}
    assert [post.pk for post in posts_of(nurse.user_id, cast.NOW)] == [nurse.post_id]


def test_a_duty_finds_the_district_else_the_region_else_the_nation_else_a_gap(nurse: Person) -> None:
    with cast.building():
        nation = cast.make_unit("nation", "prosecution", place="000000000")
        region = cast.make_unit("region", "prosecution", place="610000000", parent=nation)
        assert body_for("prosecution", cast.PLACE, cast.NOW) == region
        assert body_for("prosecution", cast.ELSEWHERE, cast.NOW) == nation
        assert body_for("helpline", cast.PLACE, cast.NOW) is None
        district = cast.make_unit("district", "prosecution", parent=region)
        assert body_for("prosecution", cast.PLACE, cast.NOW) == district
        assert supervisor_of(district, cast.NOW) == region
        assert supervisor_of(nation, cast.NOW) is None
