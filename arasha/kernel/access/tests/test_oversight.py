"""Who looked and who is barred is shown to who answers for it, and to nobody else."""

import uuid
from datetime import timedelta

import pytest

from arasha.kernel.access.actions import bar, create_user, end_sessions, record_look
from arasha.kernel.access.models import Budget, Unit
from arasha.kernel.access.queries import accounts, bars_of, budgets_below, looks_at
from arasha.kernel.access.rules import NotValid, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian() -> Person:
    with cast.building():
        above = cast.make_unit("region", "coordination_region")
        return cast.make_person(cast.make_unit("guardianship", "guardianship", parent=above))


@pytest.fixture
def school() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("school", "education_school"))


@pytest.fixture
def dossier(guardian: Person, school: Person) -> uuid.UUID:
    with cast.building():
        return cast.make_dossier(lead=guardian.unit_id, obliged=school.unit_id)


def test_the_lead_sees_who_looked_and_who_is_barred_others_see_nothing(
    guardian: Person, school: Person, dossier: uuid.UUID
) -> None:
    record_look(actor=school.enter(), now=cast.NOW, kind="open", dossier=dossier)
    with cast.building():
        stranger = cast.make_person(cast.make_unit("stranger", "guardianship"))
        bar(dossier=dossier, user_id=stranger.user_id, reason="conflict_of_interest")
    for person, shown in ((guardian, True), (school, False), (stranger, False)):
        person.enter()
        assert ([look.user for look in looks_at(dossier)] == [school.user_id]) is shown
        assert bool(bars_of(dossier)) is shown


def test_the_unit_above_sees_whose_budget_stopped(guardian: Person, school: Person) -> None:
    with cast.building():
        parent = Unit.objects.get(pk=guardian.unit_id).parent
        assert parent is not None
        supervisor = cast.make_person(parent)
        for person, day in ((guardian, cast.NOW), (guardian, cast.NOW - timedelta(days=2)), (school, cast.NOW)):
            Budget.objects.create(user_id=person.user_id, day=cast.day_of(day), dossiers=80, stopped_at=day)
    supervisor.enter()
    assert [budget.user_id for budget in budgets_below()] == [guardian.user_id]
    school.enter()
    assert budgets_below() == []


def test_an_administrator_sees_the_accounts_of_the_territory_and_the_new_ones(guardian: Person) -> None:
    with cast.building():
        administrator = cast.make_person(cast.make_unit("accounts", "administration"))
        elsewhere = cast.make_person(cast.make_unit("elsewhere", "health_care", place=cast.ELSEWHERE))
    with cast.acting(administrator):
        new = create_user(login="new", name="New")
        seen = {account.user_id for account in accounts()}
    assert {guardian.user_id, administrator.user_id, new} <= seen
    assert elsewhere.user_id not in seen
    guardian.enter()
    assert accounts() == []


def test_one_ends_ones_own_sessions_and_nobody_elses(guardian: Person, school: Person) -> None:
    guardian.enter()
    with pytest.raises(Refused):
        end_sessions(user_id=school.user_id)
    end_sessions(user_id=guardian.user_id)
    with pytest.raises(NotValid):
        guardian.enter()
