"""Bodies, units and posts as a table: written out, and handed in with a dry run before anything is proposed."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arasha.administration import forms, queries
from arasha.administration.rules.roster_table import Fault
from arasha.administration.rules.structure import Step
from arasha.administration.rules.structure_plan import steps_of
from arasha.administration.rules.structure_table import COLUMNS, understood, written
from arasha.administration.views import structure_words as words
from arasha.administration.views.structure import proposed
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.ui.rules import sheets
from arasha.ui.rules.sheet_words import place, unreadable

SHOWN_FAULTS, SHOWN_STEPS = 50, 100
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
EXAMPLE = (
    ("body", "clinic-1", "", {"name_kk": "Емхана", "name_ru": "Поликлиника", "name_en": "Clinic"}),
    ("unit", "clinic-1-care", "clinic-1", {"name_kk": "Бөлім", "name_ru": "Отделение", "name_en": "Ward"}),
    ("post", "clinic-1-care", "", {"title_kk": "Меңгеруші", "title_ru": "Заведующий", "title_en": "Head"}),
)
MORE = {
    "body": {"sector": "health", "kind": "primary_care"},
    "unit": {"opens": "09:00:00", "closes": "18:00:00", "phone": "+77253712345"},
    "post": {"rank": "head"},
}


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest) -> HttpResponse:
    """Take a table: first what it would change, with every fault in its place, then the proposal."""
    posted = request.method == "POST"
    form = forms.StructureTableForm(*((request.POST, request.FILES) if posted else (None, None)))
    context: dict[str, Any] = {"page_title": _("Bodies and units from a table"), "form": form}
    if form.is_valid():
        steps, faults, text = _read(request, form)
        if not faults and steps and request.POST.get("step") == "propose":
            if proposed(request, form, steps, place=request.actor.territory):
                return redirect("proposals")
            faults = [str(error) for error in form.non_field_errors()]
        context |= {"faults": faults[:SHOWN_FAULTS], "more": max(0, len(faults) - SHOWN_FAULTS)}
        if not faults:
            shown = words.steps([step.to_json() for step in steps[:SHOWN_STEPS]])
            context |= {"would": _would(steps), "steps": shown, "rest": max(0, len(steps) - SHOWN_STEPS), "text": text}
    wrong = posted and "would" not in context
    return render(request, "administration/structure_table.html", context, status=422 if wrong else 200)


@may("administer")
@require_safe
def export(request: StaffRequest, kind: str) -> HttpResponse:
    """Write the bodies, units and posts of the place as a table that can be handed in again."""
    if kind not in KINDS:
        raise Http404
    bodies, units, posts = queries.whole(request.actor, request.now)
    lines = [written("body", one.code, "", queries.body_values(one)) for one in bodies]
    lines += [written("unit", one.code, one.body.code, queries.unit_values(one)) for one in units]
    lines += [
        written(
            "post",
            one.unit.code,
            "",
            {name: getattr(one, name) for name in ("title_kk", "title_ru", "title_en", "rank")},
        )
        for one in posts
    ]
    return _file(kind, "arasha-structure", lines)


@may("administer")
@require_safe
def template(request: StaffRequest, kind: str) -> HttpResponse:
    """Write an example of the table: a body, a unit, a post."""
    if kind not in KINDS:
        raise Http404
    place_of = {"territory_id": request.actor.territory}
    lines = [
        written(what, code, body, values | MORE[what] | ({} if what == "post" else place_of))
        for what, code, body, values in EXAMPLE
    ]
    return _file(kind, "arasha-structure-example", lines)


def _read(request: StaffRequest, form: forms.StructureTableForm) -> tuple[list[Step], list[str], str]:
    """Return the steps that a table asks for, its faults in words, and the table as text, to be sent again."""
    try:
        rows = sheets.read(form.content())
    except sheets.SheetUnreadable as problem:
        return [], [unreadable(problem)], ""
    lines, faults = understood(rows)
    steps: list[Step] = []
    if not faults:
        day = local(request.now).date().isoformat()
        steps, faults = steps_of(lines, queries.present(request.actor, lines, request.now), day)
    text = "\n".join("\t".join(row.cells) for row in rows)
    return steps, [_fault(one) for one in sorted(faults, key=lambda one: (one.row, one.column))], text


def _would(steps: Sequence[Step]) -> str:
    if not steps:
        return _("Nothing: all of it stands already as the table says.")
    return ngettext("%(n)s change", "%(n)s changes", len(steps)) % {"n": len(steps)}


def _fault(one: Fault) -> str:
    """Say what is wrong in the table, and where."""
    said = {
        "what": _("“%(found)s” is neither body nor unit nor post"),
        "code": _("“%(found)s” is no code: small Latin letters, figures, dots and dashes"),
        "name": _("a name is missing, too long, or has letters that can't be seen"),
        "sector": _("there is no sector “%(found)s”"),
        "kind": _("there is no kind of body “%(found)s”"),
        "territory": _("“%(found)s” is no code of a territory: nine figures"),
        "answer": _("“%(found)s” is neither yes nor no"),
        "clock": _("“%(found)s” is no time of day: write 18:30"),
        "hours": _("both hours are needed, the end after the beginning; none when it works round the clock"),
        "phone": _("no telephone in Kazakhstan has the number “%(found)s”"),
        "column_missing": _("the column “%(found)s” is missing"),
        "column_unknown": _("there is no column “%(found)s”"),
        "no_rows": _("there is no row below the heading"),
        "too_many_rows": _("there are more than 2,000 rows: hand it in by parts"),
        "twice": _("“%(found)s” stood in a row before"),
        "place": _("“%(found)s” does not lie in your place"),
        "ended": _("the unit “%(found)s” has ended"),
        "no_unit": _("there is no unit “%(found)s”, neither here nor in the table"),
        "no_body": _("there is no body “%(found)s”, neither here nor in the table"),
        "other_body": _("the unit belongs to another body, and that never changes"),
        "itself": _("the unit would supervise itself"),
        "own": _("“%(found)s” is your own: another administrator changes it"),
        "waiting": _("a change of “%(found)s” waits for a second person already"),
    }[one.code]
    return f"{place(one.row, one.column)} {said % {'found': one.found}}".strip()


def _file(kind: str, name: str, lines: Iterable[Sequence[str]]) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if kind == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([COLUMNS, *lines])
        return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type=KINDS[kind], headers=headers)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("structure")
    for line in (COLUMNS, *lines):
        sheet.append(list(line))
    return HttpResponse(sheets.saved(book), content_type=KINDS[kind], headers=headers)
