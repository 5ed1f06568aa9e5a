"""A helpline's figures as rows to be shown: what each is called, its value, and how it is computed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from arasha.helpline.models import Reason
from arasha.helpline.queries import Calls, Contacts, Figures, Past
from arasha.helpline.rules import AGES, CHANNELS, KINDS, protecting
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules.formats import format_number
from arasha.people.rules import SEXES
from arasha.ui.rules import CodeList

BY = ("month", "channel", "kind", "reason", "sex", "age", "region")
NOT_SAID = ""


def few() -> str:
    """Return what stands instead of a small number."""
    return _("fewer than 10")


def number(value: int | None) -> str:
    """Return a count, or that it is too small to be told."""
    return few() if value is None else format_number(value, get_language() or "kk")


def per_cent(part: int | None, whole: int | None, inside: bool) -> str:
    """Return a share in per cent, a dash where there is nothing to reckon from or it is too little to tell."""
    found = protecting.share(part, whole, inside=inside)
    return "–" if found is None else _("%(share)s %%") % {"share": found}


def length(seconds: int | None) -> str:
    """Return a length of time, a dash where there is none."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    if minutes < 2:
        return pgettext("length", "%(seconds)s s") % {"seconds": seconds}
    if minutes < 120:
        return pgettext("length", "%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    hours, minutes = divmod(minutes, 60)
    return pgettext("length", "%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def calls(found: Calls, inside: bool) -> list[dict[str, str]]:
    """Return the measures of calls: what became of them, how long people waited and talked, what is uncertain."""
    return [*_became(found, inside), *_waited(found, inside), *_talked(found, inside)]


def _became(found: Calls, inside: bool) -> list[dict[str, str]]:
    def share(part: int | None) -> str:
        return per_cent(part, found.offered, inside)

    return [
        _measure(
            _("Calls offered"), number(found.offered), _("Every call that the exchange told of and that is over.")
        ),
        _measure(_("Calls answered"), number(found.answered), _("Somebody of the helpline took it.")),
        _measure(_("Answer rate"), share(found.answered), _("Answered of offered.")),
        _measure(
            _("Abandoned"), number(found.abandoned), _("The caller hung up while waiting, after however short a time.")
        ),
        _measure(_("Abandoned rate"), share(found.abandoned), _("Abandoned of offered.")),
        _measure(_("Missed"), number(found.missed), _("The line let the call go before anybody answered.")),
        _measure(_("Missed rate"), share(found.missed), _("Missed of offered.")),
        _measure(_("Passed to another line"), number(found.overflowed), _("It left the queue for a line outside.")),
        _measure(_("Lost from sight"), number(found.lost), _("The exchange never told how it ended.")),
    ]


def _waited(found: Calls, inside: bool) -> list[dict[str, str]]:
    known = _("Of answered calls whose wait is known.")
    return [
        _measure(
            _("Median wait"),
            length(found.wait_median),
            _("Half of the answered callers waited no longer, from the first ring to the answer."),
        ),
        _measure(
            _("Wait of nine in ten"), length(found.wait_ninetieth), _("Nine of ten answered callers waited no longer.")
        ),
        _measure(_("Answered within 20 seconds"), per_cent(found.in_20, found.waited, inside), known),
        _measure(_("Answered within 30 seconds"), per_cent(found.in_30, found.waited, inside), known),
    ]


def _talked(found: Calls, inside: bool) -> list[dict[str, str]]:
    return [
        _measure(
            _("Mean length of a call"),
            length(found.talk_mean),
            _("From the answer to the end, on hold included; calls of which both are known."),
        ),
        _measure(_("On hold in a call"), length(found.held_mean), _("Mean over the same calls.")),
        _measure(
            _("Called before on the same day"),
            per_cent(found.repeated, found.known, inside),
            _("Of calls with a number. A line is known again for one day only."),
        ),
        _measure(
            _("Told with gaps"),
            number(found.strange),
            _("An event was missing or out of order; a length that needs it is not counted."),
        ),
    ]


def contacts(found: Figures) -> list[dict[str, str]]:
    """Return the measures of contacts of every channel."""
    total, inside = found.total, found.inside
    return [
        _measure(_("Contacts"), number(total.contacts), _("Every contact that was begun, of every channel and kind.")),
        _measure(_("Contacts answered"), number(total.answered), _("An operator took the call or wrote back.")),
        _measure(_("Share answered"), per_cent(total.answered, total.contacts, inside), _("Answered of all contacts.")),
        _measure(
            _("Share referred"),
            per_cent(total.referred, total.answered, inside),
            _("Of answered contacts, those that were referred to a service."),
        ),
        _measure(
            _("Share that led to a signal"),
            per_cent(total.signals, total.answered, inside),
            _("Of answered contacts, those out of which a signal about a child was made."),
        ),
        _measure(
            _("Mean handling time"),
            length(total.handled),
            _("From taking a contact until it is written down; contacts that are written down."),
        ),
    ]


def replies(found: Figures) -> list[dict[str, str]]:
    """Return how long people wait for a first reply, by channel."""
    return [
        {
            "name": CHANNELS.label(code) if code in CHANNELS else code,
            "replied": number(one.replied),
            "median": length(one.reply_median),
            "ninetieth": length(one.reply_ninetieth),
        }
        for code, one in _ordered("channel", found.by["channel"])
        if one.replied
    ]


def breakdowns(found: Figures, *, without: str = "") -> list[dict[str, Any]]:
    """Return the tables that tell contacts apart by one thing each."""
    names = _names(found)
    return [
        {
            "code": what,
            "title": TITLES[what](),
            "head": HEADS[what](),
            "rows": [_row(names[what](code), one, found) for code, one in _ordered(what, found.by[what])],
            "withheld": not found.inside,
        }
        for what in BY
        if what != without and found.by[what]
    ]


def past(one: Past, found: Figures) -> list[dict[str, Any]]:
    """Return the tables of imported figures of one source."""
    names = _names(found, one)
    return [
        {
            "title": HEADS[what](),
            "rows": [
                {"name": names[what](code), "contacts": number(value)}
                for code, value in sorted(one.figures[what].items(), key=lambda pair: _place(what, pair[0], pair[1]))
            ],
        }
        for what in ("month", "region", "channel", "kind", "reason")
        if one.figures.get(what)
    ]


def _measure(name: str, value: str, how: str) -> dict[str, str]:
    return {"name": name, "value": value, "how": how}


def _row(name: str, one: Contacts, found: Figures) -> dict[str, Any]:
    share = protecting.share(one.contacts, found.total.contacts, inside=found.inside)
    return {
        "name": name,
        "contacts": number(one.contacts),
        "share": per_cent(one.contacts, found.total.contacts, found.inside),
        "length": share or 0,
        "answered": number(one.answered),
        "referred": number(one.referred),
        "signals": number(one.signals),
    }


TITLES: Mapping[str, Callable[[], str]] = {
    "month": lambda: _("Contacts by month"),
    "channel": lambda: _("Contacts by channel"),
    "kind": lambda: _("Contacts by kind"),
    "reason": lambda: _("Contacts by main reason"),
    "sex": lambda: _("Contacts by sex of the child"),
    "age": lambda: _("Contacts by age of the child"),
    "region": lambda: _("Contacts by region"),
}
HEADS: Mapping[str, Callable[[], str]] = {
    "month": lambda: _("Month"),
    "channel": lambda: _("Channel"),
    "kind": lambda: _("Kind of contact"),
    "reason": lambda: _("Main reason"),
    "sex": lambda: _("Sex"),
    "age": lambda: _("Age"),
    "region": lambda: _("Region"),
}
LISTS: Mapping[str, CodeList] = {"channel": CHANNELS, "kind": KINDS, "sex": SEXES, "age": AGES}


def _names(found: Figures, past_of: Past | None = None) -> dict[str, Callable[[str], str]]:
    """Return how a code of each thing is called, in the reader's language."""
    language = get_language() or "kk"
    seen = {what: set(found.by[what]) | set(past_of.figures.get(what, {}) if past_of else ()) for what in BY}
    reasons = {row.pk: str(getattr(row, f"name_{language}")) for row in Reason.objects.filter(pk__in=seen["reason"])}
    places = {row.pk: row.name(language) for row in Territory.objects.filter(pk__in=seen["region"])}

    def of(known: Mapping[str, str]) -> Callable[[str], str]:
        return lambda code: known.get(code, code) if code else _("not said")

    def listed(codes: CodeList) -> Callable[[str], str]:
        return lambda code: codes.label(code) if code in codes else code or _("not said")

    return {
        "month": lambda code: code,
        "reason": of(reasons),
        "region": of(places),
        **{what: listed(codes) for what, codes in LISTS.items()},
    }


def _ordered(what: str, rows: Mapping[str, Contacts]) -> Sequence[tuple[str, Contacts]]:
    return sorted(rows.items(), key=lambda pair: _place(what, pair[0], pair[1].contacts))


def _place(what: str, code: str, contacts: int | None) -> tuple[Any, ...]:
    """Return where a row stands: months and lists in their own order, all else by how many; what is not said last."""
    if what == "month":
        return (code,)
    if what in {"sex", "age"}:
        order = [row.code for row in LISTS[what]]
        return (order.index(code) if code in order else len(order), code)
    return (code == NOT_SAID, -(contacts or 0), code)
