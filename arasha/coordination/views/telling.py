"""Acts in the reader's words: codes become sentences, and each act finds the unit whose lane it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.coordination import queries, rules
from arasha.coordination.rules.watching import SILENCES
from arasha.kernel.access.models import Unit
from arasha.kernel.journal.queries import ActLine
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_duration, format_moment
from arasha.obligations.models import Obligation
from arasha.obligations.queries import link
from arasha.obligations.rules import State
from arasha.plans.rules import DISCIPLINES, PLACE_REFUSALS
from arasha.services.rules import service
from arasha.signals.rules import CLOSINGS
from arasha.ui.rules.parts import Entry

KINDS = {"done": "met", "late": "late", "waiting": "open", "noticed": "wait"}
LISTS = {
    "reason": rules.EMERGENCIES,
    "closing": CLOSINGS,
    "discipline": DISCIPLINES,
    "refusal": PLACE_REFUSALS,
    "silence": SILENCES,
}


@dataclass(frozen=True)
class Teller:
    """What is known of a file while its acts are told."""

    page: queries.FilePage
    now: datetime

    def told(self, lines: Sequence[ActLine]) -> list[rules.Entry]:
        """Return acts as entries, oldest first."""
        duties = {str(row.pk): row for row in self.page.obligations}
        return sorted((self._entry(line, duties) for line in lines), key=lambda entry: (entry.at, entry.number))

    def duties(self) -> list[rules.Duty]:
        """Return what the time line must know of the file's obligations."""
        return [
            rules.Duty(
                unit=row.unit_id or 0,
                what=self.what(row),
                url=link(row.pk),
                due=row.due_now,
                ended=queries.ended_at(row),
                stands_still=row.state == State.SUSPENDED.value,
            )
            for row in self.page.obligations
        ]

    def what(self, row: Obligation) -> str:
        """Return the thing owed in two or three words."""
        words = self.page.procedures[row.protocol_id].step(row.step).what
        return words.get(language()) or words["kk"]

    def unit_name(self, unit: int) -> str:
        """Return a unit's name, empty when it is not known."""
        found = self.page.units.get(unit)
        return found.name if found else ""

    def _entry(self, line: ActLine, duties: Mapping[str, Obligation]) -> rules.Entry:
        verb = verb_of(line)
        duty = duties.get(str(line.codes.get("obligation", "")))
        what = self.what(duty) if duty else ""
        values = values_of(line, self.page.units, self.now) | ({"what": what} if what else {})
        # Silence is dated when it began, not when the sweep noticed it.
        at = datetime.fromisoformat(line.codes["due_at"]) if line.verb == "obligation_overdue" else line.at
        return rules.Entry(
            at=at,
            verb=verb,
            sentence=rules.sentence(verb, values),
            tone=rules.tone(verb),
            url=link(line.codes["obligation"]) if "obligation" in line.codes else "",
            number=line.number,
            unit=_lane(line),
            kind=rules.kind(verb),
            label=what if line.verb == "meet_obligation" and what else rules.short(verb),
            work=rules.is_work(verb) and not line.purpose,
            seen=rules.saw_the_child(line.verb, line.codes, self._step(duty)),
        )

    def _step(self, duty: Obligation | None) -> tuple[str, str] | None:
        found = self.page.procedures.get(duty.protocol_id) if duty else None
        return (found.code, duty.step) if found and duty else None


def language() -> str:
    """Return the reader's language: kk, ru or en."""
    return (get_language() or "kk")[:2]


def verb_of(line: ActLine) -> str:
    """Return the phrase's code: some verbs tell two stories, by their codes."""
    if line.verb == "meet_obligation" and line.codes.get("state") == State.MET_LATE.value:
        return "meet_obligation_late"
    if line.verb == "escalate_obligation" and not _told(line):
        return "skip_rung"
    if line.verb == "review_glass" and line.codes.get("outcome") == "not_justified":
        return "review_glass_not_justified"
    return line.verb


def values_of(line: ActLine, units: Mapping[int, Unit], now: datetime) -> dict[str, str]:
    """Return what a phrase may name: units, moments and reasons that the act's codes hold."""
    codes: Mapping[str, Any] = line.codes
    values: dict[str, str] = {}
    unit = codes.get("unit")
    if isinstance(unit, int) and unit in units:
        values["unit"] = values["owed_by"] = units[unit].name
    told = [units[key].name for key in _told(line) if key in units]
    if told:
        values["to"] = ", ".join(told)
    for name, code in (("due", "due_at"), ("until", "until")):
        if codes.get(code):
            values[name] = format_moment(datetime.fromisoformat(codes[code]), language(), now)
    if codes.get("case"):
        values["case"] = codes["case"]
    if codes.get("service"):
        values["service"] = service(codes["service"], local(line.at).date()).label(language())
    for name, labels in LISTS.items():
        if codes.get(name) in labels:
            values[name] = labels.label(codes[name])
    return values


def shown(item: rules.Entry | rules.Silence, teller: Teller, number: int | None = None) -> Entry:
    """Return an entry or a silence as the page's component."""
    if isinstance(item, rules.Silence):
        lasts = "" if item.kind == "answer" else "quiet" if item.kind == "quiet" else ""
        return Entry(title=silence_words(item, teller), gap=True, url=item.url, kind=lasts)
    return Entry(
        title=item.sentence,
        note=format_moment(item.at, language(), teller.now),
        number=number,
        kind=KINDS[item.tone],
        url=item.url,
    )


def silence_words(item: rules.Silence, teller: Teller) -> str:
    """Say a silence with its length: who is silent, for how long, and whether it lasts."""
    length = format_duration(item.until - item.since, language())
    if item.kind == "answer":
        values = {"unit": teller.unit_name(item.unit) or _("nobody was found"), "what": item.what, "length": length}
        if item.open:
            return _("%(unit)s: no answer for %(length)s (%(what)s)") % values
        return _("%(unit)s: answered after %(length)s of silence (%(what)s)") % values
    if item.kind == "unseen":
        words = ngettext("%(n)s day: nobody saw the child", "%(n)s days: nobody saw the child", item.days)
    else:
        words = ngettext("%(n)s day: nobody wrote anything", "%(n)s days: nobody wrote anything", item.days)
    still = _("%(words)s, and it lasts") % {"words": words} if item.open else words
    return still % {"n": item.days}


def _told(line: ActLine) -> list[int]:
    return [rung["unit"] for rung in line.codes.get("rungs", []) if rung.get("unit")]


def _lane(line: ActLine) -> int:
    """Return whose lane an act stands in: who was told of silence, who owes, who acted; 0 for who reported."""
    told = _told(line)
    if line.verb == "escalate_obligation" and told:
        return told[-1]
    named = line.codes.get("unit")
    return named if isinstance(named, int) else line.actor_unit or 0
