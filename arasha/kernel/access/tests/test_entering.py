"""Nothing can be read before somebody entered, and nobody can forge who they are."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from pytest_django.fixtures import Settings

from arasha.kernel.access.actions import (
    begin_session,
    end_session,
    enter,
    enter_system,
)
from arasha.kernel.access.models import Dossier, Member, Unit
from arasha.kernel.access.rules import NotValid
from arasha.kernel.access.tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse() -> cast.Person:
    with cast.building():
        return cast.make_person(cast.make_unit("polyclinic", "health_care"))


def sqlstate(caught: pytest.ExceptionInfo[DatabaseError]) -> str:
    return str(getattr(caught.value.__cause__, "sqlstate", ""))


@pytest.fixture
def dossier(nurse: cast.Person) -> uuid.UUID:
    with cast.building():
        return cast.make_dossier(lead=nurse.unit_id)


@pytest.mark.parametrize("model", [Dossier, Member, Unit])
def test_a_forgotten_context_raises_and_never_looks_like_nothing_found(dossier: uuid.UUID, model: type[Model]) -> None:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        list(model._default_manager.all())
    assert sqlstate(caught) == "AR400"


def test_the_actor_is_what_the_post_says(nurse: cast.Person) -> None:
    actor = nurse.enter()
    assert (actor.user_id, actor.post_id, actor.unit_id) == (nurse.user_id, nurse.post_id, nurse.unit_id)
    assert actor.functions == {"health_care"}
    assert actor.territory == cast.PLACE


def test_a_token_nobody_was_given_opens_nothing(nurse: cast.Person) -> None:
    with pytest.raises(NotValid):
        enter(uuid.uuid4().hex, nurse.post_id)


def test_an_ended_session_opens_nothing(nurse: cast.Person) -> None:
    end_session(token=nurse.token)
    with pytest.raises(NotValid):
        nurse.enter()


def test_somebody_elses_post_opens_nothing(nurse: cast.Person) -> None:
    with cast.building():
        other = cast.make_person(cast.make_unit("police", "juvenile_inspection"))
    with pytest.raises(NotValid):
        enter(nurse.token, other.post_id)


def test_a_session_can_not_be_begun_without_the_applications_key(nurse: cast.Person, settings: Settings) -> None:
    settings.SECRET_KEY = "a guess"
    with pytest.raises(NotValid):
        begin_session(user_id=nurse.user_id, token="x", expires_at=datetime.now(UTC) + timedelta(hours=1))


def test_clock_driven_work_needs_the_applications_key(settings: Settings) -> None:
    assert enter_system("sweep").is_system
    settings.SECRET_KEY = "a guess"
    with pytest.raises(NotValid):
        enter_system("sweep")


@pytest.mark.parametrize("column", ["users", "units", "scope", "kind"])
def test_a_context_changed_by_hand_raises(nurse: cast.Person, dossier: uuid.UUID, column: str) -> None:
    nurse.enter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('arasha.context', left(c, 64) || jsonb_set(substr(c, 65)::jsonb, %s, "
            "'\"nation\"')::text, true) FROM current_setting('arasha.context') c",
            ["{" + column + "}"],
        )
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            cursor.execute("SELECT count(*) FROM access_dossier")
    assert sqlstate(caught) == "AR400"
