"""Reading responses: what is half written, what was handed in, and single answers in bulk."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed
from arasha.questionnaires.models import Answer, Response, ResponseDraft
from arasha.questionnaires.queries.versions import current, form_of
from arasha.questionnaires.rules.form import Form


@dataclass(frozen=True)
class Copy:
    """What came second from another window: the part of the form `at`, and its answers; None where erased."""

    id: UUID
    at: str
    value: Any
    by: str
    kept_at: datetime


@dataclass(frozen=True)
class DraftRead:
    """What is half written. `newer`: the form's version in force, when it is another than the draft's."""

    response: Response
    form: Form
    answers: Mapping[str, Any]
    revision: int
    kept_at: datetime
    by: str
    copies: tuple[Copy, ...] = ()
    newer: int | None = None


@dataclass(frozen=True)
class Reading:
    """A response as it was handed in, under its own version; `answers` None where they were lawfully erased."""

    response: Response
    form: Form
    answers: Mapping[str, Any] | None
    by: str
    copies: tuple[Copy, ...] = field(default=())


def place_of(dossier: UUID, facet: int, table: str) -> dict[str, Any]:
    """Return where answers of a file lie in the vault: under the key of their facet."""
    scope = Scope(kind="dossier", key=dossier, facet=Facet(facet).name.lower())
    return {"scope": scope, "table": table, "column": "sealed"}


@sensitive_variables()
def opened(rows: Sequence[Response | ResponseDraft | Answer]) -> dict[UUID, str | None]:
    """Open what is sealed in rows that hold something, by their id; None where it was erased."""
    held = [row for row in rows if row.sealed]
    sealed = [
        Sealed(bytes(row.sealed), row=str(row.pk), **place_of(row.dossier_id, row.facet, row._meta.db_table))
        for row in held
    ]
    return {row.pk: words for row, words in zip(held, open_many(sealed), strict=True)}


def response(wanted: UUID) -> Response | None:
    """Return one response, or None: it is not there, for who acts or at all."""
    return Response.objects.filter(pk=wanted).select_related("version", "unit").first()


def responses_of(dossier: UUID, code: str = "") -> list[Response]:
    """Return the responses of a file that who acts may read, the newest first; of one form when it is named."""
    rows = Response.objects.filter(dossier=dossier).select_related("version", "unit")
    rows = rows.filter(code=code) if code else rows
    return list(rows.defer("version__source", "version__xform").order_by("-begun_at", "-id"))


def untouched(dossier: UUID, code: str, user: int) -> Response | None:
    """Return the draft of a form that somebody began in a file and wrote nothing into yet."""
    rows = Response.objects.filter(dossier=dossier, code=code, state="draft", begun_by=user, supersedes=None)
    return rows.filter(drafts__place=0, drafts__revision=1).order_by("begun_at", "pk").first()


def last_kept(drafts: Iterable[UUID]) -> dict[UUID, tuple[int, datetime]]:
    """Return who kept these drafts last, as the user's number, and when; none of their words is opened."""
    rows = ResponseDraft.objects.filter(response__in=list(drafts), place=0)
    return {response: (user, at) for response, user, at in rows.values_list("response", "user", "kept_at")}


@sensitive_variables()
def draft_of(wanted: UUID, at: datetime) -> DraftRead | None:
    """Return what is half written of a response; None when it is not there for who acts, or is no draft any more.

    `at`: the moment at which to ask for the form's version in force.
    """
    row = response(wanted)
    return _read_draft(row, at) if row is not None and row.state == "draft" else None


@sensitive_variables()
def _read_draft(row: Response, at: datetime) -> DraftRead:
    drafts = list(ResponseDraft.objects.filter(response=row, settled_at=None).order_by("place"))
    words, names = opened(drafts), names_of({draft.user_id for draft in drafts})
    main = drafts[0]
    return DraftRead(
        response=row,
        form=form_of(row.version_id),
        answers=json.loads(words.get(main.pk) or "{}"),
        revision=main.revision,
        kept_at=main.kept_at,
        by=names.get(main.user_id, ""),
        copies=_copies(drafts[1:], words, names),
        newer=_newer(row, at),
    )


