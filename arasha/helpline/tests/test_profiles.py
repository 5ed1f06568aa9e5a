"""Callers who are known again: on their wish alone, with flags that end, forgotten when they say so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from arasha.helpline import actions, policy, queries
from arasha.helpline.models import Contact, Profile, ProfileContact, ProfileFlag, ProfileGuidance
from arasha.helpline.rules.profiles import FLAGS, WordWeak, checked_word
from arasha.helpline.tests import line as cast
from arasha.helpline.tests.line import Line
from arasha.obligations.tests.cast import NOW

WORD = "Көк айдаһар"


def know(line: Line, contact: Contact | None = None, word: str = WORD, **more: bool) -> Contact:
    """Let a caller wish to be known again; return the contact."""
    row = contact or cast.talking(line)
    given: dict[str, Any] = {"contact": row.pk, "word": word, "note": "Баяу сөйлесу", "now": NOW} | more
    actions.open_profile(actor=line.operator.enter(), **given)
    return row


def test_a_caller_is_found_by_their_word_whatever_its_case_and_signs(line: Line) -> None:
    know(line)
    again = cast.talking(line, line.colleague)
    found = actions.find_profile(actor=line.colleague.enter(), contact=again.pk, word="көк-АЙДАҺАР!", now=NOW)
    assert found is not None
    shown = queries.known_as(line.colleague.enter(), found, NOW)
    assert (shown.note, len(shown.contacts)) == ("Баяу сөйлесу", 2)


def test_a_caller_is_found_by_the_mailbox_where_they_wished_it_and_not_otherwise(line: Line) -> None:
    def write(source: str) -> Contact:
        row = cast.chat(line, source=source)
        return actions.take_contact(actor=line.operator.enter(), contact=row.pk, now=NOW)

    know(line, write("box one"), word="", box=True)
    know(line, write("box two"))
    find: dict[str, Any] = {"actor": line.operator.enter(), "word": "", "now": NOW}
    assert actions.find_profile(contact=write("box one").pk, **find) is not None
    line.operator.enter()
    assert actions.find_profile(contact=write("box two").pk, **find) is None
    assert actions.find_profile(contact=write("").pk, **find) is None


def test_neither_word_nor_mailbox_stands_in_the_database(line: Line) -> None:
    know(line, cast.talking(line))
    with cast.as_nobody(), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, '') FROM helpline_profile p")
        text = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(codes::text || verb, '') FROM journal_act")
        acts = cursor.fetchone()[0]
    for word in (WORD, WORD.lower(), "айдаһар", "Баяу"):
        assert word not in text
        assert word.encode().hex() not in text
        assert word not in acts


@pytest.mark.parametrize("word", ["", "ай", "77011234567", "01.02.2012", "a1234567", "х" * 81, "\x00" * 20])
def test_a_weak_word_is_refused(word: str) -> None:
    with pytest.raises(WordWeak):
        checked_word(word)


def test_a_word_that_another_chose_is_refused_and_nothing_is_kept(line: Line) -> None:
    know(line)
    other = cast.talking(line)
    with pytest.raises(actions.WordTaken):
        know(line, other)
    assert Profile.objects.count() == 1
    assert not ProfileContact.objects.filter(contact=other).exists()


def test_who_guesses_is_stopped(line: Line) -> None:
    know(line)
    held = cast.talking(line)
    guess: dict[str, Any] = {"actor": line.operator.enter(), "contact": held.pk, "now": NOW}
    for place in range(5):
        assert actions.find_profile(word=f"wrong word {place} x", **guess) is None
    with pytest.raises(actions.TooManyTries):
        actions.find_profile(word=WORD, **guess)
    assert queries.profile_of(line.operator.enter(), held) is None


def test_flags_end_by_themselves_and_are_deleted_by_night(line: Line) -> None:
    row = know(line)
    assert all(0 < int(flag.more["days"]) <= 30 for flag in FLAGS)
    for flag in ("plan_agreed", "often_brief"):
        actions.set_flag(actor=line.operator.enter(), contact=row.pk, flag=flag, now=NOW)

    def seen(days: float) -> set[str]:
        profile = queries.profile_of(line.operator.enter(), row)
        assert profile is not None
        return {one.code for one in queries.known_as(line.operator.enter(), profile, NOW + timedelta(days=days)).flags}

    assert seen(2) == {"plan_agreed", "often_brief"}
    assert seen(3) == {"plan_agreed"}
    assert seen(30) == set()
    # Nobody branded a child: no flag of the list is about joking, lying or abuse.
    assert not {"joker", "abusive", "liar", "manipulative"} & {flag.code for flag in FLAGS}


def test_the_clock_deletes_what_has_ended_and_nothing_else(line: Line) -> None:
    row = know(line)
    for flag in ("plan_agreed", "often_brief"):
        actions.set_flag(actor=line.operator.enter(), contact=row.pk, flag=flag, now=NOW - timedelta(days=20))
    with pytest.raises(policy.NotAllowed):
        actions.delete_flags(actor=line.supervisor.enter(), now=NOW)
    assert actions.delete_flags(actor=cast.clock(), now=NOW) == 1
    line.operator.enter()
    assert list(ProfileFlag.objects.values_list("code", flat=True)) == ["plan_agreed"]


def test_no_flag_moves_anybody_in_the_queue(line: Line) -> None:
    first = know(line, cast.talking(line))
    for flag in FLAGS:
        actions.set_flag(actor=line.operator.enter(), contact=first.pk, flag=flag.code, now=NOW)
    actions.ask_safety(actor=line.operator.enter(), contact=first.pk, danger="not_safe", now=NOW)
    actions.give_back(actor=line.operator.enter(), contact=first.pk, now=NOW)
    second = cast.chat(line, danger="not_safe", now=NOW + timedelta(seconds=1))
    assert [one.pk for one in queries.queue(line.operator.enter())] == [first.pk, second.pk]


def test_nobody_else_finds_or_reads_a_known_caller(line: Line) -> None:
    know(line)
    cast.end_openings()
    for who in (line.elsewhere, line.above, line.district.coordinator, line.district.inspector, line.district.doctor):
        actor = who.enter()
        assert not Profile.objects.exists()
        assert not ProfileContact.objects.exists()
        assert not ProfileFlag.objects.exists()
        assert not queries.known(actor).exists()


def test_what_a_supervisor_writes_is_for_supervisors(line: Line) -> None:
    row = know(line)
    profile = queries.profile_of(line.operator.enter(), row)
    assert profile is not None
    with pytest.raises(policy.NotAllowed):
        actions.guide(actor=line.operator.enter(), profile=profile.pk, words="x", now=NOW)
    actions.guide(actor=line.supervisor.enter(), profile=profile.pk, words="Екі адам жауап берсін", now=NOW)
    assert queries.guidance_of(line.supervisor.enter(), profile) == "Екі адам жауап берсін"
    assert queries.guidance_of(line.operator.enter(), profile) == ""
    assert not ProfileGuidance.objects.exists()


def test_a_caller_is_forgotten_at_once_and_for_good(line: Line) -> None:
    row = know(line)
    actions.set_flag(actor=line.operator.enter(), contact=row.pk, flag="slowly", now=NOW)
    profile = queries.profile_of(line.operator.enter(), row)
    assert profile is not None
    actions.guide(actor=line.supervisor.enter(), profile=profile.pk, words="Екеу жауап берсін", now=NOW)
    actions.forget_profile(actor=line.operator.enter(), contact=row.pk, now=NOW)
    with cast.as_nobody(), connection.cursor() as cursor:
        for table in ("profile", "profileflag", "profilecontact", "profileguidance"):
            cursor.execute(f"SELECT count(*) FROM helpline_{table}")
            assert cursor.fetchone() == (0,), table
        # With the transaction the key goes, too: the ledger names the scope.
        cursor.execute("SELECT legal_basis FROM vault_erasure WHERE scope_key = %s", [profile.dossier_id])
        assert cursor.fetchall() == [("caller_wish",)]
    again = cast.talking(line)
    assert actions.find_profile(actor=line.operator.enter(), contact=again.pk, word=WORD, now=NOW) is None
    assert Contact.objects.filter(pk=row.pk).exists()
