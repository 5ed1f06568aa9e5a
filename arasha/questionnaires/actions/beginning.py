"""Beginning to fill in a form, and going on in a newer version of it, or in another unit's hands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.questionnaires import policy, queries
from arasha.questionnaires.models import Response, ResponseDraft
from arasha.questionnaires.rules import engine
from arasha.questionnaires.rules.carrying import carry
from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.keeping import to_text


class ResponseNotThere(LookupError):
    """There is no such response that this actor may write in, or it is no draft any more."""


class FormNotInForce(LookupError):
    """No version of this form is published now."""


class NothingNewer(Exception):
    """The draft stands on the form's version in force already."""


@dataclass(frozen=True)
class Begun:
    """A response that was begun; `left` are answers of the earlier one that have no place in it, by their key."""

    response: Response
    left: Mapping[str, str] = field(default_factory=dict)


@sensitive_variables()
def begin(
    *,
    actor: Actor,
    dossier: UUID,
    code: str,
    language: str,
    now: datetime,
    answers: Mapping[str, Any] | None = None,
) -> Begun:
    """Begin to fill in the version of a form that is in force; `answers` are what is known already.

    Raises ResponseNotThere when the actor may not write the form's facet in this file, FormNotInForce.
    """
    published = queries.current(code, now)
    if published is None:
        raise FormNotInForce
    facet = Facet[published.about.facet.upper()]
    with transaction.atomic():
        if not policy.may_begin(actor, dossier, facet):
            raise ResponseNotThere
        row = Response(id=uuid4(), dossier_id=dossier, facet=int(facet), version_id=published.version_id, code=code)
        carried = carry(published.form, answers or {})
        given = _started(published.form, carried.answers, language, now)
        row.language, row.unit_id = language[:2], actor.unit_id or 0
        row.begun_by_id, row.begun_at = actor.user_id or 0, now
        with act(verb="begin_response", stream=dossier_stream(dossier), now=now, codes=told(row)):
            row.save(force_insert=True)
            put_draft(actor, row, given, now)
    return Begun(row, carried.left)


def _started(form: Form, answers: Mapping[str, Any], language: str, now: datetime) -> Mapping[str, Any]:
    """Return what a new response begins with: the form's defaults, and over them what is known."""
    begun = engine.begin(form, today=local(now).date(), now=now, language=language[:2])
    return {**begun, **answers}


def put_draft(actor: Actor, row: Response, value: Any, now: datetime, *, place: int = 0, at: str = "") -> ResponseDraft:
    """Seal a first draft, or a copy of a part of it."""
    draft = ResponseDraft(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, response=row, place=place)
    draft.revision, draft.at, draft.user_id, draft.kept_at = 1, at, actor.user_id or 0, now
    where = queries.place_of(row.dossier_id, row.facet, "questionnaires_responsedraft")
    draft.sealed = seal_text(to_text(value), row=draft.pk, **where)
    draft.save(force_insert=True)
    return draft


def told(row: Response) -> dict[str, Any]:
    """Return the codes of an act on a response: read by who reads its facet."""
    return {"facet": row.facet, "unit": row.unit_id, "form": row.code, "response": str(row.pk)}


@sensitive_variables()
def go_on(*, actor: Actor, response: UUID, now: datetime) -> Begun:
    """Go on with a draft in the form's version in force. The earlier draft is closed and keeps its words.

    Raises ResponseNotThere, FormNotInForce; NothingNewer, also where the newer version lies under another facet: its
    answers would be read by people whom it does not name.
    """
    with transaction.atomic():
        row = held(actor, response)
        draft = queries.draft_of(response, now)
        published = queries.current(row.code, now)
        if published is None:
            raise FormNotInForce
        if draft is None or draft.newer is None:
            raise NothingNewer
        carried = carry(published.form, draft.answers)
        newer = Response(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, code=row.code)
        newer.version_id = published.version_id
        row.state, row.reason, row.ended_at = "withdrawn", "newer_form", now
        newer.supersedes = row
        with act(verb="go_on_in_newer_form", stream=dossier_stream(row.dossier_id), now=now, codes=told(newer)):
            row.save(update_fields=["state", "reason", "ended_at"])
            newer.language, newer.unit_id = row.language, row.unit_id
            newer.begun_by_id, newer.begun_at = actor.user_id or 0, now
            newer.save(force_insert=True)
            put_draft(actor, newer, carried.answers, now)
    return Begun(newer, carried.left)


def held(actor: Actor, wanted: UUID, states: frozenset[str] = frozenset({"draft"})) -> Response:
    """Lock a response that the actor's unit writes, in one of these states. Raises ResponseNotThere."""
    row = Response.objects.select_for_update(of=("self",)).filter(pk=wanted, state__in=states).first()
    if row is None or not policy.may_answer(actor, row):
        raise ResponseNotThere
    return row
