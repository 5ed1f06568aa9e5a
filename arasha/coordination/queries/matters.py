"""What dossiers are about, as far as the reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.signals import queries as signals
from arasha.signals.models import Signal


@dataclass(frozen=True)
class Matter:
    """What a dossier is about: the child's case, else the signal, and what the signal's child is called.

    The three are apart: whoever reads the concern alone, as the nation does, reads the signal and not who the child is.
    """

    case: Case | None
    signal: Signal | None
    told: signals.Child | None = None

    @property
    def child(self) -> Case | signals.Child | None:
        """What bears the child's name, age and sex; None when the reader may not know them."""
        return self.case or self.told

    @property
    def child_called(self) -> str:
        """The name the file bears, empty when it has none or the reader may not know it."""
        return self.child.child_called if self.child else ""

    @property
    def number(self) -> str:
        """The case's number, empty for a signal: nobody says one aloud."""
        return self.case.number if self.case else ""


def matters(dossiers: Iterable[UUID]) -> dict[UUID, Matter]:
    """Return what dossiers are about, as far as the reader may know, in three queries for any number."""
    ids = list(dict.fromkeys(dossiers))
    if not ids:
        return {}
    found = cases.of_dossiers(ids)
    read = {signal.dossier_id: signal for signal in Signal.objects.filter(dossier__in=ids)}
    uncased = [dossier for dossier in ids if dossier not in found]
    children = signals.children_of(uncased) if uncased else {}
    return {dossier: Matter(found.get(dossier), read.get(dossier), children.get(dossier)) for dossier in ids}
