"""Kin are offered from the family's list, never who harmed; of a sibling the file only to who reads it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from arasha.care import actions, policy, queries
from arasha.care.models import RemovalPerson
from arasha.care.rules import Faulty, PartSaid
from arasha.care.tests.cast import House
from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people.actions import allege, register, relate, set_standing
from arasha.people.models import Person as Row
from arasha.people.models import PersonIdentity
from arasha.people.queries import child_of
from arasha.people.rules import Described, SaidSuspect, birth_said, parted
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def member(house: House, name: str, kind: str, role: str = "kin", age: int = 40) -> UUID:
    """Let the lead write somebody of the family down with what they are to the child."""
    described = Described(name=parted(name), kind="said", sex="girl", birth=birth_said(age=age, on=TODAY))
    lead = house.team.lead
    found = register(actor=lead.enter(), dossier=house.dossier, described=described, role=role, now=NOW)
    child = child_of(house.dossier)
    assert child is not None
    relate(actor=lead.enter(), person=found.pk, other=child.pk, kind=kind, now=NOW)
    return found.pk


def offered(house: House, who: Person) -> set[UUID]:
    return {one.pk for one in queries.kin_to_ask(who.enter(), house.dossier, TODAY)}


def say(house: House, removal: UUID, said: dict[UUID, PartSaid], by: Person | None = None) -> None:
    actor = (by or house.guardian).enter()
    actions.say_of_people(actor=actor, removal=removal, said=said, now=NOW + timedelta(hours=1))


def test_kin_of_the_list_are_offered_but_no_children(house: House) -> None:
    aunt = member(house, "Сәуле", "aunt_uncle")
    member(house, "Дана", "sibling", role="sibling", age=9)
    member(house, "Айша", "cousin", age=10)
    assert offered(house, house.guardian) == {aunt}


def test_an_alleged_aunt_is_not_offered_to_who_reads_no_allegation_either(house: House) -> None:
    aunt, uncle = member(house, "Сәуле", "aunt_uncle"), member(house, "Ержан", "aunt_uncle")
    house.ask()  # the inspection comes onto the file, and writes down who harmed
    suspect = SaidSuspect(role="relative", person=aunt)
    allege(actor=house.inspector.enter(), dossier=house.dossier, suspect=suspect, source="child", now=NOW)
    for who in (house.guardian, house.team.lead, house.centre):
        assert offered(house, who) == {uncle}
    row = house.remove()
    with pytest.raises(actions.NotThere):
        say(house, row.pk, {aunt: PartSaid("kin_takes_child")})
    with as_owner():
        assert not RemovalPerson.objects.exists()


def test_who_is_under_the_control_of_the_alleged_is_not_offered(house: House) -> None:
    aunt = member(house, "Сәуле", "aunt_uncle")
    lead = house.team.lead.enter()
    set_standing(actor=lead, person=aunt, matter="told", allowed=False, reason="controlled", now=NOW)
    assert offered(house, house.guardian) == set()


def test_kin_who_takes_the_child_answers_the_question_as_a_whole(house: House) -> None:
    aunt, uncle = member(house, "Сәуле", "aunt_uncle"), member(house, "Ержан", "aunt_uncle")
    row = house.remove()
    say(house, row.pk, {aunt: PartSaid("kin_refused")})
    assert house.owed(row.pk)["say_kin"][1] == "open"
    say(house, row.pk, {uncle: PartSaid("kin_takes_child", "Бүгін алады")})
    assert house.owed(row.pk)["say_kin"][1] == "met"
    house.guardian.enter()
    assert queries.known_of(row)["kin"].row.answer == "kin_takes"
    said = queries.of_family(
        house.guardian.enter(), row, queries.kin_to_ask(house.guardian.enter(), house.dossier, TODAY)
    )
    assert {one.person.pk: one.words for one in said} == {aunt: None, uncle: "Бүгін алады"}


def test_why_somebody_was_not_asked_has_words_and_leaves_it_owed(house: House) -> None:
    aunt = member(house, "Сәуле", "aunt_uncle")
    row = house.remove()
    with pytest.raises(Faulty):
        say(house, row.pk, {aunt: PartSaid("kin_not_asked")})
    with pytest.raises(Faulty):
        say(house, row.pk, {aunt: PartSaid("sibling_together")})
    say(house, row.pk, {aunt: PartSaid("kin_not_asked", "Шетелде")})
    assert house.owed(row.pk)["say_kin"][1] == "open"


def test_siblings_are_said_one_by_one_and_a_protected_place_stays_with_who_said_it_and_the_lead(house: House) -> None:
    one, two = (member(house, name, "sibling", role="sibling", age=9) for name in ("Дана", "Алан"))
    row = house.remove()
    say(house, row.pk, {one: PartSaid("sibling_together")})
    assert house.owed(row.pk)["say_siblings"][1] == "open"
    say(house, row.pk, {two: PartSaid("sibling_protected", "Құпия көше, 7")})
    assert house.owed(row.pk)["say_siblings"][1] == "met"
    for who, words in ((house.guardian, "Құпия көше, 7"), (house.team.lead, "Құпия көше, 7"), (house.centre, None)):
        actor = who.enter()
        siblings = queries.siblings_of(actor, house.dossier, TODAY)
        found = {of.person.pk: of.words for of in queries.of_family(actor, row, siblings)}
        assert found.get(two) == words
    with as_owner():
        assert "Құпия" not in "".join(str(duty.derivation) for duty in Obligation.objects.filter(about=row.pk))


def test_who_may_not_add_says_nothing_and_nobody_changes_what_was_said(house: House) -> None:
    aunt = member(house, "Сәуле", "aunt_uncle")
    row = house.remove()
    for who in (house.barred, house.team.outsider, house.team.teacher, house.centre):
        with pytest.raises((actions.NotThere, policy.NotAllowed)):
            say(house, row.pk, {aunt: PartSaid("kin_takes_child")}, by=who)
    say(house, row.pk, {aunt: PartSaid("kin_takes_child")})
    house.barred.enter()
    assert not RemovalPerson.objects.exists()
    house.guardian.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        RemovalPerson.objects.update(answer="kin_refused")


def test_a_sibling_in_another_file_is_linked_only_for_who_reads_both(house: House) -> None:
    sibling = member(house, "Дана", "sibling", role="sibling", age=9)
    with cast.building():
        nobody = cast.seat(cast.make_unit("coordination of another place", cast.REGION, "coordination_district"))
    other = _file_of_their_own(house, nobody)
    _same_human(sibling, other)
    row = house.remove()
    for who, files in ((house.guardian, 0), (house.team.lead, 0)):
        actor = who.enter()
        (one,) = queries.of_family(actor, row, queries.siblings_of(actor, house.dossier, TODAY), linked=True)
        assert len(one.files) == files
    nobody.enter()
    with act(verb="note", stream=dossier_stream(_dossier(other)), now=NOW):
        add_member(dossier=_dossier(other), member=TeamMember("partner", unit_id=house.guardian.unit.pk, reason="test"))
    actor = house.guardian.enter()
    (one,) = queries.of_family(actor, row, queries.siblings_of(actor, house.dossier, TODAY), linked=True)
    assert one.files == [f"/files/{_dossier(other)}/"]


def _file_of_their_own(house: House, lead: Person) -> UUID:
    """Open a case of the sibling that another unit leads; returns the child's row in it."""
    lead.enter()
    signal = cast.open_file(TeamMember("lead", unit_id=lead.unit.pk))
    child = Described(name=parted("Дана"), kind="said", sex="girl", birth=birth_said(age=9, on=TODAY))
    case = open_case(actor=lead.enter(), signal_dossier=signal, territory=DISTRICT, child=child, now=NOW)
    cast.end_opening(case.dossier_id)
    lead.enter()
    found = child_of(case.dossier_id)
    assert found is not None
    return found.pk


def _dossier(person: UUID) -> UUID:
    with as_owner():
        return Row.objects.get(pk=person).dossier_id


def _same_human(one: UUID, other: UUID) -> None:
    """Put it down past everybody that two rows are one human being."""
    with cast.building():
        identity = uuid4()
        for person in (one, other):
            PersonIdentity.objects.update_or_create(person_id=person, defaults={"identity": identity})
