"""What a worker sees of a teller: whether they can be answered, what they added, what they were answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from arasha.doors.models import Addition, Answer
from arasha.kernel.access.queries import led_dossiers, names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed


@dataclass(frozen=True)
class Said:
    """One piece of talk: by the teller, or by a worker, whose name stands in `by`. Words are None where erased."""

    at: datetime
    words: str | None
    by: str = ""
    unit: str = ""

    @property
    def of_teller(self) -> bool:
        """Whether the teller wrote it."""
        return not self.by


@dataclass(frozen=True)
class Talk:
    """What was said over a code, the eldest first; `mailbox` and `public` are None where nobody can be answered."""

    said: list[Said]
    mailbox: UUID | None
    public: bytes | None
    answered_at: datetime | None


def place_of(dossier: UUID, table: str) -> dict[str, Any]:
    """Return where words of talk lie sealed: under the narrative key of the file."""
    return {"scope": Scope("dossier", dossier, "narrative"), "table": table, "column": "sealed"}


def link(dossier: UUID) -> str:
    """Return the address of the page on which a teller is answered."""
    return reverse("tellers:talk", kwargs={"dossier": dossier})


@sensitive_variables()
def talk_of(dossier: UUID) -> Talk:
    """Return the talk of a file, as far as who acts may read it."""
    additions = list(Addition.objects.filter(dossier=dossier))
    answers = list(Answer.objects.filter(dossier=dossier).select_related("unit"))
    names = names_of({row.user_id for row in answers if row.user_id})
    words = _opened([*additions, *answers])
    said = [Said(row.received_at, words[row.pk]) for row in additions]
    for row in answers:
        by = names.get(row.user_id or 0, "") or "–"
        said.append(Said(row.written_at, words[row.pk], by, row.unit.name if row.unit else ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT mailbox, public_half, answered_at FROM doors.answerable(%s)", [dossier])
        found = cursor.fetchone()
    box = (found[0], bytes(found[1]), found[2]) if found else (None, None, None)
    return Talk(sorted(said, key=lambda one: one.at), *box)


@sensitive_variables()
def _opened(rows: Sequence[Addition | Answer]) -> dict[UUID, str | None]:
    sealed = [
        Sealed(bytes(row.sealed), row=str(row.pk), **place_of(row.dossier_id, row._meta.db_table)) for row in rows
    ]
    return {row.pk: words for row, words in zip(rows, open_many(sealed), strict=True)}


@dataclass(frozen=True)
class Waiting:
    """A file whose teller waits for an answer, and since when."""

    dossier: UUID
    since: datetime


def files_waiting(dossier: UUID) -> int:
    """Return how many files of a dossier's teller are still being checked, as far as who acts reads its words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT doors.parcels_waiting(%s)", [dossier])
        return int(cursor.fetchone()[0])


def waiting_tellers(actor: Actor, limit: int = 50) -> list[Waiting]:
    """Return the files that the actor's unit leads whose teller waits for an answer, the longest first."""
    mine = list(led_dossiers(actor).filter(kind="signal").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier, since FROM doors.unanswered(%s::uuid[], %s)", [mine, limit])
        return [Waiting(UUID(str(file)), since) for file, since in cursor.fetchall()]


def eldest_letter() -> timedelta | None:
    """Return how long the eldest letter, or file that failed twice, has waited to be opened; None where none waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT doors.eldest_letter()")
        eldest: timedelta | None = cursor.fetchone()[0]
    return eldest
