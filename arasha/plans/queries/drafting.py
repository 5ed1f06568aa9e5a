"""Reading what is half written of a safety plan, for who may read plans in the file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import place
from arasha.cases.queries.frame import Place
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.plans.models import SafetyPlanDraft


@dataclass(frozen=True)
class HalfWritten:
    """What one window wrote: its fields as they were sent, after which version, by whom and when.

    `fields` are empty where the words were lawfully erased.
    """

    id: UUID
    fields: Mapping[str, Any]
    after: int
    by: str
    kept_at: datetime


@dataclass(frozen=True)
class PlanDraft:
    """What is half written of a file's plan: the draft, if there is one, and what came second beside it.

    `revision` is what a page is drawn from, 0 where nobody ever began.
    """

    revision: int
    main: HalfWritten | None
    copies: tuple[HalfWritten, ...] = ()


def draft_place(dossier: UUID) -> Place:
    """Return where the vault keeps what is half written of plans of a file."""
    return place(dossier, Facet.PLAN, "plans_safetyplandraft")


@sensitive_variables()
def fields_of(rows: Sequence[SafetyPlanDraft]) -> dict[UUID, Mapping[str, Any]]:
    """Open drafts of one file, by their id; what is settled or was erased holds nothing."""
    held = [row for row in rows if row.sealed]
    opened = open_many([Sealed(bytes(row.sealed), row=str(row.pk), **draft_place(row.dossier_id)) for row in held])
    words = {row.pk: text for row, text in zip(held, opened, strict=True)}
    return {row.pk: json.loads(words.get(row.pk) or "{}") for row in rows}


@sensitive_variables()
def plan_draft(dossier: UUID) -> PlanDraft:
    """Return what is half written of a file's safety plan, as far as the reader may read it."""
    rows = list(SafetyPlanDraft.objects.filter(dossier=dossier).order_by("place"))
    revision = rows[0].revision if rows and rows[0].place == 0 else 0
    standing = [row for row in rows if row.settled_at is None]
    fields, names = fields_of(standing), names_of({row.user_id for row in standing})
    read = [
        (row.place, HalfWritten(row.pk, fields[row.pk], row.after, names.get(row.user_id, ""), row.kept_at))
        for row in standing
    ]
    main = next((one for at, one in read if at == 0), None)
    return PlanDraft(revision, main, tuple(one for at, one in read if at))
