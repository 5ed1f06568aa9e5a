"""Moments and spans in the reader's language. Pure but for the language that is active."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def moment_words(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Say a moment as people do: today, yesterday or tomorrow with the time, else weekday, date and time.

    The year is said only when it is not this year's.
    """
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    time = date_format(here, "H:i")
    distance = (here.date() - today).days
    if distance == 0:
        return _("today, %(time)s") % {"time": time}
    if distance == -1:
        return _("yesterday, %(time)s") % {"time": time}
    if distance == 1:
        return _("tomorrow, %(time)s") % {"time": time}
    if here.year != today.year:
        return date_format(here, "SHORT_DATETIME_FORMAT")
    date = date_format(here, "MONTH_DAY_FORMAT")
    return _("%(weekday)s, %(date)s, %(time)s") % {"weekday": date_format(here, "D"), "date": date, "time": time}


def span_words(span: timedelta) -> str:
    """Say an amount of time in its largest fitting unit: minutes below an hour, hours below two days, then days."""
    span = abs(span)
    if span < HOUR:
        minutes = int(span.total_seconds() // 60)
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if span < 2 * DAY:
        hours = int(span / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s day", "%(n)s days", span.days) % {"n": span.days}


def due_words(due: datetime, now: datetime) -> str:
    """Say how late something is, or how much time is left."""
    span = span_words(now - due)
    return _("late: %(span)s") % {"span": span} if due < now else _("left: %(span)s") % {"span": span}
