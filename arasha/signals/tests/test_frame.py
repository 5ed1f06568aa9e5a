"""A child's file: who leads it, whether the child is safe, what the child said, who else lives there."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases import actions, policy, queries, rules
from arasha.cases.models import Case, CaseConcern, JudgementText, LeadOffer
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Dossier, Post
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.signals.actions import open_case_from
from arasha.signals.models import Signal
from arasha.signals.tests.test_reporting import reported
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def signal(district: District) -> Signal:
    return reported(district)


@pytest.fixture
def guardianship(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))


def offered(district: District, signal: Signal, to: Person, **more: object) -> LeadOffer:
    given = {"territory": None, "stays": False} | more
    return actions.offer_lead(
        actor=district.coordinator.enter(),
        dossier=signal.dossier_id,
        to_unit=to.unit.pk,
        reason="other_body",
        now=LATER,
        **given,  # type: ignore[arg-type]  # a test's short hand
    )


def leads(signal: Signal) -> int | None:
    with as_owner():
        return Dossier.objects.get(pk=signal.dossier_id).lead_unit_id


def test_a_lead_that_is_offered_stays_until_it_is_taken(
    district: District, signal: Signal, guardianship: Person
) -> None:
    offer = offered(district, signal, guardianship)
    assert leads(signal) == district.coordinator.unit.pk
    actor = guardianship.enter()
    assert [notice.code for notice in own(actor)] == ["lead_offered"]
    assert [row.pk for row in queries.offered(actor)] == [offer.pk]
    actions.accept_lead(actor=actor, offer=offer.pk, now=LATER)
    assert leads(signal) == guardianship.unit.pk
    guardianship.enter()
    assert queries.file(guardianship.enter(), signal.dossier_id) is not None
    assert queries.file(district.coordinator.enter(), signal.dossier_id) is None
    with as_owner():
        assert set(Act.objects.filter(verb__in=["offer_lead", "accept_lead"]).values_list("verb", flat=True)) == {
            "offer_lead",
            "accept_lead",
        }


def test_who_stays_on_the_file_becomes_a_partner(district: District, signal: Signal, guardianship: Person) -> None:
    offer = offered(district, signal, guardianship, stays=True)
    actions.accept_lead(actor=guardianship.enter(), offer=offer.pk, now=LATER)
    district.coordinator.enter()
    assert {
        member.part for member in queries.team(signal.dossier_id) if member.unit_id == district.coordinator.unit.pk
    } == {"partner"}


def test_a_refused_lead_stays_and_the_refusing_unit_reads_no_more(
    district: District, signal: Signal, guardianship: Person
) -> None:
    offer = offered(district, signal, guardianship)
    with pytest.raises(UnknownCode):
        actions.refuse_lead(actor=guardianship.enter(), offer=offer.pk, refusal="because", now=LATER)
    actions.refuse_lead(actor=guardianship.enter(), offer=offer.pk, refusal="not_ours", now=LATER)
    assert leads(signal) == district.coordinator.unit.pk
    assert queries.file(guardianship.enter(), signal.dossier_id) is None
    with pytest.raises(actions.FileNotThere):
        actions.accept_lead(actor=guardianship.enter(), offer=offer.pk, now=LATER)
    assert "lead_refused" in {notice.code for notice in own(district.coordinator.enter())}


def test_a_lead_is_offered_once_to_who_can_lead_by_who_answers_for_it(
    district: District, signal: Signal, guardianship: Person
) -> None:
    with pytest.raises(actions.UnitCannotLead):
        offered(district, signal, district.inspector)
    with pytest.raises(actions.UnitCannotLead):
        offered(district, signal, district.coordinator)
    offered(district, signal, guardianship)
    with pytest.raises(actions.OfferStands):
        offered(district, signal, district.region)
    with pytest.raises((actions.FileNotThere, policy.NotAllowed)):
        actions.offer_lead(
            actor=district.inspector.enter(),
            dossier=signal.dossier_id,
            to_unit=guardianship.unit.pk,
            reason="capacity",
            now=LATER,
        )


def test_an_offer_to_another_unit_cannot_be_answered_not_even_as_raw_sql(
    district: District, signal: Signal, guardianship: Person
) -> None:
    offer = offered(district, signal, guardianship)
    for person in (district.neighbour, district.inspector, district.coordinator):
        with pytest.raises(actions.FileNotThere):
            actions.accept_lead(actor=person.enter(), offer=offer.pk, now=LATER)
        with pytest.raises(DatabaseError, match="not there"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cases.answer_lead(%s::uuid, true, '')", [offer.pk])
    with pytest.raises(actions.FileNotThere):
        actions.accept_lead(actor=guardianship.enter(), offer=uuid4(), now=LATER)
    assert leads(signal) == district.coordinator.unit.pk


def test_an_offer_that_nobody_answers_for_a_day_comes_back(
    district: District, signal: Signal, guardianship: Person
) -> None:
    offered(district, signal, guardianship)
    assert actions.return_offers(actor=enter_system("care"), now=LATER + timedelta(hours=23)) == 0
    assert actions.return_offers(actor=enter_system("care"), now=LATER + timedelta(hours=24)) == 1
    assert queries.file(guardianship.enter(), signal.dossier_id) is None
    assert "lead_returned" in {notice.code for notice in own(district.coordinator.enter())}
    with pytest.raises(policy.NotAllowed):
        actions.return_offers(actor=district.coordinator.enter(), now=LATER)


def test_a_file_whose_unit_nobody_sits_in_goes_to_who_coordinates_above(district: District, signal: Signal) -> None:
    assert actions.care_for_leads(actor=enter_system("care"), now=LATER) == []
    with cast.building():
        Post.objects.filter(pk=district.coordinator.post).update(holder=None)
    assert actions.care_for_leads(actor=enter_system("care"), now=LATER) == [signal.dossier_id]
    assert leads(signal) == district.region.unit.pk
    assert "lead_received" in {notice.code for notice in own(district.region.enter())}
    assert actions.care_for_leads(actor=enter_system("care"), now=LATER) == []
    with pytest.raises(policy.NotAllowed):
        actions.care_for_leads(actor=district.region.enter(), now=LATER)


def test_where_nobody_could_take_it_the_file_stays_and_is_asked_about_again(district: District, signal: Signal) -> None:
    with cast.building():
        Post.objects.filter(pk__in=[district.coordinator.post, district.region.post]).update(holder=None)
    assert actions.care_for_leads(actor=enter_system("care"), now=LATER) == []
    assert leads(signal) == district.coordinator.unit.pk


def test_a_case_whose_worker_left_says_so_to_its_unit(district: District, signal: Signal) -> None:
    case = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW)
    with cast.building():
        other = cast.seat(district.coordinator.unit)
        Post.objects.filter(pk=district.coordinator.post).update(holder=None)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT worktime.now()")
        now = cursor.fetchone()[0]
    actions.care_for_leads(actor=enter_system("care"), now=now)
    assert "lead_vacant" in {notice.code for notice in own(other.enter())}
    assert Case.objects.get(pk=case.pk).lead_user_id is None
    assert actions.name_worker(actor=other.enter(), dossier=case.dossier_id, now=now).lead_user_id == other.user
    with pytest.raises(actions.FileNotThere):
        actions.name_worker(actor=district.inspector.enter(), dossier=case.dossier_id, now=now)


def judged(person: Person, signal: Signal, state: str, seen: str = "alone", **more: object) -> None:
    actions.judge_safety(
        actor=person.enter(),
        dossier=signal.dossier_id,
        state=state,
        where="home",
        seen=seen,
        why="Көрдім",
        now=LATER,
        **more,  # type: ignore[arg-type]  # a test's short hand
    )


def test_safety_is_unknown_until_somebody_who_saw_the_child_judges_and_again_when_the_time_is_over(
    district: District, signal: Signal
) -> None:
    district.coordinator.enter()
    assert queries.safety_of(signal.dossier_id, LATER).state == "unknown"
    with pytest.raises(rules.JudgementMissing):
        judged(district.inspector, signal, "safe", "not_seen")
    judged(district.inspector, signal, "safe", again_by=LATER + timedelta(hours=24))
    district.coordinator.enter()
    found = queries.safety_of(signal.dossier_id, LATER)
    assert (found.state, found.where, found.seen, found.why) == ("safe", "home", "alone", "Көрдім")
    over = queries.safety_of(signal.dossier_id, LATER + timedelta(hours=25))
    assert (over.state, over.is_past) == ("unknown", True)
    judged(district.inspector, signal, "unsafe", again_by=LATER)
    district.coordinator.enter()
    assert queries.safety_of(signal.dossier_id, LATER + timedelta(days=9)).state == "unsafe"
    assert "child_unsafe" in {notice.code for notice in own(district.coordinator.enter())}
    with as_owner():
        assert all("Көрдім".encode() not in bytes(row.sealed) for row in JudgementText.objects.all())


def test_who_has_nothing_to_do_with_the_file_judges_nothing(district: District, signal: Signal) -> None:
    for person in (district.neighbour, district.doctor, district.nation):
        with pytest.raises(actions.FileNotThere):
            judged(person, signal, "unsafe")


def test_what_the_child_said_stands_with_where_and_to_whom(district: District, signal: Signal) -> None:
    actor = district.coordinator.enter()
    given = {"actor": actor, "dossier": signal.dossier_id, "where": "school", "said_at": NOW, "now": LATER}
    with pytest.raises(actions.WordsMissing):
        actions.keep_words(how="said", words=" ", **given)  # type: ignore[arg-type]  # a test's short hand
    actions.keep_words(how="said", words="Үйге барғым келмейді", **given)  # type: ignore[arg-type]  # a test's short hand
    actions.keep_words(how="silent", words="", **given)  # type: ignore[arg-type]  # a test's short hand
    said = {one.row.how: one.words for one in queries.words_of(signal.dossier_id)}
    assert said == {"said": "Үйге барғым келмейді", "silent": None}
    district.inspector.enter()
    assert queries.words_of(signal.dossier_id) == []


def test_each_other_child_of_the_household_is_decided_on_once_with_a_reason_that_fits(
    district: District, signal: Signal
) -> None:
    actor, dossier = district.coordinator.enter(), signal.dossier_id
    child = actions.name_household_child(actor=actor, dossier=dossier, called="Ерасыл", age=4, sex="boy", now=LATER)
    given = {"actor": actor, "dossier": dossier, "child": child.pk, "now": LATER}
    with pytest.raises(rules.ReasonDoesNotFit):
        actions.decide_household_child(decision="safe", reason="own_signs", **given)  # type: ignore[arg-type]  # short
    actions.decide_household_child(decision="safe", reason="seen_safe", **given)  # type: ignore[arg-type]  # short
    with pytest.raises(actions.DecidedBefore):
        actions.decide_household_child(decision="signal", reason="own_signs", **given)  # type: ignore[arg-type]  # short
    [kept] = queries.household_of(dossier)
    assert (kept.decision, kept.reason) == ("safe", "seen_safe")
    with pytest.raises(actions.FileNotThere):
        actions.name_household_child(
            actor=district.inspector.enter(), dossier=dossier, called="x", age=None, sex="", now=LATER
        )


def test_concerns_come_with_the_case_and_may_be_vague_about_their_beginning(district: District, signal: Signal) -> None:
    actor = district.coordinator.enter()
    case = open_case_from(actor=actor, signal=signal.pk, now=NOW)
    assert list(CaseConcern.objects.values_list("code", flat=True)) == ["physical"]
    concern = actions.name_concern(
        actor=actor,
        dossier=case.dossier_id,
        code="neglect",
        setting="home",
        since=NOW.date().replace(year=2014, month=1, day=1),
        precision="about",
        now=LATER,
    )
    actions.end_concern(actor=actor, dossier=case.dossier_id, concern=concern.pk, now=LATER)
    assert [row.code for row in queries.concerns_of(case.dossier_id)] == ["physical", "neglect"]
    with pytest.raises(actions.FileNotThere):
        actions.end_concern(actor=actor, dossier=case.dossier_id, concern=concern.pk, now=LATER)
    said = rules.RiskSaid("high", again_on=LATER.date())
    actions.judge_risk(actor=actor, dossier=case.dossier_id, said=said, now=LATER)
    found = queries.risk_of(case.dossier_id)
    assert found is not None
    assert found.level == "high"


def test_a_document_is_kept_under_the_facet_of_its_kind(district: District, signal: Signal) -> None:
    actor = district.coordinator.enter()
    given = {"actor": actor, "dossier": signal.dossier_id, "now": LATER}
    actions.keep_document(kind="letter", stream=io.BytesIO(b"a letter"), name="letter.txt", **given)  # type: ignore[arg-type]  # short
    [(document, name)] = queries.documents_of(signal.dossier_id)
    assert (document.kind, name) == ("letter", "letter.txt")
    with pytest.raises(actions.FileNotThere):  # health is not the coordination's to write
        actions.keep_document(kind="medical", stream=io.BytesIO(b"x"), name="x.txt", **given)  # type: ignore[arg-type]  # short
    district.inspector.enter()
    assert queries.documents_of(signal.dossier_id) == []


@pytest.mark.parametrize(("protected", "said"), [(False, "about 1311 km"), (True, "the address is protected")])
def test_who_is_offered_a_file_reads_how_far_it_would_go(
    district: District, signal: Signal, guardianship: Person, protected: bool, said: str
) -> None:
    with cast.building():
        type(guardianship.unit.body).objects.filter(pk=guardianship.unit.body_id).update(protected=protected)
    offered(district, signal, guardianship, territory="101000000")
    page = cast.browser_of(guardianship).get(f"/cases/{signal.dossier_id}/lead/").content.decode()
    assert said in page
    assert ("km" in page) != protected
