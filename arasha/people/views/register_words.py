"""What the pages of registers say: states, counts, progress and faults in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules.formats import format_number, format_stamp
from arasha.people import rules
from arasha.people.models import Load
from arasha.people.rules.imports import RowFault, Severity, words_for
from arasha.ui.rules.page import Action
from arasha.ui.rules.parts import Progress

WORKS = {state.code for state in rules.LOAD_STATES if state.more["works"] == "yes"}


def number(value: int) -> str:
    """Return a number as it is read."""
    return format_number(value, get_language() or "kk")


def counts(load: Load) -> list[tuple[str, str]]:
    """Return what became of the rows of a load. Nothing here depends on anybody else's files."""
    found = [
        (_("New"), load.rows_new),
        (_("Unchanged"), load.rows_same),
        (_("Changed"), load.rows_changed),
        (_("Rejected, with the reason beside each"), load.rows_rejected),
        (_("Alike within this register, to be looked at"), load.rows_doubtful),
    ]
    if load.complete:
        found.append((_("No longer in the register"), load.rows_gone))
    if load.rows_kept:
        found.append((_("Kept, since somebody wrote more about them"), load.rows_kept))
    return [(label, number(value)) for label, value in found]


def progress(load: Load) -> Progress:
    """Return how far a load is."""
    done, total = min(load.last_row, load.about), max(load.about, 1)
    stop = Action(_("Stop"), _address("step", load, "stop"), "secondary", method="post")
    taking_back = load.state == "taking_back"
    return Progress(
        heading=rules.LOAD_STATES.label(load.state).capitalize(),
        note=_("You may leave this page: the work goes on, and goes on after a restart."),
        done=0 if taking_back else done,
        total=total,
        label=_("%(done)s rows of about %(total)s") % {"done": number(done), "total": number(load.about)},
        rows=counts(load),
        actions=() if taking_back else (stop,),
    )


def faults(found: Sequence[RowFault], headings: Sequence[str]) -> list[dict[str, Any]]:
    """Return faults as lines: row, column, words, and whether the row goes back."""
    language = get_language() or "kk"
    return [
        {
            "row": number(fault.row_number),
            "column": _column(fault.column, headings, language),
            "words": words_for(fault.code, language),
            "goes_back": fault.severity is Severity.ERROR,
        }
        for fault in found
    ]


def kinds(counted: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Return how often each fault was found."""
    language = get_language() or "kk"
    return [(words_for(code, language), number(count)) for code, count in counted]


def load_line(load: Load, name: str) -> dict[str, Any]:
    """Return one load as a line of the list."""
    return {
        "url": _address("load", load),
        "name": name or _("sent by another system"),
        "at": format_stamp(load.recorded_at, get_language() or "kk"),
        "state": rules.LOAD_STATES.label(load.state),
        "new": number(load.rows_new),
        "changed": number(load.rows_changed),
        "rejected": number(load.rows_rejected),
    }


def _column(place: int, headings: Sequence[str], language: str) -> str:
    if place == 0:
        return words_for("whole_row", language)
    heading = headings[place - 1] if place <= len(headings) else ""
    return heading or words_for("column_number", language).format(place)


def _address(name: str, load: Load, *more: str) -> str:
    return reverse(f"people:register_{name}", args=[load.source_id, load.pk, *more])
