"""An adolescent is told first what is confidential, and what they wish to keep apart is there for nobody else."""

from datetime import timedelta

import pytest

from arasha.kernel.access.actions import grant_facet
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, policy, queries, rules
from arasha.plans.models import AssessmentPart, ConfidentialityTold
from arasha.plans.tests.district import ANSWERS, Team, make_team
from arasha.questionnaires import queries as forms
from arasha.questionnaires.models import Response
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
AGES = [(9, False), (10, True), (17, True), (18, False), (None, True)]


@pytest.mark.parametrize(("age", "asks"), AGES)
def test_who_is_told_first_is_an_adolescent_or_may_be_one(age: int | None, asks: bool) -> None:
    assert rules.asks_the_child(rules.discipline("health"), age) is asks
    assert not rules.asks_the_child(rules.discipline("caregivers"), age)


def test_nothing_is_asked_before_the_child_is_told_and_that_is_kept(team: Team) -> None:
    team.open()
    part = team.ask("health", team.doctor)
    with pytest.raises(actions.NotTold):
        actions.begin_part(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)
    with pytest.raises(UnknownCode):
        actions.tell_confidential(actor=team.doctor.enter(), part=part.pk, how="whispered", language="kk", now=NOW)
    for who in (team.lead, team.teacher, team.outsider):
        with pytest.raises(actions.PartNotThere):
            actions.tell_confidential(actor=who.enter(), part=part.pk, how="told", language="kk", now=NOW)
    actions.tell_confidential(actor=team.doctor.enter(), part=part.pk, how="told", language="ru", now=NOW)
    row = ConfidentialityTold.objects.get(part=part)
    assert (row.language, row.edition, row.told_at, row.user_id) == ("ru", rules.edition(), NOW, team.doctor.user)
    actions.begin_part(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)
    with as_owner():
        assert [one.codes["facet"] for one in Act.objects.filter(verb="tell_confidential")] == [Facet.OBLIGATIONS]


def test_a_part_that_asks_no_child_begins_at_once(team: Team) -> None:
    team.open()
    with cast.building():
        from arasha.plans.tests.district import OURS, YN, small  # noqa: PLC0415
        from arasha.questionnaires.tests.answering_cast import publish  # noqa: PLC0415

        publish("assessment_caregivers", small(), YN, facet="plan", version=OURS)
    part = team.ask("caregivers", team.social)
    assert actions.begin_part(actor=team.social.enter(), part=part.pk, language="kk", now=NOW).state == "begun"


@pytest.mark.parametrize("age", [6, 9])
def test_a_small_child_is_told_in_another_way(db: None, age: int) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from arasha.kernel.worktime.actions import declare_instance  # noqa: PLC0415
    from arasha.kernel.worktime.policy import INSTALLATION  # noqa: PLC0415

    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    team = make_team(age=age)
    team.open()
    part = team.ask("health", team.doctor)
    assert actions.begin_part(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW).state == "begun"
    with pytest.raises(actions.PartNotThere):  # nothing was opened, and nothing is kept apart
        actions.begin_apart(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)


def apart(team: Team) -> AssessmentPart:
    """Let the doctor be asked, and the girl wish that something is kept apart."""
    team.open()
    part = team.ask("health", team.doctor)
    team.begin(part, team.doctor)
    return actions.begin_apart(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)


def test_asking_opens_the_sealed_part_whether_or_not_anything_comes_of_it(team: Team) -> None:
    team.open()
    team.ask("health", team.doctor)
    with as_owner():
        (granted,) = Member.objects.filter(dossier=team.dossier, part="granted")
    assert (granted.unit_id, granted.reads) == (team.doctor.unit.pk, 1 << Facet.REPRODUCTIVE)
    assert granted.until is not None
    assert granted.until > NOW + timedelta(days=90)


