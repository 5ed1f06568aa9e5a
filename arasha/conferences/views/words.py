"""Conferences in words: a sitting, an item, a decision, the child's voice."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.cases.models import Case
from arasha.conferences import queries, rules
from arasha.conferences.models import Item, Seat, Sitting
from arasha.kernel.worktime.rules.formats import format_date
from arasha.obligations.queries import link as duty_link
from arasha.ui.rules.parts import State


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def child(case: Case | None) -> str:
    """Return what the child is called, for who may know."""
    return (case.child_called if case else "") or _("A child, name not known")


def title(sitting: Sitting) -> str:
    """Return what a sitting is called: its kind and number."""
    return _("%(kind)s, sitting %(number)s") % {"kind": rules.KINDS.label(sitting.kind), "number": sitting.number}


def line(sitting: Sitting) -> dict[str, Any]:
    """Return a sitting as a line of a list."""
    return {
        "row": sitting,
        "title": title(sitting),
        "url": queries.sitting_link(sitting.pk),
        "unit": sitting.unit.name,
        "where": sitting.place or _("over the network"),
        "state": State(rules.SITTING_STATES[sitting.state].more["shape"], rules.SITTING_STATES.label(sitting.state)),
        "urgent": sitting.urgent,
    }


def on_agenda(item: Item, case: Case | None) -> dict[str, Any]:
    """Return an item as a line of its agenda."""
    state = rules.ITEM_STATES[item.state]
    return {
        "row": item,
        "called": child(case),
        "number": case.number if case else "",
        "url": queries.item_link(item.pk),
        "reason": rules.REASONS.label(item.reason),
        "state": State(state.more["shape"], rules.ITEM_STATES.label(item.state)),
        "why": rules.LEFT_OUT.label(item.left_out) if item.left_out else "",
        "without_quorum": item.without_quorum,
    }


def proposed(one: queries.Proposed) -> dict[str, Any]:
    """Return a proposal as a line."""
    return {
        "dossier": one.proposal.dossier,
        "called": child(one.case),
        "number": one.case.number if one.case else "",
        "file": f"/files/{one.proposal.dossier}/",
        "reasons": [rules.REASONS.label(reason) for reason in one.proposal.reasons],
        "first": one.proposal.reasons[0],
        "urgent": "urgent" in one.proposal.reasons,
        "returns": one.proposal.returns,
    }


def decided(one: queries.Decided, now: datetime) -> dict[str, Any]:
    """Return a decision with whether it was carried out."""
    late = one.is_owed and one.duty.due_now < now
    if one.is_done:
        state = State("met", _("has been carried out"))
    elif late:
        state = State("late", _("not carried out"))
    elif one.is_owed:
        state = State("open", _("to be carried out"))
    else:
        state = State("open", _("ended without being carried out"))
    return {
        "row": one.row,
        "words": one.words,
        "unit": one.duty.unit.name if one.duty.unit else one.row.unit.name,
        "state": state,
        "by_when": format_date(one.row.by_when, language()),
        "url": duty_link(one.duty.pk),
        "without_quorum": one.row.without_quorum and not one.row.verdict,
        "verdict": rules.VERDICTS.label(one.row.verdict) if one.row.verdict else "",
        "dissents": one.dissents,
    }


def seat(row: Seat) -> dict[str, str]:
    """Return how a unit stands."""
    why = rules.ABSENCES.label(row.reason) if row.reason else ""
    return {"unit": row.unit.name, "standing": rules.STANDINGS.label(row.standing), "why": why}


def voice(heard: queries.Heard | None) -> dict[str, Any] | None:
    """Return how the child was heard; the words only where the child lets the reader hear them."""
    if heard is None:
        return None
    row = heard.row
    return {
        "how": rules.VOICES.label(row.how),
        "why": rules.NOT_ASKED.label(row.reason) if row.reason else "",
        "on": format_date(row.said_on, language()) if row.said_on else "",
        "hears": rules.HEARERS.label(row.hears) if row.hears else "",
        "hearer": heard.hearer,
        "words": heard.words,
        "erased": heard.erased,
        "closed": bool(row.hears) and not heard.words and not heard.erased,
    }
