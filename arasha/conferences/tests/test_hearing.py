"""The child decides who hears its words; the database holds to it."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.conferences import actions, queries
from arasha.conferences.models import Item, Voice, VoiceWords
from arasha.conferences.policy import NotAllowed
from arasha.conferences.rules import Faulty, Mark
from arasha.conferences.tests.cast import TODAY, Table
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WORDS = "Әжемде қалғым келеді"


def reads(table: Table, item: Item) -> set[str]:
    """Return who reads the child's words, straight from the rows."""
    people: dict[str, Person] = {
        "lead": table.team.lead,
        "doctor": table.team.doctor,
        "nurse": table.team.nurse,
        "social": table.team.social,
        "secretary": table.secretary,
        "barred": table.barred,
        "outsider": table.team.outsider,
    }
    found = set()
    for name, who in people.items():
        who.enter()
        if VoiceWords.objects.filter(item=item).exists():
            found.add(name)
    return found


@pytest.mark.parametrize(
    ("hears", "readers"),
    [
        ("all", {"lead", "doctor", "nurse", "social", "secretary"}),
        ("few", {"lead", "doctor"}),
        ("aloud", {"lead", "doctor"}),
        ("nobody", {"lead"}),
    ],
)
def test_whom_the_child_chose_reads_its_words_and_nobody_else(table: Table, hears: str, readers: set[str]) -> None:
    item = table.put_on(table.sitting())
    named = table.team.doctor.user if hears in {"few", "aloud"} else None
    table.heard(item, hears=hears, hearer=named)
    assert reads(table, item) == readers


def test_what_the_secretary_wrote_down_for_few_the_lead_reads_and_the_commission_does_not(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.heard(item, by=table.secretary, hears="few", hearer=table.team.doctor.user)
    actions.name_secretary(actor=table.secretary.enter(), post=table.member.post, now=NOW)
    assert reads(table, item) == {"lead", "doctor", "secretary"}  # who was told, in person
    table.member.enter()
    assert queries.item_of(table.member.enter(), item.pk) is not None
    assert not VoiceWords.objects.filter(item=item).exists()


def test_a_child_that_chooses_anew_closes_what_it_said_before(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.heard(item)
    table.heard(item, hears="nobody", words="", seen=1)
    assert reads(table, item) == {"lead"}
    table.secretary.enter()
    heard = queries.voice_of(item.pk)
    assert heard is not None
    assert (heard.words, heard.row.hears) == ("", "nobody")


def test_who_steps_aside_hears_nothing(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.heard(item)
    marks = {table.team.doctor.unit.pk: Mark("aside", "relative")}
    actions.mark_seats(actor=table.secretary.enter(), item=item.pk, marks=marks, now=NOW)
    assert reads(table, item) == {"lead", "social", "secretary"}


def test_no_clock_reads_a_childs_words(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.heard(item)
    cast.sweeper()
    assert not VoiceWords.objects.filter(item=item).exists()


def test_two_who_record_at_once_lose_neither_answer(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.heard(item)
    with pytest.raises(actions.ItemChanged):
        table.heard(item, by=table.secretary, how="silent", hears="", words="")
    table.heard(item, by=table.secretary, how="silent", hears="", words="", seen=1)
    with as_owner():
        assert Voice.objects.get(item=item).revision == 2
        assert VoiceWords.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"how": "x"},
        {"how": "not_asked", "reason": ""},
        {"hears": ""},
        {"hears": "few"},
        {"words": " "},
        {"words": "x" * 4001},
        {"said_on": TODAY + timedelta(days=1)},
    ],
)
def test_an_answer_that_says_nothing_is_refused_at_its_field(table: Table, wrong: dict[str, Any]) -> None:
    item = table.put_on(table.sitting())
    with pytest.raises(Faulty):
        table.heard(item, **wrong)


def test_a_barred_colleague_can_not_be_named_and_others_record_nothing(table: Table) -> None:
    item = table.put_on(table.sitting())
    table.team.lead.enter()
    assert table.barred.user not in queries.colleagues(item, NOW)
    with pytest.raises(Faulty):
        table.heard(item, hears="few", hearer=table.barred.user)
    with pytest.raises(NotAllowed):
        table.heard(item, by=table.team.doctor)
    for who in (table.barred, table.team.outsider, table.member):
        with pytest.raises(actions.NotThere):
            table.heard(item, by=who)
