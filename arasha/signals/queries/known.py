"""Who in files that the reader may know of may be the child of a signal, before a case is opened."""

from dataclasses import dataclass
from datetime import date

from arasha.cases.models import Case
from arasha.cases.queries import of_dossiers
from arasha.kernel.access.models import Unit
from arasha.people.queries import Found, search
from arasha.people.rules import AskedTooMuch, NothingAsked, Question, asks_for, parted
from arasha.signals.models import Signal

SHOWN = 8
# How far an age that was said may be from the true one, for finding: a year on both sides.
YEARS_APART = 1


@dataclass(frozen=True)
class Known:
    """Somebody who may be the child: with the open case that the reader may join, or the unit to ask."""

    found: Found
    case: Case | None
    lead: Unit | None


def question_of(signal: Signal) -> Question | None:
    """Return by what the child of a signal is looked for; None where no name was said."""
    since = until = None
    if signal.child_age is not None:
        year = signal.received_at.year - signal.child_age
        since, until = date(year - 1 - YEARS_APART, 1, 1), date(year + YEARS_APART, 12, 31)
    name = parted(signal.child_called)
    try:
        return asks_for(name.surname, name.given, name.patronymic, since, until)
    except (NothingAsked, AskedTooMuch):
        return None


def known(signal: Signal, question: Question) -> list[Known]:
    """Return who may be the child, the nearest first, without the signal's own."""
    found = [one for one in search(question, most=SHOWN + 1) if one.dossier != signal.dossier_id][:SHOWN]
    cases = of_dossiers([one.dossier for one in found if one.within])
    leads = Unit.objects.in_bulk([one.lead for one in found if not one.within and one.lead])
    kept = [one for one in found if not one.within or one.dossier in cases]
    return [Known(one, cases.get(one.dossier) if one.within else None, leads.get(one.lead or 0)) for one in kept]
