"""What is missing: every count, who counted, and by which source, newest first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.coverage import queries, rules
from arasha.coverage.models import Need
from arasha.coverage.views.reading import asked_of, language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.territory.queries import territory
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import beside, skipped
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def needs(request: StaffRequest) -> HttpResponse:
    """List all counts of what is missing, the newest first; older ones of a source stay to be read."""
    asked = asked_of(request.GET)
    offset = skipped(request.GET.get("after", ""))
    kind = asked.kind or "school"
    found = queries.needs(request.actor, area=asked.area, kind=kind)
    sources = sorted({rules.source_of(one.counted_by, one.source) for one in found})
    source = request.GET.get("source", "") if request.GET.get("source") in sources else ""
    if source:
        found = [one for one in found if rules.source_of(one.counted_by, one.source) == source]
    place = territory(asked.area)
    context = {
        "page_title": _("What is missing"),
        "page_meta": f"{rules.KINDS.label(kind)} · {place.name(language()) if place else ''}",
        "before": [Link(_("Infrastructure"), f"{reverse('infrastructure:overview')}?kind={kind}")],
        "area": asked.area,
        "kinds": rules.KINDS.choices(),
        "kind": kind,
        "sources": sources,
        "source": source,
        "rows": [_row(one) for one in found[offset : offset + queries.PAGE]],
        "nothing": Empty(_("Nobody has counted here yet"), _("That does not mean that nothing is missing."), []),
    } | beside(request.GET, offset, queries.PAGE, more=len(found) > offset + queries.PAGE)
    return render(request, "coverage/needs.html", context)


def _row(one: Need) -> dict[str, Any]:
    return {"row": one, "place": one.territory.name(language())}
