"""Inviting, answering, reading: who may, what is refused, what a dump of the database tells."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from arasha.kernel.access.actions import TeamMember, add_member, system
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.participation import actions, policy, queries, rules
from arasha.participation.models import Invitation, Letter, Reply, Round, Slip, Text
from arasha.participation.tests.stage import Stage, answer, close, refuge, work
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
TABLES = (Invitation, Slip, Letter, Round, Text, Reply)


def dump() -> list[str]:
    """Return every value of every table of ours, and of the journal, as text."""
    found = []
    with as_owner():
        for model in (*TABLES, Act, Change):
            for row in model.objects.values_list():
                found += [bytes(one).hex() if isinstance(one, bytes | memoryview) else str(one) for one in row]
    return found


def texts() -> list[Text]:
    with as_owner():
        return list(Text.objects.select_related("round"))


def signals() -> list[Signal]:
    with as_owner():
        return list(Signal.objects.filter(door="child"))


def test_a_dump_tells_neither_who_answered_nor_what(stage: Stage) -> None:
    silent, spoke = stage.file(called="Бірінші"), stage.file(called="Екінші")
    stage.invited(silent, stage.offering)
    number = stage.invited(spoke, stage.offering)
    before = dump()
    answer(number, words="Бәрі жақсы")
    after = dump()
    with as_owner():
        letters = list(Letter.objects.all())
        slips = [bytes(row.sealed).hex() + bytes(row.hash).hex() for row in Slip.objects.all()]
    assert len(letters) == 2
    assert len({len(one.sealed) for one in letters if one.kind == "words"}) == 1
    # Nothing but the two letters changed: no slip, no invitation, no act.
    assert set(before) - set(after) == set()
    assert sum(1 for _one in after) - sum(1 for _one in before) == 14
    rows = " ".join(str(vars(one)) for one in letters)
    for told in (str(spoke), str(silent), str(stage.offering), spoke.hex, number):
        assert told not in rows
        assert told not in " ".join(slips)
    assert number not in " ".join(after)
    assert {str(one.due_at) for one in letters} == {"2000-01-01 00:00:00+00:00"}


def test_letters_have_one_size_whatever_a_child_says(stage: Stage) -> None:
    for words, help_asked in (("", False), ("ә" * 2000, True), ("\U0001f600" * 2000, False)):
        answer(stage.invited(stage.file(), stage.offering), words=words, help_asked=help_asked)
    with as_owner():
        sizes = {(one.kind, len(one.sealed)) for one in Letter.objects.all()}
    assert len(sizes) == 2


def test_a_number_that_was_used_opens_the_same_and_counts_once_but_loses_no_words(stage: Stage) -> None:
    number = stage.invited(stage.file(), stage.offering)
    answer(number)
    with as_role("arasha_public"):
        opened = queries.opened_by(number, NOW)
    assert opened is not None
    assert opened.offering == str(stage.offering)
    answer(number, [3] * 5, help_asked=True)
    with as_owner():
        assert Letter.objects.filter(kind="answers").count() == 1
    work()
    assert len(signals()) == 1


def test_a_wrong_number_opens_nothing(stage: Stage) -> None:
    with pytest.raises(actions.NumberNotGood):
        answer(rules.new_number())


def test_who_gives_the_service_chooses_no_child(stage: Stage) -> None:
    dossier = stage.file()
    given: dict[str, Any] = {
        "dossier": dossier,
        "age": "child",
        "number": rules.new_number(),
        "invitation": uuid4(),
        "now": NOW,
    }
    with pytest.raises(policy.NotAllowed):
        actions.invite(actor=stage.provider.enter(), offering=stage.offering, **given)
    stage.coordinator.enter()
    with act(verb="note", stream=dossier_stream(dossier), now=NOW):
        add_member(dossier=dossier, member=TeamMember("partner", unit_id=stage.provider.unit.pk, reason="test"))
    with pytest.raises(actions.OwnService):
        actions.invite(actor=stage.provider.enter(), offering=stage.offering, **given)


def test_a_child_is_asked_once_in_three_months_and_a_form_sent_twice_is_one(stage: Stage) -> None:
    dossier, number, invitation = stage.file(), rules.new_number(), uuid4()
    for _turn in range(2):
        actions.invite(
            actor=stage.coordinator.enter(),
            dossier=dossier,
            offering=stage.offering,
            age="child",
            number=number,
            invitation=invitation,
            now=NOW,
        )
    with as_owner():
        assert (Invitation.objects.count(), Slip.objects.count()) == (1, 1)
    with pytest.raises(actions.AskedLately):
        stage.invited(dossier, stage.offering)
    stage.invited(dossier, stage.second)
    with pytest.raises(actions.NotAnOffering):
        stage.invited(dossier, uuid4())


def test_a_file_and_its_journal_never_name_a_refuge(stage: Stage) -> None:
    hidden = refuge(stage)
    stage.invited(stage.file(), hidden)
    with as_owner():
        rows = [value for model in (Invitation, Slip) for row in model.objects.values_list() for value in row]
        acts = [str(one.codes) for one in Act.objects.filter(verb="invite_feedback")]
    text = " ".join([*(bytes(one).hex() if isinstance(one, bytes | memoryview) else str(one) for one in rows), *acts])
    assert str(hidden) not in text
    assert hidden.hex not in text


def test_words_without_harm_wait_for_the_supervisor_and_the_way_back_goes(stage: Stage) -> None:
    answer(stage.invited(stage.file(), stage.offering), words="Күту бөлмесі суық")
    work()
    (text,) = texts()
    assert (text.state, text.marked, signals()) == ("waiting", False, [])
    (line,) = queries.words_of(stage.coordinator.enter())
    assert line.words == "Күту бөлмесі суық"
    for stranger in (stage.provider, stage.district.doctor):
        actor = stranger.enter()
        assert queries.words_of(actor) == []
        with pytest.raises(actions.TextNotThere):
            actions.decide_words(actor=actor, text=text.pk, danger=True, now=NOW)
    actions.decide_words(actor=stage.coordinator.enter(), text=text.pk, danger=False, now=NOW)
    (text,) = texts()
    assert (text.state, text.link) == ("fine", None)
    with pytest.raises(actions.TextNotThere):
        actions.decide_words(actor=stage.coordinator.enter(), text=text.pk, danger=True, now=NOW)


def test_a_readers_finding_becomes_a_signal_of_that_child_closed_to_the_provider(stage: Stage) -> None:
    answer(stage.invited(stage.file(called="Ерасыл"), stage.offering), words="Кешке ол келеді, ұнамайды")
    work()
    (text,) = texts()
    actions.decide_words(actor=stage.coordinator.enter(), text=text.pk, danger=True, now=NOW)
    work()
    work()
    (signal,) = signals()
    assert signal.child_called == "Ерасыл"
    (text,) = texts()
    assert (text.state, text.link) == ("raised", None)
    stage.provider.enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY ((SELECT access.barred())::uuid[])", [signal.dossier_id])
        assert cursor.fetchone() == (True,)


def test_words_are_heard_also_where_the_way_back_leads_nowhere(stage: Stage) -> None:
    number = stage.invited(stage.file(), stage.offering)
    with as_role("arasha_public"):
        opening = queries.opened_by(number, NOW)
    assert opening is not None
    broken = rules.Opening(opening.offering, opening.age, "00" * 40, opening.version)
    with as_owner():
        Slip.objects.update(sealed=rules.seal_slip(number, broken, queries.keys()))
    answer(number, words="Мені ұрады")
    work()
    (signal,) = signals()
    assert signal.child_called == ""


def test_of_hidden_places_nothing_is_told_by_site(stage: Stage) -> None:
    hidden = [refuge(stage) for _turn in range(3)]
    for turn in range(10):
        answer(stage.invited(stage.file(), hidden[turn % 2]))
    close()
    with as_owner():
        row = Round.objects.get(offering=None)
        assert (row.outcome, row.place_id) == ("few", "610000000")
    stage.coordinator.enter()
    assert [queries.told(one) for one in hidden] == [[], [], []]
    assert queries.rounds(stage.coordinator.enter()) == []
    assert len(queries.rounds(stage.region.enter())) == 1


def test_ten_children_of_three_hidden_providers_are_told_as_one_region(stage: Stage) -> None:
    hidden = [refuge(stage) for _turn in range(3)]
    for turn in range(10):
        answer(stage.invited(stage.file(), hidden[turn % 3]))
    close()
    stage.coordinator.enter()
    (told,) = queries.told(hidden[0])
    assert told == queries.told(hidden[2])[0]
    assert (told.answers, told.invited) == (10, 0)


def test_a_half_year_is_counted_once_and_stays(stage: Stage) -> None:
    for _turn in range(10):
        answer(stage.invited(stage.file(), stage.offering))
    close()
    close()
    with as_owner():
        assert Round.objects.count() == 1
        assert (Letter.objects.filter(kind="answers").count(), Slip.objects.count()) == (0, 0)
    stage.coordinator.enter()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO participation_reply SELECT gen_random_uuid(), ARRAY['a','b','c'], now(), NULL")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participation_round SET answers = 99")
        assert cursor.rowcount == 0


def test_only_the_provider_answers_and_once(stage: Stage) -> None:
    for _turn in range(10):
        answer(stage.invited(stage.file(), stage.offering))
    close()
    actor = stage.coordinator.enter()
    (told,) = queries.told(stage.offering)
    given: dict[str, Any] = {"offering": stage.offering, "round_id": told.round, "words": ("Иә", "Да", ""), "now": NOW}
    with pytest.raises(actions.CannotReply):
        actions.reply(actor=actor, **given)
    with pytest.raises(actions.NothingSaid):
        actions.reply(actor=stage.provider.enter(), **{**given, "words": ("", "Да", "")})
    actions.reply(actor=stage.provider.enter(), **given)
    with pytest.raises(actions.CannotReply):
        actions.reply(actor=stage.provider.enter(), **given)


def test_twin_worlds_of_the_providers_people(stage: Stage) -> None:
    """Until a half-year closes, and for few answers after it, the provider's pages are the same with and without."""
    pages = [f"/feedback/offerings/{stage.offering}/", f"/services/offerings/{stage.offering}/", "/feedback/"]

    def seen() -> list[tuple[int, bytes]]:
        browser = cast.browser_of(stage.provider)
        found = [browser.get(page) for page in pages]
        return [(one.status_code, one.content) for one in found]

    without = [one[0] for one in seen()], len(seen()[0][1])
    for _turn in range(4):
        answer(stage.invited(stage.file(), stage.offering), words="Маған ұнамады")
    work()
    assert ([one[0] for one in seen()], len(seen()[0][1])) == without
    close()
    assert ([one[0] for one in seen()], len(seen()[0][1])) == without


def test_the_worker_alone_opens_letters(stage: Stage) -> None:
    for work_of in (actions.open_words, actions.raise_danger, actions.close_periods):
        with pytest.raises(policy.NotAllowed):
            work_of(actor=stage.coordinator.enter(), now=NOW)
    with system("ring") as actor, pytest.raises(policy.NotAllowed):
        actions.open_words(actor=actor, now=NOW)
