"""A stored derivation in the reader's language: four steps and a strip of days, ready for any page or document."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from arasha.kernel.worktime.queries.strip import StripDay, strip
from arasha.kernel.worktime.rules import Derivation, Reason, Unit, local
from arasha.kernel.worktime.rules.derivation import skips_days_off
from arasha.kernel.worktime.rules.formats import format_limit, format_moment

OFF = (Reason.WEEKEND, Reason.HOLIDAY, Reason.MOVED_OFF)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning: what is asked, the answer, and a note (may be empty)."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything a page needs to show how a deadline was computed."""

    steps: tuple[Step, ...]
    days: tuple[StripDay, ...]


def explain(
    derivation: Derivation,
    language: str,
    *,
    now: datetime | None = None,
    from_note: str = "",
    extended_to: datetime | None = None,
) -> Explanation:
    """Put a derivation into words of kk, ru or en.

    `from_note` says in that language what happened at the first moment; `extended_to` is the moment of an extension
    that somebody granted; `now` adds the reader's day to the strip.
    """
    with override(language):
        steps = (
            Step(pgettext("deadline", "From the moment"), format_moment(derivation.from_moment, language), from_note),
            Step(pgettext("deadline", "Limit"), format_limit(derivation.limit, language), _limit_note(derivation)),
            Step(pgettext("deadline", "Calendar"), _calendar(derivation), _skipped(derivation, language)),
            Step(
                pgettext("deadline", "Due"),
                format_moment(extended_to or derivation.due, language),
                _changes(derivation, language, extended_to),
            ),
        )
        return Explanation(steps, tuple(strip(derivation, language, now)))


def _limit_note(derivation: Derivation) -> str:
    hours, unit = derivation.hours, derivation.limit.unit
    if unit in (Unit.CLOCK_MINUTES, Unit.CLOCK_HOURS):
        return _("the clock runs through nights and days off")
    if unit is Unit.WORKING_HOURS:
        if hours.around_the_clock:
            return _("the body works round the clock, so every hour counts")
        opening = {"opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}"}
        return _("only the hours when the body is open count: %(opens)s–%(closes)s") % opening
    return _day_note(derivation)


def _day_note(derivation: Derivation) -> str:
    if derivation.hours.around_the_clock:
        return _("the day of the notice is not counted; the last day ends at midnight")
    if any(day.reason is Reason.LAST_MOVED for day in derivation.days):
        return _("the day of the notice is not counted; the last day is off, so it ends on the next day of work")
    if derivation.limit.day_off_stands:
        return _("the day of the notice is not counted; a day off at the end does not move it")
    closing = {"time": f"{derivation.hours.closes:%H:%M}"}
    return _("the day of the notice is not counted; the day ends when the body closes, %(time)s") % closing


def _calendar(derivation: Derivation) -> str:
    years = sorted({local(derivation.from_moment).year, local(derivation.due).year})
    named = {"years": "–".join(map(str, years))}
    if skips_days_off(derivation.limit, derivation.hours):
        return _("Kazakhstan %(years)s, five-day week") % named
    return _("Kazakhstan %(years)s, every day") % named


def _skipped(derivation: Derivation, language: str) -> str:
    off = [day for day in derivation.days if day.reason in OFF]
    notes = []
    if off:
        names = list(dict.fromkeys(day.mark.name(language) for day in off if day.mark and not day.mark.instead_of))
        moved = sum(day.reason is Reason.MOVED_OFF for day in off)
        weekend = sum(day.reason is Reason.WEEKEND for day in off)
        if moved:
            names.append(ngettext("%(n)s day off moved", "%(n)s days off moved", moved) % {"n": moved})
        if weekend:
            names.append(ngettext("%(n)s day of a weekend", "%(n)s days of weekends", weekend) % {"n": weekend})
        skipped = ngettext("%(n)s day skipped: %(reasons)s", "%(n)s days skipped: %(reasons)s", len(off))
        notes.append(skipped % {"n": len(off), "reasons": ", ".join(names)})
    else:
        notes.append(_("no day skipped"))
    if derivation.estimated:
        notes.append(_("a date among them is estimated and not yet announced"))
    return "; ".join(notes)


def _changes(derivation: Derivation, language: str, extended_to: datetime | None) -> str:
    notes = []
    if extended_to is not None:
        notes.append(_("extended; it was due %(moment)s") % {"moment": format_moment(derivation.due, language)})
    for pause in derivation.pauses:
        period = {"since": format_moment(pause.since, language), "until": format_moment(pause.until, language)}
        notes.append(_("suspended: %(since)s – %(until)s") % period)
    return "; ".join(notes) or _("not extended, not suspended")
