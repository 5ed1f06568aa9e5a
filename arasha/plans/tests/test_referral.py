"""A referral as a promise: what is owed after each step, what it opens and for how long, and how it comes back."""

from dataclasses import replace
from datetime import timedelta
from importlib import resources
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.db import DatabaseError, transaction

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.queries import may_read, may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import actions as duties
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, queries
from arasha.plans.models import (
    Referral,
    ReferralStep,
)
from arasha.plans.rules import referral as rules
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import COUNSELLING, offering, works_for
from arasha.plans.tests.referred import Service, parts, send, service, stands, take
from arasha.services import actions as directory
from arasha.services.models import Offering
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(team: Team) -> Service:
    return service(team, "Отбасы орталығы")


def acts(row: Referral) -> list[str]:
    with as_owner():
        return list(Act.objects.filter(codes__referral=str(row.pk)).order_by("seq").values_list("verb", flat=True))


def told(code: str, who: cast.Person) -> int:
    with as_owner():
        return Notice.objects.filter(code=code, unit=who.unit).count()


def test_a_promise_is_kept_from_sending_to_the_word_to_the_sender(team: Team, centre: Service) -> None:
    row = stands(send(team, centre, urgency="week", why="worse"))
    assert row.duty is not None
    assert (row.duty.step, row.duty.unit_id, row.duty.state) == ("answer_week", centre.worker.unit.pk, "open")
    assert actions.see_referral(actor=centre.worker.enter(), referral=row.pk, now=NOW)
    assert not actions.see_referral(actor=centre.worker.enter(), referral=row.pk, now=NOW)
    answer = row.duty
    take(row, centre.worker, "book")
    row = stands(row)
    assert row.duty is not None
    with as_owner():
        answer.refresh_from_db()
    assert (answer.state, answer.outcome) == ("met", "accepted")
    assert (row.duty.step, row.duty.state) == ("begin_week", "open")
    take(row, centre.worker, "begin")
    assert stands(row).duty.state == "met"  # type: ignore[union-attr]  # it has one
    take(row, centre.worker, "end")
    row = stands(row)
    assert row.duty is not None
    assert (row.duty.step, queries.state_of(row)) == ("feed_back", "completed")
    actions.feed_back(
        actor=centre.worker.enter(), referral=row.pk, words="Тыныш ұйықтайды", child="Маған ұнады", now=NOW
    )
    row = stands(row)
    assert (row.duty.state, queries.state_of(row)) == ("met", "fed_back")  # type: ignore[union-attr]
    assert acts(row) == [
        *("send_referral", "see_referral", "accept_referral", "complete_referral", "feed_back_referral"),
        "end_referral_part",
    ]
    assert told("referral_fed_back", team.lead) == 1
    team.lead.enter()
    last = queries.referral_way(row)[-1]
    assert (last.words, last.child) == ("Тыныш ұйықтайды", "Маған ұнады")
    assert parts(team, centre.worker) == []


def test_the_receiver_reads_what_the_purpose_opens_and_nothing_sealed(team: Team, centre: Service) -> None:
    send(team, centre, purpose="family")
    centre.worker.enter()
    reads = {facet for facet in Facet if may_read(team.dossier, facet)}
    assert reads == {Facet.IDENTITY, Facet.CONTACTS, Facet.PLAN, Facet.OBLIGATIONS}
    assert may_write(team.dossier, Facet.PLAN)
    (part,) = parts(team, centre.worker)  # no second part of a body that owes: it would read more
    assert (part.part, part.reason) == ("partner", "referral")
    assert part.until is not None
    for row in rules.PURPOSES:
        assert not any(facet.sealed and rules.purpose_mask(row.code) >> facet & 1 for facet in Facet)
        assert rules.purpose_mask(row.code) >> Facet.PLAN & rules.purpose_mask(row.code) >> Facet.OBLIGATIONS & 1


def test_what_the_referral_opened_ends_with_its_time(team: Team, centre: Service) -> None:
    send(team, centre, reads_days=90)
    with cast.building():
        (part,) = parts(team, centre.worker)
        type(part).objects.filter(pk=part.pk).update(since=cast.LONG_AGO, until=cast.LONG_AGO + timedelta(days=1))
    centre.worker.enter()
    assert not may_read(team.dossier, Facet.IDENTITY)
    assert Referral.objects.count() == 0


