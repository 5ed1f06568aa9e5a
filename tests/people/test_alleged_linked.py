"""The coach of two villages: noticed by who oversees the place, and by nobody else."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Body, Look, Post
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Refused
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District, Person
from arasha.people import actions, models, queries
from arasha.people.rules import Name, SaidSuspect
from tests.database import as_owner, as_role
from tests.people.children import case_of, child_of, described, join

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
NEXT = "613900000"  # another district of the region
ELSEWHERE = "116600000"  # another region
COACH = SaidSuspect("coach", nickname="Кашалот", age="adult", place_called="Жылға ауылы, спорт залы")
AGAIN = SaidSuspect("coach", nickname="кошалот", age="adult", place_called="Дербісек ауылы, мектеп №14")


def alleged(
    district: District, suspect: SaidSuspect, *, place: str = DISTRICT, lead: Person | None = None
) -> models.Allegation:
    """Let the inspector write an allegation down in a file of its own."""
    lead = lead or district.coordinator
    file = case_of(lead, described("Ким", "Анна", year=2014), place=place)
    join(lead, file, district.inspector.unit.pk)
    return actions.allege(actor=district.inspector.enter(), dossier=file, suspect=suspect, source="child", now=LATER)


@pytest.fixture
def two(district: District) -> list[models.Allegation]:
    """The coach, named in a village, and in another of the next district; neither time with a name."""
    return [alleged(district, COACH), alleged(district, AGAIN, place=NEXT)]


def seen_by(who: Person) -> list[queries.Cluster]:
    who.enter()
    return queries.linked_allegations()


def prosecutor(place: str, function: str = "prosecution") -> Person:
    with cast.building():
        return cast.seat(cast.make_unit(function, place, function))


def linked(district: District) -> bool:
    return bool(seen_by(district.region))


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


def told() -> set[int]:
    with as_owner():
        return set(Notice.objects.filter(code="allegations_linked").values_list("post_id", flat=True))


def tell() -> int:
    return actions.tell_of_links(actor=enter_system("links"), now=LATER)


def test_the_clock_tells_each_seat_of_oversight_once_and_no_barred_one(
    district: District, two: list[models.Allegation]
) -> None:
    here, beside, far = prosecutor(REGION), prosecutor(REGION), prosecutor(ELSEWHERE)
    with cast.building():
        cast.put_bars(two[1].dossier_id, [{"user_id": beside.user}])
    assert tell() == 2
    assert told() == {district.region.post, here.post}
    assert tell() == 0
    alleged(district, COACH)
    assert tell() == 3, "the third file makes a new link, of which the barred one may know"
    assert far.post not in told()
    with as_owner():
        notice = Notice.objects.filter(code="allegations_linked").first()
        assert notice is not None
        assert (notice.link, notice.dossier) == ("/people/linked/", None)


def test_an_empty_seat_is_told_nothing(district: District, two: list[models.Allegation]) -> None:
    with cast.building():
        Post.objects.filter(pk=district.region.post).update(holder=None)
    assert tell() == 0


def pages_of(who: Person, file: UUID, post: str = "") -> list[str]:
    """Return what somebody of the team gets to see, without what is random in every page."""
    browser = cast.browser_of(who)
    addresses = ["/", "/cases/", f"/files/{file}/", f"/people/{file}/", f"/people/{file}/allegations/",
                 f"/people/{file}/allegations/add/", "/people/linked/", "/messages/"]  # fmt: skip
    answers = [browser.get(address) for address in addresses]
    return [
        f"{one.status_code} "
        + re.sub(
            r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}', "", one.content.decode()
        )
        for one in answers
    ]


def test_the_file_s_own_team_sees_the_same_bytes_whether_or_not_the_other_file_exists(district: District) -> None:
    row = alleged(district, COACH)
    with cast.building():
        other_lead = cast.seat(cast.make_unit("other coordination", NEXT, "coordination_district"))
        other_police = cast.seat(cast.make_unit("other police", NEXT, "juvenile_inspection"))
    team = (district.inspector, district.coordinator)
    before = [pages_of(who, row.dossier_id) for who in team]
    file = case_of(other_lead, described("Пак", "Ольга", year=2013), place=NEXT)
    join(other_lead, file, other_police.unit.pk)
    actions.allege(actor=other_police.enter(), dossier=file, suspect=AGAIN, source="child", now=LATER)
    assert linked(district)
    assert tell() == 1
    assert [pages_of(who, row.dossier_id) for who in team] == before
    assert "Кашалот" in before[0][4], "the page compared is the one that shows the allegation"
    assert before[0][6].startswith("404")


def test_nobody_is_there_for_an_unknown_file(district: District) -> None:
    for who in (district.inspector, district.region):
        browser = cast.browser_of(who)
        assert browser.get(f"/people/{uuid4()}/allegations/").status_code == 404
