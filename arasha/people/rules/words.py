"""A person in words: what they are called, when they were born, how old they are; in the reader's language."""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules.formats import format_date
from arasha.people.rules.birth import age_on


def name_shown(called: str, role: str) -> str:
    """Return what a person is called, or that the name is not known."""
    if called:
        return called
    return _("A child, name not known") if role in {"child", "sibling"} else _("Name not known")


def birth_shown(first: date | None, last: date | None, how: str) -> str:
    """Return a birth as exactly as it is known, empty where nothing is."""
    if first is None or last is None:
        return ""
    if how == "day":
        return format_date(first, get_language() or "kk")
    if how == "month":
        return f"{first.month:02}.{first.year}"
    if how == "year":
        return str(first.year)
    return _("about %(year)s") % {"year": middle(first, last).year}


def age_shown(first: date | None, last: date | None, on: date) -> str:
    """Return an age on a day in words, empty where no birth is known."""
    if first is None or last is None:
        return ""
    years = max(age_on(middle(first, last), on), 0)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}


def middle(first: date, last: date) -> date:
    """Return the day in the middle of what is possible."""
    return first + (last - first) / 2
