"""Children of other signals and of open cases here who may be the child of this one, of what the reader may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from arasha.cases.models import Case
from arasha.cases.queries import open_cases
from arasha.kernel.access.rules import Actor
from arasha.signals.models import Signal
from arasha.signals.policy import visible_to
from arasha.signals.rules.matching import AGE_APART, Described, Likeness, best, compare

LOOKS_BACK = timedelta(days=365)
LOOKED_AT, SHOWN = 500, 3


@dataclass(frozen=True)
class Candidate:
    """A case or another signal that may be about the same child, and what speaks for and against it."""

    case: Case | None
    signal: Signal | None
    likeness: Likeness


def alike(actor: Actor, signal: Signal, at: datetime) -> list[Candidate]:
    """Return the likeliest, at most three. Nothing is decided by it, and nothing waits for it."""
    if not signal.child_called:
        return []
    narrowed = Q()
    if signal.child_sex != "unknown":
        narrowed &= Q(child_sex__in=["unknown", signal.child_sex])
    if signal.child_age is not None:
        near = (signal.child_age - AGE_APART, signal.child_age + AGE_APART)
        narrowed &= Q(child_age=None) | Q(child_age__range=near)
    cases = list(open_cases(actor, signal.territory_id).filter(narrowed)[:LOOKED_AT])
    others = visible_to(actor).filter(narrowed, territory=signal.territory_id, received_at__gt=at - LOOKS_BACK)
    told = list(others.exclude(pk=signal.pk).exclude(state="case").order_by("-received_at")[:LOOKED_AT])
    found = [Candidate(case, None, compare(_said(signal), _of_case(case))) for case in cases]
    found += [Candidate(None, other, compare(_said(signal), _said(other))) for other in told]
    return [found[place] for place in best([(one.likeness, place) for place, one in enumerate(found)], SHOWN)]


def _said(signal: Signal) -> Described:
    return Described(signal.child_called, signal.child_age, signal.child_sex, signal.school_id, signal.clinic_id)


def _of_case(case: Case) -> Described:
    return Described(case.child_called, case.child_age, case.child_sex)