def test_what_an_adolescent_keeps_apart_is_there_for_their_clinic_alone(team: Team) -> None:
    sealed = apart(team)
    assert (sealed.facet, sealed.discipline) == (Facet.REPRODUCTIVE, "youth_health")
    assert (
        actions.begin_apart(actor=team.doctor.enter(), part=one_part(team).pk, language="kk", now=NOW).pk == sealed.pk
    )
    for who in (team.lead, team.social, team.teacher, team.outsider):
        assert queries.part_of(who.enter(), sealed.pk) is None
        assert not Response.objects.filter(pk=sealed.response_id or sealed.pk).exists()
        found = queries.read(who.enter(), team.dossier, NOW)
        assert found is None or [line.row.discipline for line in found.parts] == ["health"]
        assert not Act.objects.filter(codes__contains={"discipline": "youth_health"}).exists()
    found = queries.read(team.nurse.enter(), team.dossier, NOW)
    assert found is not None
    assert {line.row.discipline for line in found.parts} == {"health", "youth_health"}


def one_part(team: Team) -> AssessmentPart:
    team.doctor.enter()
    return AssessmentPart.objects.get(assessment__dossier=team.dossier, discipline="health")


def test_handing_in_what_is_kept_apart_tells_nobody(team: Team) -> None:
    sealed = apart(team)
    with as_owner():
        before = Notice.objects.count()
    revision = team.write(sealed, team.doctor)
    done = actions.submit_part(actor=team.doctor.enter(), part=sealed.pk, revision=revision, now=NOW)
    reading = forms.reading_of(done.response_id or sealed.pk)
    assert reading is not None
    assert reading.answers == ANSWERS
    with as_owner():
        assert Notice.objects.count() == before


def test_what_is_kept_apart_makes_nobody_a_signatory(team: Team) -> None:
    sealed = apart(team)
    revision = team.write(sealed, team.doctor)
    actions.submit_part(actor=team.doctor.enter(), part=sealed.pk, revision=revision, now=NOW)
    summary = team.summed_up()
    actor = team.doctor.enter()
    assert queries.summaries_of(sealed.assessment)[0].pk == summary
    assert queries.unsigned(queries.summaries_of(sealed.assessment)[0]) == []
    with pytest.raises(actions.NothingToSign):
        actions.sign_summary(actor=actor, dossier=team.dossier, summary=summary, now=NOW)
    with pytest.raises(policy.NotAllowed):
        actions.put_view(actor=team.doctor.enter(), dossier=team.dossier, words="Сөз", now=NOW)


def test_a_unit_to_which_it_was_not_opened_keeps_nothing_apart(team: Team) -> None:
    team.open()
    part = team.ask("social", team.lead)
    actions.tell_confidential(actor=team.lead.enter(), part=part.pk, how="told", language="kk", now=NOW)
    with pytest.raises(actions.PartNotThere):
        actions.begin_apart(actor=team.lead.enter(), part=part.pk, language="kk", now=NOW)


def test_when_the_grant_is_over_the_sealed_part_is_gone_for_them_too(team: Team) -> None:
    sealed = apart(team)
    with cast.building():
        Member.objects.filter(dossier=team.dossier, part="granted").update(ended_at=NOW)
    assert queries.part_of(team.doctor.enter(), sealed.pk) is None
    with pytest.raises(actions.PartNotThere):
        team.write_as(sealed, team.doctor)


def test_a_grant_alone_does_not_let_another_unit_write_it(team: Team) -> None:
    sealed = apart(team)
    with cast.building():
        hospital = cast.seat(cast.make_unit("hospital", cast.DISTRICT, "health_care"))
    team.lead.enter()
    with act(verb="note", stream=dossier_stream(team.dossier), now=NOW):
        grant_facet(
            dossier=team.dossier,
            facet=Facet.REPRODUCTIVE,
            until=NOW + timedelta(days=30),
            reason="test",
            unit_id=hospital.unit.pk,
            writes=True,
        )
    with pytest.raises(actions.PartNotThere):
        team.write_as(sealed, hospital)
