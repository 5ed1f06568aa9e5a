"""The helpline's figures: a page of tables, the same as a file, and the table of past figures that is handed in."""

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.helpline import actions, policy, queries
from arasha.helpline.forms import PastForm
from arasha.helpline.policy import FIGURES
from arasha.helpline.rules import fault_words, periods
from arasha.helpline.views import figures_words as words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere
from arasha.kernel.worktime.rules import local
from arasha.ui.rules import sheet_words
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty, Figure
from arasha.ui.rules.sheets import SheetUnreadable, neutral

SHOWN_FAULTS = 50


@may(FIGURES)
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """Show the figures of the months and the region that are asked for."""
    period, region = _asked(request)
    found = _found(request, period, region)
    language = get_language() or "kk"
    places = queries.regions()
    context = {
        "page_title": _("Figures of the helpline"),
        "page_meta": _meta(period, region, places, language),
        "tabs": tabs(request, "figures"),
        "inside": found.inside,
        "nothing": _nothing(request) if found.nothing else None,
        "keys": _keys(found),
        "calls": words.calls(found.calls, found.inside) if found.calls else [],
        "contacts": words.contacts(found) if found.by["month"] else [],
        "replies": words.replies(found),
        "breakdowns": words.breakdowns(found, without="region" if region else ""),
        "past": [{"one": one, "tables": words.past(one, found)} for one in found.past],
        "regional": bool(region),
        "months": _months(request, period),
        "first": period.first.code,
        "last": period.last.code,
        "regions": [(place.pk, place.name(language), place.pk == region) for place in places],
        "download": f"{reverse('helpline:figures_file')}?{_address(period, region)}",
    }
    return render(request, "helpline/figures.html", context)


@may(FIGURES)
@require_safe
def file(request: StaffRequest) -> HttpResponse:
    """Give the same figures as a file for a spreadsheet: no cell that a spreadsheet would run."""
    period, region = _asked(request)
    found = _found(request, period, region)
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    for row in _sheet(found, period, region):
        lines.writerow([neutral(str(cell)) for cell in row])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"arasha-helpline-{period.first.code}-{period.last.code}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@may(FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def past(request: StaffRequest) -> HttpResponse:
    """Take a table of past figures: first what it would change, with every fault in its place; list what was taken."""
    if not policy.may_see_figures(request.actor):
        raise NotThere
    supervises = bool(policy.supervised_units(request.actor))
    form = PastForm(request.POST, request.FILES) if request.method == "POST" else PastForm()
    context: dict[str, Any] = {
        "page_title": _("Past figures of the helpline"),
        "tabs": tabs(request, "past"),
        "supervises": supervises,
    }
    if request.method == "POST":
        if not supervises:
            raise NotThere
        if form.is_valid():
            context |= _taken(request, form)
    editions = [
        {"row": row, "by": by, "stands": row.replaced_at is None} for row, by in queries.editions(request.actor)
    ]
    wrong = bool(form.errors or context.get("faults"))
    return render(
        request,
        "helpline/past_figures.html",
        context | {"form": form, "editions": editions},
        status=422 if wrong else 200,
    )


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Return the pages about figures and lines that the reader may go to."""
    pages = [("figures", _("Figures"), "helpline:figures"), ("past", _("Past figures"), "helpline:past_figures")]
    if policy.supervised_units(request.actor):
        pages.append(("lines", _("Lines"), "helpline:lines"))
    return [Link(label, reverse(name), current=code == here) for code, label, name in pages]


def _asked(request: HttpRequest) -> tuple[periods.Period, str]:
    today = local(request.now).date()  # type: ignore[attr-defined]  # every staff request has it
    period = periods.period(request.GET.get("from", ""), request.GET.get("to", ""), today)
    region = request.GET.get("region", "")
    known = {place.pk for place in queries.regions()}
    return period, region if region in known else ""


def _found(request: StaffRequest, period: periods.Period, region: str) -> queries.Figures:
    try:
        return queries.figures(request.actor, period, region)
    except policy.NotAllowed:
        raise NotThere from None


def _taken(request: StaffRequest, form: PastForm) -> dict[str, Any]:
    """Take the table, or say what it would change or what is wrong in it."""
    try:
        handed = actions.import_figures(
            actor=request.actor,
            now=request.now,
            content=form.content(),
            source=form.cleaned_data["source"],
            dry_run="write" not in request.POST,
        )
    except SheetUnreadable as problem:
        return {"faults": [sheet_words.unreadable(problem)], "more": 0}
    except actions.TableFaulty as problem:
        found = [fault_words.fault(one) for one in problem.faults]
        return {"faults": found[:SHOWN_FAULTS], "more": max(0, len(found) - SHOWN_FAULTS)}
    return {"handed": handed}


def _address(period: periods.Period, region: str) -> str:
    return f"from={period.first.code}&to={period.last.code}&region={region}"


def _meta(period: periods.Period, region: str, places: list[Any], language: str) -> str:
    name = next((place.name(language) for place in places if place.pk == region), _("all regions"))
    return f"{period.first.code} – {period.last.code} · {name}"


def _months(request: StaffRequest, period: periods.Period) -> list[str]:
    """Return the months to choose from, the newest first: five years back, and as far as was asked."""
    now = periods.month_of(local(request.now).date())
    first = min(period.first, now.plus(-59))
    return [one.code for one in reversed(periods.Period(first, now).months)]


def _nothing(request: StaffRequest) -> Empty:
    hand_in = Action(_("Hand in past figures"), reverse("helpline:past_figures"))
    return Empty(
        _("Nothing was counted in this period"),
        _("Figures are made of the contacts that operators write down and of the calls that the exchange tells of."),
        [hand_in] if policy.supervised_units(request.actor) else [],
    )


def _keys(found: queries.Figures) -> list[Figure]:
    if not found.by["month"]:
        return []
    keys = [
        Figure(words.number(found.total.contacts), _("contacts")),
        Figure(words.per_cent(found.total.answered, found.total.contacts, found.inside), _("answered")),
        Figure(words.per_cent(found.total.signals, found.total.answered, found.inside), _("led to a signal")),
    ]
    if found.calls:
        keys.append(Figure(words.length(found.calls.wait_median), _("median wait of a call")))
    return keys


def _sheet(found: queries.Figures, period: periods.Period, region: str) -> list[list[Any]]:
    """Return the lines of the file: what, code, name, and the counts as the page tells them."""
    lines: list[list[Any]] = [
        [_("Figures of the helpline"), f"{period.first.code} – {period.last.code}", region or _("all regions")],
        [_("Figure"), _("Value"), _("How it is computed")],
    ]
    measures = (words.contacts(found) if found.by["month"] else []) + (
        words.calls(found.calls, found.inside) if found.calls else []
    )
    lines += [[one["name"], one["value"], one["how"]] for one in measures]
    heads = [_("Contacts"), _("Share"), _("Answered"), _("Referred"), _("Signals")]
    for table in words.breakdowns(found):
        lines += [[], [table["head"], *heads]]
        lines += [
            [row["name"], row["contacts"], row["share"], row["answered"], row["referred"], row["signals"]]
            for row in table["rows"]
        ]
    for one in found.past:
        lines += [[], [_("Imported, not counted by Arasha"), one.edition.source, one.edition.version]]
        for table in words.past(one, found):
            lines += [[table["title"], _("Contacts")], *([row["name"], row["contacts"]] for row in table["rows"])]
    return lines