def _copies(
    rows: Sequence[ResponseDraft], words: Mapping[UUID, str | None], names: Mapping[int, str]
) -> tuple[Copy, ...]:
    found = [(row, words.get(row.pk)) for row in rows]
    return tuple(
        Copy(row.pk, row.at, json.loads(text) if text else None, names.get(row.user_id, ""), row.kept_at)
        for row, text in found
    )


def _newer(row: Response, at: datetime) -> int | None:
    now = current(row.code, at)
    if now is None or now.version_id == row.version_id or Facet[now.about.facet.upper()] != row.facet:
        return None
    return now.version_id


@sensitive_variables()
def reading_of(wanted: UUID) -> Reading | None:
    """Return a response as it was handed in, under the version it was begun with; None when there is none to read."""
    row = response(wanted)
    if row is None or row.submitted_at is None:
        return None
    left = list(ResponseDraft.objects.filter(response=row, settled_at=None, place__gt=0).order_by("place"))
    words = opened([row, *left])
    users = {draft.user_id for draft in left} | {row.submitted_by_id or 0}
    names, text = names_of(users), words.get(row.pk)
    answers = json.loads(text) if text else None
    copies = _copies(left, words, names)
    return Reading(row, form_of(row.version_id), answers, names.get(row.submitted_by_id or 0, ""), copies)


@sensitive_variables()
def standing_of(dossier: UUID, code: str) -> Reading | None:
    """Return what was handed in last of a form in a file and still stands, or None: nothing does, for who acts.

    What was corrected or withdrawn stands no more.
    """
    rows = Response.objects.filter(dossier=dossier, code=code, state="submitted")
    newest = rows.order_by("-submitted_at", "-id").values_list("pk", flat=True).first()
    return reading_of(newest) if newest is not None else None


def history_of(row: Response) -> list[Response]:
    """Return what a response corrects or goes on with, the newest first."""
    found, before = [], row.supersedes_id
    while before is not None and (one := response(before)) is not None:
        found.append(one)
        before = one.supersedes_id
    return found


def successor_of(row: Response) -> Response | None:
    """Return what corrects a response or goes on with it, half written or handed in; None where nothing does."""
    rows = Response.objects.filter(supersedes=row).exclude(state="withdrawn").select_related("unit")
    return rows.first()


def answers_of(
    code: str,
    path: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    dossiers: Iterable[UUID] | None = None,
) -> QuerySet[Answer]:
    """Return the standing answers to one question of a form, of every version; only what who acts may see.

    For figures: `code` and `number` stand in clear, and the database leaves out what the facet closes.
    """
    rows = Answer.objects.filter(path=path, response__code=code, response__state="submitted")
    if since is not None:
        rows = rows.filter(response__submitted_at__gte=since)
    if until is not None:
        rows = rows.filter(response__submitted_at__lt=until)
    return rows.filter(dossier__in=list(dossiers)) if dossiers is not None else rows


@sensitive_variables()
def said(answers: Sequence[Answer]) -> dict[UUID, str | None]:
    """Return the words of text answers, by the answer's id; None where they were erased."""
    return opened(answers)


def readable(responses: Iterable[UUID]) -> set[UUID]:
    """Return which of these responses who acts may read."""
    wanted = set(responses)
    return set(Response.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


@sensitive_variables()
def unfinished_of(wanted: UUID, at: datetime) -> DraftRead | None:
    """Return the words of a draft that was closed before it was handed in, for who may read them; None otherwise."""
    row = response(wanted)
    if row is None or row.submitted_at is not None or row.state != "withdrawn":
        return None
    return _read_draft(row, at)