def test_what_is_declined_is_owed_by_who_sent_it_and_the_receiver_leaves(team: Team, centre: Service) -> None:
    row = send(team, centre)
    take(row, centre.worker, "refuse", reason="age")
    row = stands(row)
    assert row.duty is not None
    assert row.back is not None
    assert (row.duty.state, row.duty.outcome) == ("met", "declined")
    assert (row.back.step, row.back.unit_id, row.back.state) == ("choose_next", team.lead.unit.pk, "open")
    assert told("place_refused", team.lead) == 1
    assert parts(team, centre.worker) == []
    centre.worker.enter()
    assert queries.referral_of(row.pk) is None
    # The next one is sent: what was owed for choosing it is met by that.
    other = service(team, "Екінші орталық")
    send(team, other, after=row.place_id, now=NOW + timedelta(hours=1))
    back = stands(row).back
    assert back is not None
    assert (back.state, back.outcome) == ("met", "next_sent")


def test_silence_comes_back_by_itself_and_a_late_answer_takes_it_away(team: Team, centre: Service) -> None:
    row = send(team, centre, urgency="today", why="not_safe")

    def returned(hours: int) -> int:
        return actions.return_silent(actor=enter_system("watch_places"), now=NOW + timedelta(hours=hours))

    assert returned(3) == 0
    assert returned(5) == 1
    assert returned(6) == 0
    row = stands(row)
    assert row.back is not None
    assert (row.back.step, row.back.unit_id) == ("choose_next_today", team.lead.unit.pk)
    assert told("referral_silent", team.lead) == 1
    cast.sweep(NOW + timedelta(hours=5))
    with as_owner():
        duty = Obligation.objects.get(pk=row.duty_id or uuid4())
        assert duty.state == "overdue"
        assert duty.escalations.filter(outcome="told", unit=team.lead.unit).exists()
    take(row, centre.worker, "wait", urgency="today", why="not_safe", now=NOW + timedelta(hours=7))
    row = stands(row)
    assert row.back is not None
    assert row.back.state == "superseded"
    assert row.duty is not None
    assert row.duty.step == "begin_today"


def test_what_the_lead_hears_on_the_telephone_ends_the_duty_too(team: Team, centre: Service) -> None:
    row = send(team, centre)
    take(row, team.lead, "refuse", said_by="telephone")
    row = stands(row)
    assert row.duty is not None
    assert row.back is not None
    assert (row.duty.state, row.back.state) == ("superseded", "open")


def test_consent_withdrawn_ends_the_access_and_what_is_owed(team: Team, centre: Service) -> None:
    row = send(team, centre)
    take(row, centre.worker, "begin")
    given: dict[str, Any] = {"referral": row.pk, "reason": "consent_withdrawn", "seen": 2, "now": NOW}
    with pytest.raises(actions.ReferralNotThere):
        actions.withdraw_referral(actor=centre.worker.enter(), **given)
    actions.withdraw_referral(actor=team.lead.enter(), **given)
    assert queries.state_of(stands(row)) == "withdrawn"
    assert parts(team, centre.worker) == []
    assert told("referral_withdrawn", centre.worker) == 1
    centre.worker.enter()
    assert queries.referral_of(row.pk) is None
    assert not may_read(team.dossier, Facet.IDENTITY)


def test_another_referral_of_the_unit_keeps_what_it_needs(team: Team, centre: Service) -> None:
    first = send(team, centre)
    site = Offering.objects.get(pk=centre.offered).site_id
    said = replace(COUNSELLING, service="legal_aid", level="tertiary")
    second = directory.add_offering(actor=team.lead.enter(), site_id=site, said=said, now=NOW)
    later = NOW + timedelta(hours=1)
    send(team, Service(second, centre.worker), now=later, purpose="medical")
    assert len(parts(team, centre.worker)) == 2
    take(first, centre.worker, "refuse")
    centre.worker.enter()
    assert may_read(team.dossier, Facet.HEALTH)


def test_a_duty_of_a_referral_is_answered_on_its_page_alone(team: Team, centre: Service) -> None:
    row = stands(send(team, centre))
    given: dict[str, Any] = {"obligation": row.duty_id, "now": NOW}
    with pytest.raises(duties.AnsweredElsewhere):
        duties.meet(actor=centre.worker.enter(), answer="Иә", outcome="accepted", **given)
    with pytest.raises(duties.AnsweredElsewhere):
        duties.decline(actor=centre.worker.enter(), reason="other", words="Жоқ", **given)
    assert stands(row).duty.state == "open"  # type: ignore[union-attr]
    browser = cast.browser_of(centre.worker)
    page = browser.get(f"/obligations/{row.duty_id}/").content.decode()
    assert f"/plans/referrals/{row.pk}/" in page
    assert 'id="meet"' not in page


