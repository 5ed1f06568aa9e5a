"""A made-up case shows who would owe what by when, and writes nothing."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from arasha.kernel.access.models import Unit
from arasha.kernel.access.tests.cast import building, make_person, make_unit
from arasha.kernel.journal.models import Act
from arasha.kernel.territory.rules import NATION
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.queries.trying import MadeUp, Owed, attempt
from arasha.protocols.rules import Protocol
from arasha.protocols.tests.conftest import Browser
from arasha.protocols.tests.procedures import parsed, procedure, shipped, step
from arasha.protocols.tests.test_pages import page
from tests.database import as_owner

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)  # 17:30 in Kazakhstan
DISTRICT, REGION = "613900000", "610000000"
MEDICAL = parsed(shipped("suspected_violence_health_2.yaml"))
CODES = {"reporter": "health_worker", "concern": ["suspected_violence"], "way": "through_head", "school": "known"}
CASE = MadeUp(CODES, DISTRICT, FRIDAY, FRIDAY - timedelta(minutes=20))


@pytest.fixture
def district(db: None) -> dict[str, Unit]:
    """A district with police, guardianship and coordination, and those above them; nobody for social protection."""
    with building():
        above = make_unit("police of the region", place=REGION)
        units = {
            "clinic": make_unit("clinic", "health_care", place=DISTRICT),
            "police": make_unit("police", "juvenile_inspection", parent=above, place=DISTRICT),
            "guardianship": make_unit("guardianship", "guardianship", place=DISTRICT),
            "school": make_unit("school", "education_school", place=DISTRICT),
            "district": make_unit("district", "coordination_district", place=DISTRICT),
            "commission": make_unit("commission of the region", "commission_minors", place=REGION),
            "region": make_unit("region", "coordination_region", place=REGION),
            "nation": make_unit("nation", "coordination_nation", place=NATION),
            "above": above,
        }
        for name in ("clinic", "guardianship", "commission"):
            Unit.objects.filter(pk=units[name].pk).update(opens=time(9), closes=time(18))
        for name in ("police", "district", "region", "nation"):
            Unit.objects.filter(pk=units[name].pk).update(around_the_clock=True)
        for unit in units.values():
            if unit is not above:
                person = make_person(unit)
    person.enter()
    return units


def owed(case: MadeUp = CASE, protocol: Protocol = MEDICAL) -> dict[str, Owed]:
    return {one.step.key: one for one in attempt(protocol, case)}


def test_it_finds_the_bodies_of_the_place_and_says_what_is_missing(district: dict[str, Unit]) -> None:
    found = owed()
    assert {key: (one.unit and one.unit.code, one.found_by) for key, one in found.items()} == {
        "evaluation": ("clinic", "district"),
        "inspection_answers": ("police", "district"),
        "guardianship_answers": ("guardianship", "district"),
        "commission_answers": ("commission of the region", "region"),
        "social_protection_answers": ("district", "substitute"),
        "school_answers": ("school", "district"),
    }
    assert found["commission_answers"].gaps == ("district",)
    assert found["social_protection_answers"].gaps == ("district", "region", "nation")


def test_it_dates_each_duty_from_the_event_or_from_its_being_identified_by_the_bodys_hours(
    district: dict[str, Unit],
) -> None:
    found = owed()
    due = {key: one.derivation.due for key, one in found.items()}
    assert due["evaluation"] == FRIDAY + timedelta(minutes=40)
    assert due["inspection_answers"] == FRIDAY + timedelta(hours=24)
    assert due["guardianship_answers"] == datetime(2026, 11, 30, 13, 0, tzinfo=UTC)  # Monday, when it closes


def test_silence_would_climb_by_the_steps_ladder_past_empty_and_unsafe_rungs(district: dict[str, Unit]) -> None:
    ladder = owed()["inspection_answers"].ladder
    due = FRIDAY + timedelta(hours=24)
    assert [(climb.unit and climb.unit.code, climb.passed, climb.at - due) for climb in ladder] == [
        ("police of the region", "empty", timedelta(0)),  # nobody sits there
        ("district", "", timedelta(hours=24)),
        ("region", "", timedelta(hours=72)),
        ("nation", "", timedelta(hours=168)),
    ]
    unsafe = owed(replace(CASE, unsafe=frozenset({"coordination_district"})))["inspection_answers"].ladder
    assert [climb.passed for climb in unsafe] == ["empty", "unsafe", "", ""]


def test_a_body_that_is_missing_or_must_not_know_is_replaced(district: dict[str, Unit]) -> None:
    without = owed(replace(CASE, missing=frozenset({"juvenile_inspection"})))["inspection_answers"]
    assert (without.unit and without.unit.code, without.found_by) == ("district", "substitute")
    assert without.gaps == ("district", "region", "nation")
    unsafe = owed(replace(CASE, unsafe=frozenset({"juvenile_inspection"})))["inspection_answers"]
    assert (unsafe.unit and unsafe.unit.code, unsafe.gaps) == ("district", ())
    nobody = owed(replace(CASE, missing=frozenset({"guardianship", "coordination_district", "coordination_region"})))
    assert (nobody["guardianship_answers"].unit, nobody["guardianship_answers"].found_by) == (None, "nobody")
    assert nobody["guardianship_answers"].ladder[0].at == FRIDAY


def test_it_tells_what_each_answer_would_raise(district: dict[str, Unit]) -> None:
    follows = {code: [step.key for step in steps] for code, steps in owed()["evaluation"].follows}
    assert follows == {
        "confirmed": ["team_formed", "social_worker_named"],
        "not_confirmed": [],
        "unclear": ["evaluation_again"],
    }


def test_a_body_may_be_found_where_the_child_was_found(district: dict[str, Unit]) -> None:
    with building():
        person = make_person(make_unit("guardianship elsewhere", "guardianship", place="750000000"))
    person.enter()
    there = step("there", "guardianship", owed_by="{function: guardianship, territory: where_found}")
    protocol = parsed(procedure(there, step("home", "guardianship")))
    found = owed(replace(CASE, found="750000000"), protocol)
    assert [one.unit and one.unit.code for one in found.values()] == ["guardianship elsewhere", "guardianship"]
    assert [one.unit and one.unit.code for one in owed(CASE, protocol).values()] == 2 * ["guardianship"]


def test_the_page_computes_and_writes_nothing(browser: Browser, district: dict[str, Unit]) -> None:
    client = browser("officer")
    with as_owner():
        acts = Act.objects.count()
    case = "?reporter=health_worker&concern=suspected_violence&way=through_head&school=known&district=613900000"
    address = "/procedures/suspected_violence_health/2/try/"
    told = page(client, f"{address}{case}&moment=27.11.2026+17:30&before=20&unsafe=juvenile_inspection")
    for said in (
        "6 obligations would arise",
        "Friday 27\xa0November 2026, 18:10",
        "takes the place of another body: Juvenile police",
        "the district has no such body; found in the region",
        "It would be noted as a gap in services",
        "The same unit would owe several of these",
        "violence is confirmed: a team for the case; a responsible social worker",
        "would be passed over, nobody there",
    ):
        assert said in told, said
    assert "Nothing would arise" in page(client, f"{address}?district=615400000&moment=27.11.2026+17:30&before=0")
    with as_owner(), connection.cursor() as cursor:
        assert Act.objects.count() == acts
        cursor.execute("SELECT count(*) FROM obligations_obligation")
        assert cursor.fetchone() == (0,)


def test_the_same_event_is_said_to_start_other_procedures_too(browser: Browser, district: dict[str, Unit]) -> None:
    case = "?urgency=day&district=613900000&moment=27.11.2026+17:30&before=0"
    told = page(browser("doctor"), "/procedures/first_response/1/try/" + case)
    assert "1 obligation would arise" in told
    draft = page(browser("officer"), "/procedures/interagency_guidelines/1/try/?concern=physical" + case[12:])
    assert "This text is not in force" in draft


@pytest.mark.parametrize(
    "asked",
    [
        "?district=615400000",
        "?district=nowhere&moment=27.11.2026+17:30&before=0",
        "?district=615400000&moment=32.11.2026+17:30&before=0",
        "?district=615400000&moment=27.11.2026+17:30&before=-1",
        "?district=615400000&moment=27.11.2026+17:30&before=0&way=sideways",
        "?district=615400000&moment=27.11.2026+17:30&before=0&unsafe=everybody",
        "?district=%00&moment=%ff&before=9999999999999999999999",
        "?district=615400000&moment=01.01.0001+00:00&before=43200",
        "?district=615400000&moment=31.12.9999+23:59&before=0",
    ],
)
def test_a_case_that_can_not_be_is_refused_and_keeps_what_was_typed(browser: Browser, asked: str) -> None:
    answer = browser("officer").get("/procedures/suspected_violence_health/2/try/" + asked)
    assert answer.status_code == 422
    assert "Nothing was computed" in answer.content.decode()


def test_every_shipped_procedure_can_be_tried(browser: Browser) -> None:
    client = browser("officer")
    for row in ProtocolVersion.objects.all():
        page(client, f"/procedures/{row.code}/{row.number}/try/")
        page(client, f"/procedures/{row.code}/{row.number}/picture/")
