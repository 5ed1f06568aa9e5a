"""The requests of state bodies in a year: counted with small numbers hidden, and listed for a registry."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.releases import policy, queries, rules
from arasha.releases.models import FileRequest
from arasha.ui.rules import sheets
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

FIRST_YEAR = 2020


@may(policy.ANSWER)
@require_safe
def year(request: StaffRequest) -> HttpResponse:
    """Count the requests of state bodies in a year."""
    now = local(request.now).year
    asked = skipped(request.GET.get("of", ""))
    of = asked if FIRST_YEAR <= asked <= now else now
    context = {
        "page_title": _("Requests of state bodies in a year"),
        "before": [Link(_("Requests for files"), reverse("releases:list"))],
        # On a phone each number stands beside the head of its column.
        "rows": [list(zip(_heads(), row, strict=True)) for row in _counted(request, of)],
        "heads": _heads(),
        "of": of,
        "earlier": of - 1 if of > FIRST_YEAR else 0,
        "files": [
            Link(_("The table as a file (CSV)"), reverse("releases:year_csv", args=[of])),
            Link(_("The table as a file (Excel)"), reverse("releases:year_xlsx", args=[of])),
            Link(_("Each request of the year, for your registry (Excel)"), reverse("releases:year_list", args=[of])),
        ],
        "nothing": Empty(_("No state body asked in this year"), _("Fewer than five are shown as “<5”.")),
    }
    return render(request, "releases/year.html", context)


@may(policy.ANSWER)
@require_safe
def year_csv(request: StaffRequest, of: int) -> HttpResponse:
    """Give the count of a year out as a table."""
    return _file(request, of, "csv", f"requests-{of}", [_heads(), *_counted(request, of)])


@may(policy.ANSWER)
@require_safe
def year_xlsx(request: StaffRequest, of: int) -> HttpResponse:
    """Give the count of a year out as a workbook."""
    return _file(request, of, "xlsx", f"requests-{of}", [_heads(), *_counted(request, of)])


@may(policy.ANSWER)
@require_safe
def year_list(request: StaffRequest, of: int) -> HttpResponse:
    """Give the requests of a year out, a row each, as the list shows them to the reader: without any typed name."""
    heads = [
        _("Taken down on"),
        _("Body"),
        _("Basis"),
        _("Incoming number"),
        _("Day of the letter"),
        _("Answer wanted by"),
        _("Answer by"),
        _("How it stands"),
        _("Ended on"),
    ]
    return _file(request, of, "xlsx", f"list-{of}", [heads, *map(_line, queries.of_year(request.actor, of))])


def _file(request: StaffRequest, of: int, kind: str, name: str, rows: Sequence[Sequence[str]]) -> HttpResponse:
    if not FIRST_YEAR <= of <= local(request.now).year:
        raise Http404
    body = sheets.write(rows, kind=kind, delimiter=",")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(body, content_type=sheets.KINDS[kind], headers=headers)


def _line(row: FileRequest) -> list[str]:
    ended = queries.ended(row)
    return [
        _day(local(row.asked_at).date()),
        rules.APPLICANTS.label(row.applicant),
        rules.BASES.label(row.basis),
        rules.number_alone(queries.words_of(row).incoming),
        _day(row.letter_on),
        _day(row.wanted_on),
        _day(row.due_on),
        rules.OUTCOMES.label(queries.outcome(row)),
        _day(local(ended).date() if ended else None),
    ]


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _counted(request: StaffRequest, of: int) -> list[list[str]]:
    return [
        [
            rules.APPLICANTS.label(row.applicant),
            rules.BASES.label(row.basis),
            row.asked,
            row.given,
            row.partly,
            row.refused,
            row.days,
        ]
        for row in queries.year(request.actor, of)
    ]


def _heads() -> list[str]:
    return [
        _("Body"),
        _("Basis"),
        _("Asked"),
        _("Given"),
        _("Given in part"),
        _("Refused"),
        _("Days on average"),
    ]
