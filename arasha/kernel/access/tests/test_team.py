"""Who is on a dossier, for how long, and who may change that."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from arasha.kernel.access import tasks
from arasha.kernel.access.actions import (
    TeamMember,
    add_member,
    end_member,
    grant_facet,
    hand_over,
    move_dossier,
    open_dossier,
    refresh_teams,
    system,
)
from arasha.kernel.access.models import Dossier, Member
from arasha.kernel.access.queries import led_dossiers, may_read, may_write, team_of, visible_dossiers
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
def police() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("police", "women_children_police"))


@pytest.fixture
def school() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("school", "education_school"))


@pytest.fixture
def dossier(guardian: Person) -> uuid.UUID:
    with cast.building():
        return cast.make_dossier(lead=guardian.unit_id)


def sees(person: Person, dossier: uuid.UUID) -> bool:
    return visible_dossiers(person.enter()).filter(pk=dossier).exists()


def test_who_tells_need_not_be_able_to_look_afterwards(school: Person, guardian: Person) -> None:
    told = uuid.uuid4()
    with cast.acting(school):
        members = [TeamMember("lead", unit_id=guardian.unit_id)]
        open_dossier(dossier=told, kind="signal", territory=cast.PLACE, members=members, now=NOW)
    assert not sees(school, told)
    assert sees(guardian, told)
    assert led_dossiers(guardian.enter()).filter(pk=told).exists()


def test_the_same_dossier_can_not_be_opened_twice_and_the_refusal_does_not_say_that_it_exists(
    school: Person, dossier: uuid.UUID
) -> None:
    with cast.acting(school), pytest.raises(Refused) as caught:
        open_dossier(dossier=dossier, kind="signal", territory=cast.PLACE, members=[], now=NOW)
    members = [TeamMember("granted", unit_id=school.unit_id)]
    with cast.acting(school), pytest.raises(Refused) as other:
        open_dossier(dossier=uuid.uuid4(), kind="signal", territory=cast.PLACE, members=members, now=NOW)
    assert str(caught.value) == str(other.value) == ""


def test_the_lead_brings_in_whom_the_law_obliges(guardian: Person, school: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        add_member(dossier=dossier, member=TeamMember("obliged", unit_id=school.unit_id))
    assert sees(school, dossier)
    assert {member.part for member in team_of([dossier])} == {"lead", "obliged"}


def test_who_is_only_informed_brings_in_nobody(guardian: Person, school: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        add_member(dossier=dossier, member=TeamMember("informed", unit_id=school.unit_id))
    with cast.acting(school), pytest.raises(Refused):
        add_member(dossier=dossier, member=TeamMember("informed", user_id=guardian.user_id))


def test_a_stranger_is_told_the_same_whether_the_dossier_exists_or_not(school: Person, dossier: uuid.UUID) -> None:
    answers = []
    for target in (dossier, uuid.uuid4()):
        with cast.acting(school), pytest.raises(NotThere) as caught:
            add_member(dossier=target, member=TeamMember("informed", unit_id=school.unit_id))
        answers.append((str(caught.value), str(caught.value.__cause__)))
    assert answers[0] == answers[1]


def test_a_part_that_ends_opens_nothing_from_its_last_moment_on(
    guardian: Person, school: Person, dossier: uuid.UUID
) -> None:
    with cast.acting(guardian) as actor:
        assert actor.moment is not None
        until = actor.moment + timedelta(microseconds=1)
        add_member(dossier=dossier, member=TeamMember("obliged", unit_id=school.unit_id, until=until))
    assert sees(school, dossier)
    with cast.building(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_member SET since = %s, until = %s WHERE unit_id = %s",
            [cast.LONG_AGO, cast.LONG_AGO + timedelta(days=1), school.unit_id],
        )
        # what the trigger has just settled, as it was while the part was good
        cursor.execute(
            "UPDATE access_dossier SET access_units = access_units || %s, access_until = %s WHERE id = %s",
            [school.unit_id, cast.LONG_AGO, dossier],
        )
    assert not sees(school, dossier)
    assert not Dossier.objects.filter(pk=dossier).exists()
    assert not may_read(dossier, Facet.EDUCATION)
    tasks.refresh_teams(timestamp=0)
    with system("sweep") as actor:
        assert refresh_teams(actor=actor, now=NOW) == 0
        assert school.unit_id not in Dossier.objects.get(pk=dossier).access_units


def test_handing_over_gives_up_ones_own_access(guardian: Person, police: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        hand_over(dossier=dossier, to_unit=police.unit_id, reason="other_competence")
    assert not sees(guardian, dossier)
    assert sees(police, dossier)
    assert Dossier.objects.get(pk=dossier).lead_unit_id == police.unit_id


def test_handing_over_can_keep_a_lesser_part(guardian: Person, police: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        hand_over(dossier=dossier, to_unit=police.unit_id, reason="other_competence", keep="informed")
    guardian.enter()
    assert may_read(dossier, Facet.CONCERN)
    assert not may_write(dossier, Facet.CONCERN)


def test_a_move_brings_a_new_lead_and_the_old_places_units_leave(
    guardian: Person, school: Person, dossier: uuid.UUID
) -> None:
    with cast.building():
        there = cast.make_person(cast.make_unit("there", "guardianship", place=cast.ELSEWHERE))
    with cast.acting(guardian):
        add_member(dossier=dossier, member=TeamMember("obliged", unit_id=school.unit_id))
        move_dossier(dossier=dossier, to_unit=there.unit_id, territory=cast.ELSEWHERE, reason="family_moved")
    assert not sees(school, dossier)
    assert not sees(guardian, dossier)
    assert sees(there, dossier)


def test_one_may_leave_but_the_lead_must_hand_over(guardian: Person, school: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian):
        member = add_member(dossier=dossier, member=TeamMember("obliged", unit_id=school.unit_id))
    with cast.acting(school):
        end_member(member=member, reason="no_longer_concerned")
    assert not sees(school, dossier)
    with cast.acting(guardian):
        lead = Member.objects.get(dossier=dossier, part="lead").pk
        with pytest.raises(Refused):
            end_member(member=lead, reason="tired")


def test_a_sealed_facet_opens_by_a_grant_and_only_to_a_function_that_allows_it(
    guardian: Person, police: Person, school: Person, dossier: uuid.UUID
) -> None:
    for person in (police, school):
        with cast.acting(guardian):
            grant_facet(
                dossier=dossier,
                facet=Facet.INTERVIEW,
                until=NOW + timedelta(days=30),
                reason="investigation",
                unit_id=person.unit_id,
                writes=True,
            )
    police.enter()
    assert may_read(dossier, Facet.INTERVIEW)
    assert may_write(dossier, Facet.INTERVIEW)
    school.enter()
    assert not may_read(dossier, Facet.INTERVIEW)
    guardian.enter()
    assert not may_read(dossier, Facet.INTERVIEW)


def test_nobody_grants_a_sealed_facet_to_themselves(guardian: Person, dossier: uuid.UUID) -> None:
    with cast.acting(guardian), pytest.raises(Refused):
        grant_facet(
            dossier=dossier,
            facet=Facet.DOCUMENTS,
            until=NOW + timedelta(days=1),
            reason="curious",
            unit_id=guardian.unit_id,
        )


def test_a_grant_is_seen_by_the_lead_and_its_holder_alone(
    guardian: Person, police: Person, school: Person, dossier: uuid.UUID
) -> None:
    with cast.acting(guardian):
        add_member(dossier=dossier, member=TeamMember("obliged", unit_id=school.unit_id))
        until = NOW + timedelta(days=30)
        grant_facet(dossier=dossier, facet=Facet.ADDRESS, until=until, reason="shelter", unit_id=police.unit_id)
    for person, expected in ((guardian, True), (police, True), (school, False)):
        person.enter()
        assert ("granted" in {member.part for member in team_of([dossier])}) is expected
