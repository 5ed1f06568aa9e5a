"""A case with a team of several disciplines, and small forms put down as published."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Bar
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people.rules import Described, birth_said, parted
from arasha.plans import actions
from arasha.plans.models import AssessmentPart
from arasha.questionnaires import queries as forms
from arasha.questionnaires.tests.answering_cast import publish
from arasha.questionnaires.tests.writing import choices, question

BY_WHEN = date(2026, 12, 7)
TODAY = date(2026, 11, 23)
# Above whatever version is shipped.
OURS = 1000
YN = choices("yn", "yes", "no")


def small(*names: str) -> list[dict[str, str]]:
    """Return a form of two pages: a question that must be answered, then words."""
    rows = [question("begin_group", "first"), question("select_one yn", "needed", required="yes")]
    rows += [question("end_group"), question("begin_group", "second")]
    return [*rows, *(question("text", name) for name in names or ("words",)), question("end_group")]


FORMS = (
    ("assessment_health", "health"),
    ("assessment_education", "education"),
    ("assessment_social", "plan"),
    ("assessment_youth_health", "reproductive"),
    ("assessment_summary", "narrative"),
)
ANSWERS: dict[str, Any] = {"first": {"needed": "yes"}, "second": {"words": "Бала тыныш ұйықтай алмайды"}}


@dataclass(frozen=True)
class Team:
    """A case, who leads it, and who is on its team; the neighbour is on none."""

    dossier: uuid.UUID
    district: District
    lead: Person
    doctor: Person
    nurse: Person
    social: Person
    teacher: Person
    outsider: Person

    def open(self, **more: Any) -> None:
        """Let the lead open the assessment."""
        given = {"by_when": BY_WHEN, "now": NOW} | more
        actions.open_assessment(actor=self.lead.enter(), dossier=self.dossier, **given)

    def ask(self, discipline: str, who: Person, **more: Any) -> AssessmentPart:
        """Let the lead ask a unit for a part."""
        given = {"by_when": BY_WHEN, "now": NOW} | more
        return actions.ask_part(
            actor=self.lead.enter(), dossier=self.dossier, discipline=discipline, unit=who.unit.pk, **given
        )

    def begin(self, part: AssessmentPart, who: Person) -> AssessmentPart:
        """Let somebody tell the child what is confidential and begin."""
        actions.tell_confidential(actor=who.enter(), part=part.pk, how="told", language="kk", now=NOW)
        return actions.begin_part(actor=who.enter(), part=part.pk, language="kk", now=NOW)

    def write(self, part: AssessmentPart, who: Person, answers: dict[str, Any] | None = None) -> int:
        """Let somebody write the whole part; returns the draft's revision."""
        who.enter()
        draft = forms.draft_of(AssessmentPart.objects.get(pk=part.pk).response_id or part.pk, NOW)
        assert draft is not None
        saved = actions.save_part(
            actor=who.enter(),
            part=part.pk,
            revision=draft.revision,
            at="",
            value=ANSWERS if answers is None else answers,
            seen="",
            now=NOW,
        )
        return saved.revision

    def write_as(self, part: AssessmentPart, who: Person) -> None:
        """Let somebody try to write into a part."""
        actions.save_part(
            actor=who.enter(), part=part.pk, revision=1, at="second", value={"words": "бөтен"}, seen="", now=NOW
        )

    def done(self, discipline: str, who: Person) -> AssessmentPart:
        """Let a unit be asked for its part, and hand it in."""
        part = self.ask(discipline, who)
        self.begin(part, who)
        revision = self.write(part, who)
        return actions.submit_part(actor=who.enter(), part=part.pk, revision=revision, now=NOW)

    def summed_up(self) -> uuid.UUID:
        """Let the lead write and put down a summary; returns its id."""
        given: dict[str, Any] = {"dossier": self.dossier, "now": NOW}
        actions.begin_summary(actor=self.lead.enter(), language="kk", **given)
        saved = actions.save_summary(
            actor=self.lead.enter(), revision=1, at="", value=ANSWERS, seen="", dossier=self.dossier, now=NOW
        )
        return actions.submit_summary(actor=self.lead.enter(), revision=saved.revision, **given).pk

    def bar(self, who: Person) -> None:
        """Bar somebody from the file: they work for the parent who is alleged to have harmed."""
        with cast.building():
            Bar.objects.create(dossier_id=self.dossier, user_id=who.user, since=cast.LONG_AGO, reason="suspect")

    def leave(self, who: Person) -> None:
        """Let a unit leave the file."""
        with cast.building():
            from arasha.kernel.access.models import Member  # noqa: PLC0415  built past every right

            Member.objects.filter(dossier=self.dossier, unit=who.unit).update(ended_at=NOW)


def make_forms() -> None:
    """Put the small forms down as published, as the owner."""
    for code, facet in FORMS:
        publish(code, small(), YN, facet=facet, version=OURS)


def make_team(*, age: int | None = 13, district: District | None = None) -> Team:
    """Make the district, the case and its team."""
    district = district or cast.make_district()
    with cast.building():
        make_forms()
        school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
        social = cast.seat(cast.make_unit("social protection", DISTRICT, "social_protection"))
        nurse = cast.seat(district.doctor.unit)
        outsider = cast.seat(cast.make_unit("another school", DISTRICT, "education_school"))
    lead = district.coordinator
    lead.enter()
    signal = cast.open_file(TeamMember("lead", unit_id=lead.unit.pk))
    child = Described(name=parted("Аяру"), kind="said", sex="girl", birth=birth_said(age=age, on=TODAY))
    case = open_case(actor=lead.enter(), signal_dossier=signal, territory=DISTRICT, child=child, now=NOW)
    cast.end_opening(case.dossier_id)
    lead.enter()
    with act(verb="note", stream=dossier_stream(case.dossier_id), now=NOW):
        for part, who in (("partner", district.doctor), ("obliged", social), ("obliged", school)):
            add_member(dossier=case.dossier_id, member=TeamMember(part, unit_id=who.unit.pk, reason="test"))
    return Team(case.dossier_id, district, lead, district.doctor, nurse, social, school, outsider)
