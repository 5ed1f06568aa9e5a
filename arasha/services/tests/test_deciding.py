"""Deciding on a proposal: what is taken and refused, and who may; a new number takes two."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.access.tests import cast
from arasha.services import actions, queries
from arasha.services.actions import Verdict
from arasha.services.models import Decision, Proposal
from arasha.services.rules import EntryFaulty, proposals
from arasha.services.tests.directory import (
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    OFFICE,
    REFUGE,
    SHELTER,
    Directory,
    acting,
    answered,
    entered,
)

TODAY = datetime.now(UTC)
TAKE = Verdict(taken=True)
NEW_PHONE = "+77253722233"


def decide(actor: Actor, proposal: UUID, **verdicts: Verdict) -> None:
    """Decide lines; `site_phone` stands for `site:phone`."""
    lines = {field.replace("_", ":", 1) if field != "rest" else field: said for field, said in verdicts.items()}
    actions.decide_proposal(actor=actor, proposal_id=proposal, verdicts=lines, now=TODAY)


def test_what_is_proposed_changes_nothing_until_a_keeper_takes_it(directory: Directory) -> None:
    _, site, offering = entered(directory.district)
    said = {"site": {"address_ru": "ул. Новая, 2"}, "offerings": {str(offering): {"cost": "paid", "age_to": 15}}}
    proposal = answered(directory.district, site, said)
    with acting(directory.district) as actor:
        assert queries.site(actor, site).address_ru == "ул. Исмаилова, 1"
        actions.decide_proposal(
            actor=actor,
            proposal_id=proposal,
            verdicts={
                "site:address_ru": TAKE,
                f"{offering}:cost": Verdict(taken=False, reason="not_so"),
                f"{offering}:age_to": TAKE,
                "rest": TAKE,
            },
            now=TODAY,
        )
        row = queries.offering(actor, offering)
        assert queries.site(actor, site).address_ru == "ул. Новая, 2"
        assert (row.cost, row.age_to) == ("free", 15)
        assert row.verified_on == cast.day_of(TODAY)
        assert {one.field: one.verdict for one in Decision.objects.all()}[f"{offering}:cost"] == "refused"


def test_all_is_so_makes_the_entry_fresh(directory: Directory) -> None:
    _, site, offering = entered(directory.district)
    proposal = answered(directory.district, site, {})
    with acting(directory.district) as actor:
        assert queries.offering(actor, offering).verified_on is None
        decide(actor, proposal, rest=TAKE)
        assert queries.offering(actor, offering).verified_on == cast.day_of(TODAY)


def test_nothing_is_decided_twice_and_the_rest_is_decided_last(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    proposal = answered(directory.district, site, {"site": {"address_ru": "x", "mail": "a@example.kz"}})
    with acting(directory.district) as actor:
        with pytest.raises(actions.LinesLeft):
            decide(actor, proposal, rest=TAKE)
        decide(actor, proposal, site_mail=TAKE)
        with pytest.raises(actions.ChangedMeanwhile):
            decide(actor, proposal, site_mail=Verdict(taken=False, reason="unclear"))
        with pytest.raises(actions.ChangedMeanwhile):
            actions.decide_proposal(
                actor=actor, proposal_id=proposal, verdicts={"rest": TAKE}, now=TODAY, seen="another state"
            )
        for wrong in (Verdict(taken=False), Verdict(taken=False, reason="no such reason")):
            with pytest.raises(ValueError, match=r"^(no such reason)?$"):
                actions.decide_proposal(
                    actor=actor, proposal_id=proposal, verdicts={"site:address_ru": wrong}, now=TODAY
                )


def test_who_does_not_keep_it_knows_of_no_proposal(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    proposal = answered(directory.district, site, {})
    for who in ("neighbour", "nurse", "school"):
        with acting(getattr(directory, who)) as actor:
            with pytest.raises(NotThere):
                queries.proposal(actor, proposal)
            with pytest.raises(NotThere):
                decide(actor, proposal, rest=TAKE)


def test_what_the_entry_can_not_be_is_not_taken(directory: Directory) -> None:
    _, site, offering = entered(directory.district)
    proposal = answered(directory.district, site, {"offerings": {str(offering): {"age_from": 18}}})
    with acting(directory.district) as actor:
        with pytest.raises(EntryFaulty):
            actions.decide_proposal(
                actor=actor, proposal_id=proposal, verdicts={f"{offering}:age_from": TAKE, "rest": TAKE}, now=TODAY
            )
        assert queries.offering(actor, offering).age_from == 0
        assert not Decision.objects.exists()


# A changed telephone number


def test_a_new_number_is_taken_by_a_second_keeper_after_a_first_rang_the_old_one(directory: Directory) -> None:
    with cast.building():
        second = cast.make_person(cast.make_unit("second coordination", "coordination_district"))
    _, site, _ = entered(directory.district)
    proposal = answered(directory.district, site, {"site": {"phone": NEW_PHONE}})
    with acting(directory.district) as actor:
        with pytest.raises(actions.SecondPersonNeeded):
            decide(actor, proposal, site_phone=TAKE)
        for _time in range(2):
            actions.vouch_phone(actor=actor, proposal_id=proposal, rang="old", now=TODAY)
        with pytest.raises(actions.SecondPersonNeeded):
            decide(actor, proposal, site_phone=TAKE)
        with pytest.raises(ValueError, match="nobody"):
            actions.vouch_phone(actor=actor, proposal_id=proposal, rang="nobody", now=TODAY)
    with acting(second) as actor:
        decide(actor, proposal, site_phone=TAKE)
        assert queries.site(actor, site).phone == NEW_PHONE


def test_the_database_itself_wants_the_second_person(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    proposal = answered(directory.district, site, {"site": {"phone": NEW_PHONE}})
    with acting(directory.district) as actor:
        row = Decision(
            proposal_id=proposal,
            field=proposals.PHONE,
            verdict="taken",
            user_id=directory.district.user_id,
            unit_id=directory.district.unit_id,
            at=TODAY,
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Decision.objects.bulk_create([row])
        assert actor.user_id == directory.district.user_id


def test_whose_number_it_is_said(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    entered(
        directory.district,
        replace(FAMILY_SUPPORT, name_kk="Басқа", name_ru="Другой", name_en="Another"),
        replace(OFFICE, phone=NEW_PHONE),
        HELP,
    )
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.district):
        assert [one["en"] for one in queries.whose_phone("102", site)] == ["Police"]
        assert [one["en"] for one in queries.whose_phone("111", site)] == ["Unified helpline"]
        assert [one["en"] for one in queries.whose_phone(NEW_PHONE, site)] == ["Another"]
        assert queries.whose_phone("+77252500001", site) == [{}]
        assert queries.whose_phone("+77253721122", site) == []
    with acting(directory.nurse):
        assert queries.whose_phone(NEW_PHONE, site) == []


# From inside


def test_the_providers_own_people_propose_and_no_others_do(directory: Directory) -> None:
    with acting(directory.district) as actor:
        provider = actions.add_provider(actor=actor, said=FAMILY_SUPPORT, now=TODAY, body_id=directory.nurse.body_id)
        site = actions.add_site(actor=actor, provider_id=provider, said=OFFICE, now=TODAY)
        offering = actions.add_offering(actor=actor, site_id=site, said=HELP, now=TODAY)
    with acting(directory.nurse) as actor:
        with pytest.raises(actions.NothingProposed):
            actions.propose_site(actor=actor, site_id=site, said=OFFICE, now=TODAY)
        actions.propose_site(actor=actor, site_id=site, said=replace(OFFICE, address_ru="ул. Новая, 2"), now=TODAY)
        actions.propose_offering(actor=actor, offering_id=offering, said=replace(HELP, cost="part"), now=TODAY)
        assert queries.site(actor, site).address_ru == "ул. Исмаилова, 1"
    with acting(directory.school) as actor, pytest.raises(NotThere):
        actions.propose_site(actor=actor, site_id=site, said=replace(OFFICE, phone="102"), now=TODAY)
    with acting(directory.district):
        found = list(Proposal.objects.order_by("put_at"))
    assert [row.unit_id for row in found] == [directory.nurse.unit_id] * 2
    assert found[0].said == {"site": {"address_ru": "ул. Новая, 2"}}
