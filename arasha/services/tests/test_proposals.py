"""Asking again: what a link shows, what a proposal may say, and that nothing of it changes an entry by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services import actions, queries
from arasha.services.models import Proposal, ProposalLink
from arasha.services.policy import NotAllowed
from arasha.services.rules import proposals
from arasha.services.tests.directory import (
    HIDDEN,
    OFFICE,
    REFUGE,
    SHELTER,
    Directory,
    acting,
    entered,
)
from tests.database import as_role

TODAY = datetime.now(UTC)


def link_for(person: Person, site: UUID, now: datetime = TODAY) -> str:
    with acting(person) as actor:
        return actions.make_link(actor=actor, site_id=site, now=now)


def shown_by(token: str) -> dict[str, Any] | None:
    with as_role("arasha_public"):
        return queries.entry_behind(token)


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
