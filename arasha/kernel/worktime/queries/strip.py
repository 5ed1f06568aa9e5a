"""The strip of days under a deadline: each day with the reason why it counts or does not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from arasha.kernel.worktime.rules import Day, Derivation, Reason, Unit, local
from arasha.kernel.worktime.rules.formats import format_day, format_time

State = Literal["from", "counts", "off", "due", "now"]
LONGEST = 10


@dataclass(frozen=True, slots=True)
class StripDay:
    """One box of the strip. `left_out` counts the ordinary days between the box before and this one."""

    date: date
    label: str
    reason: str
    state: State
    left_out: int = 0
    is_today: bool = False


def strip(derivation: Derivation, language: str, now: datetime | None = None) -> list[StripDay]:
    """Return the boxes, oldest first; of more than ten days only the first, the last and the days off.

    With `now`, today is marked, or added at the end when the last day is over.
    """
    today = None if now is None else local(now).date()
    last = derivation.days[-1]
    boxes, left_out = [], 0
    with override(language):
        for day in derivation.days:
            state = _state(day, derivation)
            if len(derivation.days) > LONGEST and state == "counts" and day.date != today:
                left_out += 1
                continue
            reason = _reason(day, derivation, language)
            boxes.append(StripDay(day.date, format_day(day.date, language), reason, state, left_out, day.date == today))
            left_out = 0
        if now is not None and today is not None and today > last.date:
            between = (today - last.date).days - 1
            said = _("now, %(time)s") % {"time": format_time(now)}
            boxes.append(StripDay(today, format_day(today, language), said, "now", between, is_today=True))
    return boxes


def _state(day: Day, derivation: Derivation) -> State:
    if day is derivation.days[-1]:
        return "due"
    if day is derivation.days[0]:
        return "from"
    return "counts" if day.counts else "off"


def _reason(day: Day, derivation: Derivation, language: str) -> str:
    said = _counting(day, derivation, language) if day.counts else _idle(day, derivation, language)
    if day is derivation.days[0]:
        notice = _("notice received %(time)s") % {"time": format_time(derivation.from_moment)}
        said = notice if day.reason is Reason.NOTICE else f"{notice}; {said}" if said else notice
    if day is derivation.days[-1]:
        due = _("due at %(time)s") % {"time": format_time(derivation.due)}
        return f"{said}: {due}" if said else due
    return said


def _counting(day: Day, derivation: Derivation, language: str) -> str:
    if day.reason is Reason.LAST_MOVED:
        return _("next day of work")
    if day.reason is Reason.MOVED_WORKING and day.mark is not None and day.mark.instead_of is not None:
        return _("worked in place of %(day)s") % {"day": format_day(day.mark.instead_of, language)}
    if derivation.limit.unit is Unit.WORKING_DAYS:
        return _("working day %(number)s") % {"number": day.number}
    if derivation.limit.unit is Unit.CALENDAR_DAYS:
        return _("day %(number)s") % {"number": day.number}
    return "" if day in (derivation.days[0], derivation.days[-1]) else pgettext("day of a deadline", "counts")


def _idle(day: Day, derivation: Derivation, language: str) -> str:
    if day.reason is Reason.WEEKEND:
        return pgettext("day of a deadline", "weekend")
    if day.reason is Reason.PAUSED:
        return pgettext("day of a deadline", "suspended")
    if day.reason is Reason.CLOSED:
        return _("after closing, %(time)s") % {"time": f"{derivation.hours.closes:%H:%M}"}
    if day.mark is None:
        return ""
    if day.mark.instead_of is not None:
        return _("day off for %(day)s") % {"day": format_day(day.mark.instead_of, language)}
    return day.mark.name(language)
