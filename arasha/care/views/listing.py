"""All removals that go on in the files that are there for the reader."""

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.care import policy, queries
from arasha.care.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE, MOST = 25, 1_000
SHOWN = ("all", "kin", "apart")


@may(policy.WATCH)
@require_safe
def removals(request: StaffRequest) -> HttpResponse:
    """List them: days to the court, whether kin was asked, brothers and sisters apart."""
    shown = _shown(request)
    found = queries.standing_shown(request.actor, shown)
    begin = skipped(request.GET.get("after", ""))
    rows = list(found[begin : begin + PAGE + 1])
    context = {
        "page_title": _("Removed children"),
        "rows": [words.line(one, request.now) for one in queries.standing(rows[:PAGE])],
        "shown": shown,
        "choices": [
            ("all", _("All")),
            ("kin", _("Nobody said whether kin was asked")),
            ("apart", _("Brothers and sisters apart")),
        ],
        "following": f"?shown={shown}&after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No removal goes on here"), _("Of your files, no child is removed now.")),
    }
    return render(request, "care/removals.html", context)


@may(policy.WATCH)
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a table: numbers of cases and codes, no name, no place."""
    found = queries.standing_shown(request.actor, _shown(request))[:MOST]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="removals.csv"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow([_("Case"), _("Removed"), _("The claim is due"), _("Kin first"), _("Brothers and sisters")])
    for one in queries.standing(list(found)):
        line: dict[str, Any] = words.line(one, request.now)
        due = line["claim"]["due"].isoformat() if line["claim"] else ""
        table.writerow([line["number"], line["at"].isoformat(), due, line["kin"], line["siblings"]])
    return answer


def _shown(request: StaffRequest) -> str:
    shown = request.GET.get("shown", "all")
    return shown if shown in SHOWN else "all"
