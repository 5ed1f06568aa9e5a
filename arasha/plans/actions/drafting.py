"""Keeping what is half written of a safety plan, so that no word is lost: not to another window either."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.actions import seal_text
from arasha.plans import policy, queries
from arasha.plans.models import SafetyPlanDraft
from arasha.questionnaires.rules.keeping import TooLong, digest, to_text

# A plan of which every field is full has about 4,000 characters.
LONGEST = 20_000


class DraftNotThere(LookupError):
    """There is no such draft or copy, or somebody settled it."""


class DraftTooLong(ValueError):
    """More was typed than any plan holds; what was kept before stands."""


@dataclass(frozen=True)
class DraftKept:
    """Where the draft stands after saving. `revision` and `seen` say what the window goes on from.

    `copy`: what was sent came second, and was kept beside the draft. `row` holds what was sent, `written` is its own
    revision.
    """

    revision: int
    seen: str
    copy: UUID | None
    row: UUID
    written: int


@dataclass(frozen=True)
class Window:
    """From what a window was drawn: the draft's revision, a mark of its fields (`digest`), the copy it was told of."""

    revision: int
    seen: str
    copy: UUID | None = None


@sensitive_variables()
def save_plan_draft(
    *, actor: Actor, dossier: UUID, fields: Mapping[str, Any], after: int, window: Window, now: datetime
) -> DraftKept:
    """Keep what is half written of a plan. No act: it is not agreed yet.

    Where another window has written since this one was drawn, nothing is overwritten: what was sent becomes a copy
    beside the draft, which this window goes on in until somebody settles it.

    Raises FileNotThere: also where the actor may not write plans; DraftTooLong.
    """
    with transaction.atomic():
        main = _held(actor, dossier, now)
        stands, sent = digest(queries.fields_of([main])[main.pk]), digest(dict(fields))
        if main.settled_at is None and sent == stands:
            return DraftKept(main.revision, stands, None, main.pk, main.revision)
        own = _own_copy(actor, dossier, window.copy)
        begun = main.settled_at is None
        if own is not None or (begun and window.revision != main.revision and window.seen != stands):
            row = own or _beside(actor, dossier, now)
            _write(actor, row, fields, after, now)
            return DraftKept(window.revision, window.seen, row.pk, row.pk, row.revision)
        _write(actor, main, fields, after, now)
    return DraftKept(main.revision, sent, None, main.pk, main.revision)


@sensitive_variables()
def settle_plan_draft(*, actor: Actor, dossier: UUID, draft: UUID, takes: bool, now: datetime) -> None:
    """Take a copy into the draft, where what stood there becomes a copy itself; or lay a copy, or the draft, aside.

    Raises FileNotThere; DraftNotThere: also for what was settled before, and for taking the draft itself.
    """
    with transaction.atomic():
        main = _held(actor, dossier, now)
        found = SafetyPlanDraft.objects.select_for_update().filter(dossier=dossier, pk=draft, settled_at=None).first()
        if found is None or (takes and found.place == 0):
            raise DraftNotThere
        if takes:
            fields = queries.fields_of([main, found])
            if main.settled_at is None:
                _write(actor, _beside(actor, dossier, now), fields[main.pk], main.after, now)
            _write(actor, main, fields[found.pk], found.after, now)
        _empty(found, now)


def settle_kept(dossier: UUID, kept: DraftKept, now: datetime) -> None:
    """Empty what was kept of a plan that is a version now. What another window wrote meanwhile stays."""
    rows = SafetyPlanDraft.objects.select_for_update().filter(dossier=dossier, settled_at=None)
    row = rows.filter(pk=kept.row, revision=kept.written).first()
    if row is not None:
        _empty(row, now)


def _held(actor: Actor, dossier: UUID, now: datetime) -> SafetyPlanDraft:
    """Lock a file's draft, which is empty where nobody began. Raises FileNotThere."""
    if not (policy.may_see_whole(actor, dossier) and policy.may_make_whole(actor, dossier)) or actor.user_id is None:
        raise FileNotThere
    empty = SafetyPlanDraft(id=uuid4(), dossier_id=dossier, place=0, revision=0, after=0, sealed=b"")
    empty.user_id, empty.kept_at, empty.settled_at = actor.user_id, now, now
    # Of two windows that begin at the same moment one waits here, and finds the other's.
    SafetyPlanDraft.objects.bulk_create([empty], ignore_conflicts=True)
    return SafetyPlanDraft.objects.select_for_update().get(dossier=dossier, place=0)


def _own_copy(actor: Actor, dossier: UUID, copy: UUID | None) -> SafetyPlanDraft | None:
    """Return the copy that a window was told of before, while nobody has settled it."""
    if copy is None:
        return None
    copies = SafetyPlanDraft.objects.select_for_update().filter(dossier=dossier, place__gt=0, settled_at=None)
    return copies.filter(pk=copy, user=actor.user_id).first()


def _beside(actor: Actor, dossier: UUID, now: datetime) -> SafetyPlanDraft:
    """Return a new copy, not yet kept, in the place after the last."""
    last = SafetyPlanDraft.objects.filter(dossier=dossier).order_by("-place").values_list("place", flat=True)[0]
    return SafetyPlanDraft(id=uuid4(), dossier_id=dossier, place=last + 1, revision=0)


@sensitive_variables()
def _write(actor: Actor, row: SafetyPlanDraft, fields: Mapping[str, Any], after: int, now: datetime) -> None:
    try:
        text = to_text(dict(fields))
    except TooLong:
        raise DraftTooLong from None
    if len(text) > LONGEST:
        raise DraftTooLong
    row.sealed = seal_text(text, row=row.pk, **queries.draft_place(row.dossier_id))
    row.revision, row.after, row.user_id = row.revision + 1, after, actor.user_id or 0
    row.kept_at, row.settled_at = now, None
    row.save()


def _empty(row: SafetyPlanDraft, now: datetime) -> None:
    row.sealed, row.settled_at, row.revision = b"", now, row.revision + 1
    row.save(update_fields=["sealed", "settled_at", "revision"])