def test_the_same_sent_twice_is_one_and_a_second_one_there_is_refused(team: Team, centre: Service) -> None:
    pk = uuid4()
    assert send(team, centre, referral_id=pk) == send(team, centre, referral_id=pk)
    with pytest.raises(actions.AskedAlready):
        send(team, centre)
    with as_owner():
        assert Referral.objects.count() == 1
        assert Obligation.objects.filter(protocol__code="referral").count() == 1


def test_what_is_missing_or_can_not_be_is_refused(team: Team, centre: Service) -> None:
    assert (rules.purpose_of("legal_aid"), rules.purpose_of("parenting")) == ("legal", "family")
    wrong: tuple[dict[str, Any], ...] = (
        {"purpose": "curiosity"},
        {"consent": "nobody"},
        {"consent": "without"},
        {"consent": "child", "without": "danger"},
        {"reads_days": 10_000},
        {"words": " "},
        {"words": "x" * 1001},
    )
    for changes in wrong:
        with pytest.raises(rules.ReferralFaulty):
            send(team, centre, **changes)
    send(team, centre, consent="without", without="danger")


def test_only_units_that_can_answer_are_asked_and_only_the_lead_brings_one(team: Team, centre: Service) -> None:
    school = service(team, "Мектеп", "education_school")
    for who, unit in ((team.lead, school), (team.doctor, centre)):
        with pytest.raises(actions.UnitNotAskable):
            send(team, unit, by=who)
    with pytest.raises(actions.UnitNotAskable):
        send(team, centre, unit=team.outsider.unit.pk)
    for stranger in (team.outsider, team.teacher, centre.worker):
        with pytest.raises(FileNotThere):
            send(team, centre, by=stranger)
    team.bar(team.lead)
    with pytest.raises(FileNotThere):
        send(team, centre)


def test_a_unit_that_only_owes_something_there_is_referred_to_as_well(team: Team) -> None:
    offered = offering(team.lead, "Әлеуметтік қорғау")
    works_for(team.social, offered)
    row = send(team, Service(offered, team.social), purpose="family")
    assert {part.part for part in parts(team, team.social)} == {"obliged", "partner"}
    take(row, team.social, "refuse")
    assert {part.part for part in parts(team, team.social)} == {"obliged"}


def test_the_feedback_waits_for_the_help_and_is_the_receivers_alone(team: Team, centre: Service) -> None:
    row = send(team, centre)
    given: dict[str, Any] = {"referral": row.pk, "words": "Әзірге жоқ", "now": NOW}
    with pytest.raises(actions.ReferralChanged):
        actions.feed_back(actor=centre.worker.enter(), **given)
    for who in (team.lead, team.doctor, team.outsider):
        with pytest.raises(actions.ReferralNotThere):
            actions.feed_back(actor=who.enter(), **given)
    take(row, centre.worker, "begin")
    with pytest.raises(rules.ReferralFaulty):
        actions.feed_back(actor=centre.worker.enter(), **given | {"words": " "})
    actions.feed_back(actor=centre.worker.enter(), **given)
    assert stands(row).fed_back_at is None  # a word on the way; the last one is owed when it ends
    take(row, centre.worker, "end")
    assert stands(row).duty.step == "feed_back"  # type: ignore[union-attr]


def test_nobody_changes_what_was_sent_or_said(team: Team, centre: Service) -> None:
    row = send(team, centre)
    team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(purpose="legal")
    team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferralStep.objects.filter(referral=row.pk).update(step="see")


def test_the_times_shown_beforehand_are_those_that_are_owed() -> None:
    steps = {}
    for name in ("referral", "specialist"):
        text = (resources.files("arasha.protocols") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
        content = yaml.safe_load(text)
        assert content["verified_by"] == ""
        for step in content["steps"]:
            key = step["step"] if name == "referral" else step["step"].replace("answer_", "specialist_")
            steps[key] = (step["limit"]["amount"], step["limit"]["unit"])
    assert steps == {row.code: (int(row.more["amount"]), row.more["unit"]) for row in rules.REFERRAL_LIMITS}
    assert not any(row.more["verified_by"] for row in rules.REFERRAL_LIMITS)
