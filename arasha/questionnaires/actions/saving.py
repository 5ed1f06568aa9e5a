"""Saving what is half written, so that no word is lost: not to another window, nor to a process that dies."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.actions import seal_text
from arasha.questionnaires import queries
from arasha.questionnaires.actions.beginning import ResponseNotThere, held, put_draft
from arasha.questionnaires.models import Response, ResponseDraft
from arasha.questionnaires.rules.keeping import digest, to_text, value_at, with_value


@dataclass(frozen=True)
class Saved:
    """Where the draft stands after saving. `copy`: what was sent came second, and was kept beside it."""

    revision: int
    seen: str
    copy: UUID | None = None


@sensitive_variables()
def save_draft(
    *,
    actor: Actor,
    response: UUID,
    revision: int,
    at: str,
    value: Any,
    seen: str,
    now: datetime,
    copy: UUID | None = None,
) -> Saved:
    """Save one part of a draft: what stands at the node's key `at` ("" is the whole form).

    `revision` and `seen` (`digest` of that part) say what the page was drawn from. When somebody has written
    into the same part since, nothing is overwritten: what was sent is kept as a copy beside the draft, until somebody
    settles it; `copy` is the one that this window was told of before, and renews. Parts that nobody else touched are
    saved whatever the revision. No act: it is not said yet.

    Raises ResponseNotThere, TooLong.
    """
    with transaction.atomic():
        row = held(actor, response)
        draft = ResponseDraft.objects.select_for_update().get(response=row, place=0)
        answers = json.loads(queries.opened([draft]).get(draft.pk) or "{}")
        stands, sent = digest(value_at(answers, at)), digest(value)
        if sent == stands:
            return Saved(draft.revision, stands)
        own = _own_copy(actor, row, at, copy)
        if own is not None or (revision != draft.revision and stands != seen):
            # The window is told what it sent, so that it stays behind until somebody settles the copy.
            return Saved(revision, seen, _keep_copy(actor, row, (at, value), now, own).pk)
        _write(actor, draft, with_value(answers, at, value), now)
    return Saved(draft.revision, sent)


def _write(actor: Actor, draft: ResponseDraft, answers: Any, now: datetime) -> None:
    where = queries.place_of(draft.dossier_id, draft.facet, "questionnaires_responsedraft")
    draft.sealed = seal_text(to_text(answers), row=draft.pk, **where)
    draft.revision, draft.user_id, draft.kept_at = draft.revision + 1, actor.user_id or 0, now
    draft.save(update_fields=["sealed", "revision", "user", "kept_at"])


def _own_copy(actor: Actor, row: Response, at: str, copy: UUID | None) -> ResponseDraft | None:
    """Return the copy that a window was told of before, while nobody has settled it."""
    if copy is None:
        return None
    copies = ResponseDraft.objects.select_for_update().filter(response=row, place__gt=0, settled_at=None)
    return copies.filter(pk=copy, user=actor.user_id, at=at).first()


def _keep_copy(
    actor: Actor, row: Response, part: tuple[str, Any], now: datetime, own: ResponseDraft | None
) -> ResponseDraft:
    at, value = part
    if own is None:
        last = ResponseDraft.objects.filter(response=row).order_by("place").values_list("place", flat=True).last()
        return put_draft(actor, row, value, now, place=(last or 0) + 1, at=at)
    where = queries.place_of(own.dossier_id, own.facet, "questionnaires_responsedraft")
    own.sealed, own.kept_at = seal_text(to_text(value), row=own.pk, **where), now
    own.revision += 1
    own.save(update_fields=["sealed", "kept_at", "revision"])
    return own


@sensitive_variables()
def settle_copy(*, actor: Actor, response: UUID, copy: UUID, takes: bool, now: datetime) -> Saved:
    """Take a copy into the draft, where what stood there becomes a copy itself, or lay it aside for good.

    Raises ResponseNotThere, also for a copy that was settled before.
    """
    with transaction.atomic():
        row = held(actor, response)
        draft = ResponseDraft.objects.select_for_update().get(response=row, place=0)
        found = ResponseDraft.objects.select_for_update().filter(response=row, pk=copy, settled_at=None).first()
        if found is None or found.place == 0:
            raise ResponseNotThere
        words = queries.opened([draft, found])
        if takes:
            answers = json.loads(words.get(draft.pk) or "{}")
            before, value = value_at(answers, found.at), json.loads(words.get(found.pk) or "null")
            _write(actor, draft, with_value(answers, found.at, value), now)
            if before is not None:
                last = (
                    ResponseDraft.objects.filter(response=row).order_by("place").values_list("place", flat=True).last()
                )
                put_draft(actor, row, before, now, place=(last or 0) + 1, at=found.at)
        found.settled_at, found.sealed = now, b""
        found.save(update_fields=["settled_at", "sealed"])
    return Saved(draft.revision, "")
