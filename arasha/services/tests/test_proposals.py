"""Asking again: what a link shows, what a proposal may say, and that nothing of it changes an entry by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services import actions, queries
from arasha.services.actions import Verdict
from arasha.services.models import Decision, Proposal, ProposalLink
from arasha.services.policy import NotAllowed
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
from tests.database import as_role

TODAY = datetime.now(UTC)
TAKE = Verdict(taken=True)
NEW_PHONE = "+77253722233"


def link_for(person: Person, site: UUID, now: datetime = TODAY) -> str:
    with acting(person) as actor:
        return actions.make_link(actor=actor, site_id=site, now=now)


def shown_by(token: str) -> dict[str, Any] | None:
    with as_role("arasha_public"):
        return queries.entry_behind(token)


def decide(actor: Actor, proposal: UUID, **verdicts: Verdict) -> None:
    """Decide lines; `site_phone` stands for `site:phone`."""
    lines = {field.replace("_", ":", 1) if field != "rest" else field: said for field, said in verdicts.items()}
    actions.decide_proposal(actor=actor, proposal_id=proposal, verdicts=lines, now=TODAY)


# Links


def test_a_link_shows_what_the_directory_tells_everybody(directory: Directory) -> None:
    _, site, offering = entered(directory.district)
    token = link_for(directory.district, site)
    entry = shown_by(token)
    assert entry is not None
    assert entry["names"]["en"] == "Saryagash family support centre"
    assert (entry["site"]["phone"], entry["site"]["address_ru"]) == ("+77253721122", "ул. Исмаилова, 1")
    assert [one["id"] for one in entry["offerings"]] == [str(offering)]
    assert len(token) >= 22
    with cast.building():
        assert token.encode() not in bytes(ProposalLink.objects.get().hash)


def test_a_link_to_a_refuge_shows_a_telephone_and_what_it_does(directory: Directory) -> None:
    _, site, _ = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    entry = shown_by(link_for(directory.region, site))
    assert entry is not None
    assert entry["names"] == {}
    assert entry["site"].keys() == {"phone", "around_the_clock", "hours"}
    assert "Үміт" not in str(entry)
    assert "610000000" not in str(entry)


@pytest.mark.parametrize("who", ["neighbour", "nurse", "school"])
def test_only_who_keeps_an_entry_makes_a_link(directory: Directory, who: str) -> None:
    _, site, _ = entered(directory.district)
    with acting(getattr(directory, who)) as actor, pytest.raises(NotAllowed):
        actions.make_link(actor=actor, site_id=site, now=TODAY)


def test_a_link_is_over_after_thirty_days_and_when_its_site_closes(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    old, fresh = link_for(directory.district, site, TODAY - timedelta(days=31)), link_for(directory.district, site)
    assert shown_by(old) is None
    assert shown_by("nothing") is None
    with acting(directory.district) as actor:
        actions.change_site(actor=actor, site_id=site, said=replace(OFFICE, closed_on=date(2020, 1, 1)), now=TODAY)
    assert shown_by(fresh) is None


def test_a_link_ends_with_its_first_answer_and_sending_twice_is_one_answer(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    token, proposal = link_for(directory.district, site), uuid4()
    with as_role("arasha_public"):
        for _time in range(2):
            actions.put_proposal(actor=None, token=token, proposal=proposal, said={}, now=TODAY)
        with pytest.raises(actions.LinkVoid):
            actions.put_proposal(actor=None, token=token, proposal=uuid4(), said={}, now=TODAY)
        assert queries.entry_behind(token) is None
    with acting(directory.district):
        assert Proposal.objects.count() == 1


def test_the_public_reads_and_writes_none_of_it_as_a_table(directory: Directory) -> None:
    for table in ("services_proposal", "services_proposallink", "services_decision"):
        for statement in ("SELECT 1 FROM public.{}", "INSERT INTO public.{} DEFAULT VALUES"):
            with (
                as_role("arasha_public"),
                connection.cursor() as cursor,
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
            ):
                cursor.execute(statement.format(table))


def test_what_is_too_long_is_never_taken_in(directory: Directory) -> None:
    _, site, _ = entered(directory.district)
    token = link_for(directory.district, site)
    said = {"site": {"web": "x" * 30_000}}
    with as_role("arasha_public"), pytest.raises(DatabaseError, match="proposal_is_short"), transaction.atomic():
        actions.put_proposal(actor=None, token=token, proposal=uuid4(), said=said, now=TODAY)


# What a proposal may say

HOSTILE: list[Any] = [
    {"site": {"address_ru": "<script>alert(1)</script>"}},
    {"site": {"address_ru": "https://evil.example/"}},
    {"site": {"web": "javascript:alert(1)"}},
    {"site": {"address_ru": "x" * 501}},
    {"site": {"address_ru": "\u202eзло"}},
    {"site": {"territory": "750000000", "protected": False, "provider": 1}},
    {"site": {"phone": ["102"]}},
    {"site": {"phone": "not a number"}},
    {"site": {"hours": [[9, "09:00", "18:00"]]}},
    {"site": {"hours": "x"}},
    {"site": {"around_the_clock": "yes"}},
    {"site": [1, 2]},
    {"offerings": {"nothing": {"cost": "free"}}},
    {
        "offerings": {
            "OFFERING": {"cost": "a million", "age_from": -1, "age_to": True, "languages": ["tlh"], "served": []}
        }
    },
    {"offerings": {"OFFERING": {"verified_on": "2030-01-01", "service": "helpline"}}},
    {"other": 1},
]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_no_change_at_all(said: Any) -> None:
    offering = uuid4()
    if "offerings" in said:
        said = {"offerings": {key.replace("OFFERING", str(offering)): one for key, one in said["offerings"].items()}}
    read = proposals.read(said, protected=False, offerings=[offering])
    assert read.changes == ()
    assert read.odd


@pytest.mark.parametrize("said", [None, [], "x", 7])
def test_what_is_no_proposal_is_odd(said: object) -> None:
    assert proposals.read(said, protected=False, offerings=[]) == proposals.Read((), odd=True)


def test_of_a_refuge_no_name_and_no_place_can_be_proposed() -> None:
    said = {"site": {"address_ru": "ул. Абая, 5", "web": "https://example.kz", "mail": "a@example.kz", "phone": "102"}}
    read = proposals.read(said, protected=True, offerings=[])
    assert [change.field for change in read.changes] == ["site:phone"]
    assert read.odd


# Deciding


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
