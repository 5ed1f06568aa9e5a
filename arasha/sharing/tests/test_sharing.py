"""Sharing on a consent and without: it begins with who leads, and ends at once with the consent that carries it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Bar, Member
from arasha.kernel.access.rules import Facet
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.sharing import actions, policy, rules
from arasha.sharing.models import Consent, Share
from arasha.sharing.tests.cast import NOW, UNTIL, Family
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def told(code: str) -> list[int | None]:
    with as_owner():
        return list(Notice.objects.filter(code=code).values_list("unit", flat=True))


def share_of(pk: UUID) -> Share:
    with as_owner():
        return Share.objects.get(pk=pk)


def test_a_unit_reads_what_was_agreed_to_and_nothing_else(family: Family) -> None:
    school = family.team.outsider
    assert not family.reads(school)
    family.shared()
    assert family.reads(school)
    assert family.reads(school, Facet.IDENTITY)
    assert not family.reads(school, Facet.OBLIGATIONS)
    assert told("file_shared") == [school.unit.pk]
    with as_owner():
        member = Member.objects.get(dossier=family.dossier, unit=school.unit)
    assert (member.writes, member.reason) == (0, "sharing")


def test_the_receiver_sees_no_consent_and_no_share(family: Family) -> None:
    family.shared()
    actor = family.team.outsider.enter()
    assert not policy.visible_to(actor).exists()
    assert not policy.shares_visible_to(actor).exists()


def test_a_consent_withdrawn_ends_every_share_on_it_at_once_and_tells_the_receiver(family: Family) -> None:
    consent = family.agreed()
    share = family.shared(consent)
    actions.withdraw_consent(actor=family.team.lead.enter(), consent=consent.pk, now=NOW)
    assert not family.reads(family.team.outsider)
    row = share_of(share.pk)
    assert (row.ended_why, row.told_at) == ("withdrawn", NOW)
    assert told("sharing_ended") == [family.team.outsider.unit.pk]


def test_who_hears_that_it_is_taken_back_need_not_lead(family: Family) -> None:
    consent = family.agreed()
    family.shared(consent)
    actions.withdraw_consent(actor=family.team.doctor.enter(), consent=consent.pk, now=NOW)
    assert not family.reads(family.team.outsider)
    assert told("consent_withdrawn") == [family.team.lead.unit.pk]


def test_of_two_who_withdraw_at_once_the_second_finds_it_withdrawn(family: Family) -> None:
    consent = family.agreed()
    actions.withdraw_consent(actor=family.team.doctor.enter(), consent=consent.pk, now=NOW)
    with pytest.raises(actions.AlreadyEnded):
        actions.withdraw_consent(actor=family.team.lead.enter(), consent=consent.pk, now=NOW)


def test_nothing_is_shared_on_a_consent_that_was_withdrawn_even_past_the_action(family: Family) -> None:
    consent = family.agreed()
    share = family.shared(consent)
    actions.withdraw_consent(actor=family.team.lead.enter(), consent=consent.pk, now=NOW)
    with pytest.raises(actions.CarriesNothing):
        family.shared(consent)
    row = share_of(share.pk)
    row.pk, row.ended_at, row.ended_why = None, None, ""
    with pytest.raises(DatabaseError, match="no consent"), transaction.atomic(), cast.building():
        row.save(force_insert=True)


def test_the_database_takes_nothing_up_again_that_has_ended(family: Family) -> None:
    consent = family.agreed()
    actions.withdraw_consent(actor=family.team.lead.enter(), consent=consent.pk, now=NOW)
    with pytest.raises(DatabaseError, match="it has ended"), transaction.atomic(), cast.building():
        Consent.objects.filter(pk=consent.pk).update(ended_at=None, ended_why="")


def test_what_an_adult_agreed_to_falls_when_they_are_alleged_and_the_lead_is_told(family: Family) -> None:
    share = family.shared()
    family.allege(family.mother)
    assert not family.reads(family.team.outsider)
    with as_owner():
        assert Consent.objects.get(pk=share.consent_id or share.pk).ended_why == "closed"
    assert told("sharing_ended") == []
    assert actions.watch_sharing(actor=enter_system("watch_sharing"), now=NOW) == 1
    assert told("sharing_ended") == [family.team.outsider.unit.pk]
    assert told("consent_fell") == [family.team.lead.unit.pk]
    assert actions.watch_sharing(actor=enter_system("watch_sharing"), now=NOW) == 0


def test_another_ground_holds_where_the_consent_fell(family: Family) -> None:
    family.shared()
    family.allege(family.mother)
    family.without(ground="adult_suspected")
    assert family.reads(family.team.outsider)


def test_urgent_help_waits_for_no_consent(family: Family) -> None:
    family.without()
    assert family.reads(family.team.outsider)


@pytest.mark.parametrize(
    ("more", "field"), [({"ground": "x"}, "ground"), ({"words": " "}, "words"), ({"words": "x" * 2001}, "words")]
)
def test_without_a_ground_of_the_list_said_in_words_nothing_is_shared(
    family: Family, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(rules.Faulty) as faulty:
        family.without(**more)
    assert [name for name, _code in faulty.value.faults] == [field]


def test_a_day_that_is_over_is_refused(family: Family) -> None:
    with pytest.raises(rules.Faulty):
        family.without(family.lent(until=NOW.date() - timedelta(days=1)))


def test_a_barred_body_gets_nothing_whoever_agrees(family: Family) -> None:
    consent = family.agreed()
    school = family.team.outsider.unit
    with cast.building():
        Bar.objects.create(dossier_id=family.dossier, body_id=school.body_id, since=cast.LONG_AGO, reason="suspect")
    with pytest.raises(actions.UnitNotThere):
        family.shared(consent)
    with pytest.raises(actions.UnitNotThere):
        family.without()


def test_a_unit_that_would_read_nothing_of_it_gets_nothing(family: Family) -> None:
    with pytest.raises(actions.UnitNotThere):
        family.without(family.lent(parts=("health",)))


def test_a_receiver_with_duties_keeps_what_they_need_and_loses_the_rest(family: Family) -> None:
    social = family.team.social  # owes something to the file, and reads no plan by that
    assert not family.reads(social, Facet.PLAN)
    consent = family.agreed(lent=family.lent(social, parts=("plan",), purposes=("support",)))
    family.shared(consent)
    assert family.reads(social, Facet.PLAN)
    assert not policy.visible_to(social.enter()).exists()  # what was lent shows them nothing of who agreed
    actions.withdraw_consent(actor=family.team.lead.enter(), consent=consent.pk, now=NOW)
    kept = [family.reads(social, facet) for facet in (Facet.PLAN, Facet.EDUCATION, Facet.OBLIGATIONS)]
    assert kept == [False, True, True]


def test_what_is_sent_twice_is_shared_once(family: Family) -> None:
    consent = family.agreed()
    assert family.shared(consent).pk == family.shared(consent).pk


def test_who_does_not_lead_lets_nobody_read(family: Family) -> None:
    consent = family.agreed()
    for stranger in (family.team.doctor, family.team.teacher, family.team.outsider, family.team.district.neighbour):
        with pytest.raises(actions.NotThere):
            actions.share_on_consent(actor=stranger.enter(), consent=consent.pk, now=NOW)
        with pytest.raises(actions.NotThere):
            actions.share_without(
                actor=stranger.enter(), dossier=family.dossier, ground="danger", words="x", lent=family.lent(), now=NOW
            )


def test_who_leads_ends_a_share_once_its_purpose_is_reached(family: Family) -> None:
    share = family.without()
    with pytest.raises(actions.NotThere):
        actions.end_share(actor=family.team.doctor.enter(), share=share.pk, now=NOW)
    actions.end_share(actor=family.team.lead.enter(), share=share.pk, now=NOW)
    assert not family.reads(family.team.outsider)
    with pytest.raises(actions.AlreadyEnded):
        actions.end_share(actor=family.team.lead.enter(), share=share.pk, now=NOW)


def test_the_clock_ends_what_is_over_and_reminds_of_what_runs_out(family: Family) -> None:
    share = family.shared()
    clock = enter_system("watch_sharing")
    assert actions.watch_sharing(actor=clock, now=NOW) == 0
    near = NOW + (UNTIL - NOW.date()) - timedelta(days=14)
    assert actions.watch_sharing(actor=clock, now=near) == 1
    assert told("consent_runs_out") == [family.team.lead.unit.pk]
    assert actions.watch_sharing(actor=clock, now=near) == 0
    actions.watch_sharing(actor=clock, now=near + timedelta(days=20))
    assert share_of(share.pk).ended_why == "until"
    assert told("sharing_ended") == [family.team.outsider.unit.pk]
    with as_owner():
        assert Consent.objects.get(pk=share.consent_id or share.pk).ended_why == "until"


def test_nobody_but_the_clock_watches(family: Family) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.watch_sharing(actor=family.team.lead.enter(), now=NOW)
