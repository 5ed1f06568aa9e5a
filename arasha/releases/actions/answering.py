"""What every step of an answer writes: how a release stands, what is owed, and the stop for a danger."""

from datetime import date, datetime

from arasha.cases.models import Case
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.rules import OWED, Named, State
from arasha.releases import queries, rules
from arasha.releases.models import FileRequest, OwnCopy, Receipt, Release

WRITTEN = (
    *(
        "state",
        "give",
        "parts",
        "consent",
        "refusal",
        "withheld",
        "ground",
        "proposed_at",
        "proposer",
        "decided_at",
        "decider",
    ),
    *("ended_at", "handed_by", "handed_how"),
)


def noted(actor: Actor, row: Release, verb: str, now: datetime, more: Receipt | OwnCopy | None = None) -> None:
    """Write how a release stands, with what is written beside it, in one act.

    Once it has ended, what was owed for it is met.
    """
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
    with act(verb=verb, stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        row.save(update_fields=WRITTEN)
        if more is not None:
            more.save(force_insert=True)
    if row.ended_at is None:
        return
    for duty in queries.duties(row):
        if State(duty.state) in OWED:
            words = rules.STATES.label(row.state)
            settle(actor=actor, obligation=duty.pk, answer=words, outcome="", now=now)


def stop(actor: Actor, row: Release, now: datetime) -> None:
    """Stop a release because who asks may be a danger: safety is judged again, and who leads and coordinates know."""
    row.state, row.ended_at = "stopped", now
    noted(actor, row, "stop_release", now)
    units = owed(actor, row, "stop_release", now)
    link = queries.link(row.request_id)
    notify(actor=actor, units=units, code="asked_by_danger", link=link, dossier=row.dossier_id, now=now)


def owed(actor: Actor, row: Release, event: str, now: datetime) -> list[int]:
    """Raise what who leads the file owes after an event; returns the units to tell.

    What a state body asked is owed by the day on the request: that of its letter, or of the list.
    """
    case = Case.objects.get(dossier=row.dossier_id)
    raise_for(
        actor=actor,
        dossier=row.dossier_id,
        event=event,
        codes={},
        territory=case.territory_id,
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(unit=case.lead_unit_id, about=row.pk, until=_until(row.request, now)),
    )
    return sorted({case.lead_unit_id, row.request.unit_id})


def _until(asked: FileRequest, now: datetime) -> date | None:
    """Return the day that a state body's answer is due, today at the earliest; None: the procedure's own limit."""
    return max(local(now).date(), asked.due_on) if rules.of_a_body(asked.applicant) else None
