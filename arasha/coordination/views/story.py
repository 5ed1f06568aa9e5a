"""The acts of a file as entries of its time line, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.coordination import rules
from arasha.coordination.queries import FilePage
from arasha.kernel.access.models import Unit
from arasha.kernel.journal.queries import ActLine
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.obligations.queries import link
from arasha.signals.rules import CLOSINGS
from arasha.ui.rules.parts import Entry

KINDS = {"done": "met", "late": "late", "waiting": "open", "noticed": "wait"}


def entries(page: FilePage, now: datetime) -> list[Entry]:
    """Return the story, oldest first, with silences drawn between the acts."""
    lines = [_line(line, page.units, now) for line in page.acts]
    open_file = page.dossier.closed_at is None
    return [
        _silence(item) if isinstance(item, rules.Silence) else _entry(item, now)
        for item in rules.with_silences(lines, now, open_file=open_file)
    ]


def _line(line: ActLine, units: Mapping[int, Unit], now: datetime) -> rules.Entry:
    verb = _verb(line)
    values = _values(line, units, now)
    address = link(line.codes["obligation"]) if "obligation" in line.codes else ""
    # Silence is dated when it began, not when the sweep noticed it.
    at = datetime.fromisoformat(line.codes["due_at"]) if line.verb == "obligation_overdue" else line.at
    return rules.Entry(
        at=at,
        verb=verb,
        sentence=rules.sentence(verb, values),
        tone=rules.tone(verb),
        url=address,
        number=line.number,
    )


def _verb(line: ActLine) -> str:
    """Return the phrase's code: some verbs tell two stories, by their codes."""
    if line.verb == "meet_obligation" and line.codes.get("state") == "met_late":
        return "meet_obligation_late"
    if line.verb == "escalate_obligation" and not _told(line):
        return "skip_rung"
    if line.verb == "review_glass" and line.codes.get("outcome") == "not_justified":
        return "review_glass_not_justified"
    return line.verb


def _told(line: ActLine) -> list[int]:
    return [rung["unit"] for rung in line.codes.get("rungs", []) if rung.get("unit")]


def _values(line: ActLine, units: Mapping[int, Unit], now: datetime) -> dict[str, str]:
    language = get_language() or "kk"
    codes: Mapping[str, Any] = line.codes
    values: dict[str, str] = {}
    unit = codes.get("unit")
    if isinstance(unit, int) and unit in units:
        values["unit"] = values["owed_by"] = units[unit].name
    told = [units[key].name for key in _told(line) if key in units]
    if told:
        values["to"] = ", ".join(told)
    if codes.get("due_at"):
        values["due"] = format_moment(datetime.fromisoformat(codes["due_at"]), language, now)
    if codes.get("case"):
        values["case"] = codes["case"]
    if codes.get("reason") in rules.EMERGENCIES:
        values["reason"] = rules.EMERGENCIES.label(codes["reason"])
    if codes.get("closing") in CLOSINGS:
        values["closing"] = CLOSINGS.label(codes["closing"])
    return values


def _entry(item: rules.Entry, now: datetime) -> Entry:
    return Entry(
        title=item.sentence,
        note=format_moment(item.at, get_language() or "kk", now),
        kind=KINDS[item.tone],
        url=item.url,
    )


def _silence(item: rules.Silence) -> Entry:
    words = ngettext("%(n)s day: nobody wrote anything", "%(n)s days: nobody wrote anything", item.days)
    still = _("%(words)s, and it lasts") % {"words": words} if item.open else words
    return Entry(title=still % {"n": item.days}, gap=True)
