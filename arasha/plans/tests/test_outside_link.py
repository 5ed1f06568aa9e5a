"""Links for services without an account: what is kept of them, how they open, what is answered, how they end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from arasha.kernel.access.models import Bar
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.plans import actions, queries
from arasha.plans.models import OutsideDoor, OutsideLetter, OutsideLink, Referral
from arasha.plans.rules import outside_link as rules
from arasha.plans.tests.district import Team
from arasha.plans.tests.linked import Holder, link, refer, sweep, take
from arasha.plans.tests.offered import offering, refuge, works_for
from arasha.plans.tests.referred import stands
from arasha.services.models import Provider
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
CHILD = "Аяру"


def link_of(row: Referral) -> OutsideLink:
    with as_owner():
        return OutsideLink.objects.filter(referral=row.pk).order_by("-made_at", "id").first() or OutsideLink()


def told(code: str) -> int:
    with as_owner():
        return Notice.objects.filter(code=code).count()


def steps(team: Team, row: Referral) -> list[tuple[str, str | None]]:
    team.lead.enter()
    return [(one.row.step, one.words) for one in queries.referral_way(Referral.objects.get(pk=row.pk))]


def acts(row: Referral) -> list[str]:
    with as_owner():
        return list(Act.objects.filter(codes__referral=str(row.pk)).order_by("seq").values_list("verb", flat=True))


def test_a_dump_holds_neither_token_nor_code_nor_what_the_link_shows(team: Team) -> None:
    row = refer(team)
    holder = link(team, row, named=True, contact="Әжесінің телефоны 87001112233", ring="+77253720000")
    assert len(holder.token) == 22  # 22 letters of 6 bits hold 128 random bits
    holder.open()
    holder.say("accept", words="Келсін, күтеміз")
    found = []
    with as_owner():
        for model in (OutsideDoor, OutsideLetter, OutsideLink, Act, Change):
            for values in model.objects.values_list():
                found += [bytes(one).hex() if isinstance(one, bytes | memoryview) else str(one) for one in values]
        door = OutsideDoor.objects.get()
    text = " ".join(found)
    secret = (holder.token, holder.code, CHILD, "87001112233", "37253720000", "Келсін", "Айгүл", "Ұйықтай")
    for one in secret:
        assert one not in text
        assert one.encode().hex() not in text
    assert (len(door.hash), len(door.proof)) == (32, 32)
    assert len(door.sealed) == rules.SHEET_SIZE + 28


def test_a_sheet_is_as_long_whatever_it_holds_and_shows_what_was_chosen(team: Team) -> None:
    row = refer(team)
    first = link(team, row).open()
    named = link(team, row, named=True, contact="Әжесі арқылы").open()
    assert first is not None
    assert named is not None
    assert (first.sheet.name, first.sheet.contact) == ("", "")
    assert (named.sheet.name, named.sheet.contact) == (CHILD, "Әжесі арқылы")
    assert (first.sheet.age, first.sheet.urgency, first.sheet.words[:6]) == (13, "week", "Ұйықта")
    assert CHILD not in str(vars(first.sheet))
    later = NOW + timedelta(hours=1)
    bare = refer(team, offering(team.lead, "Екінші"), now=later, consent="without", without="nobody_there")
    with pytest.raises(actions.NameNotFree):
        link(team, bare, named=True)


def test_reading_is_an_act_of_somebody_outside_and_stands_in_the_run(team: Team) -> None:
    row = refer(team)
    holder = link(team, row)
    assert holder.open() is not None
    assert holder.open() is not None
    assert take() == 2
    with as_owner():
        reading = Act.objects.filter(verb="open_outside_link")
        assert [(one.codes["by"], one.codes["offering"]) for one in reading] == [
            ("outside", str(row.place.offering_id))
        ] * 2
    assert [step for step, _words in steps(team, row)] == ["send", "link_opened"]
    assert queries.state_of(stands(row)) == "seen"
    assert link_of(row).opens == 2


def test_answers_are_the_same_steps_as_by_an_account(team: Team) -> None:
    row = refer(team)
    asked = stands(row).duty
    assert asked is not None
    assert (asked.step, asked.unit_id) == ("find_out", team.lead.unit.pk)
    holder = link(team, row)
    holder.say("accept", on="2026-11-25", words="Сәрсенбіде күтеміз")
    assert take() == 1
    assert stands(row).place.state == "booked"
    assert stands(row).duty.state in {"met", "superseded"}  # type: ignore[union-attr]  # it has one
    steps_after: dict[str, dict[str, Any]] = {
        "begin": {"on": "2026-11-23"},
        "end": {"on": "2026-11-23", "result": "helped"},
    }
    for what, said in steps_after.items():
        holder.say(what, **said)
        assert take() == 1
    assert queries.state_of(stands(row)) == "completed"
    holder.say("feed_back", words="Тыныш ұйықтайды")
    take()
    assert queries.state_of(stands(row)) == "fed_back"
    assert link_of(row).ended_why == "answered"
    assert holder.open() is None
    assert ("feed_back", "Тыныш ұйықтайды") in steps(team, row)
    assert steps(team, row).count(("link_answer", "Айгүл Сейітова")) == 4
    assert told("outside_answered") == 4
    team.lead.enter()
    assert {one.row.said_by for one in queries.way_of(stands(row).place)} >= {"link"}


def test_what_is_declined_comes_back_to_the_sender_and_ends_the_link(team: Team) -> None:
    row = refer(team)
    holder = link(team, row)
    letter = uuid4()
    holder.say("decline", reason="no_room", letter=letter)
    with pytest.raises(actions.NotTaken):
        holder.say("accept")
    assert take() == 1
    back = stands(row).back
    assert back is not None
    assert (back.step, back.unit_id) == ("choose_next", team.lead.unit.pk)
    assert queries.state_of(stands(row)) == "declined"
    assert link_of(row).ended_why == "answered"


def test_one_answer_is_taken_in_before_the_next_and_sent_twice_it_is_one(team: Team) -> None:
    row = refer(team)
    holder, letter = link(team, row), uuid4()
    holder.say("accept", letter=letter)
    holder.say("accept", letter=letter)
    with pytest.raises(actions.NotTaken):
        holder.say("begin", on="2026-11-23")
    assert take() == 1
    assert stands(row).place.state == "waiting"


def test_what_is_missing_or_can_not_be_is_refused(team: Team) -> None:
    holder = link(team, refer(team))
    wrong: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {"name": " "}),
        ("accept", {"name": "ә" * 121}),
        ("accept", {"on": "2026-11-01"}),
        ("accept", {"on": "x"}),
        ("decline", {}),
        ("decline", {"reason": "other"}),
        ("decline", {"reason": "lazy"}),
        ("end", {"on": "2026-11-23", "result": "helped"}),
        ("feed_back", {"words": "Жақсы"}),
        ("withdraw", {"reason": "moved"}),
        ("accept", {"words": "ә" * 1001}),
    )
    for what, said in wrong:
        with pytest.raises(rules.AnswerFaulty):
            holder.say(what, **said)
    assert take() == 0


def test_five_wrong_codes_end_a_link_and_the_sender_hears(team: Team) -> None:
    row = refer(team)
    holder = link(team, row)
    wrong = "00000000" if holder.code != "00000000" else "11111111"
    for _turn in range(4):
        assert holder.open(wrong) is None
    assert holder.open() is not None  # the right one still opens, and makes no wrong one undone
    assert holder.open(wrong) is None
    assert holder.open() is None
    take()
    assert link_of(row).ended_why == "wrong"
    assert told("outside_link_over") == 1
    assert link(team, row).open() is not None


def test_an_answer_after_a_withdrawal_changes_nothing_and_its_words_are_kept(team: Team) -> None:
    row = refer(team)
    holder = link(team, row)
    holder.say("accept", words="Келсін")
    given: dict[str, Any] = {"referral": row.pk, "reason": "consent_withdrawn", "seen": 1, "now": NOW}
    actions.withdraw_referral(actor=team.lead.enter(), **given)
    assert holder.open() is None
    with pytest.raises(actions.NotTaken):
        holder.say("accept")
    assert take() == 1
    assert stands(row).place.state == "withdrawn"
    assert link_of(row).ended_why == "withdrawn"
    late = [words for step, words in steps(team, row) if step == "link_late"]
    assert late
    assert "Келсін" in (late[0] or "")


def test_a_newer_link_a_day_too_late_and_an_account_end_a_link(team: Team) -> None:
    row = refer(team)
    first = link(team, row)
    second = link(team, row, now=NOW + timedelta(minutes=1))
    assert (first.open(), second.open() is not None) == (None, True)
    pk = uuid4()
    link(team, row, link_id=pk, now=NOW + timedelta(minutes=2))
    with pytest.raises(actions.LinkMadeAlready):
        link(team, row, link_id=pk)
    assert sweep(NOW + timedelta(days=13)) == 0
    assert sweep(NOW + timedelta(days=15)) == 1
    assert link_of(row).ended_why == "expired"
    link(team, row, now=NOW + timedelta(minutes=3))
    with cast.building():
        worker = cast.seat(cast.make_unit("the fund", DISTRICT, "family_support"))
    works_for(worker, row.place.offering_id)
    assert sweep(NOW) == 1
    with pytest.raises(actions.NoLinkPossible):
        link(team, row)


def test_a_protected_service_and_others_get_no_link(team: Team) -> None:
    hidden = refer(team, refuge(team.district.region), purpose="shelter")
    with pytest.raises(actions.NoLinkPossible):
        link(team, hidden)
    row = refer(team, now=NOW + timedelta(hours=1))
    for who in (team.doctor, team.teacher, team.outsider, team.social):
        with pytest.raises(actions.ReferralNotThere):
            actions.make_outside_link(actor=who.enter(), referral=row.pk, said=actions.LinkSaid(), now=NOW)
        with pytest.raises(actions.ReferralNotThere):
            actions.end_outside_link(actor=who.enter(), referral=row.pk, now=NOW)


def test_a_body_that_was_barred_meanwhile_finds_nothing(team: Team) -> None:
    row = refer(team)
    holder = link(team, row)
    with cast.building():
        body = Provider.objects.get(sites__offerings=row.place.offering_id).body
        Bar.objects.create(dossier_id=team.dossier, body=body, since=cast.LONG_AGO, reason="suspect")
    assert holder.open() is None
    assert take() == 0


def test_the_public_reads_no_table_and_staff_read_no_door(team: Team) -> None:
    link(team, refer(team))
    for role in ("arasha_public", "arasha_app"):
        for table in ("plans_outsidedoor", "plans_outsideletter"):
            with pytest.raises(ProgrammingError), transaction.atomic(), as_role(role), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")


def test_no_letter_or_notice_names_the_child(team: Team) -> None:
    row = refer(team)
    holder = link(team, row, named=True)
    holder.say("decline", reason="no_room")
    take()
    with as_owner():
        for notice in Notice.objects.all():
            assert CHILD not in str(vars(notice))


def test_the_limits_in_the_list_are_those_that_hold() -> None:
    assert rules.LINK_LIMITS["tries"].more["amount"] == "5"
    assert not any(row.more["verified_by"] for row in rules.LINK_LIMITS)
    assert (rules.lasts(), rules.session()) == (timedelta(days=14), timedelta(minutes=20))
    assert rules.typed(" 1234–56 78 ") == "12345678"
    assert rules.typed("1234567a") == ""
    assert Holder("x", "12345678").open() is None
