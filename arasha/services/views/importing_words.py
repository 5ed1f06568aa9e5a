"""What the pages of tables say: states, counts, progress and faults in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules.formats import format_number, format_stamp
from arasha.services.models import Load
from arasha.services.rules import LOAD_STATES, TABLE_FAULTS
from arasha.services.rules.exchange import is_note
from arasha.ui.rules.page import Action
from arasha.ui.rules.parts import Progress
from arasha.ui.rules.sheets import SheetUnreadable

WORKS = {state.code for state in LOAD_STATES if state.more["works"] == "yes"}


def number(value: int) -> str:
    """Return a number as it is read."""
    return format_number(value, get_language() or "kk")


def state(load: Load) -> str:
    """Return where a table stands."""
    return LOAD_STATES.label(load.state)


def counts(load: Load) -> list[tuple[str, str]]:
    """Return what became, or would become, of the rows."""
    found = [
        (_("New"), load.rows_new),
        (_("Changed"), load.rows_changed),
        (_("Unchanged"), load.rows_same),
        (_("Rejected"), load.rows_rejected),
    ]
    return [(label, number(value)) for label, value in found]


def progress(load: Load) -> Progress:
    """Return how far a table is."""
    stop = Action(_("Stop"), reverse("directory_exchange:step", args=[load.pk, "stop"]), "secondary", method="post")
    loading = load.state == "loading"
    return Progress(
        heading=state(load).capitalize(),
        note=_("You may leave this page: the work goes on, and goes on after a restart."),
        done=min(load.done, load.total),
        total=max(load.total, 1),
        label=_("%(done)s rows of %(total)s") % {"done": number(load.done), "total": number(load.total)},
        rows=counts(load),
        actions=(stop,) if loading else (),
    )


def line(load: Load) -> dict[str, Any]:
    """Return one table as a line of the list."""
    return {
        "url": reverse("directory_exchange:load", args=[load.pk]),
        "source": load.source,
        "at": format_stamp(load.recorded_at, get_language() or "kk"),
        "state": state(load),
        "counts": [number(load.rows_new), number(load.rows_changed), number(load.rows_rejected)],
    }


def faults(found: Sequence[tuple[int, int, str]], load: Load) -> list[dict[str, Any]]:
    """Return faults as lines: sheet and row, column by its heading, words, whether the row goes back."""
    return [
        {
            "row": _("%(sheet)s, row %(row)s") % {"sheet": load.title, "row": number(row)}
            if load.title
            else number(row),
            "column": load.headings[column - 1] if 0 < column <= len(load.headings) else _("the whole row"),
            "words": TABLE_FAULTS.label(code),
            "goes_back": not is_note(code),
        }
        for row, column, code in found
    ]


def kinds(counted: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Return how often each fault was found."""
    return [(TABLE_FAULTS.label(code), number(count)) for code, count in counted]


def unreadable(problem: SheetUnreadable) -> str:
    """Return why a file can't be taken, with the place where that is known."""
    said = TABLE_FAULTS.label(problem.code)
    if problem.column:
        return _("Row %(row)s, column %(column)s: %(said)s") % {
            "row": number(problem.row),
            "column": number(problem.column),
            "said": said,
        }
    return _("Row %(row)s: %(said)s") % {"row": number(problem.row), "said": said} if problem.row else said
