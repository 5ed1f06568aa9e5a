"""`{% load ui %}`: the components as tags. Values come from `arasha.ui.rules`; markup stands in `ui/parts`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from arasha.kernel.worktime.queries import Step, StripDay
from arasha.kernel.worktime.rules import formats as words_of
from arasha.ui.rules import journey as drawn
from arasha.ui.rules import page, parts

register = template.Library()
NOWHERE: Final = {"before": "", "after": ""}  # the marks of `rules.paging`, gone: a list from its beginning
TAG_COLOURS = {"late": "red", "unsure": "yellow", "waiting": "blue", "open": "green", "ours": "", "neutral": "grey"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of the icons in `ui/icons`; it is hidden from screen readers, words stand beside it."""
    return render_to_string(f"ui/icons/{name}.html")


@register.inclusion_tag("ui/parts/state.html")
def state(kind: str | parts.State, words: str = "") -> dict[str, object]:
    """Shape, colour and words of where an obligation stands: `{% state "late" words %}` or `{% state value %}`."""
    value = kind if isinstance(kind, parts.State) else parts.State(kind, words)
    family = "wait" if value.kind in {"extended", "suspended"} else value.kind
    return {"value": value, "family": family, "mark": f"ui/icons/state_{value.kind}.html"}


@register.simple_tag
def tag(meaning: str, words: str) -> SafeString:
    """Colour by meaning: late, unsure, waiting, open, ours, neutral; the word is always there."""
    colour = TAG_COLOURS[meaning]
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", words)


@register.simple_tag
def number(value: int, kind: str = "") -> SafeString:
    """A numbered badge as on the clock and the ladder."""
    return format_html('<span class="a-n{}">{}</span>', f" a-n--{kind}" if kind else "", value)


@register.simple_tag
def rungs(reached: int, total: int) -> SafeString:
    """Dots for how far something has climbed, for eyes only: words stand beside them."""
    dots = SafeString("".join('<i class="on"></i>' if index < reached else "<i></i>" for index in range(total)))
    return format_html('<span class="a-rungs" aria-hidden="true">{}</span>', dots)


@register.inclusion_tag("ui/parts/button.html", takes_context=True)
def button(context: Context, action: page.Action | str, **options: Any) -> dict[str, object]:
    """A button: `{% button action %}` for a value, or `{% button label kind="secondary" name="step" %}` in a form."""
    shared = {"csrf_token": context.get("csrf_token", "")}
    if isinstance(action, page.Action):
        return shared | {"action": action}
    return shared | {"label": action, "kind": "primary", "type": "submit"} | options


