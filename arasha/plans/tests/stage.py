"""The stage of these tests: one child's file, who leads it, a partner, a body that owes something, one barred."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from arasha.cases.models import Case
from arasha.kernel.access.actions import TeamMember
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.plans.rules import Draft, Item

TODAY = date(2026, 11, 23)
HOSTILE = '#panic("x") $x$ @a <b> \\ *bold* <script>alert(1)</script>'


@dataclass(frozen=True)
class Stage:
    """Who is who. `representative` sits in the partner's unit and is barred: the suspect father's lawyer."""

    district: District
    dossier: UUID
    protection: Person
    school: Person
    representative: Person

    @property
    def coordinator(self) -> Person:
        """Who leads the file."""
        return self.district.coordinator


def make_stage(district: District) -> Stage:
    """Open the file of a girl of nine years, as her case."""
    with cast.building():
        protection = cast.seat(cast.make_unit("social protection", DISTRICT, "social_protection"))
        school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
        representative = cast.seat(protection.unit)
    district.coordinator.enter()
    dossier = cast.open_file(
        TeamMember("lead", unit_id=district.coordinator.unit.pk),
        TeamMember("partner", unit_id=protection.unit.pk),
        TeamMember("obliged", unit_id=school.unit.pk),
        bars=[{"user_id": representative.user}],
    )
    with cast.building():
        Case.objects.create(
            id=uuid4(),
            dossier_id=dossier,
            number=f"T-{uuid4().hex[:8]}",
            opened_at=NOW,
            territory_id=DISTRICT,
            child_called="Айгүл Серікқызы",
            child_age=9,
            lead_unit=district.coordinator.unit,
        )
    cast.end_opening(dossier)
    return Stage(district, dossier, protection, school, representative)


def draft(**changes: Any) -> Draft:
    """Return a plan as it is agreed with a girl of nine years."""
    given: dict[str, Any] = {
        "items": (
            Item("warning_signs", "Көкем мас болып келсе"),
            Item("own_steps", "Бөлмеге кіріп, есікті жабамын"),
            Item("own_steps", "Айгүлдің апасына қоңырау шаламын"),
            Item("people", "Апам 8 701 000 00 00"),
            Item("code_word", "көк доп"),
            Item("services", "Психолог аптасына бір рет келеді", TODAY + timedelta(days=7)),
        ),
        "language": "kk",
        "large": False,
        "carry": "yes",
        "kept": "safe_adult",
        "agreed": ("child", "safe_adult"),
        "not_agreed": "",
        "review_on": TODAY + timedelta(days=14),
    }
    return Draft(**given | changes)
