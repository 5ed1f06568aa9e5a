"""To the barred the dossier does not exist, whatever else they hold."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from arasha.kernel.access.actions import (
    bar,
    break_glass,
    lift_bar,
    seat,
)
from arasha.kernel.access.models import Body, Dossier, Post, Tenure, Unit, User
from arasha.kernel.access.queries import may_read, team_of, visible_dossiers
from arasha.kernel.access.rules import Facet, NotThere, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def guardian() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("guardianship", "guardianship"))


@pytest.fixture
def director() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("orphanage", "education_school"))


@pytest.fixture
def dossier(guardian: Person, director: Person) -> uuid.UUID:
    with cast.building():
        return cast.make_dossier(lead=guardian.unit_id, obliged=director.unit_id)


def sees(person: Person, dossier: uuid.UUID) -> bool:
    actor = person.enter()
    answers = {
        visible_dossiers(actor).filter(pk=dossier).exists(),
        Dossier.objects.filter(pk=dossier).exists(),
        may_read(dossier, Facet.IDENTITY),
        bool(team_of([dossier])),
    }
    assert len(answers) == 1
    return answers.pop()


def test_a_barred_person_sees_nothing_though_the_unit_is_on_the_team(
    guardian: Person, director: Person, dossier: uuid.UUID
) -> None:
    assert sees(director, dossier)
    with cast.acting(guardian):
        bar(dossier=dossier, user_id=director.user_id, reason="subject_of_signal")
    assert not sees(director, dossier)


def test_a_bar_on_a_body_reaches_its_staff_in_every_post_they_hold(
    guardian: Person, director: Person, dossier: uuid.UUID
) -> None:
    with cast.building():
        unit = Unit.objects.get(pk=guardian.unit_id)
        second = cast.sit(
            User.objects.get(pk=director.user_id), cast.make_post(unit, User.objects.get(pk=director.user_id))
        )
    assert sees(second, dossier)
    with cast.acting(guardian):
        bar(dossier=dossier, body_id=director.body_id, reason="institution_concerned")
    assert not sees(director, dossier)
    assert not sees(second, dossier)
    assert sees(guardian, dossier)


@pytest.mark.parametrize(("months", "barred"), [(23, True), (25, False)])
def test_a_bar_on_a_body_reaches_who_left_it_less_than_24_months_ago(
    guardian: Person, director: Person, dossier: uuid.UUID, months: int, barred: bool
) -> None:
    with cast.building():
        user = User.objects.get(pk=director.user_id)
        later = cast.sit(user, cast.make_post(Unit.objects.get(pk=guardian.unit_id), user))
        Post.objects.filter(pk=director.post_id).update(holder=None)
        Tenure.objects.filter(post=director.post_id).update(until=NOW - timedelta(days=round(months * 30.44)))
        bar(dossier=dossier, body_id=director.body_id, reason="institution_concerned")
    assert sees(later, dossier) is not barred


def test_a_bar_beats_the_national_scope(guardian: Person, dossier: uuid.UUID) -> None:
    with cast.building():
        nation = cast.make_person(cast.make_unit("ministry", "coordination_nation"), scope="nation")
    nation.enter()
    assert Dossier.objects.filter(pk=dossier).exists()
    with cast.building():
        bar(dossier=dossier, user_id=nation.user_id, reason="conflict_of_interest")
    nation.enter()
    assert not Dossier.objects.filter(pk=dossier).exists()


def test_a_bar_beats_break_glass_and_the_answer_is_that_of_a_dossier_that_never_was(
    guardian: Person, dossier: uuid.UUID
) -> None:
    with cast.building():
        officer = cast.make_person(cast.make_unit("police", "juvenile_inspection"))
        bar(dossier=dossier, body_id=officer.body_id, reason="institution_concerned")
    answers = []
    for target in (dossier, uuid.uuid4()):
        shown = datetime.now(UTC)  # a factor is fresh for five minutes, and this test may run late in a long run
        with cast.acting(officer) as actor, pytest.raises(NotThere) as caught:
            break_glass(
                actor=actor, dossier=target, reason="danger", factor_at=shown, review_due=shown + timedelta(days=3)
            )
        answers.append((str(caught.value), str(caught.value.__cause__)))
    assert answers[0] == answers[1]


def test_whoever_knows_the_family_may_bar_themselves(guardian: Person, director: Person, dossier: uuid.UUID) -> None:
    with cast.acting(director):
        bar(dossier=dossier, user_id=director.user_id, reason="conflict_of_interest")
    assert not sees(director, dossier)
    with cast.acting(director), pytest.raises(NotThere):
        bar(dossier=dossier, user_id=guardian.user_id, reason="conflict_of_interest")


def test_who_merely_owes_something_may_not_bar_others(guardian: Person, director: Person, dossier: uuid.UUID) -> None:
    with cast.acting(director), pytest.raises(Refused):
        bar(dossier=dossier, user_id=guardian.user_id, reason="conflict_of_interest")


def test_the_barred_can_not_lift_their_bar_the_lead_can(guardian: Person, director: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        found = bar(dossier=dossier, user_id=director.user_id, reason="subject_of_signal")
    with cast.acting(director), pytest.raises(NotThere):
        lift_bar(bar=found, reason="cleared")
    with cast.acting(guardian):
        lift_bar(bar=found, reason="cleared")
    assert sees(director, dossier)


def test_a_person_seated_anew_carries_the_old_body_along(
    guardian: Person, director: Person, dossier: uuid.UUID
) -> None:
    with cast.building():
        empty = cast.make_post(Unit.objects.get(pk=guardian.unit_id), None)
        bar(dossier=dossier, body_id=director.body_id, reason="institution_concerned")
        seat(post_id=empty.pk, user_id=director.user_id)
    moved = Person(director.user_id, empty.pk, guardian.unit_id, guardian.body_id, director.token)
    assert not sees(moved, dossier)
    assert Body.objects.filter(pk=guardian.body_id).exists()