@register.inclusion_tag("ui/parts/safety.html", takes_context=True)
def safety(context: Context, value: parts.Safety, level: int = 2) -> dict[str, object]:
    """The safety banner; `level` is the heading's level on this page."""
    return {"value": value, "level": level, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/parts/answers.html")
def answers(values: Sequence[parts.Answer]) -> dict[str, object]:
    """The four answers of a case."""
    return {"values": values}


@register.inclusion_tag("ui/parts/figures.html")
def figures(values: Sequence[parts.Figure]) -> dict[str, object]:
    """The strip of key figures, at most six."""
    return {"values": values}


@register.inclusion_tag("ui/parts/ladder.html")
def ladder(values: Sequence[parts.Rung]) -> dict[str, object]:
    """The ladder of escalation."""
    return {"values": values}


@register.inclusion_tag("ui/parts/deadline.html")
def deadline(steps: Sequence[Step], days: Sequence[StripDay] = ()) -> dict[str, object]:
    """How a deadline was computed, as `worktime.queries.explain` gives it: its steps, its days."""
    return {"steps": steps, "days": days}


@register.inclusion_tag("ui/parts/clock.html")
def clock(value: object, sentence: str) -> dict[str, object]:
    """The obligation clock (`rules.clock.clock`); `sentence` says what it shows, the list stands beside it."""
    return {"clock": value, "sentence": sentence}


@register.inclusion_tag("ui/parts/time_line.html")
def time_line(entries: Sequence[parts.Entry], narrow: bool = False) -> dict[str, object]:
    """Acts in order, with gaps drawn as gaps; `narrow`: only where a journey beside it finds no room, and in print."""
    return {"entries": entries, "always": not narrow}


@register.inclusion_tag("ui/parts/journey.html")
def journey(
    value: drawn.Journey, entries: Sequence[parts.Entry], sentence: str, before: str, since: str
) -> dict[str, object]:
    """A lane a body, silences as boxes (`rules.journey.journey`); below 860 px and in print the same as a list.

    `sentence` says what it shows, `before` and `since` head its two parts.
    """
    return {"journey": value, "entries": entries, "sentence": sentence, "before": before, "since": since}


@register.inclusion_tag("ui/parts/sealed.html")
def sealed(value: parts.Sealed) -> dict[str, object]:
    """Something sealed: that it exists and how to ask."""
    return {"value": value}


@register.inclusion_tag("ui/parts/team.html")
def team(values: Sequence[parts.Member]) -> dict[str, object]:
    """Who is on this case."""
    return {"values": values}


@register.inclusion_tag("ui/parts/owed.html")
def owed(values: Sequence[parts.Owed]) -> dict[str, object]:
    """What is owed next."""
    return {"values": values}


@register.inclusion_tag("ui/parts/tiles.html")
def tiles(values: Sequence[parts.Tile], layout: str, label: str) -> dict[str, object]:
    """Territories as tiles, `layout` nation or region; a table with the same figures stands beside them."""
    return {"values": values, "layout": layout, "label": label}


@register.inclusion_tag("ui/parts/multiples.html")
def multiples(values: Sequence[parts.Multiple]) -> dict[str, object]:
    """Small charts on one scale."""
    return {"values": values}


@register.inclusion_tag("ui/parts/progress.html", takes_context=True)
def progress(context: Context, value: parts.Progress) -> dict[str, object]:
    """Long work that can be left."""
    return {"value": value, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/parts/empty.html", takes_context=True)
def empty(context: Context, value: parts.Empty, level: int = 2) -> dict[str, object]:
    """An empty list that says what to do."""
    return {"value": value, "level": level, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/parts/notice.html")
def notice(text: str, kind: str = "info", heading: str = "") -> dict[str, object]:
    """An answer of the system; `kind` as Django's message levels: success, info, warning, error."""
    alert = {"success": "success", "warning": "warning", "error": "error"}.get(kind, "information")
    return {"text": text, "alert": alert, "heading": heading}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(values: Sequence[page.Link], label: str = "") -> dict[str, object]:
    """Tabs that are pages."""
    return {"values": values, "label": label}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(values: Sequence[page.Link]) -> dict[str, object]:
    """The way here."""
    return {"values": values}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, previous: str = "", following: str = "") -> dict[str, object]:
    """Previous and next by what `rules.paging.page_of` wrote ("?after=…"); the list's filters stay in the address.

    No count, no numbers, so that nothing is said of what is not shown.
    """
    return {"previous": _turned(context, previous), "following": _turned(context, following)}


def _turned(context: Context, mark: str) -> str:
    """Return this page's address turned to the mark, or nothing where there is no such page."""
    return _address(context, **(NOWHERE | dict(parse_qsl(mark.removeprefix("?"))))) if mark else ""


@register.inclusion_tag("ui/parts/filter.html", takes_context=True)
def filter_panel(context: Context, filters: Sequence[page.Filter]) -> dict[str, object]:
    """Choices that narrow a list; they stand in the address as codes and work without JavaScript."""
    groups = [
        {
            "filter": group,
            "choices": [{"code": code, "label": label, "on": code in group.chosen} for code, label in group.choices],
        }
        for group in filters
    ]
    request = context.get("request")
    return {"groups": groups, "sort": request.GET.get("sort", "") if request else ""}


@register.inclusion_tag("ui/parts/sort_head.html", takes_context=True)
def sort_head(context: Context, column: page.Column, ordered_by: str, descending: bool = False) -> dict[str, object]:
    """A table head that sorts: `ordered_by` and `descending` as given by `rules.page.sort_order`."""
    active = column.code == ordered_by
    wish = f"-{column.code}" if active and not descending else column.code
    order = ("descending" if descending else "ascending") if active else "none"
    return {"column": column, "order": order, "url": _address(context, sort=wish, **NOWHERE)}


def _address(context: Context, **changes: str) -> str:
    """This page's address with some parameters changed; empty ones go."""
    request = context.get("request")
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


@register.filter
def grouped(value: int | Decimal) -> str:
    """A number with the language's groups and decimal sign: 1 538."""
    return words_of.format_number(value, _language())


@register.filter
def label_of(row: object) -> str:
    """The label of a reference row in the reader's language: its `name_kk`, `name_ru` or `name_en`."""
    return str(getattr(row, f"name_{_language()}"))


@register.simple_tag
def moment(at: datetime, now: datetime | None = None) -> SafeString:
    """A moment in words in a `time` element; with `now`, near days by their word."""
    return _time(at, words_of.format_moment(at, _language(), now))


@register.filter
def stamp(at: datetime) -> SafeString:
    """A moment for tables and receipts: 05.03.2026, 14:05."""
    return _time(at, words_of.format_stamp(at, _language()))


@register.filter
def day(value: date) -> str:
    """A day as screens show it: 05.03.2026."""
    return words_of.format_date(value, _language())


@register.filter
def span(length: timedelta) -> str:
    """A length of time in its largest fitting unit: 15 hours."""
    return words_of.format_duration(length, _language())


def _time(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="minutes"), words)


def _language() -> str:
    return words_of.known(translation.get_language() or "kk")
