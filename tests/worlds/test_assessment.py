"""An assessment in two worlds that differ only in what a reader may not know is one page to them, to the byte."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions
from arasha.plans.models import AssessmentPart
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner
from tests.worlds.pages import Answer, answer, without_random_ids

pytestmark = pytest.mark.django_db
Happening = Callable[[Team, AssessmentPart], Any]
SHORT = {"first": {"needed": "no"}, "second": {"words": "а"}}
LONG = {"first": {"needed": "yes"}, "second": {"words": "Көп сөз. " * 400}}


class Rolled(Exception):
    """The world is over."""


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_team()


def begun(team: Team) -> AssessmentPart:
    """Let the health part be begun."""
    team.open()
    return team.begin(team.ask("health", team.doctor), team.doctor)


def writes(answers: dict[str, Any], times: int, *, done: bool) -> Happening:
    """Return the writing of so many drafts, handed in or not."""

    def happens(team: Team, part: AssessmentPart) -> None:
        for _time in range(times):
            revision = team.write(part, team.doctor, answers)
        if done:
            actions.submit_part(actor=team.doctor.enter(), part=part.pk, revision=revision, now=NOW)

    return happens


def keeps_apart(team: Team, part: AssessmentPart) -> None:
    """Let the girl wish that something is kept apart, and let it be handed in."""
    sealed = actions.begin_apart(actor=team.doctor.enter(), part=part.pk, language="kk", now=NOW)
    revision = team.write(sealed, team.doctor)
    actions.submit_part(actor=team.doctor.enter(), part=sealed.pk, revision=revision, now=NOW)


def keeps_nothing_apart(team: Team, part: AssessmentPart) -> None:
    """Let nothing happen."""


def seen(team: Team, who: Person, part: AssessmentPart, happens: Happening) -> list[tuple[str, Answer]]:
    """Return all that somebody is answered in a world in which something happened; the world ends with it."""
    found: list[tuple[str, Answer]] = []
    home, file, one = f"/plans/{team.dossier}/assessment/", f"/files/{team.dossier}/", f"/plans/parts/{part.pk}/"
    try:
        with transaction.atomic():
            happens(team, part)
            browser = cast.browser_of(who)
            for address in (home, one, f"{one}told/", f"{one}?page=second", file, f"{file}story/", "/messages/", "/"):
                found.append((address, answer(browser.get(address))))
            for address in (f"{one}save/", f"{one}begin/", f"{one}apart/", f"{home}paper/", f"{home}summary/"):
                found.append((f"POST {address}", answer(browser.post(address, {"page": "second", "revision": "1"}))))
            raise Rolled
    except Rolled:
        return [(address, without_random_ids(one)) for address, one in found]


@time_machine.travel(datetime.now(UTC), tick=False)
def same(team: Team, who: Person, part: AssessmentPart, first: Happening, second: Happening) -> bool:
    one, other = seen(team, who, part, first), seen(team, who, part, second)
    assert [status for _address, (status, _headers, _body) in one].count(200) >= 2
    return one == other


@pytest.mark.parametrize("done", [False, True])
def test_who_reads_no_health_sees_neither_words_nor_how_much_was_written(team: Team, done: bool) -> None:
    part = begun(team)
    first, second = writes(SHORT, 1, done=done), writes(LONG, 7, done=done)
    assert same(team, team.teacher, part, first, second)
    assert not same(team, team.doctor, part, first, second)


def test_what_an_adolescent_keeps_apart_changes_no_page_of_anybody_else(team: Team) -> None:
    part = begun(team)
    for who in (team.lead, team.social, team.teacher, team.outsider):
        assert same(team, who, part, keeps_nothing_apart, keeps_apart), who
    assert not same(team, team.nurse, part, keeps_nothing_apart, keeps_apart)
