"""Disciplines that write at the same moment, on connections of their own, with real commits: no word is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections, transaction

from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions, queries, rules
from arasha.plans.models import AssessmentPart
from arasha.plans.tests.district import ANSWERS, Team
from arasha.questionnaires import queries as forms
from arasha.questionnaires.rules.keeping import digest
from tests.database import ClonedDatabase

ROUNDS = 1000
CONTESTS = 60


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do several things at the same time, each on a thread of its own."""

    def one(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(one, deed) for deed in deeds]]


def begun(team: Team) -> tuple[AssessmentPart, AssessmentPart]:
    """Open the assessment, and let doctor and teacher begin."""
    with transaction.atomic():
        team.open()
        health, education = team.ask("health", team.doctor), team.ask("education", team.teacher)
        team.begin(health, team.doctor)
        team.begin(education, team.teacher)
    return health, education


def draft_of(part: AssessmentPart, who: Person) -> forms.DraftRead:
    with transaction.atomic():
        who.enter()
        found = forms.draft_of(AssessmentPart.objects.get(pk=part.pk).response_id or part.pk, NOW)
    assert found is not None
    return found


def typed(part: AssessmentPart, who: Person, ready: Barrier, times: int, at: str) -> str:
    """Type a word more each round, as a window does that is answered what it saved; returns all that was typed."""
    words, revision, seen = "", 1, digest(None)
    for n in range(times):
        words += f" {n}"
        ready.wait(60)
        with transaction.atomic():
            saved = actions.save_part(
                actor=who.enter(),
                part=part.pk,
                revision=revision,
                at=at,
                value={"words": words},
                seen=seen,
                now=NOW,
            )
        assert saved.copy is None
        revision, seen = saved.revision, saved.seen
    return words


def test_two_disciplines_write_a_thousand_times_at_once_and_no_update_is_lost(
    committed: Team, base: ClonedDatabase
) -> None:
    health, education = begun(committed)
    ready = Barrier(2)
    one, other = at_once(
        lambda: typed(health, committed.doctor, ready, ROUNDS, "second"),
        lambda: typed(education, committed.teacher, ready, ROUNDS, "second"),
    )
    for part, who, words in ((health, committed.doctor, one), (education, committed.teacher, other)):
        draft = draft_of(part, who)
        assert (draft.answers["second"], draft.revision, draft.copies) == ({"words": words}, ROUNDS + 1, ())


def test_two_of_one_unit_on_two_pages_of_one_part_do_not_undo_each_other(committed: Team, base: ClonedDatabase) -> None:
    health, _education = begun(committed)
    ready = Barrier(2)
    one, other = at_once(
        lambda: typed(health, committed.doctor, ready, CONTESTS, "second"),
        lambda: typed(health, committed.nurse, ready, CONTESTS, "third"),
    )
    draft = draft_of(health, committed.doctor)
    assert draft.answers == {"second": {"words": one}, "third": {"words": other}}
    assert (draft.revision, draft.copies) == (2 * CONTESTS + 1, ())


def test_of_two_windows_on_one_page_each_word_stands_in_the_draft_or_beside_it(
    committed: Team, base: ClonedDatabase
) -> None:
    health, _education = begun(committed)
    ready = Barrier(2)

    def contested(who: Person, name: str) -> list[str]:
        written = []
        for n in range(CONTESTS):
            ready.wait(60)
            draft = draft_of(health, who)
            ready.wait(60)
            value = {"words": f"{name} {n}"}
            with transaction.atomic():
                actions.save_part(
                    actor=who.enter(),
                    part=health.pk,
                    revision=draft.revision,
                    at="second",
                    value=value,
                    seen=digest(draft.answers.get("second")),
                    now=NOW,
                )
            written.append(value["words"])
        return written

    both = at_once(lambda: contested(committed.doctor, "дәрігер"), lambda: contested(committed.nurse, "мейіргер"))
    draft = draft_of(health, committed.doctor)
    beside = {copy.value["words"] for copy in draft.copies}
    # In each round one came first and stands, or was seen by whoever wrote over it; the other lies beside it.
    assert len(beside) == CONTESTS
    assert len({*both[0], *both[1]}) == 2 * CONTESTS
    for n in range(CONTESTS):
        assert len(beside & {f"дәрігер {n}", f"мейіргер {n}"}) == 1
    assert draft.answers["second"]["words"] not in beside


def test_two_who_hand_in_at_once_hand_in_once(committed: Team, base: ClonedDatabase) -> None:
    health, _education = begun(committed)
    with transaction.atomic():
        revision = committed.write(health, committed.doctor, ANSWERS)
    ready = Barrier(2)

    def hands_in(who: Person) -> str:
        try:
            with transaction.atomic():
                actor = who.enter()
                ready.wait(60)
                actions.submit_part(actor=actor, part=health.pk, revision=revision, now=NOW)
        except actions.PartNotThere:
            return "not there"
        return "done"

    told = at_once(lambda: hands_in(committed.doctor), lambda: hands_in(committed.nurse))
    assert sorted(told) == ["done", "not there"]
    with transaction.atomic():
        found = queries.read(committed.teacher.enter(), committed.dossier, NOW)
    assert found is not None
    assert rules.Standing.DONE in {line.standing for line in found.parts}


def test_two_units_asked_at_once_are_both_asked_and_one_twice_is_once(committed: Team, base: ClonedDatabase) -> None:
    with transaction.atomic():
        committed.open()
    ready = Barrier(2)

    def asks() -> str:
        try:
            with transaction.atomic():
                actor = committed.lead.enter()
                ready.wait(60)
                given: dict[str, Any] = {"dossier": committed.dossier, "by_when": NOW.date(), "now": NOW}
                actions.ask_part(actor=actor, discipline="health", unit=committed.doctor.unit.pk, **given)
        except actions.AskedAlready:
            return "asked already"
        return "asked"

    assert sorted(at_once(asks, asks)) == ["asked", "asked already"]
