"""How the closing of a case stands, what is still owed, and what was said; for who reads the file's plan."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from arasha.cases.models import Case
from arasha.cases.queries import of_dossiers, place
from arasha.coordination.models import Closing, ClosingWords
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import OWED
from arasha.protocols.queries import version
from arasha.protocols.rules import Step

OWED_STATES = [state.value for state in OWED]


@dataclass(frozen=True)
class SaidOfClosing:
    """Words of a closing (None: erased), of which kind, and who wrote them."""

    row: ClosingWords
    words: str | None
    who: str


def closing_link(dossier: UUID) -> str:
    """Return the address of the page on which a case is closed and opened again."""
    return f"/files/{dossier}/closing/"


def case_of_file(dossier: UUID) -> Case | None:
    """Return the case of a file, for who sees it."""
    return of_dossiers([dossier]).get(dossier)


def step_of(duty: Obligation) -> Step:
    """Return what a duty's procedure says of it."""
    return version(duty.protocol_id).step(duty.step)


def closings_of(dossier: UUID) -> list[Closing]:
    """Return the closings of a file, the newest first."""
    rows = Closing.objects.filter(dossier=dossier).select_related("unit", "decided_by")
    return list(rows.order_by("-number"))


def closing_stands(dossier: UUID) -> bool:
    """Say whether closing is proposed, or the case is closed."""
    return Closing.objects.filter(dossier=dossier, state__in=["proposed", "closed"]).exists()


def closing_words_place(dossier: UUID, facet: Facet) -> Any:
    """Return where the vault keeps words of a closing."""
    return place(dossier, facet, "coordination_closingwords")


def words_of_closing(row: Closing) -> list[SaidOfClosing]:
    """Return what was said with a closing, as far as the reader's facets reach."""
    rows = list(ClosingWords.objects.filter(closing=row).select_related("unit").order_by("at", "kind", "id"))
    places = [closing_words_place(row.dossier_id, Facet(one.facet)) for one in rows]
    texts = open_many(
        [Sealed(bytes(one.sealed), row=str(one.pk), **where) for one, where in zip(rows, places, strict=True)]
    )
    names = names_of({one.user_id for one in rows if one.user_id})
    return [SaidOfClosing(one, text, names.get(one.user_id or 0, "")) for one, text in zip(rows, texts, strict=True)]


def closing_duty(row: Closing) -> Obligation | None:
    """Return the duty to decide on a closing."""
    return obligations.about([row.pk]).get(row.pk)


def owed_in(dossier: UUID) -> list[Obligation]:
    """Return what is owed in a file, what blocks its closing first, the earliest before others."""
    rows = Obligation.objects.filter(dossier=dossier, state__in=OWED_STATES).select_related("unit", "protocol")
    return sorted(rows.order_by("due_now", "id"), key=lambda duty: not blocks_closing(duty))


def owed_besides(row: Closing) -> list[Obligation]:
    """Return what is owed in a closing's file besides the decision on it."""
    return [duty for duty in owed_in(row.dossier_id) if duty.about != row.pk]


def blocks_closing(duty: Obligation) -> bool:
    """Say whether a case can't be closed while this is owed, as its procedure says."""
    return "closing" in step_of(duty).blocks


def decided_at_page(duty: Obligation) -> str:
    """Return where a closing is decided; nothing for a duty that came of none."""
    found = duty.about is not None and Closing.objects.filter(pk=duty.about, dossier=duty.dossier_id).exists()
    return closing_link(duty.dossier_id) if found else ""
