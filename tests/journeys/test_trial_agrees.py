"""What a procedure's trial promises is what a report raises: bodies, moments and ladders of the same district."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from arasha.kernel.access.actions import TeamMember
from arasha.obligations.actions import raise_for
from arasha.obligations.models import Gap, Obligation
from arasha.obligations.tests import cast
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.queries.trying import MadeUp, Owed, attempt
from arasha.protocols.rules import Protocol
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HEALTH = {"reporter": "health_worker", "concern": ["suspected_violence"]}
SCHOOL = {"reporter": "school_psychologist", "concern": ["suspected_violence"], "way": "direct"}
IDENTIFIED = cast.NOW - timedelta(minutes=20)
Duty = tuple[str, int | None, str, datetime, tuple[datetime, ...], int]


@pytest.fixture
def district(db: None) -> cast.District:
    """The cast's district with a guardianship body of its own and a commission in the region alone."""
    made = cast.make_district()
    with cast.building():
        cast.seat(cast.make_unit("guardianship", cast.DISTRICT, "guardianship"))
        cast.seat(cast.make_unit("commission", cast.REGION, "commission_minors"))
        cast.make_unit("social protection without anybody", cast.DISTRICT, "social_protection")
    return made


def promised(one: Owed) -> Duty:
    """Return what the trial says of one step."""
    unit = one.unit.pk if one.unit else None
    ladder = tuple(climb.at for climb in one.ladder)
    return (one.step.key, unit, one.found_by, one.derivation.due, ladder, len(one.gaps))


def raised(row: Obligation) -> Duty:
    """Return what the report raised."""
    ladder = tuple(datetime.fromisoformat(planned["at"]) for planned in row.ladder)
    with as_owner():
        gaps = Gap.objects.filter(obligation=row).exclude(level__in=["reporting_body", "school_of_the_child"]).count()
    return (row.step, row.unit_id, row.found_by, row.due_at, ladder, gaps)


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("suspected_violence_health", HEALTH),
        ("suspected_violence_health", HEALTH | {"way": "direct", "school": "unknown", "clinic": "unknown"}),
        ("suspected_violence_health", HEALTH | {"way": "through_head", "school": "suspect_works_there"}),
        ("school_procedure", SCHOOL),
        ("first_response", HEALTH | {"urgency": "day"}),
        ("first_response", HEALTH | {"urgency": "three_days"}),
    ],
)
def test_a_trial_shows_what_a_report_raises(district: cast.District, code: str, codes: dict[str, object]) -> None:
    version = ProtocolVersion.objects.filter(code=code).latest("number")
    actor = district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    rows = raise_for(
        actor=actor,
        dossier=dossier,
        event="report_signal",
        codes=codes,
        territory=cast.DISTRICT,
        from_moment=cast.NOW,
        now=cast.NOW,
        identified_at=IDENTIFIED,
    )
    mine = [row for row in rows if row.protocol_id == version.pk]
    case = MadeUp(codes, cast.DISTRICT, cast.NOW, IDENTIFIED)
    trial = attempt(Protocol.from_content(version.content), case)
    assert trial
    assert {promised(one) for one in trial} == {raised(row) for row in mine}


def test_a_body_that_must_not_know_is_replaced_by_the_same_one(district: cast.District) -> None:
    version = ProtocolVersion.objects.filter(code="suspected_violence_health").latest("number")
    actor = district.doctor.enter()
    inspection = district.inspector.unit
    lead = TeamMember("lead", unit_id=district.coordinator.unit.id)
    dossier = cast.open_file(lead, bars=[{"body_id": inspection.body_id}])
    rows = raise_for(
        actor=actor,
        dossier=dossier,
        event="report_signal",
        codes=HEALTH,
        territory=cast.DISTRICT,
        from_moment=cast.NOW,
        now=cast.NOW,
        identified_at=IDENTIFIED,
    )
    (row,) = (row for row in rows if row.protocol_id == version.pk and row.step == "inspection_answers")
    case = replace(MadeUp(HEALTH, cast.DISTRICT, cast.NOW, IDENTIFIED), unsafe=frozenset({"juvenile_inspection"}))
    trial = {one.step.key: one for one in attempt(Protocol.from_content(version.content), case)}
    assert promised(trial["inspection_answers"]) == raised(row)
    assert row.unit_id == district.coordinator.unit.id
