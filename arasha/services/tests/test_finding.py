"""Finding help: who is found for whom, how near, and that nobody finds a refuge."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services import actions, queries
from arasha.services.queries import Found, Wanted
from arasha.services.tests.directory import (
    DISTRICT,
    ELSEWHERE,
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    NOW,
    OFFICE,
    REFUGE,
    REGION,
    SHELTER,
    VILLAGE,
    Directory,
    acting,
    entered,
)
from tests.database import as_role


def found(person: Person, **wanted: object) -> list[Found]:
    """Return what this person finds."""
    with acting(person):
        return queries.find(Wanted(**wanted), now=NOW)  # type: ignore[arg-type]


def ids(rows: list[Found]) -> set[UUID]:
    """Return which offerings were found."""
    return {row.offering for row in rows}


def test_a_parent_in_a_village_finds_the_districts_help_for_a_child_of_six_in_kazakh(directory: Directory) -> None:
    _, _, offering = entered(directory.district)
    with as_role("arasha_public"):
        rows = queries.find(Wanted(place=VILLAGE, age=6, languages=("kk",), needs=("parenting",)), now=NOW)
    assert ids(rows) == {offering}
    assert (rows[0].nearness, rows[0].name("kk"), rows[0].phone) == (
        1,
        "Сарыағаш отбасын қолдау орталығы",
        "+77253721122",
    )
    assert rows[0].address("ru") == "ул. Исмаилова, 1"


@pytest.mark.parametrize(
    "wanted",
    [
        {"age": 18},
        {"languages": ("uz",)},
        {"needs": ("legal",)},
        {"services": ("helpline",)},
        {"kinds": ("youth_health",)},
        {"place": ELSEWHERE},
        {"words": "Шымкент"},
        {"words": "%"},
    ],
)
def test_what_does_not_fit_is_not_found(directory: Directory, wanted: dict[str, object]) -> None:
    entered(directory.district)
    assert found(directory.nurse, **wanted) == []


def test_a_name_is_found_by_a_part_of_it(directory: Directory) -> None:
    _, _, offering = entered(directory.district)
    assert ids(found(directory.nurse, words="семьи")) == {offering}


@pytest.mark.parametrize(
    ("sexes", "sought", "there"), [("girls", "boys", False), ("girls", "girls", True), ("all", "boys", True)]
)
def test_girls_of_fourteen_to_seventeen_only(directory: Directory, sexes: str, sought: str, there: bool) -> None:
    _, _, offering = entered(directory.district, offering=replace(HELP, sexes=sexes, age_from=14, age_to=17))
    assert (offering in ids(found(directory.nurse, sex=sought, age=15))) is there
    assert offering not in ids(found(directory.nurse, sex=sought, age=13))


def test_the_nearest_comes_first_and_who_takes_locals_only_stays_in_its_district(directory: Directory) -> None:
    _, _, here = entered(directory.district)
    _, _, next_door = entered(
        directory.region,
        replace(FAMILY_SUPPORT, territory=NEXT_DISTRICT),
        replace(OFFICE, territory=NEXT_DISTRICT),
        replace(HELP, served=[NEXT_DISTRICT]),
    )
    with acting(directory.region) as actor:
        site = queries.offering(actor, next_door).site_id
        locals_only = actions.add_offering(
            actor=actor, site_id=site, said=replace(HELP, served=[NEXT_DISTRICT], conditions=["registration"]), now=NOW
        )
        both = actions.add_offering(actor=actor, site_id=site, said=replace(HELP, served=[DISTRICT]), now=NOW)
        whole = actions.add_offering(
            actor=actor, site_id=site, said=replace(HELP, served=[REGION], conditions=["registration"]), now=NOW
        )
    rows = found(directory.nurse, place=DISTRICT)
    assert [(row.offering, row.nearness) for row in rows] == [(here, 0), (both, 2), (next_door, 3), (whole, 4)]
    assert locals_only not in ids(rows)


def test_closed_paused_planned_and_ended_help_is_told_apart(directory: Directory) -> None:
    provider, site, offering = entered(directory.district)
    day = date(2026, 3, 16)
    with acting(directory.district) as actor:
        others = {
            standing: actions.add_offering(actor=actor, site_id=site, said=replace(HELP, **changes), now=NOW)  # type: ignore[arg-type]
            for standing, changes in {
                "paused": {"status": "paused"},
                "closed": {"status": "closed"},
                "planned": {"begins_on": day + timedelta(days=1)},
                "ended": {"ends_on": day - timedelta(days=1)},
                "open": {"ends_on": day},
            }.items()
        }
    assert ids(found(directory.nurse)) == {offering, others["open"]}
    every = found(directory.nurse, standings=())
    assert {row.standing: row.offering for row in every if row.offering != offering} == others
    # An organisation whose grant ends on the last day of the year ends with it.
    with acting(directory.district) as actor:
        said = replace(FAMILY_SUPPORT, funded_until=date(2026, 3, 15))
        actions.change_provider(actor=actor, provider_id=provider, said=said, now=NOW)
    assert found(directory.nurse) == []


def test_what_nobody_asked_about_for_six_months_is_stale_and_comes_later(directory: Directory) -> None:
    _, site, old = entered(directory.district)
    with acting(directory.district) as actor:
        fresh = actions.add_offering(actor=actor, site_id=site, said=HELP, now=NOW)
        actions.confirm_offering(actor=actor, offering_id=fresh, now=NOW)
        actions.confirm_offering(actor=actor, offering_id=old, now=NOW - timedelta(days=200))
    assert [(row.offering, row.stale) for row in found(directory.nurse)] == [(fresh, False), (old, True)]


# Nobody finds a refuge


def told(rows: list[Found]) -> str:
    """Return everything that was told, as text."""
    return " ".join(str(value) for row in rows for value in asdict(row).values())


@pytest.mark.parametrize("place", ["", DISTRICT, VILLAGE, NEXT_DISTRICT, REGION])
def test_of_a_refuge_everybody_learns_a_telephone_and_a_region(directory: Directory, place: str) -> None:
    provider, _, offering = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with as_role("arasha_public"):
        rows = queries.find(Wanted(place=place), now=NOW)
    assert ids(rows) == {offering}
    row = rows[0]
    assert (row.phone, row.territory, row.provider, row.name("kk")) == ("+77252500001", REGION, None, "")
    assert row.nearness == (3 if place else 0)
    assert "Үміт" not in told(rows)
    assert str(provider) not in told(rows)
    assert row.findings == ["refuses_without_police_statement", "son_turned_away"]


def test_no_question_tells_a_refuges_district(directory: Directory) -> None:
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    answers = {place: found(directory.nurse, place=place) for place in (DISTRICT, VILLAGE, NEXT_DISTRICT)}
    assert len({told(rows) for rows in answers.values()}) == 1
    assert found(directory.nurse, words="Үміт") == []
    assert found(directory.nurse, words="Ум") == []


def test_a_refuge_of_an_ordinary_organisation_is_not_found_by_it(directory: Directory) -> None:
    """Its other site stands in the open; the two are told as if nobody ran both."""
    provider, _, office = entered(
        directory.region, replace(FAMILY_SUPPORT, ownership="ngo", funded_until=date(2026, 12, 31))
    )
    with acting(directory.region) as actor:
        site = actions.add_site(actor=actor, provider_id=provider, said=HIDDEN, now=NOW)
        refuge = actions.add_offering(actor=actor, site_id=site, said=SHELTER, now=NOW)
        for one in (office, refuge):
            actions.confirm_offering(actor=actor, offering_id=one, now=NOW)
    rows = {row.offering: row for row in found(directory.nurse)}
    assert rows[office].provider == provider
    assert (rows[refuge].provider, rows[refuge].name("ru"), rows[refuge].ownership) == (None, "", "")
    assert (rows[office].ends_on, rows[refuge].ends_on) == (date(2026, 12, 31), None)
    assert rows[refuge].verified_on is None
    assert found(directory.nurse, words="орталығы") == [rows[office]]
    assert found(directory.nurse, kinds=("family_support",)) == [rows[office]]


def test_the_public_role_reads_no_table_of_the_directory(directory: Directory) -> None:
    entered(directory.district)
    for table in ("services_provider", "services_site", "services_offering"):
        with (
            as_role("arasha_public"),
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(f"SELECT 1 FROM public.{table}")


def test_a_question_is_one_query(directory: Directory, django_assert_num_queries: object) -> None:
    entered(directory.district)
    with acting(directory.nurse), django_assert_num_queries(1):  # type: ignore[operator]
        queries.find(Wanted(place=DISTRICT, age=6), now=NOW)


def test_the_keeper_of_nothing_looks_like_no_keeper(directory: Directory) -> None:
    with cast.building():
        outsider = cast.make_person(cast.make_unit("outsider", "health_care", place=ELSEWHERE))
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    assert told(found(outsider)) == told(found(directory.school))


# In which order, and how many


def test_who_is_there_now_comes_first_among_equally_near_ones(directory: Directory) -> None:
    """NOW is a Monday, ten o'clock."""
    shut = replace(OFFICE, hours=[[1, "09:00", "18:00"]])
    unknown = replace(OFFICE, hours=[])
    always = replace(OFFICE, hours=[], around_the_clock=True)
    made = [
        entered(directory.district, replace(FAMILY_SUPPORT, name_kk=name), site)[2]
        for name, site in (("А", shut), ("Б", unknown), ("В", OFFICE), ("Г", always))
    ]
    rows = found(directory.nurse, place=DISTRICT)
    assert [row.offering for row in rows] == [made[2], made[3], made[0], made[1]]
    assert [row.is_open(NOW) for row in rows] == [True, True, False, None]


