"""Requests: taken down without a look at any file, given by two, and never to whoever may be a danger."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.releases import actions, policy, queries, rules
from arasha.releases.models import FileRequest, Release
from arasha.releases.tests.cast import NOW, Desk, make_desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def owed(desk: Desk, protocol: str) -> list[str]:
    with as_owner():
        return list(
            Obligation.objects.filter(dossier=desk.dossier, protocol__code=protocol).values_list("state", flat=True)
        )


def test_a_request_is_taken_down_once_and_the_counter_reads_none(desk: Desk) -> None:
    ticket = uuid4()
    assert desk.asked(ticket) == desk.asked(ticket)
    desk.counter.enter()
    assert not FileRequest.objects.exists()
    actor = desk.team.lead.enter()
    (row,) = queries.requests(actor)
    assert queries.words_of(row).asker == "Ерлан"
    assert row.due_on == NOW.date() + timedelta(days=3)
    for stranger in (desk.team.doctor, desk.team.outsider, desk.team.district.neighbour):
        assert not queries.requests(stranger.enter()).exists()


def test_a_request_for_a_child_without_a_file_is_recorded_the_same_and_ends(desk: Desk) -> None:
    request = desk.asked(child="Ешкім")
    row = actions.end_unmatched(actor=desk.team.lead.enter(), request=request, state="no_file", now=NOW)
    assert (row.state, row.ended_at) == ("no_file", NOW)
    with pytest.raises(actions.AlreadyAnswered):
        desk.matched(request)


@pytest.mark.parametrize("field", ["asker", "child", "wants"])
def test_an_empty_request_is_refused(desk: Desk, field: str) -> None:
    empty: dict[str, Any] = {field: "  "}
    with pytest.raises(rules.Faulty):
        desk.asked(**empty)


def test_who_has_no_right_takes_nothing_down_and_matches_nothing(desk: Desk) -> None:
    request = desk.asked()
    for stranger in (desk.counter, desk.team.doctor, desk.team.outsider):
        with pytest.raises(actions.NotThere):
            actions.match(actor=stranger.enter(), request=request, dossier=desk.dossier, now=NOW)
    said = rules.Asked(applicant="other", way="letter", checked="not_checked", asker="x", child="x", wants="x")
    with pytest.raises(policy.NotAllowed):
        actions.take_down(actor=desk.team.teacher.enter(), said=said, now=NOW)


def test_what_is_given_is_proposed_by_one_and_decided_by_another(desk: Desk) -> None:
    release = desk.proposed()
    assert len(owed(desk, "file_request")) == 1
    with pytest.raises(actions.SamePerson):
        actions.decide(actor=desk.team.lead.enter(), request=release.request_id, agree=True, now=NOW)
    row = actions.decide(actor=desk.second.enter(), request=release.request_id, agree=True, now=NOW)
    assert row.state == "given"
    done = actions.hand_over(actor=desk.team.lead.enter(), request=row.request_id, how="in_person", now=NOW)
    assert (done.state, done.handed_how) == ("handed", "in_person")
    assert owed(desk, "file_request")[0] not in ("open", "late")
    with pytest.raises(actions.AlreadyAnswered):
        actions.hand_over(actor=desk.team.lead.enter(), request=row.request_id, how="in_person", now=NOW)


def test_of_two_who_decide_the_second_finds_it_decided(desk: Desk) -> None:
    release = desk.given()
    with pytest.raises(actions.AlreadyAnswered):
        actions.decide(actor=desk.second.enter(), request=release.request_id, agree=False, now=NOW)


def test_the_database_refuses_that_one_person_does_both(desk: Desk) -> None:
    release = desk.proposed()
    with pytest.raises(IntegrityError), transaction.atomic(), cast.building():
        Release.objects.filter(pk=release.pk).update(decider=release.proposer_id)


def test_nobody_decides_who_is_not_on_the_file(desk: Desk) -> None:
    release = desk.proposed()
    for stranger in (desk.counter, desk.team.teacher, desk.team.doctor, desk.team.outsider):
        with pytest.raises(actions.NotThere):
            actions.decide(actor=stranger.enter(), request=release.request_id, agree=True, now=NOW)


def test_a_suspect_father_gets_nothing_and_safety_is_judged_again(desk: Desk) -> None:
    desk.allege_father()
    release = desk.matched()
    assert release.state == "stopped"
    assert len(owed(desk, "file_asked_in_danger")) == 1
    with as_owner():
        told = set(Notice.objects.filter(code="asked_by_danger").values_list("unit", flat=True))
    assert told == {desk.team.lead.unit.pk}
    with pytest.raises(actions.AlreadyAnswered):
        desk.proposed(release)


def test_a_lawyer_sent_by_the_suspect_is_the_suspect(desk: Desk) -> None:
    desk.allege_father()
    assert desk.matched(desk.asked(applicant="lawyer", asker="Адвокат")).state == "stopped"


def test_an_adult_whom_nobody_found_in_the_file_may_be_the_suspect(desk: Desk) -> None:
    assert desk.matched(person=None).state == "matched"
    desk.allege_father()
    assert desk.matched(person=None).state == "stopped"
    court = desk.asked(applicant="court", basis="court_order")
    assert desk.matched(court, person=None).state == "matched"


def test_a_fear_is_enough_to_give_nothing(desk: Desk) -> None:
    assert desk.matched(person=None, doubt=True).state == "stopped"


def test_a_father_alleged_before_the_handing_over_gets_nothing(desk: Desk) -> None:
    release = desk.given()
    desk.allege_father()
    with pytest.raises(actions.InDanger):
        actions.hand_over(actor=desk.team.lead.enter(), request=release.request_id, how="in_person", now=NOW)
    with as_owner():
        row = Release.objects.get(pk=release.pk)
    assert (row.state, row.handed_by_id) == ("stopped", None)
    assert len(owed(desk, "file_asked_in_danger")) == 1


def test_a_request_that_is_withdrawn_ends_and_is_kept(desk: Desk) -> None:
    release = desk.proposed()
    row = actions.withdraw(actor=desk.team.lead.enter(), request=release.request_id, now=NOW)
    assert row.state == "withdrawn"
    with pytest.raises(actions.AlreadyAnswered):
        actions.decide(actor=desk.second.enter(), request=release.request_id, agree=True, now=NOW)


def test_a_proposal_sent_back_is_proposed_anew(desk: Desk) -> None:
    release = desk.proposed()
    row = actions.decide(actor=desk.second.enter(), request=release.request_id, agree=False, now=NOW)
    assert (row.state, row.decider_id) == ("matched", None)
    assert desk.proposed(row, parts=(), refusal="no_basis").give is False


def test_nothing_is_ever_given_to_a_migration_authority(desk: Desk) -> None:
    request = desk.asked(applicant="migration")
    with as_owner():
        assert FileRequest.objects.get(pk=request).state == "never"
    with pytest.raises(actions.AlreadyAnswered):
        desk.matched(request)


def test_who_is_barred_from_the_file_sees_no_request_about_it(desk: Desk) -> None:
    release = desk.matched()
    desk.team.bar(desk.second)
    assert queries.request_of(desk.second.enter(), release.request_id) is None
    assert queries.request_of(desk.team.lead.enter(), release.request_id) is not None


def test_who_turns_18_after_it_was_agreed_asks_for_themself(db: None) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
    desk = make_desk(age=17)
    release = desk.given()
    later = NOW + timedelta(days=4 * 366)
    for step in (
        lambda: actions.hand_over(actor=desk.team.lead.enter(), request=release.request_id, how="letter", now=later),
        lambda: actions.keep_paper(
            actor=desk.team.lead.enter(), request=release.request_id, content=b"x", language="kk", now=later
        ),
    ):
        with pytest.raises(actions.OfAge):
            step()
    with as_owner():
        row = Release.objects.get(pk=release.pk)
    assert (row.state, row.handed_by_id) == ("given", None)
