"""One file with a clinic, a school and the unit that leads; small forms, put down as published."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.questionnaires import actions, queries
from arasha.questionnaires.models import Questionnaire, Response, Version
from arasha.questionnaires.tests.writing import choices, published, question

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEXTS = {"kk": "k", "ru": "r", "en": "e"}
HEALTH = [
    question("begin_group", "sleep"),
    question("select_one yn", "sleeps", required="yes"),
    question("text", "words", relevant="${sleeps} = 'no'", required="yes"),
    question("end_group"),
    question("begin_group", "body"),
    question("integer", "height", constraint=". > 20 and . < 250"),
    question("date", "seen_on", constraint=". <= today()"),
    question("select_multiple care", "care"),
    question("begin_repeat", "illnesses"),
    question("text", "name"),
    question("end_repeat"),
    question("end_group"),
]
LISTS = [*choices("yn", "yes", "no"), *choices("care", "doctor", "dentist", "glasses")]
WHOLE: dict[str, Any] = {
    "sleep": {"sleeps": "no", "words": "Түнде оянады"},
    "body": {"height": "131", "seen_on": "2026-11-20", "care": "doctor glasses", "illnesses": [{"name": "бөртпе"}]},
}


def publish(
    code: str,
    survey: list[dict[str, str]],
    listed: list[dict[str, str]] | None = None,
    *,
    version: int = 1,
    facet: str = "health",
    pages: str = "group",
) -> Version:
    """Put a version down as published, as the owner; the one before stays."""
    xform = published(survey, listed, str(version)).decode().replace('id="tried"', f'id="{code}"')
    about = {"title": TEXTS, "purpose": TEXTS, "source": TEXTS, "facet": facet, "kind": "assessment", "pages": pages}
    questionnaire, _made = Questionnaire.objects.get_or_create(code=code)
    return Version.objects.create(
        questionnaire=questionnaire,
        number=version,
        state="published",
        source="",
        xform=xform,
        digest=hashlib.sha256(xform.encode()).hexdigest(),
        about=about,
        made_at=NOW,
        published_at=NOW,
    )


@dataclass(frozen=True)
class File:
    """One file and who works on it."""

    dossier: uuid.UUID
    lead: Person
    doctor: Person
    colleague: Person
    teacher: Person
    stranger: Person


def make_file() -> File:
    """Make the file, its team, and the health form, as the owner."""
    clinic = cast.make_unit("clinic", "health_care")
    school = cast.make_unit("school", "education_school")
    lead = cast.make_unit("coordination", "coordination_district")
    publish("tried_health", HEALTH, LISTS)
    return File(
        dossier=cast.make_dossier(lead=lead.pk, partner=clinic.pk, obliged=school.pk),
        lead=cast.make_person(lead),
        doctor=cast.make_person(clinic),
        colleague=cast.make_person(clinic),
        teacher=cast.make_person(school),
        stranger=cast.make_person(cast.make_unit("another clinic", "health_care")),
    )


def begun(file: File, **more: Any) -> Response:
    """Let the doctor begin the health form."""
    given: dict[str, Any] = {"code": "tried_health", "language": "kk", "now": NOW} | more
    return actions.begin(actor=file.doctor.enter(), dossier=file.dossier, **given).response


def save(file: File, response: Response, value: Any, *, at: str = "", who: Person | None = None, **more: Any) -> Any:
    """Let the doctor save the whole form, or a part of it, from a window that is up to date unless `more` says not."""
    actor = (who or file.doctor).enter()
    draft = queries.draft_of(response.pk, NOW)
    assert draft is not None
    given: dict[str, Any] = {"revision": draft.revision, "seen": "", "now": NOW} | more
    return actions.save_draft(actor=actor, response=response.pk, at=at, value=value, **given)


def handed_in(file: File, answers: dict[str, Any] = WHOLE) -> Response:
    """Let the doctor begin, fill in and hand in."""
    response = begun(file)
    saved = save(file, response, answers)
    return actions.submit(actor=file.doctor.enter(), response=response.pk, revision=saved.revision, now=NOW)