@pytest.mark.parametrize("order", [*queries.ORDERS, *(f"-{order}" for order in queries.ORDERS)])
def test_lists_are_ordered_by_a_column_both_ways(directory: Directory, order: str) -> None:
    names = ("В", "А", "Б")
    for name in names:
        entered(directory.district, replace(FAMILY_SUPPORT, name_kk=name))
    rows = found(directory.nurse, order=order)
    assert len(rows) == 3
    if order.endswith("name"):
        assert [row.name_kk for row in rows] == sorted(names, reverse=order.startswith("-"))


def test_remote_help_alone(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    with acting(directory.district) as actor:
        remote = actions.add_offering(actor=actor, site_id=site, said=replace(HELP, remote=True), now=NOW)
    assert ids(found(directory.nurse, remote=True)) == {remote}


def test_open_offerings_are_counted_by_region_without_what_is_protected(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.district) as actor:
        actions.add_offering(actor=actor, site_id=site, said=replace(HELP, status="closed"), now=NOW)
    with as_role("arasha_public"):
        assert queries.counts(now=NOW) == {REGION: 1}


def test_what_is_told_of_an_offering_is_in_the_readers_words(directory: Directory) -> None:
    entered(directory.district)
    (row,) = found(directory.nurse, place=DISTRICT)
    with translation.override("en"):
        (one,) = queries.told([row], language="en", now=NOW)
    assert one.title == "Saryagash family support centre"
    assert one.now == "Open now, 09:00–18:00"
    assert (one.ages, one.cost) == ("Aged 0–17", "Free")
    assert one.dial == "tel:+7-72537-2-11-22"
