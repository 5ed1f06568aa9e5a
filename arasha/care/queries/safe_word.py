"""The safe word of a file, for who reads its plan, and whether a contact at a distance may count now."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from arasha.care.models import SafeWord
from arasha.cases.models import Case
from arasha.cases.queries import place
from arasha.emergency.queries import running_for
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.territory.models import Territory
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import KeyErased
from arasha.kernel.worktime.rules import local


@dataclass(frozen=True)
class WordRead:
    """A safe word with when it was agreed; None: it was erased."""

    row: SafeWord
    word: str | None = field(repr=False)


def safe_word(dossier: UUID) -> WordRead | None:
    """Return the safe word that counts; None where there is none, or the actor does not read the plan."""
    row = SafeWord.objects.filter(dossier=dossier).select_related("unit").order_by("-agreed_at", "-id").first()
    if row is None:
        return None
    try:
        where = place(dossier, Facet.PLAN, "care_safeword")
        return WordRead(row, open_text(bytes(row.sealed), row=str(row.pk), **where))
    except KeyErased:
        return WordRead(row, None)


def word_agreed(dossier: UUID, before: datetime) -> bool:
    """Say whether a word was agreed before a moment, as far as the actor may know."""
    return SafeWord.objects.filter(dossier=dossier, agreed_at__lte=before).exists()


def at_a_distance(actor: Actor, case: Case, now: datetime) -> bool:
    """Say whether a contact at a distance may count as a visit: only while an emergency holds where the child is."""
    where = Territory.objects.filter(pk=case.territory_id or "").first()
    return where is not None and bool(running_for(actor, where, local(now).date()))
