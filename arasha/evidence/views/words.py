"""Received files in words."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.evidence import queries, rules
from arasha.evidence.models import Exhibit
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_stamp

MEGA, KILO = 1_000_000, 1_000


def language() -> str:
    """Return the reader's language."""
    return get_language() or "kk"


def called(row: Exhibit) -> str:
    """Return what a file is called: its number and kind, never the name that it came with."""
    return _("File %(number)s: %(kind)s") % {"number": row.number, "kind": rules.KINDS.label(row.kind).lower()}


def size(row: Exhibit) -> str:
    """Return how large a file is."""
    if row.size >= MEGA:
        return _("%(n)s MB") % {"n": f"{row.size / MEGA:.1f}".replace(".", "," if language() != "en" else ".")}
    return _("%(n)s kB") % {"n": max(1, round(row.size / KILO))}


def state(row: Exhibit) -> str:
    """Return how a file stands, in one line."""
    if row.intimate:
        return _("Intimate picture: not shown to anybody, for the investigator only")
    if row.copy_id is not None:
        return _("Clean copy")
    return _("Original only")


def why_no_copy(row: Exhibit) -> str:
    """Return why there is no copy, empty where there is one."""
    return rules.NO_COPY.label(row.no_copy) if row.no_copy in rules.NO_COPY else ""


def scanned(row: Exhibit) -> str:
    """Return what the virus scanner said, plainly also when nobody asked one."""
    return {
        "clean": _("Scanned for viruses: nothing found."),
        "infected": _("The virus scanner found something harmful in the original."),
    }.get(row.scanned, _("Not scanned for viruses: no scanner is set up here."))


def warning(row: Exhibit) -> str:
    """Return what whoever opens the original must know before."""
    if row.scanned == "infected" or row.warning or row.no_copy in {"macros", "bomb", "type"}:
        return _("The original may do harm to a computer. Open it only on one that is kept apart for that.")
    return ""


def handed(row: Exhibit) -> str:
    """Return whether and to whom the original was opened."""
    if row.handed_at is not None and row.handed_unit is not None:
        given = {"unit": row.handed_unit.name, "moment": format_stamp(local(row.handed_at), language())}
        return _("The original was opened to: %(unit)s, %(moment)s.") % given
    if row.intimate or row.asked_at is not None:
        return _(
            "Nobody who investigates has it yet. If this stays so for more than a minute, no unit was found that may "
            "know: call 102 and say that there is a file."
        )
    return ""


def lines(row: Exhibit) -> list[dict[str, Any]]:
    """Return the custody record, line by line."""
    return [
        {
            "at": format_stamp(local(line.at), language()),
            "what": rules.CUSTODY.label(line.what),
            "detail": rules.DETAILS.label(line.detail) if line.detail else "",
            "who": " · ".join(part for part in (line.who, line.unit) if part) or _("Arasha"),
        }
        for line in queries.custody_of(row)
    ]
