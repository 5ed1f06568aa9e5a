"""Who waits for what one's own body offers: of the files that its unit is on, by urgency and then by time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans import queries
from arasha.plans.views import places_words
from arasha.plans.views.words import language
from arasha.services import queries as services
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE = 50


@signed_in
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """Show for each offering of the actor's body who waits, as far as its unit may know, and how many it helps."""
    offered = queries.own_offerings(request.actor)
    if not offered:
        raise Http404
    chosen = next((row for row in offered if str(row.pk) == request.GET.get("offering")), None)
    room = services.rooms([row.pk for row in offered], now=request.now)
    groups = [_group(request, row, room.get(row.pk), chosen) for row in offered if chosen in (None, row)]
    context = {
        "page_title": _("Who waits for our services"),
        "groups": groups,
        "offered": [(row, places_words.service_name(row.service, request.now)) for row in offered],
        "chosen": chosen,
        "nothing": Empty(_("Nobody waits"), _("Children of files that your unit is on stand here.")),
    }
    return render(request, "plans/waiting.html", context)


def _group(request: StaffRequest, row: Any, room: services.Room | None, chosen: Any) -> dict[str, Any]:
    begin = skipped(request.GET.get("after", "")) if chosen else 0
    rows = list(queries.in_turn(row.pk)[begin : begin + PAGE + 1])
    found = queries.read_places(rows[:PAGE], request.now)
    return {
        "offering": row,
        "service": places_words.service_name(row.service, request.now),
        "site": getattr(row.site, f"name_{language()}"),
        "room": places_words.room(room),
        "helped": queries.running_count(row.pk),
        "rows": list(enumerate(places_words.lines(found, request.now), begin + 1)),
        "more": len(rows) > PAGE and not chosen,
        "following": f"?after={begin + PAGE}" if len(rows) > PAGE and chosen else "",
        "previous": f"?after={max(begin - PAGE, 0)}" if begin else "",
    }
