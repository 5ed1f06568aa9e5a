"""The lead opens and asks; each discipline writes its own; everybody sees what is owed, and reads what they may."""

from datetime import date, timedelta

import pytest

from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy, queries, rules
from arasha.plans.models import Assessment, AssessmentPart
from arasha.plans.tests.district import BY_WHEN, TODAY, Team
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def acts(verb: str) -> list[Act]:
    with as_owner():
        return list(Act.objects.filter(verb=verb).order_by("id"))


def told(code: str) -> set[int]:
    with as_owner():
        return set(Notice.objects.filter(code=code).values_list("unit_id", flat=True))


def read(team: Team, who: cast.Person) -> queries.AssessmentRead:
    found = queries.read(who.enter(), team.dossier, NOW)
    assert found is not None
    return found


def test_the_lead_opens_one_assessment_and_that_is_an_act(team: Team) -> None:
    team.open()
    with pytest.raises(actions.AssessmentOpen):
        team.open()
    (act,) = acts("open_assessment")
    assert act.codes["unit"] == team.lead.unit.pk
    assert read(team, team.teacher).row.by_when == BY_WHEN


@pytest.mark.parametrize("who", ["doctor", "social", "teacher"])
def test_who_does_not_lead_opens_and_asks_nothing(team: Team, who: str) -> None:
    person: cast.Person = getattr(team, who)
    with pytest.raises(policy.NotAllowed):
        actions.open_assessment(actor=person.enter(), dossier=team.dossier, by_when=BY_WHEN, now=NOW)
    team.open()
    with pytest.raises(policy.NotAllowed):
        actions.ask_part(
            actor=person.enter(),
            dossier=team.dossier,
            discipline="health",
            unit=team.doctor.unit.pk,
            by_when=BY_WHEN,
            now=NOW,
        )


def test_for_who_is_not_on_the_file_there_is_none(team: Team) -> None:
    team.open()
    assert queries.read(team.outsider.enter(), team.dossier, NOW) is None
    with pytest.raises(actions.AssessmentNotThere):
        actions.open_assessment(actor=team.outsider.enter(), dossier=team.dossier, by_when=BY_WHEN, now=NOW)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_day_that_is_over_or_far_ahead_is_refused(team: Team, day: date) -> None:
    with pytest.raises(actions.DayPast):
        team.open(by_when=day)
    team.open()
    with pytest.raises(actions.DayPast):
        team.ask("health", team.doctor, by_when=day)


