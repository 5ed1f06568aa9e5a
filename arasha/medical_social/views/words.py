"""How an enrolment is told: its state, what is owed, what was done with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.cases.queries import of_dossiers
from arasha.kernel.worktime.rules.formats import format_date, format_moment, format_stamp
from arasha.medical_social import queries, rules
from arasha.medical_social.models import Enrolment
from arasha.services.rules import NEEDS
from arasha.ui.rules.parts import State

SHAPES = {"notified": "wait", "kept": "open", "refused": "suspended", "ended": "met"}


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def child_of(dossier: UUID) -> str:
    """Name the child as the file does."""
    case = of_dossiers([dossier]).get(dossier)
    return (case.child_called if case else "") or _("A child, name not known")


def state(row: Enrolment) -> State:
    """Return how it stands, with its colour."""
    return State(SHAPES[row.state], rules.STATES.label(row.state))


def reason(row: Enrolment) -> str:
    """Say why the child is not on the register any more, or was not taken on; nothing while it runs."""
    codes = {"refused": rules.REFUSALS, "ended": rules.ENDINGS}.get(row.state)
    return codes.label(row.reason) if codes is not None and row.reason in codes else ""


def told(row: Enrolment, now: datetime) -> dict[str, Any]:
    """Return one run on the register with everything that was done with it."""
    lines = [
        (_("Grounds"), ", ".join(rules.GROUNDS.label(code) for code in row.grounds if code in rules.GROUNDS)),
        (_("Notice from"), _notice(row)),
        (_("Kept by"), row.unit.name if row.unit and row.state != "refused" else ""),
        (_("Help that is owed"), ", ".join(NEEDS.label(code) for code in row.needs if code in NEEDS)),
        (_("Preventive measures run until"), _day(row.measures_until)),
        (_("To be gone through again"), _day(row.review_on) if row.state == "kept" else ""),
        (_("Why it ended"), reason(row)),
    ]
    return {
        "row": row,
        "state": state(row),
        "lines": [(name, value) for name, value in lines if value],
        "steps": [_step(one, now) for one in queries.steps_of(row)],
    }


def _notice(row: Enrolment) -> str:
    parts = [row.notified_by.name, format_stamp(row.notified_at, language())]
    if row.on_paper:
        parts.append(_("on paper") if row.dated is None else _("on paper, of %(day)s") % {"day": _day(row.dated)})
    return ", ".join(parts)


def _day(value: Any) -> str:
    return format_date(value, language()) if value else ""


def _step(one: queries.StepRead, now: datetime) -> dict[str, str]:
    names = {
        "notified": _("Notice was sent"),
        "kept": _("Taken on"),
        "reviewed": _("Gone through again"),
        "refused": _("Not taken on"),
        "ended": _("Taken off"),
        "printed": _("The card was printed"),
    }
    erased = _("The text was erased as the law asks.") if one.row.sealed is not None else ""
    who = f"{one.row.unit.name}, {one.who}" if one.who else one.row.unit.name
    return {
        "what": names[one.row.kind],
        "at": format_moment(one.row.at, language(), now),
        "stamp": format_stamp(one.row.at, language()),
        "who": who,
        "words": one.words if one.words is not None else erased,
    }
