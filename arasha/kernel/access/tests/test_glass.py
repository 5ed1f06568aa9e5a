"""Break-glass: one dossier, three hours, never what is sealed, told and reviewed."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from arasha.kernel.access.actions import break_glass, grant_facet, review_glass
from arasha.kernel.access.models import Dossier, Glass, Unit
from arasha.kernel.access.queries import may_read, may_write
from arasha.kernel.access.rules import Conflict, Facet, NotThere, NotValid, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def guardian() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("guardianship", "guardianship"))


@pytest.fixture
def officer() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("police", "juvenile_inspection"))


@pytest.fixture
def coordinator() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("coordination", "coordination_district"))


@pytest.fixture
def dossier(guardian: Person) -> uuid.UUID:
    with cast.building():
        return cast.make_dossier(lead=guardian.unit_id)


def broken(
    person: Person, dossier: uuid.UUID, *, factor_at: datetime | None = None, due: timedelta = timedelta(3)
) -> uuid.UUID:
    with cast.acting(person) as actor:
        return break_glass(
            actor=actor,
            dossier=dossier,
            reason="immediate_danger",
            factor_at=factor_at or datetime.now(UTC),
            review_due=NOW + due,
        )


def test_it_opens_the_ordinary_facets_of_the_function_for_three_hours(officer: Person, dossier: uuid.UUID) -> None:
    officer.enter()
    assert not may_read(dossier, Facet.CONCERN)
    glass = broken(officer, dossier)
    assert may_read(dossier, Facet.CONCERN)  # at once, in the same transaction
    officer.enter()
    assert Dossier.objects.filter(pk=dossier).exists()
    assert may_read(dossier, Facet.CONCERN)
    assert not may_read(dossier, Facet.HEALTH)
    assert not may_write(dossier, Facet.CONCERN)
    row = Glass.objects.get(pk=glass)
    assert row.until - row.opened_at == timedelta(hours=3)
    with cast.building():
        Glass.objects.filter(pk=glass).update(until=row.opened_at)
    officer.enter()
    assert not may_read(dossier, Facet.CONCERN)


def test_it_never_opens_what_is_sealed(guardian: Person, officer: Person, dossier: uuid.UUID) -> None:
    with cast.building():
        until = NOW + timedelta(days=1)
        other = cast.make_unit("shelter", "women_children_police")
        grant_facet(dossier=dossier, facet=Facet.INTERVIEW, until=until, reason="investigation", unit_id=other.pk)
    broken(officer, dossier)
    assert not may_read(dossier, Facet.INTERVIEW)
    assert not may_read(dossier, Facet.REPORTER)


def test_the_lead_and_a_unit_outside_the_breakers_line_are_named(
    guardian: Person, officer: Person, coordinator: Person, dossier: uuid.UUID
) -> None:
    glass = broken(officer, dossier)
    for person in (guardian, coordinator):
        person.enter()
        row = Glass.objects.get(pk=glass)
        assert (row.lead_unit_id, row.watching_unit_id) == (guardian.unit_id, coordinator.unit_id)


def test_the_units_own_superior_does_not_watch(officer: Person, coordinator: Person, dossier: uuid.UUID) -> None:
    with cast.building():
        Unit.objects.filter(pk=officer.unit_id).update(parent=coordinator.unit_id)
    glass = broken(officer, dossier)
    assert Glass.objects.get(pk=glass).watching_unit_id != coordinator.unit_id


def test_a_stale_second_factor_or_a_guessed_proof_opens_nothing(
    officer: Person, dossier: uuid.UUID, settings: Settings
) -> None:
    with pytest.raises(NotValid):
        broken(officer, dossier, factor_at=datetime.now(UTC) - timedelta(minutes=6))
    assert django_settings.SECRET_KEY
    settings.SECRET_KEY = "a guess"
    with pytest.raises(NotValid):
        broken(officer, dossier)


def test_a_post_without_the_right_can_not_break_glass(coordinator: Person, dossier: uuid.UUID) -> None:
    with cast.building():
        teacher = cast.make_person(cast.make_unit("school", "education_school"))
    with pytest.raises(Refused):
        broken(teacher, dossier)


def test_it_is_reviewed_once_by_another_unit(
    guardian: Person, officer: Person, coordinator: Person, dossier: uuid.UUID
) -> None:
    glass = broken(officer, dossier)
    with cast.acting(officer), pytest.raises(Refused):
        review_glass(glass=glass, justified=True)
    with cast.building():
        stranger = cast.make_person(cast.make_unit("stranger", "coordination_region"))
    with cast.acting(stranger), pytest.raises(NotThere):
        review_glass(glass=glass, justified=True)
    with cast.acting(coordinator):
        review_glass(glass=glass, justified=False)
    with cast.acting(guardian), pytest.raises(Conflict):
        review_glass(glass=glass, justified=True)


def test_one_that_was_not_reviewed_in_time_suspends_the_right(
    officer: Person, coordinator: Person, dossier: uuid.UUID
) -> None:
    glass = broken(officer, dossier, due=timedelta(hours=-1))
    with pytest.raises(Refused):
        broken(officer, dossier)
    with cast.acting(coordinator):
        review_glass(glass=glass, justified=True)
    assert broken(officer, dossier)
