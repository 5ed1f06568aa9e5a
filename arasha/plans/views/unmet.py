"""What was asked for children and not given, as figures of a territory and whole months."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import districts
from arasha.kernel.territory.rules import NATION, region_code
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_number
from arasha.plans import policy, queries
from arasha.plans.rules import places as rules
from arasha.plans.views import places_words
from arasha.plans.views.words import language
from arasha.services.queries import place_names
from arasha.ui.rules.parts import Empty

MONTHS = (3, 12, 1)


@may("see_board")
@require_safe
def unmet(request: StaffRequest) -> HttpResponse:
    """Show needs by service, place and month, and refusals by reason; fewer than ten are held back."""
    if not policy.may_see_unmet(request.actor):
        raise Http404
    months = int(asked) if (asked := request.GET.get("months", "")) in {str(one) for one in MONTHS} else MONTHS[0]
    choices = _places(request)
    place = request.GET.get("place", "")
    place = place if place in dict(choices) else request.actor.territory
    until = _next_month(local(request.now).date())
    since = _months_before(until, months)
    rows = queries.unmet_need(request.actor, since, until, place)
    total = next((_line(_("Together"), row) for row in rows if row.what == "all"), None)
    context = {
        "page_title": _("Unmet need"),
        "page_meta": dict(choices).get(place, ""),
        "places": choices,
        "place": place,
        "months": months,
        "periods": MONTHS,
        "total": total,
        "alone": [(_("Together"), [total])] if total else [],
        "groups": _groups(rows, request),
        "refusals": _refusals(rows),
        "nothing": Empty(_("Nothing was asked in these months"), _("Choose a longer time or a larger place.")),
    }
    return render(request, "plans/unmet.html", context)


def _groups(rows: Iterable[queries.UnmetNeed], request: StaffRequest) -> list[tuple[str, list[dict[str, str]]]]:
    rows = list(rows)
    names = place_names([row.code for row in rows if row.what == "place" and row.code], language())
    told: dict[str, tuple[str, Callable[[str], str]]] = {
        "service": (_("By service"), lambda code: places_words.service_name(code, request.now)),
        "place": (_("By place of the child"), lambda code: names.get(code) or _("not known")),
        "month": (_("By month of asking"), lambda code: f"{code[5:]}.{code[:4]}"),
    }
    groups = []
    for what, (title, name) in told.items():
        lines = [_line(name(row.code), row) for row in sorted(rows, key=lambda row: row.code) if row.what == what]
        if lines:
            groups.append((title, lines))
    return groups


def _line(name: str, row: queries.UnmetNeed) -> dict[str, str]:
    counts = {key: _count(getattr(row, key)) for key in ("asked", "begun", "waiting", "unmet", "missed")}
    return {"name": name} | counts


def _refusals(rows: Iterable[queries.UnmetNeed]) -> list[dict[str, Any]]:
    found = [row for row in rows if row.what == "refusal" and row.code in rules.PLACE_REFUSALS]
    found.sort(key=lambda row: (-(row.asked or 0), row.code))
    return [
        {
            "name": rules.PLACE_REFUSALS.label(row.code),
            "count": _count(row.asked),
            "tone": places_words.FINDINGS.get(rules.PLACE_REFUSALS[row.code].more["finding"], ""),
            "unlawful": rules.PLACE_REFUSALS[row.code].more["finding"] == "unlawful",
        }
        for row in found
    ]


def _count(value: int | None) -> str:
    return _("fewer than 10") if value is None else format_number(value, language())


def _places(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the places whose figures the reader may see: their own, and what lies below it."""
    own = request.actor.territory
    below = districts(own, language())
    found = [(own, place_names([own], language())[own] or _("The whole country"))]
    for name, inner in below:
        region = region_code(inner[0][0]) if inner else None
        if own == NATION and region:
            found.append((region, name))
        elif own == region:
            found += inner
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
