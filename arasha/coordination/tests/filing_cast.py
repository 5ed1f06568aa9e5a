"""Shipped forms put down as in force at these tests' moment, and what people do with them in a file."""

import hashlib
from functools import cache
from typing import Any
from uuid import UUID

from arasha.coordination import actions
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import OURS
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms
from arasha.questionnaires.models import Response, Version
from arasha.questionnaires.queries import shipped
from arasha.questionnaires.rules.books import Reading
from arasha.questionnaires.rules.conversion import Converted, convert

DANGER: dict[str, Any] = {"talk": {"thoughts": "today", "plan": "when", "intent": "yes"}, "now": {"harm_today": "no"}}
CALM: dict[str, Any] = {"talk": {"thoughts": "none", "tries": "never"}, "now": {"harm_today": "no"}}


@cache
def _readings() -> dict[str, Reading]:
    return {name.removesuffix(".md"): reading for name, reading in shipped()}


@cache
def _converted(code: str) -> Converted:
    return convert(_readings()[code])


def put_in_force(*codes: str, version: int = OURS, **about: Any) -> None:
    """Put shipped forms down as published, with what `about` says of them otherwise."""
    with cast.building():
        for code in codes:
            made = _converted(code)
            Version.objects.create(
                questionnaire_id=code,
                number=version,
                state="published",
                source="",
                xform=made.xform,
                digest=hashlib.sha256(f"{made.xform}{version}".encode()).hexdigest(),
                about=made.about.to_json() | about,
                made_at=NOW,
                published_at=NOW,
            )


def begun(who: Person, dossier: UUID, code: str) -> Response:
    """Let somebody begin a form."""
    return actions.begin_form(actor=who.enter(), dossier=dossier, code=code, language="kk", now=NOW)


def written(who: Person, response: Response, answers: dict[str, Any]) -> int:
    """Let somebody write a whole draft; returns its revision."""
    actor = who.enter()
    draft = forms.draft_of(response.pk, NOW)
    assert draft is not None
    given: dict[str, Any] = {"revision": draft.revision, "at": "", "value": answers, "seen": "", "now": NOW}
    return answering.save_draft(actor=actor, response=response.pk, **given).revision


def handed_in(who: Person, dossier: UUID, code: str, answers: dict[str, Any]) -> Response:
    """Let somebody begin a form, write it and hand it in."""
    response = begun(who, dossier, code)
    revision = written(who, response, answers)
    return actions.hand_in_form(actor=who.enter(), response=response.pk, revision=revision, now=NOW)
