"""The list of silences that last in the reader's files: by risk, by what nobody does, by who leads; as a table, too."""

import csv
from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.coordination import policy, queries
from arasha.coordination.models import Silence
from arasha.coordination.rules import neutral
from arasha.coordination.rules import watching as rules
from arasha.coordination.views.presenting import language
from arasha.coordination.views.silences import asleep, level_words, lines, title
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Filter
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE, MOST = 25, 1_000
MOST_UNITS = 100
Chosen = dict[str, frozenset[str]]


@signed_in
@require_safe
def lasting(request: StaffRequest) -> HttpResponse:
    """List the silences that last in the reader's files, the most pressing first."""
    whole = _whole(request)
    units = _units(whole) if policy.may_see_board(request.actor) else []
    chosen = _chosen(request, units)
    found = narrowed(whole, chosen)
    begin = skipped(request.GET.get("after", ""))
    rows = list(found[begin : begin + PAGE + 1])
    context = {
        "page_title": _("Muted silences") if chosen["muted"] else title(found.count()),
        "filters": filters(chosen, units),
        "rows": lines(rows[:PAGE], request),
        "previous": f"?after={max(begin - PAGE, 0)}" if begin else "",
        "following": f"?after={begin + PAGE}" if len(rows) > PAGE else "",
        "table": _address(chosen),
        "nothing": Empty(_("Nobody is silent here"), _("Every child in your files has somebody who acts in time."))
        if not any(chosen.values())
        else Empty(_("Nothing was found"), _("Choose less, or show all.")),
    }
    return render(request, "coordination/silences_list.html", context)


@signed_in
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a table: numbers of cases and codes, no name, no word; at most a thousand rows."""
    whole = _whole(request)
    chosen = _chosen(request, _units(whole) if policy.may_see_board(request.actor) else [])
    found = list(narrowed(whole, chosen).select_related("dossier__lead_unit")[:MOST])
    known = queries.matters([row.dossier_id for row in found])
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="silences-{local(request.now):%Y-%m-%d}.csv"'
    table = csv.writer(answer)
    table.writerow(
        [_("Case"), _("What nobody does"), _("Since"), _("Days"), _("Risk"), _("Who leads the case"), _("Muted until")]
    )
    for row in found:
        matter, lead = known.get(row.dossier_id), row.dossier.lead_unit
        cells = [
            matter.case.number if matter and matter.case else "",
            rules.SILENCES.label(row.rule),
            local(row.since).date().isoformat(),
            str(rules.days(row.since, request.now)),
            level_words(getattr(row, "level", None) or ""),
            lead.name if lead else "",
            row.muted_until.isoformat() if row.muted_until and asleep(row, request) else "",
        ]
        table.writerow([neutral(cell) for cell in cells])
    return answer


def narrowed(found: QuerySet[Silence], chosen: Chosen) -> QuerySet[Silence]:
    """Keep what was chosen."""
    if chosen["rule"]:
        found = found.filter(rule__in=list(chosen["rule"]))
    if chosen["level"]:
        unjudged = Q(level=None) if "none" in chosen["level"] else Q()
        found = found.filter(Q(level__in=list(chosen["level"])) | unjudged)
    if chosen["unit"]:
        found = found.filter(dossier__lead_unit__in=[int(code) for code in chosen["unit"]])
    return found


def filters(chosen: Chosen, units: Iterable[Unit]) -> list[Filter]:
    """Return the groups of choices of the list; who leads is chosen by who watches over several."""
    levels = [(level, level_words(level)) for level in rules.LEVELS]
    kinds = [(row.code, row.label(language()[:2])) for row in rules.SILENCES]
    leads = [(str(unit.pk), unit.name) for unit in units]
    return [
        Filter("level", _("Risk"), levels, chosen["level"]),
        Filter("rule", _("What nobody does"), kinds, chosen["rule"]),
        *([Filter("unit", _("Who leads the case"), leads, chosen["unit"])] if len(leads) > 1 else []),
        Filter("muted", _("Muted"), [("yes", _("Show what is muted"))], chosen["muted"]),
    ]


def _whole(request: StaffRequest) -> QuerySet[Silence]:
    muted = request.GET.get("muted") == "yes"
    return queries.lasting(request.actor, local(request.now).date(), muted=muted)


def _units(whole: QuerySet[Silence]) -> list[Unit]:
    leads = whole.order_by().values("dossier__lead_unit").distinct()
    return list(Unit.objects.filter(pk__in=leads).order_by(f"name_{language()[:2]}", "pk")[:MOST_UNITS])


def _chosen(request: StaffRequest, units: Iterable[Unit]) -> Chosen:
    known = {
        "rule": {row.code for row in rules.SILENCES},
        "level": set(rules.LEVELS),
        "unit": {str(unit.pk) for unit in units},
        "muted": {"yes"},
    }
    return {code: frozenset(request.GET.getlist(code)) & codes for code, codes in known.items()}


def _address(chosen: Chosen) -> str:
    return "?" + urlencode([(code, value) for code, values in sorted(chosen.items()) for value in sorted(values)])
