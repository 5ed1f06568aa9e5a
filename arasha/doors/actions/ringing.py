"""Ringing for tellers who are not safe tonight and whom nobody has taken: again and again, and higher each time."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from arasha.doors import policy
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.obligations.queries import Finder
from arasha.signals.models import Signal, Watch
from arasha.signals.queries import COORDINATION
from arasha.signals.queries import link as signal_link
from arasha.signals.rules import PUBLIC_DOORS

# After so long untaken the lead is rung again, then those above it with them.
FIRST, EVERY, ABOVE = timedelta(minutes=10), timedelta(minutes=15), timedelta(minutes=30)

# Of a child who may harm themselves another alarm rings, from the first minute on and higher: one is enough.
RINGING = Watch.objects.filter(dossier=OuterRef("dossier"), ended_at=None)


def ring_for_tellers(*, actor: Actor, now: datetime) -> int:
    """Tell the lead, and from half an hour on whoever coordinates above, of what is urgent and untaken.

    Returns how many were rung for. Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_ring(actor):
        raise policy.NotAllowed
    waiting = Signal.objects.filter(state="waiting", urgency="tonight", received_at__lte=now - FIRST)
    told = (
        waiting.exclude(Exists(RINGING)).filter(door__in=PUBLIC_DOORS).select_related("dossier").order_by("received_at")
    )
    due = [row for row in told if _is_due(row, now)]
    finder = Finder(now)
    for row in due:
        units = {row.dossier.lead_unit_id, *(_above(row, finder) if now - row.received_at >= ABOVE else ())}
        codes = {"facet": Facet.OBLIGATIONS, "units": len(units)}
        with act(verb="ring_for_teller", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            link = signal_link(row.pk)
            for unit in sorted(unit for unit in units if unit):
                notify(actor=actor, units=[unit], code="teller_waits", link=link, dossier=row.dossier_id, now=now)
    return len(due)


def _is_due(row: Signal, now: datetime) -> bool:
    """Say whether this minute is one in which it rings: the first time after ten minutes, then each quarter."""
    minutes = int((now - row.received_at - FIRST).total_seconds() // 60)
    return minutes % int(EVERY.total_seconds() // 60) == 0


def _above(row: Signal, finder: Finder) -> list[int]:
    """Return the coordinating units above the lead in which somebody may know of the file."""
    found = (finder.obliged(row.dossier_id, function, row.territory_id, []) for function in COORDINATION[1:])
    return [unit.unit.pk for unit in found if unit.unit is not None]
