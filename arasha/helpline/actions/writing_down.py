"""Writing a contact down: whether somebody is safe, what it was, what was done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.helpline import queries, rules
from arasha.helpline.actions.desk import clear_draft
from arasha.helpline.actions.found import acting, held
from arasha.helpline.models import Contact
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory

LOGGED = (
    "kind",
    "caller",
    "reason",
    "reasons",
    "sex",
    "age",
    "region",
    "steps",
    "referred",
    "state",
    "ended_at",
    "logged_at",
    "waiting_since",
    "unanswered",
)


def ask_safety(*, actor: Actor, contact: UUID, danger: str, now: datetime) -> Contact:
    """Keep what was said to "are you safe now?". Raises NotYours, ContactEnded, UnknownCode and so on."""
    rules.DANGERS[danger]
    with transaction.atomic():
        row = held(actor, contact)
        row.danger, row.danger_at = danger, now
        with acting("ask_safety", row, now, danger=danger):
            row.save(update_fields=["danger", "danger_at"])
    return row


def log_contact(*, actor: Actor, contact: UUID, log: rules.Log, now: datetime) -> Contact:
    """Write a contact down and close it; once closed, its operator corrects it the same way.

    A silent, joking or abusive one and a wrong number need nothing but their kind. Raises FormIncomplete, UnknownCode,
    NotAllowed, ContactNotThere, NotYours.
    """
    kept = rules.checked(log, queries.reason_codes())
    if kept.region and not Territory.objects.filter(pk=kept.region, level=1).exists():
        raise rules.FormIncomplete("region")
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up", "ended"})
        if row.state == "ended" and row.kind in rules.UNANSWERED:
            raise rules.FormIncomplete("kind")
        if kept.kind in rules.UNANSWERED:
            raise rules.FormIncomplete("kind")
        verb = "correct_contact" if row.state == "ended" else "log_contact"
        row.kind, row.caller, row.reason, row.reasons = kept.kind, kept.caller, kept.reason, list(kept.reasons)
        row.sex, row.age, row.region_id = kept.sex, kept.age, kept.region or None
        row.steps, row.referred = list(kept.steps), list(kept.referred)
        row.state, row.ended_at, row.logged_at = "ended", row.ended_at or now, row.logged_at or now
        row.waiting_since, row.unanswered = None, 0
        with acting(verb, row, now, kind=kept.kind):
            row.save(update_fields=LOGGED)
        clear_draft(actor=actor, contact=contact, now=now)
    return row
