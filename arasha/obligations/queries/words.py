"""What was said about an obligation, opened for who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import file_name, open_many
from arasha.kernel.vault.rules import KeyErased, Scope, Sealed
from arasha.obligations.models import Answer, Evidence, Obligation, Remark
from arasha.obligations.rules import Said

FACET = int(Facet.OBLIGATIONS)


class Place(TypedDict):
    """Where words lie in the vault."""

    scope: Scope
    table: str
    column: str


@dataclass(frozen=True)
class Proof:
    """A file given with an answer; its name is None where the law had it erased."""

    id: UUID
    file: KeptFile
    name: str | None


@dataclass(frozen=True)
class Given:
    """An answer with its words (None where they were lawfully erased) and its files."""

    answer: Answer
    text: str | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Remarked:
    """Something done to the obligation, with its words: empty where nothing was said, None where they were erased."""

    remark: Remark
    text: str | None


def place_of(dossier: UUID, model: type[Answer] | type[Remark]) -> Place:
    """Return where the vault keeps the words of a file: with the facet that the obliged unit may write."""
    return {
        "scope": Scope(kind="dossier", key=dossier, facet=Facet.OBLIGATIONS.name.lower()),
        "table": model._meta.db_table,
        "column": "text",
    }


def answers_of(obligation: Obligation) -> list[Given]:
    """Return the answers, oldest first, the withdrawn ones too."""
    rows = list(Answer.objects.filter(obligation=obligation).select_related("unit", "post").order_by("given_at", "id"))
    proofs: dict[UUID, list[Proof]] = {}
    evidence = Evidence.objects.filter(answer__in=rows).select_related("file")
    for proof in evidence if rows else ():
        proofs.setdefault(proof.answer_id, []).append(Proof(proof.id, proof.file, _name(proof.file)))
    texts = _opened(rows)
    return [Given(row, text, _by_name(proofs.get(row.id, ()))) for row, text in zip(rows, texts, strict=True)]


def remarks_of(obligation: Obligation) -> list[Remarked]:
    """Return what was done to it besides meeting it, oldest first."""
    rows = list(Remark.objects.filter(obligation=obligation).select_related("unit", "post").order_by("at", "id"))
    said = [row for row in rows if row.text]
    texts = dict(zip([row.id for row in said], _opened(said), strict=True))
    return [Remarked(row, texts.get(row.id, "")) for row in rows]


def asked_words(obligation: Obligation) -> list[str]:
    """Return the words in which a duty was agreed or decided, for its own unit and who reads the file's plan."""
    rows = list(Remark.objects.filter(obligation=obligation, kind=Said.TASK.value).order_by("at", "id"))
    return [text for text in _opened(rows) if text]


def proof(obligation: Obligation, evidence: UUID) -> Proof | None:
    """Return one file of the obligation's answers, or None when it has no such file for who acts."""
    found = Evidence.objects.filter(pk=evidence, answer__obligation=obligation).select_related("file").first()
    return Proof(found.id, found.file, _name(found.file)) if found else None


def _opened(rows: list[Answer] | list[Remark]) -> list[str | None]:
    sealed = [Sealed(bytes(row.text or b""), row=str(row.id), **place_of(row.dossier_id, type(row))) for row in rows]
    return open_many(sealed) if sealed else []


def _by_name(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    return tuple(sorted(proofs, key=lambda one: (one.name or "", str(one.id))))


def _name(file: KeptFile) -> str | None:
    try:
        return file_name(file)
    except KeyErased:
        return None
