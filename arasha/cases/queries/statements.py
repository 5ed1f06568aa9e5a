"""Who says what of what happened, each under its own facet."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from arasha.cases.models import Statement, StatementLink
from arasha.cases.queries.frame import place
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed


@dataclass(frozen=True)
class Stated:
    """A statement with its words and who said it; None where they were lawfully erased.

    `confirmed` and `refuted`: the statements that do so and that the reader may read; `about`: of which it does so.
    """

    row: Statement
    words: str | None
    who: str
    confirmed: list[UUID] = field(default_factory=list)
    refuted: list[UUID] = field(default_factory=list)
    about: list[tuple[str, UUID]] = field(default_factory=list)


def statements_of(dossier: UUID, *, incident: UUID | None = None) -> list[Stated]:
    """Return the statements of a file, or of one incident of it, the newest first; those struck too.

    Of an interview only that it was said stands here: its words have a page of their own, which is looked at by itself.
    """
    rows = Statement.objects.filter(dossier=dossier).select_related("unit", "words").order_by("-recorded_at", "id")
    found = list(rows.filter(incident=incident) if incident else rows)
    texts = _texts(found)
    links = list(StatementLink.objects.filter(dossier=dossier))
    shown = {row.pk for row in rows} if links else set()
    return [
        Stated(
            row,
            *texts.get(row.pk, ("", "")),
            confirmed=[one.statement_id for one in links if one.other_id == row.pk and one.relation == "confirms"],
            refuted=[one.statement_id for one in links if one.other_id == row.pk and one.relation == "refutes"],
            about=[
                (one.relation, one.other_id) for one in links if one.statement_id == row.pk and one.other_id in shown
            ],
        )
        for row in found
    ]


def _texts(rows: list[Statement]) -> dict[UUID, tuple[str | None, str]]:
    """Open what is sealed with one read of the key store; a child's words stand in their own row."""
    sealed = []
    for row in rows:
        if row.words is not None and row.words.sealed is not None and row.facet < int(Facet.REPORTER):
            here = place(row.words.dossier_id, Facet(row.words.facet), "cases_childwords")
            sealed.append((row.pk, Sealed(bytes(row.words.sealed), row=str(row.words.pk), **here)))
        elif row.sealed is not None:
            here = place(row.dossier_id, Facet(row.facet), "cases_statement")
            sealed.append((row.pk, Sealed(bytes(row.sealed), row=str(row.pk), **here)))
    opened = open_many([one for _pk, one in sealed])
    own = {row.pk for row in rows if row.sealed is not None}
    return {pk: _said(text, own=pk in own) for (pk, _one), text in zip(sealed, opened, strict=True)}


def _said(text: str | None, *, own: bool) -> tuple[str | None, str]:
    if text is None:
        return None, ""
    if not own:
        return text, ""
    said = json.loads(text)
    return said["words"], said["who"]
