"""Services that end, and the children who are to be handed over: as far as the reader may know of them, in one go."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.plans import actions, queries
from arasha.plans.rules import places as rules
from arasha.plans.rules import referral as referral_rules
from arasha.plans.views import places_words
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.words import language
from arasha.services import queries as services
from arasha.ui.rules.parts import Empty

MOST = 200


@signed_in
@require_http_methods(GET_POST)
def handing_over(request: StaffRequest) -> HttpResponse:
    """List by service the children to hand over, and hand those chosen over to another offering."""
    if request.actor.unit_id is None:
        raise Http404
    if request.method == "POST":
        return _sent(request)
    rows = list(queries.to_hand_over(request.actor)[:MOST])
    found = places_words.lines(queries.read_places(rows, request.now), request.now)
    referred = queries.referred_among(row.pk for row in rows)
    for one in found:
        one["referred"] = one["row"].pk in referred
    gone = queries.ending_progress(row.offering_id for row in rows)
    targets = _targets(request, {row.service for row in rows})
    groups = [
        _group(list(lines), targets, gone)
        for _key, lines in groupby(found, key=lambda one: (one["row"].hand_over_by, one["row"].offering_id))
    ]
    words = _("When a service is about to end, the children who have a place there stand here in good time.")
    context = {
        "page_title": _("Children to hand over"),
        "groups": groups,
        "agreements": referral_rules.agreements(),
        "nothing": Empty(_("Nobody is to be handed over"), words),
    }
    return render(request, "plans/handing_over.html", context)


def _group(
    lines: list[dict[str, Any]], targets: list[tuple[services.Told, dict[str, str]]], gone: dict[UUID, int]
) -> dict[str, Any]:
    first = lines[0]
    offering, code = first["row"].offering_id, first["row"].service
    return {
        "service": first["service"],
        "at": first["at"],
        "title": first["title"],
        "by": first["row"].hand_over_by,
        "over": first["over"],
        "rows": lines,
        "gone": gone.get(offering, 0),
        "in_hand": sum(one["in_hand"] for one in lines),
        "left": sum(not one["in_hand"] for one in lines),
        "owed": any(not one["in_hand"] for one in lines),
        "targets": [
            (told, room) for told, room in targets if told.row.service == code and told.row.offering != offering
        ],
        "offering": offering,
    }


def _targets(request: StaffRequest, wanted: set[str]) -> list[tuple[services.Told, dict[str, str]]]:
    """Return where children could go: what gives one of the services in the actor's territory and does not end, too."""
    if not wanted:
        return []
    asked = services.Wanted(place=request.actor.territory, services=tuple(sorted(wanted)))
    soon = local(request.now).date() + rules.place_limit("service_ends")
    rows = [row for row in services.find(asked, now=request.now, limit=MOST) if not row.ends_on or row.ends_on > soon]
    room = services.rooms([row.offering for row in rows], now=request.now)
    told = services.told(rows, language=language(), now=request.now)
    return [(one, places_words.room(room.get(one.row.offering))) for one in told]


def _sent(request: StaffRequest) -> HttpResponse:
    places = [found for text in request.POST.getlist("place")[:MOST] if (found := _id(text)) is not None]
    offering = _id(request.POST.get("offering", ""))
    if not places or offering is None:
        messages.error(request, _("Choose the children, and the service to which they go."))
        return redirect("plans:handing_over")
    said = {place: referral_rules.agreed_of(request.POST.get(f"agreed_{place}", "")) for place in places}
    agreed = {place: one for place, one in said.items() if one is not None}
    result = actions.hand_over_many(
        actor=request.actor, places=places, offering=offering, now=request.now, agreed=agreed
    )
    if result.done:
        words = ngettext(
            "%(n)s child: a place is asked for. Ring, if nobody of theirs is on the file.",
            "%(n)s children: places are asked for. Ring, if nobody of theirs is on the file.",
            len(result.done),
        )
        messages.success(request, words % {"n": len(result.done)})
    for code in sorted(set(result.left.values())):
        count = sum(one == code for one in result.left.values())
        words = ngettext("%(n)s child stays on the list: %(why)s", "%(n)s children stay on the list: %(why)s", count)
        messages.warning(request, words % {"n": count, "why": _why(code)})
    return redirect("plans:handing_over")


def _why(code: str) -> str:
    own = {
        "already": _("somebody asked already"),
        "consent": _("say who agrees to the next service"),
        "not_there": _("it is no longer to be handed over, or not yours to change"),
        "barred": _("that service is over, or may not be asked for this child"),
    }
    return own.get(code) or rules.PLACE_REFUSALS.label(code)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
