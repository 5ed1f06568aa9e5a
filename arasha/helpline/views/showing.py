"""Contacts in the reader's words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.helpline import queries, rules
from arasha.helpline.models import Contact
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_duration, format_moment, format_time

DELIVERIES: dict[str, Callable[[], str]] = {
    "waiting": lambda: _("being sent"),
    "sent": str,
    "failed": lambda: _("not delivered"),
}


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def capital(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]


def title(row: Contact) -> str:
    """Return what a contact is called: its channel and when it began, never who it is."""
    return f"{capital(rules.CHANNELS.label(row.channel))}, {format_time(local(row.began_at))}"


def listed(row: Contact, now: datetime, *, opened: bool = False) -> dict[str, Any]:
    """Return one line of a list of contacts."""
    since = row.waiting_since
    return {
        "id": row.pk,
        "url": reverse("helpline:contact", args=[row.pk]),
        "title": title(row),
        "opened": opened,
        "danger": row.danger == "not_safe",
        "unanswered": row.unanswered,
        "waits": format_duration(now - since, language()) if since else "",
        "wrap_up": row.state == "wrap_up",
        "repeats": row.repeats,
    }


def lists(actor: Actor, now: datetime, opened: Any = None) -> dict[str, Any]:
    """Return both lists of the console: whom the actor holds, and who waits."""
    mine, waiting = queries.mine(actor), queries.queue(actor)
    return {
        "mine": [listed(row, now, opened=row.pk == opened) for row in mine],
        "queue": [listed(row, now, opened=row.pk == opened) for row in waiting],
        "unanswered": sum(1 for row in mine if row.unanswered),
        "opened": opened,
    }


def said(row: Contact, now: datetime) -> list[dict[str, Any]]:
    """Return what was said in a contact, as the page shows it."""
    return [
        {
            "kind": {"in": "theirs", "out": "ours", "note": "note"}[one.direction],
            "words": one.words if one.words is not None else _("Lawfully erased."),
            "by": one.by or (_("The caller") if one.direction == "in" else "–"),
            "at": format_moment(local(one.at), language(), now),
            "delivery": DELIVERIES[one.delivery]() if one.delivery else "",
            "failed": one.delivery == "failed",
        }
        for one in queries.talk_of(row)
    ]


def facts(row: Contact, now: datetime) -> list[tuple[str, str]]:
    """Return what is known of a contact: when, in whose hands, what was written down."""
    lines = [
        (_("Began"), format_moment(local(row.began_at), language(), now)),
        (_("Where it stands"), rules.STATES.label(row.state)),
        (_("Safe now?"), rules.DANGERS.label(row.danger)),
    ]
    if row.kind:
        lines.append((_("What it was"), rules.KINDS.label(row.kind)))
    if row.joined_at:
        lines.append((_("A supervisor joined"), format_moment(local(row.joined_at), language(), now)))
    if row.signal_id:
        lines.append((_("Signal"), _("made; its file is with who coordinates there")))
    return lines