def test_a_unit_is_asked_once_and_told(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    assert (part.state, part.facet, part.form) == ("asked", Facet.OBLIGATIONS, "assessment_health")
    assert told("part_asked") == {team.doctor.unit.pk}
    with pytest.raises(actions.AskedAlready):
        team.ask("health", team.doctor)
    with pytest.raises(UnknownCode):
        team.ask("astrology", team.doctor)
    with pytest.raises(actions.UnitNotAskable):
        team.ask("youth_health", team.doctor)  # it begins where an adolescent wishes it, and is asked of nobody


@pytest.mark.parametrize(
    ("discipline", "askable"),
    [
        ("health", {"doctor": False}),
        ("education", {"teacher": False}),
        ("social", {"lead": False, "social": True}),
        ("legal", {}),  # its form is not in force here
    ],
)
def test_who_may_be_asked_follows_function_and_facet(team: Team, discipline: str, askable: dict[str, bool]) -> None:
    team.open()
    team.lead.enter()
    found = queries.askable(team.dossier, rules.discipline(discipline), NOW)
    assert {one.unit.pk: one.joins for one in found} == {
        getattr(team, name).unit.pk: joins for name, joins in askable.items()
    }


@pytest.mark.parametrize(
    ("discipline", "who"), [("health", "teacher"), ("education", "doctor"), ("health", "outsider")]
)
def test_no_other_unit_can_be_asked(team: Team, discipline: str, who: str) -> None:
    team.open()
    with pytest.raises(actions.UnitNotAskable):
        team.ask(discipline, getattr(team, who))


def test_a_unit_with_a_lesser_part_becomes_a_partner_by_being_asked(team: Team) -> None:
    team.open()
    team.ask("social", team.social)
    with as_owner():
        parts = set(Member.objects.filter(dossier=team.dossier, unit=team.social.unit).values_list("part", flat=True))
    assert parts == {"obliged", "partner"}


def test_a_body_that_is_barred_is_not_offered(team: Team) -> None:
    team.open()
    with cast.building():
        from arasha.kernel.access.models import Bar  # noqa: PLC0415  built past every right

        body = team.doctor.unit.body_id
        Bar.objects.create(dossier_id=team.dossier, body_id=body, since=cast.LONG_AGO, reason="suspect")
    team.lead.enter()
    assert queries.askable(team.dossier, rules.discipline("health"), NOW) == []


def test_everybody_on_the_file_sees_that_a_part_is_done_and_only_readers_of_its_facet_its_words(team: Team) -> None:
    team.open()
    part = team.done("health", team.doctor)
    for who, reads in ((team.lead, True), (team.nurse, True), (team.teacher, False), (team.social, True)):
        (line,) = read(team, who).parts
        assert (line.standing, line.reads) == (rules.Standing.DONE, reads), who
        assert (forms.reading_of(part.response_id or part.pk) is not None) is reads
    assert told("part_done") == {team.lead.unit.pk}


def test_a_colleague_of_the_unit_goes_on_and_nobody_else_writes(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    team.begin(part, team.doctor)
    team.write(part, team.nurse, {"second": {"words": "екінші қол"}})
    for who in (team.lead, team.teacher, team.social, team.outsider):
        with pytest.raises(actions.PartNotThere):
            team.write_as(part, who)


def test_what_does_not_hold_is_not_handed_in_and_the_part_stays_begun(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    team.begin(part, team.doctor)
    revision = team.write(part, team.doctor, {"second": {"words": "тек сөз"}})
    with pytest.raises(answering.AnswersFaulty):
        actions.submit_part(actor=team.doctor.enter(), part=part.pk, revision=revision, now=NOW)
    assert AssessmentPart.objects.get(pk=part.pk).state == "begun"
    assert acts("finish_part") == []


def test_a_correction_leaves_the_part_done_and_the_earlier_version_readable(team: Team) -> None:
    team.open()
    part = team.done("health", team.doctor)
    first = part.response_id
    corrected = actions.correct_part(actor=team.nurse.enter(), part=part.pk, now=NOW)
    with pytest.raises(actions.PartNotThere):
        actions.correct_part(actor=team.doctor.enter(), part=part.pk, now=NOW)
    revision = team.write(corrected, team.nurse, {"first": {"needed": "no"}})
    actions.submit_part(actor=team.nurse.enter(), part=part.pk, revision=revision, now=NOW)
    assert forms.reading_of(first or part.pk) is not None
    assert [line.standing for line in read(team, team.teacher).parts] == [rules.Standing.DONE]


def test_a_unit_that_leaves_mid_way_is_shown_so_and_another_goes_on_in_its_stead(team: Team) -> None:
    team.open()
    part = team.ask("social", team.social)
    team.begin(part, team.social)
    team.write(part, team.social, {"second": {"words": "қалған сөз"}})
    team.leave(team.social)
    with pytest.raises(actions.PartNotThere):
        team.write_as(part, team.social)
    assert [line.standing for line in read(team, team.lead).parts] == [rules.Standing.LEFT]
    with pytest.raises(actions.UnitNotAskable):
        actions.pass_on_part(actor=team.lead.enter(), part=part.pk, unit=team.social.unit.pk, by_when=BY_WHEN, now=NOW)
    given = {"part": part.pk, "unit": team.lead.unit.pk, "by_when": BY_WHEN, "now": NOW}
    newer = actions.pass_on_part(actor=team.lead.enter(), **given)  # type: ignore[arg-type]  # the test's own words
    assert [(line.row.pk, line.standing) for line in read(team, team.lead).parts] == [(newer.pk, rules.Standing.ASKED)]
    earlier = forms.draft_of(AssessmentPart.objects.get(pk=part.pk).response_id or part.pk, NOW)
    assert earlier is not None
    assert earlier.answers["second"]["words"] == "қалған сөз"  # who reads the facet still reads them


def test_a_part_that_is_done_is_not_given_away(team: Team) -> None:
    team.open()
    part = team.done("social", team.social)
    with pytest.raises(actions.AskedAlready):
        actions.pass_on_part(actor=team.lead.enter(), part=part.pk, unit=team.lead.unit.pk, by_when=BY_WHEN, now=NOW)


def test_a_barred_worker_of_the_unit_finds_nothing_and_the_colleague_everything(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    team.bar(team.doctor)
    assert queries.read(team.doctor.enter(), team.dossier, NOW) is None
    assert queries.part_of(team.doctor.enter(), part.pk) is None
    with pytest.raises(actions.PartNotThere):
        team.begin(part, team.doctor)
    team.begin(part, team.nurse)


def test_late_is_said_the_day_after(team: Team) -> None:
    team.open()
    team.ask("health", team.doctor, by_when=TODAY)
    found = queries.read(team.teacher.enter(), team.dossier, NOW + timedelta(days=1))
    assert found is not None
    assert [line.standing for line in found.parts] == [rules.Standing.LATE]


def test_an_application_is_reviewed_within_ten_days_and_then_the_local_body_decides(team: Team) -> None:
    with as_owner():
        Obligation.objects.all().delete()
    team.open(applied_on=date(2026, 11, 20))
    row = Assessment.objects.get(dossier=team.dossier)
    assert (row.applied_on, row.review_by) == (date(2026, 11, 20), date(2026, 11, 30))
    cast.sweeper()
    (owed,) = Obligation.objects.filter(dossier=team.dossier)
    assert (owed.step, owed.unit_id) == ("need_reviewed", team.social.unit.pk)
    with pytest.raises(actions.AskedAlready):
        actions.note_application(actor=team.lead.enter(), dossier=team.dossier, applied_on=TODAY, now=NOW)


def test_an_application_of_tomorrow_is_refused_and_one_noted_later_counts_from_its_day(team: Team) -> None:
    team.open()
    given = {"actor": team.lead.enter(), "dossier": team.dossier, "now": NOW}
    with pytest.raises(actions.DayPast):
        actions.note_application(applied_on=TODAY + timedelta(days=1), **given)  # type: ignore[arg-type]  # own words
    row = actions.note_application(applied_on=TODAY, **given)  # type: ignore[arg-type]  # own words
    assert row.review_by == TODAY + timedelta(days=10)


def test_an_assessment_that_ended_takes_nothing_more_and_another_can_be_opened(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    with pytest.raises(policy.NotAllowed):
        actions.end_assessment(actor=team.doctor.enter(), dossier=team.dossier, now=NOW)
    actions.end_assessment(actor=team.lead.enter(), dossier=team.dossier, now=NOW)
    with pytest.raises(actions.PartNotThere):
        team.begin(part, team.doctor)
    with pytest.raises(actions.AssessmentNotThere):
        team.ask("education", team.teacher)
    team.open(now=NOW + timedelta(hours=1))
