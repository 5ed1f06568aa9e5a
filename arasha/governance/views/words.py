"""How pilots are told on pages: the day and the language of the reader, a row of the list, a step of the run."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.governance import rules
from arasha.governance.models import Step
from arasha.governance.queries import Line
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.worktime.rules import local

TONES = {"overdue": "late", "due": "unsure", "running": "open", "decided": "neutral"}


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def today_of(request: StaffRequest) -> date:
    """Return the day in Kazakhstan."""
    return local(request.now).date()


def row(one: Line, today: date) -> dict[str, Any]:
    """Return a pilot as the list and its page tell it."""
    title, spoken = one.text("title", language())
    return {
        "line": one,
        "stands": one.stands,
        "title": title,
        "lang": spoken if spoken != language() else "",
        "url": reverse("pilots:pilot", args=[one.pilot.pk]),
        "place": ", ".join(place.name(language()) for place in one.places),
        "unit": one.said.unit.name,
        "state": rules.STATES.label(one.stands.state),
        "tone": TONES[one.stands.state],
        "when": when(one, today),
        "prolonged": prolonged(one),
        "decision": rules.DECISIONS.label(one.stands.decision) if one.stands.decision else "",
        "late": _late(one),
    }


def when(one: Line, today: date) -> str:
    """Say how far the money's last day is; nothing of a pilot that was decided about."""
    days = (one.stands.until - today).days
    if one.stands.state == "decided":
        return ""
    if days < 0:
        return ngettext("%(days)s day without a decision", "%(days)s days without a decision", -days) % {"days": -days}
    if days == 0:
        return _("the last day is today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def prolonged(one: Line) -> str:
    """Say how many times the money was prolonged; nothing where it never was."""
    count = one.stands.prolonged
    return ngettext("prolonged %(count)s time", "prolonged %(count)s times", count) % {"count": count} if count else ""


def _late(one: Line) -> str:
    days = one.stands.late_by
    if not days:
        return ""
    words = ngettext("%(days)s day after the money ended", "%(days)s days after the money ended", days)
    return words % {"days": days}


def step(one: Step, people: dict[int, str], line: Line, run: list[Step]) -> dict[str, Any]:
    """Return a step of the run; of a correction what it corrects, of what is corrected that it does not count."""
    corrected = next((other for other in run if other.pk == one.corrects_id), None)
    return {
        "row": one,
        "kind": rules.STEPS.label(one.kind),
        "decision": rules.DECISIONS.label(one.decision) if one.decision else "",
        "by": people.get(one.entered_by_id, ""),
        "unit": one.unit.name,
        "taken_back": one.pk in line.stands.taken_back,
        "corrects": named(corrected) if corrected else "",
    }


def named(one: Step) -> str:
    """Name a step in a line: its number, what it is, its day."""
    return f"{one.number}. {rules.STEPS.label(one.kind)}, {one.on:%d.%m.%Y}"
