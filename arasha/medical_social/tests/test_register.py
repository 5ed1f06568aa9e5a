"""The medical-social register: a notice, a decision, going through it again, its end; and who knows of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.medical_social import actions, queries
from arasha.medical_social.models import Enrolment, EnrolmentStep
from arasha.medical_social.rules import Faulty, KeptSaid, NoticeSaid
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = local(NOW).date()
NOTICE = NoticeSaid(grounds=("violence", "witness"), number="45-17/203", dated=TODAY - DAY)
KEPT = KeptSaid(needs=("psychological",), review_on=TODAY + 60 * DAY, words="Психолог аптасына екі рет")


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW - DAY, using="default")
    made = make_team()
    made.lead.enter()
    with act(verb="add_member", stream=dossier_stream(made.dossier), now=NOW):
        member = TeamMember("obliged", unit_id=made.district.inspector.unit.pk, reason="obligation")
        add_member(dossier=made.dossier, member=member)
    return made


def notify(team: Team, by: Person | None = None, **changes: Any) -> Enrolment:
    said = replace(NOTICE, **changes)
    actor = (by or team.district.inspector).enter()
    return actions.notify_enrolment(actor=actor, dossier=team.dossier, said=said, now=NOW)


def keep(row: Enrolment, by: Person, **changes: Any) -> Enrolment:
    return actions.enrol_child(actor=by.enter(), enrolment=row.pk, said=replace(KEPT, **changes), now=NOW)


def end(row: Enrolment, by: Person, reason: str = "need_over", words: str = "Енді қажет емес") -> Enrolment:
    return actions.end_enrolment(actor=by.enter(), enrolment=row.pk, reason=reason, words=words, now=NOW)


def seen_by(team: Team, who: Person) -> list[str]:
    return [row.state for row in queries.enrolments_of(who.enter(), team.dossier)]


def owed(row: Enrolment) -> list[tuple[str, int | None, date]]:
    with as_owner():
        found = Obligation.objects.filter(about=row.pk, state__in=["open", "overdue"])
        return [(one.step, one.unit_id, local(one.due_now).date()) for one in found]


def test_internal_affairs_tell_and_social_protection_owes_a_decision_in_ten_days(team: Team) -> None:
    row = notify(team)
    assert owed(row) == [("decide_enrolment", team.social.unit.pk, TODAY + 10 * DAY)]
    assert [step.words for step in queries.steps_of(row)] == ["45-17/203"]


def test_a_child_is_taken_on_gone_through_again_and_taken_off(team: Team) -> None:
    row = keep(notify(team), team.social)
    assert owed(row) == [("review_enrolment", team.social.unit.pk, TODAY + 60 * DAY)]
    again = KeptSaid(needs=("psychological", "violence"), review_on=TODAY + 90 * DAY)
    actions.review_enrolment(actor=team.social.enter(), enrolment=row.pk, said=again, now=NOW)
    assert owed(row) == [("review_enrolment", team.social.unit.pk, TODAY + 90 * DAY)]
    end(row, team.social)
    assert owed(row) == []
    team.social.enter()
    assert [step.row.kind for step in queries.steps_of(row)] == ["notified", "kept", "reviewed", "ended"]


def test_what_is_owed_on_the_register_keeps_the_case_from_being_closed(team: Team) -> None:
    row = keep(notify(team), team.social)
    with as_owner():
        duty = Obligation.objects.get(about=row.pk, state="open")
    assert "closing" in duty.protocol.content["steps"][0]["blocks"]


def test_once_it_is_over_only_who_kept_it_and_who_leads_know(team: Team) -> None:
    row = keep(notify(team), team.social)
    police = team.district.inspector
    before = {who: seen_by(team, who) for who in (team.social, team.lead, police, team.teacher, team.outsider)}
    assert before == {
        team.social: ["kept"],
        team.lead: ["kept"],
        police: before[police],
        team.teacher: [],
        team.outsider: [],
    }
    end(row, team.social)
    assert seen_by(team, team.social) == seen_by(team, team.lead) == ["ended"]
    for who in (police, team.teacher, team.outsider, team.doctor):
        assert seen_by(team, who) == [], who


def test_a_body_that_only_owes_something_reads_no_act_and_no_word_of_it(team: Team) -> None:
    keep(notify(team), team.social)
    team.teacher.enter()
    assert Act.objects.exists()
    assert not Act.objects.filter(verb__contains="enrol").exists()
    for duty in Obligation.objects.filter(dossier=team.dossier):
        step = duty.protocol.content["steps"][0]
        told = str(step["what"]) + str(step["act"]) + str(duty.protocol.content["title"])
        if duty.step.endswith("enrolment"):
            assert "register" not in told
            assert "учёт" not in told
            assert "есеп" not in told
    page = cast.browser_of(team.teacher)
    assert page.get(f"/medical-social/{team.dossier}/").status_code == 404
    assert "/medical-social/" not in page.get(f"/files/{team.dossier}/").content.decode()


def test_a_second_notice_while_one_runs_is_told_so_and_changes_nothing(team: Team) -> None:
    notify(team)
    with pytest.raises(actions.EnrolmentStands), transaction.atomic():
        notify(team)
    with as_owner():
        assert Enrolment.objects.count() == 1
        assert EnrolmentStep.objects.count() == 1


def test_after_a_refusal_another_notice_may_come(team: Team) -> None:
    row = notify(team)
    actor = team.social.enter()
    actions.refuse_enrolment(actor=actor, enrolment=row.pk, reason="no_ground", words="Негіз жоқ", now=NOW)
    assert owed(row) == []
    assert seen_by(team, team.district.inspector) == []
    assert notify(team).pk != row.pk


def test_while_preventive_measures_run_a_child_leaves_only_for_what_does_not_wait_for_them(team: Team) -> None:
    row = keep(notify(team), team.social, measures_until=TODAY + 30 * DAY)
    for reason in ("need_over", "grown_up"):
        with pytest.raises(Faulty) as fault:
            end(row, team.social, reason)
        assert fault.value.name == "measures"
    assert end(row, team.social, "ground_gone").state == "ended"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grounds": ()}, "grounds"),
        ({"grounds": ("bad_family",)}, "grounds"),
        ({"number": "9" * 61}, "number"),
        ({"dated": TODAY + DAY}, "dated"),
    ],
)
def test_a_notice_that_says_something_wrong_is_named_and_not_kept(
    team: Team, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Faulty) as fault:
        notify(team, **changes)
    assert fault.value.name == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"needs": ()}, "needs"),
        ({"needs": ("nothing",)}, "needs"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": TODAY + 93 * DAY}, "review_on"),
        ({"measures_until": TODAY + 2000 * DAY}, "measures_until"),
        ({"words": "x" * 4001}, "words"),
    ],
)
def test_a_decision_that_says_something_wrong_is_named_and_not_kept(
    team: Team, changes: dict[str, Any], field: str
) -> None:
    row = notify(team)
    with pytest.raises(Faulty) as fault:
        keep(row, team.social, **changes)
    assert fault.value.name == field


def test_nobody_else_decides_reviews_ends_or_prints(team: Team) -> None:
    row = notify(team)
    for who in (team.district.inspector, team.teacher, team.outsider, team.lead):
        with pytest.raises(actions.EnrolmentNotThere):
            keep(row, who)
    keep(row, team.social)
    for who in (team.district.inspector, team.lead, team.outsider):
        with pytest.raises(actions.EnrolmentNotThere):
            end(row, who)
        with pytest.raises(actions.EnrolmentNotThere):
            actions.print_enrolment(actor=who.enter(), enrolment=row.pk, now=NOW)


def test_a_doctor_or_a_school_sends_no_notice(team: Team) -> None:
    for who in (team.doctor, team.teacher, team.outsider):
        with pytest.raises(actions.EnrolmentNotThere):
            notify(team, who)


def test_what_a_notice_said_is_changed_by_nobody(team: Team) -> None:
    row = notify(team)
    team.social.enter()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        act(verb="enrol_child", stream=dossier_stream(team.dossier), now=NOW),
    ):
        Enrolment.objects.filter(pk=row.pk).update(grounds=["bullying"])
