"""Forms of the shipped set, as tests hand them in within a file."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.questionnaires import actions, queries
from arasha.questionnaires.models import Response, Version

# Above whatever version is shipped.
OURS = 1000
RAPID, CRITERIA, SERVICES = "safety_rapid", "criteria_cruel_treatment", "special_social_services"
SAFE: dict[str, Any] = {
    "now": {"safe_now": "safe", "reach": "none", "dangers": "none"},
    "body": {"injury": "no", "self_harm": "no"},
    "around": {"safe_adult": "yes", "adult_can": "yes", "tonight": "own_safe"},
}
DANGER: dict[str, Any] = SAFE | {"now": {"safe_now": "unsafe", "reach": "lives", "dangers": "weapon"}}
BEATEN: dict[str, Any] = {
    "beginning": {"assessors": "social_worker psychologist police"},
    "about_physical": {"physical": "repeated"},
    "about_psychological": {"psychological": "none"},
    "about_sexual": {"sexual": "none"},
    "about_economic": {"economic": "none"},
}


def in_force(code: str) -> None:
    """Put a shipped form down once more, published before the day of these tests and not on that of the machine."""
    with cast.building():
        form = Version.objects.filter(questionnaire=code, state="published").order_by("-number").first()
        assert form is not None
        if form.number == OURS:
            return
        form.pk, form.number, form.made_at, form.published_at = None, OURS, cast.LONG_AGO, cast.LONG_AGO
        form.xform = form.xform.replace('version="1"', f'version="{OURS}"', 1)
        form.digest = hashlib.sha256(form.xform.encode()).hexdigest()
        form.save(force_insert=True)


def handed_in(who: Person, dossier: UUID, code: str, answers: dict[str, Any], *, now: datetime = NOW) -> Response:
    """Let somebody fill a form in and hand it in."""
    in_force(code)
    given: dict[str, Any] = {"dossier": dossier, "code": code, "language": "kk", "now": now}
    row = actions.begin(actor=who.enter(), answers=answers, **given).response
    draft = queries.draft_of(row.pk, now)
    assert draft is not None
    return actions.submit(actor=who.enter(), response=row.pk, revision=draft.revision, now=now)


def corrected(who: Person, row: Response, answers: dict[str, Any], *, now: datetime = NOW) -> Response:
    """Let somebody correct what was handed in."""
    newer = actions.correct(actor=who.enter(), response=row.pk, now=now).response
    given: dict[str, Any] = {"revision": 1, "at": "", "value": answers, "seen": "", "now": now}
    saved = actions.save_draft(actor=who.enter(), response=newer.pk, **given)
    return actions.submit(actor=who.enter(), response=newer.pk, revision=saved.revision, now=now)
