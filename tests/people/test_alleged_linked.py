"""The coach of two villages: noticed by who oversees the place, and by nobody else."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.models import Body, Look
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Refused
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District
from arasha.people import actions, models
from arasha.people.rules import Name, SaidSuspect
from tests.database import as_owner, as_role
from tests.people.children import case_of, child_of, described, join
from tests.people.coach import AGAIN, COACH, ELSEWHERE, LATER, NEXT, alleged, linked, prosecutor, seen_by

pytestmark = pytest.mark.django_db


def test_the_region_s_coordinator_notices_the_coach_of_two_villages(
    district: District, two: list[models.Allegation]
) -> None:
    [cluster] = seen_by(district.region)
    assert {one.dossier for one in cluster.members} == {row.dossier_id for row in two}
    assert set(cluster.agrees) == {"nickname", "role", "region"}
    assert {one.lead for one in cluster.members} == {district.coordinator.unit.name}


def test_prosecution_and_the_ombudsperson_notice_it_within_their_place(
    district: District, two: list[models.Allegation]
) -> None:
    for place, function, notices in (
        (REGION, "prosecution", True),
        (NATION, "ombudsperson", True),
        (NATION, "prosecution", True),
        (DISTRICT, "prosecution", False),
        (ELSEWHERE, "prosecution", False),
        (ELSEWHERE, "coordination_region", False),
    ):
        assert bool(seen_by(prosecutor(place, function))) is notices, (place, function)


FUNCTIONS = [
    "juvenile_inspection", "women_children_police", "guardianship", "commission_minors", "coordination_district",
    "coordination_nation", "social_protection", "health_care", "emergency_care", "education_school",
    "education_department", "helpline", "family_support", "legal_review", "administration",
]  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nobody_else_does_as_page_or_as_sql_not_even_on_both_teams(
    district: District, two: list[models.Allegation], function: str
) -> None:
    with cast.building():
        scope = "nation" if function == "coordination_nation" else ""
        who = cast.seat(cast.make_unit(function, REGION, function), scope=scope)
    for row in two:
        join(district.coordinator, row.dossier_id, who.unit.pk)
    assert not allows(who.enter(), "see_linked_allegations")
    with pytest.raises(Refused), transaction.atomic():
        seen_by(who)
    refused_sql("people.linked_allegations()", "refused")
    assert cast.browser_of(who).get("/people/linked/").status_code == 404


def refused_sql(source: str, why: str) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {source}")


def test_below_the_functions_nobody_reads_what_is_compared(district: District, two: list[models.Allegation]) -> None:
    inner = ("people.linked('{%}', '{}')", "people.overseen()", "public.people_suspect", "public.people_toldlink")
    for who in (district.region, district.inspector, district.nation):
        who.enter()
        for source in inner:
            refused_sql(source, "permission denied")
        refused_sql("people.new_links(now())", "refused")
    for role in ("arasha_public", "arasha_reader"):
        with as_role(role):
            for source in (*inner, "people.linked_allegations()", "people.new_links(now())"):
                refused_sql(source, "permission denied")


def test_oversight_reads_of_the_files_what_the_function_gives_and_no_more(
    district: District, two: list[models.Allegation]
) -> None:
    district.region.enter()
    assert not models.Allegation.objects.exists()
    assert not models.Person.objects.exists()


@pytest.mark.parametrize("status", ["unfounded", "taken back"])
def test_what_is_unfounded_or_taken_back_vanishes(
    district: District, two: list[models.Allegation], status: str
) -> None:
    actor = district.inspector.enter()
    if status == "unfounded":
        given = {"status": status, "source": "prosecutor", "decided_by": "прокурор", "why": "алиби", "now": LATER}
        actions.change_status(actor=actor, allegation=two[1].pk, **given)  # type: ignore[arg-type]
    else:
        actions.take_back_allegation(actor=actor, allegation=two[1].pk, now=LATER)
    assert not linked(district)
    if status == "unfounded":
        actor = district.inspector.enter()
        actions.change_status(actor=actor, allegation=two[1].pk, status="alleged", source="witness", now=LATER)
        assert linked(district)


def test_who_is_barred_from_one_file_sees_no_cluster_of_it(district: District, two: list[models.Allegation]) -> None:
    with cast.building():
        cast.put_bars(two[0].dossier_id, [{"user_id": district.region.user}])
    assert not linked(district)
    alleged(district, AGAIN)
    [cluster] = seen_by(district.region)
    assert cluster.files == 2
    assert two[0].dossier_id not in {one.dossier for one in cluster.members}


def test_a_refuge_s_file_and_what_happened_in_a_refuge_are_never_linked(district: District) -> None:
    with cast.building():
        refuge = cast.seat(cast.make_unit("refuge", DISTRICT, "family_support"))
        Body.objects.filter(pk=refuge.unit.body_id).update(protected=True)
    alleged(district, COACH)
    alleged(district, AGAIN, lead=refuge)
    alleged(district, SaidSuspect("coach", nickname="Кашалот", place=refuge.unit.pk))
    assert not linked(district)


def test_a_file_with_a_sealed_identity_is_never_linked(district: District, two: list[models.Allegation]) -> None:
    child = child_of(district.coordinator, two[0].dossier_id)
    with cast.building():
        models.PersonIdentity.objects.filter(person=child).update(sealed=True)
    assert not linked(district)


@pytest.mark.parametrize(
    ("one", "other", "place", "together"),
    [
        (SaidSuspect("coach", called="Ербол Нұрғалиев"), SaidSuspect("peer", called="Нургалиев Ербол"), DISTRICT, True),
        (SaidSuspect("coach", called="Ербол Нұрғалиев"), SaidSuspect("coach", called="Ербол Нургалиев"), NEXT, True),
        (SaidSuspect("coach", called="Ербол Нұрғалиев"), SaidSuspect("peer", called="Ербол Нургалиев"), NEXT, False),
        (SaidSuspect("coach", called="Ербол ағай"), SaidSuspect("teacher", called="Ербол, мұғалім"), DISTRICT, True),
        (SaidSuspect("coach", called="Ербол ағай"), SaidSuspect("coach", called="Ербол"), NEXT, False),
        (SaidSuspect("coach", called="Ербол ағай"), SaidSuspect("coach", called="Серік ағай"), DISTRICT, False),
        (SaidSuspect("parent", called="Серік"), SaidSuspect("parent", called="Серік"), DISTRICT, False),
        (SaidSuspect("neighbour", nickname="Боксёр"), SaidSuspect("neighbour", nickname="Боксер"), DISTRICT, True),
        (SaidSuspect("other", nickname="Боксёр"), SaidSuspect("other", nickname="Боксер"), DISTRICT, False),
        (SaidSuspect("coach", nickname="Боксёр"), SaidSuspect("online", nickname="Боксер"), DISTRICT, False),
        (SaidSuspect("teacher", place_called="№14 мектеп"), SaidSuspect("teacher", place_called="школа 14"), DISTRICT,
         True),
        (SaidSuspect("teacher", place_called="№14 мектеп"), SaidSuspect("teacher", place_called="школа 15"), DISTRICT,
         False),
        (SaidSuspect("teacher", place_called="№14 мектеп"), SaidSuspect("peer", place_called="школа 14"), DISTRICT,
         False),
        (SaidSuspect("teacher", place_called="№14 мектеп"), SaidSuspect("teacher", place_called="школа 14"), NEXT,
         False),
        (SaidSuspect("teacher", called="Ербол", place_called="мектеп 14"),
         SaidSuspect("teacher", called="Серік", place_called="мектеп 14"), DISTRICT, False),
        (SaidSuspect("stranger", looks="сақалды"), SaidSuspect("stranger", looks="сақалды"), DISTRICT, False),
    ],
)  # fmt: skip
def test_what_joins_two_allegations_and_what_does_not(
    district: District, one: SaidSuspect, other: SaidSuspect, place: str, together: bool
) -> None:
    alleged(district, one)
    alleged(district, other, place=place)
    assert linked(district) is together


def test_two_allegations_of_one_file_are_no_cluster(district: District) -> None:
    row = alleged(district, COACH)
    actor = district.inspector.enter()
    actions.allege(actor=actor, dossier=row.dossier_id, suspect=AGAIN, source="witness", now=LATER)
    assert not linked(district)


def person_alleged(district: District, name: Name, year: int | None, role: str) -> models.Person:
    file = case_of(district.coordinator, described("Ким", "Анна", year=2014))
    join(district.coordinator, file, district.inspector.unit.pk)
    said = described(name.surname, name.given, year=year)
    actor = district.coordinator.enter()
    person = actions.register(actor=actor, dossier=file, role="other", described=said, now=NOW)
    suspect = SaidSuspect(role, person=person.pk)
    actions.allege(actor=district.inspector.enter(), dossier=file, suspect=suspect, source="child", now=LATER)
    return person


def test_persons_are_linked_by_name_unless_their_births_differ_and_by_identity_always(district: District) -> None:
    first = person_alleged(district, Name("Оспанов", "Марат"), 1980, "relative")
    second = person_alleged(district, Name("Ospanov", "Marat"), 1960, "neighbour")
    assert not linked(district)
    actions.recognise(actor=district.coordinator.enter(), person=first.pk, other=second.pk, now=LATER)
    [cluster] = seen_by(district.region)
    assert "identity" in cluster.agrees
    third = person_alleged(district, Name("Оспанов", "Марат"), None, "peer")
    [cluster] = seen_by(district.region)
    children = {one.dossier: one.child for one in cluster.members}
    assert children == {first.dossier_id: False, second.dossier_id: False, third.dossier_id: True}


def test_the_page_names_nobody_and_puts_down_each_file_as_found_by_a_search(
    district: District, two: list[models.Allegation]
) -> None:
    shown = cast.browser_of(district.region).get("/people/linked/").content.decode()
    for words in ("2 files", "Coach or club leader", "Жылға ауылы, спорт залы", district.coordinator.unit.name):
        assert words in shown, words
    for secret in ("Кашалот", "кошалот", "Ким", "Анна", *(str(row.dossier_id) for row in two)):
        assert secret not in shown, secret
    with as_owner():
        looks = Look.objects.filter(user=district.region.user, kind="search").values_list("dossier", flat=True)
        assert set(looks) == {row.dossier_id for row in two}


def test_nobody_sees_an_empty_list_as_an_error(district: District) -> None:
    page = cast.browser_of(district.region).get("/people/linked/?page=999")
    assert page.status_code == 200
    assert "No files" in page.content.decode()


def test_nobody_is_there_for_an_unknown_file(district: District) -> None:
    for who in (district.inspector, district.region):
        browser = cast.browser_of(who)
        assert browser.get(f"/people/{uuid4()}/allegations/").status_code == 404
