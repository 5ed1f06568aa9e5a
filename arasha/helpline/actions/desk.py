"""What lies on an operator's desk: half-written forms and messages, and that somebody sits there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import NotYours, locked
from arasha.helpline.models import Draft, Presence
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.actions import seal_text


@sensitive_variables()
def keep_draft(
    *, actor: Actor, contact: UUID, form: Mapping[str, Any], message: str, now: datetime, number: int | None = None
) -> bool:
    """Keep what the actor has half written; False where something with a later `number` was kept already.

    Without a number it is the latest. No act: it is not said yet. Raises NotAllowed, ContactNotThere, NotYours.
    """
    if not policy.may_answer(actor) or actor.user_id is None:
        raise policy.NotAllowed
    with transaction.atomic():
        row = locked(actor, contact)
        if actor.post_id not in {row.operator_id, row.joined_id}:
            raise NotYours
        draft = Draft.objects.filter(contact=row, user=actor.user_id).first()
        if draft is None:
            draft = Draft(id=uuid4(), dossier_id=row.dossier_id, contact=row, user_id=actor.user_id, number=-1)
        if number is not None and number <= draft.number:
            return False
        content = queries.Content(form, message)
        draft.number, draft.kept_at = draft.number + 1 if number is None else number, now
        draft.sealed = seal_text(content.to_json(), row=draft.pk, **queries.place_of(row.dossier_id, "helpline_draft"))
        draft.save()
    return True


def clear_draft(*, actor: Actor, contact: UUID, now: datetime) -> None:
    """Let nothing be left of the actor's draft: it was written down."""
    Draft.objects.filter(contact=contact, user=actor.user_id or 0).update(sealed=b"", kept_at=now)


def be_there(*, actor: Actor, now: datetime) -> None:
    """Note that the actor's console is open. Raises NotAllowed."""
    if not policy.may_answer(actor) or actor.unit_id is None or actor.post_id is None:
        raise policy.NotAllowed
    Presence.objects.update_or_create(post_id=actor.post_id, defaults={"unit_id": actor.unit_id, "seen_at": now})
