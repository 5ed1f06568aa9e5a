"""Saying how much room there is, for who keeps an entry and for those who work there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.kernel.access import policy as access
from arasha.kernel.access.door import StaffRequest
from arasha.services import actions, policy, queries
from arasha.services.forms import RoomForm
from arasha.services.models import Offering, RoomSaid
from arasha.services.rules import EntryFaulty
from arasha.services.views import words
from arasha.services.views.editing import GET_POST
from arasha.services.views.pages import kept_alone


@access.signed_in
@require_http_methods(GET_POST)
@kept_alone
def room(request: StaffRequest, offering: UUID) -> HttpResponse:
    """Show what was said of an offering's room last, and take what is said today."""
    row = queries.offering(request.actor, offering)
    policy.require_saying_room(request.actor, row)
    last = queries.room_last(row.pk)
    number = last.number if last else 0
    initial: dict[str, Any] = {"seen": str(number), "usually": last.usually or "unknown" if last else "unknown"}
    if last:
        initial |= {"places": last.places, "free": last.free}
    form = RoomForm(request.POST if request.method == "POST" else None, protected=row.protected, initial=initial)
    if form.is_valid() and _said(request, form, row, number):
        messages.success(request, _("Recorded."))
        return redirect(_back(request, row))
    stands = queries.rooms([row.pk], now=request.now).get(row.pk, queries.UNSAID)
    context = {
        "page_title": _("How much room there is"),
        "page_meta": " · ".join([row.site.provider.body.name, words.service(row.service)]),
        "form": form,
        "back": _back(request, row),
        "protected": row.protected,
        "last": stands,
        "word": stands.label(words.language()),
        "facts": _facts(last),
    }
    return render(request, "services/room.html", context, status=422 if form.errors else 200)


def _said(request: StaffRequest, form: RoomForm, row: Offering, number: int) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        actions.say_room(
            actor=request.actor,
            offering_id=row.pk,
            said=form.said(),
            now=request.now,
            seen=int(seen) if seen.isascii() and seen.isdecimal() else number,
            said_id=form.ticket,
        )
    except EntryFaulty as faulty:
        form.show_faults(faulty)
    except actions.ChangedMeanwhile:
        form.see(str(number))
        form.add_error(None, _("Somebody said something else meanwhile: it stands above. To keep yours, press again."))
    return not form.errors


def _facts(last: RoomSaid | None) -> str:
    """Return what was said last, as those read it who may say it."""
    if last is None:
        return _("Nobody has said it yet.")
    said = queries.Room(places=last.places, free=last.free, usually=last.usually, said_on=last.said_on)
    return said.facts(words.language())


def _back(request: StaffRequest, row: Offering) -> str:
    if policy.may_keep(request.actor, row.site.territory_id):
        return reverse("services:provider", args=[row.site.provider_id])
    return reverse("services:own")
