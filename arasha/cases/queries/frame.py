"""What a file holds of the child, as far as the reader's facets reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from arasha.cases import rules
from arasha.cases.models import (
    CaseConcern,
    CaseDocument,
    ChildWords,
    HouseholdChild,
    JudgementText,
    SafetyJudgement,
)
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import file_name, open_many
from arasha.kernel.vault.rules import KeyErased, Scope, Sealed
from arasha.kernel.worktime.rules import local
from arasha.people.rules import Described, birth_said, parted


class Place(TypedDict):
    """Where words lie in the vault."""

    scope: Scope
    table: str
    column: str


@dataclass(frozen=True)
class Said:
    """What the child said: the row, and its words; None where the reader may not know them or they were erased."""

    row: ChildWords
    words: str | None


def place(dossier: UUID, facet: Facet, table: str) -> Place:
    """Return where the vault keeps words of a file under a facet."""
    return {"scope": Scope(kind="dossier", key=dossier, facet=facet.name.lower()), "table": table, "column": "sealed"}


def facet_for_words(dossier: UUID) -> Facet:
    """Return under which facet the actor's words go: the narrative's, or that of obligations for who may not write it.

    Whoever is sent to a child must be able to say what they saw, and reads no narrative by it.
    """
    return Facet.NARRATIVE if may_write(dossier, Facet.NARRATIVE) else Facet.OBLIGATIONS


def described(called: str, age: int | None, sex: str, on: datetime) -> Described:
    """Return a person out of a name in one line, an age and a sex, as a report or a list has them."""
    birth = birth_said(age=age, on=local(on).date())
    return Described(name=parted(called), kind="said", sex=sex or "unknown", birth=birth)


def safety_of(dossier: UUID, now: datetime) -> rules.Safety:
    """Return the last judgement of the child's safety and what it is worth now; `unknown` when there is none.

    Of two at one moment the less safe counts: their codes stand in that order.
    """
    last = (
        SafetyJudgement.objects.filter(dossier=dossier).select_related("unit").order_by("-judged_at", "-state").first()
    )
    if last is None:
        return rules.Safety(rules.UNKNOWN)
    return _safety(last, now, _why([last]))


def safety_history(dossier: UUID, now: datetime) -> list[rules.Safety]:
    """Return every judgement of safety, the newest first."""
    rows = list(SafetyJudgement.objects.filter(dossier=dossier).select_related("unit").order_by("-judged_at", "-state"))
    why = _why(rows)
    return [_safety(row, now, why) for row in rows]


def _safety(row: SafetyJudgement, now: datetime, why: dict[UUID, str | None]) -> rules.Safety:
    return rules.Safety(
        state=rules.state_now(row.state, row.again_by, now),
        judged=row.state,
        where=row.where,
        seen=row.seen,
        judged_at=row.judged_at,
        seen_at=row.seen_at,
        again_by=row.again_by,
        unit=row.unit.name,
        why=why.get(row.pk),
    )


def _why(rows: Sequence[SafetyJudgement]) -> dict[UUID, str | None]:
    texts = list(JudgementText.objects.filter(judgement__in=[row.pk for row in rows]))
    sealed = [
        Sealed(bytes(text.sealed), row=str(text.pk), **place(text.dossier_id, Facet(text.facet), "cases_judgementtext"))
        for text in texts
    ]
    return dict(zip((text.judgement_id for text in texts), open_many(sealed), strict=True))


def concerns_of(dossier: UUID) -> list[CaseConcern]:
    """Return the concerns of a file, those that stand first."""
    rows = CaseConcern.objects.filter(dossier=dossier).select_related("unit")
    return sorted(rows, key=lambda row: (row.ended_at is not None, row.named_at))


def last_said(dossiers: Sequence[UUID]) -> tuple[str, datetime] | None:
    """Return how and when the child last said something in these files, as far as the reader may read it."""
    return ChildWords.objects.filter(dossier__in=dossiers).order_by("-said_at").values_list("how", "said_at").first()


def words_of(dossier: UUID) -> list[Said]:
    """Return what the child said, the newest first; an interview has a page of its own (`interview_of`)."""
    rows = list(
        ChildWords.objects.filter(dossier=dossier, facet__lt=int(Facet.REPORTER))
        .select_related("unit")
        .order_by("-said_at", "-id")
    )
    spoken = [row for row in rows if row.sealed is not None]
    sealed = [
        Sealed(bytes(row.sealed or b""), row=str(row.pk), **place(row.dossier_id, Facet(row.facet), "cases_childwords"))
        for row in spoken
    ]
    opened = dict(zip((row.pk for row in spoken), open_many(sealed), strict=True))
    return [Said(row, opened.get(row.pk)) for row in rows]


def household_of(dossier: UUID) -> list[HouseholdChild]:
    """Return the other children of the household, those not yet decided on first."""
    rows = HouseholdChild.objects.filter(dossier=dossier).select_related("unit").order_by("named_at", "id")
    return sorted(rows, key=lambda row: bool(row.decision))


def documents_of(dossier: UUID) -> list[tuple[CaseDocument, str]]:
    """Return the documents of a file with their names, the newest first, as far as the reader's facets reach."""
    rows = CaseDocument.objects.filter(dossier=dossier).select_related("kept", "unit").order_by("-added_at", "-id")
    return [(row, _name(row)) for row in rows]


def _name(row: CaseDocument) -> str:
    """Return a document's name, empty where it was lawfully erased."""
    try:
        return file_name(row.kept)
    except KeyErased:
        return ""


def document(dossier: UUID, wanted: UUID) -> CaseDocument | None:
    """Return one document of a file, or None: it is not there, for this reader or at all."""
    return CaseDocument.objects.filter(dossier=dossier, pk=wanted).select_related("kept").first()
