"""Visits and removals in words."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.care import queries, rules
from arasha.cases.models import Case
from arasha.coordination.queries import step_of
from arasha.obligations.models import Obligation
from arasha.obligations.queries import link
from arasha.obligations.rules import OWED, RUNNING
from arasha.obligations.rules import State as Held
from arasha.ui.rules.parts import State


def child(case: Case | None) -> str:
    """Return what the child is called, for who may know."""
    return (case.child_called if case else "") or _("A child, name not known")


def duty(row: Obligation, now: datetime) -> dict[str, Any]:
    """Return a duty as a line."""
    held = Held(row.state)
    if held in RUNNING and row.due_now < now:
        state = State("late", _("late"))
    elif held in OWED:
        state = State("open", _("owed"))
    else:
        state = State("met", _("answered or ended"))
    what = step_of(row).what
    return {
        "what": what[(get_language() or "kk")[:2]],
        "unit": row.unit.name if row.unit else _("nobody was found"),
        "state": state,
        "due": row.due_now,
        "url": link(row.pk),
        "owed": held in OWED,
    }


def known(part: str, one: queries.Known | None) -> dict[str, Any]:
    """Return what is known of one part of a removal."""
    return {
        "label": rules.PARTS.label(part),
        "answer": rules.ANSWERS.label(one.row.answer) if one else "",
        "words": one.words if one else "",
        "unit": one.row.unit.name if one else "",
        "at": one.row.at if one else None,
    }


def claim(row: Obligation | None, now: datetime) -> dict[str, Any] | None:
    """Return the clock of the claim to the court: how many whole days are left; None where it runs no more."""
    if row is None or Held(row.state) not in OWED:
        return None
    left = row.due_now - now
    late = left.total_seconds() < 0
    days = abs(left).days
    if late:
        words = _("the time is over")
    elif days == 0:
        words = _("less than a day is left")
    else:
        words = ngettext("%(n)s day is left", "%(n)s days are left", days) % {"n": days}
    return {"state": State("late" if late or days < 2 else "open", words), "due": row.due_now, "days": days}


def line(one: queries.Standing, now: datetime) -> dict[str, Any]:
    """Return a removal as a line of the list: codes alone, never where the child is."""
    kin, siblings = one.answers.get("kin", ""), one.answers.get("siblings", "")
    return {
        "url": queries.removal_link(one.row.dossier_id),
        "called": child(one.case),
        "number": one.case.number if one.case else "",
        "at": one.row.at,
        "unit": one.row.unit.name,
        "claim": claim(one.claim, now),
        "kin": rules.ANSWERS.label(kin) if kin else _("not said yet"),
        "siblings": rules.ANSWERS.label(siblings) if siblings else _("not said yet"),
        "missing": len(rules.missing(one.answers)),
    }
