"""What waits for a second person, and what became of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.administration import actions, queries
from arasha.administration.views import places_words as words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Conflict, Refused
from arasha.ui.rules.parts import Empty


@may("administer")
@require_safe
def proposals(request: StaffRequest) -> HttpResponse:
    """List what waits, what is planned for a day, and what was decided."""
    waiting = queries.waiting(request.actor, request.now)
    planned, decided = queries.planned(request.actor), list(queries.decided(request.actor))
    people = {one.proposed_by_id for one in (*waiting, *planned, *decided)}
    people |= {
        number for one in (*waiting, *planned, *decided) for number in (one.user_id, one.decided_by_id) if number
    }
    names = names_of(people)
    context = {
        "page_title": words.waiting_title(len(waiting)),
        "waiting": [words.proposal(one, names, request.actor, request.now) for one in waiting],
        "planned": [words.proposal(one, names, request.actor, request.now) for one in planned],
        "decided": [words.proposal(one, names, request.actor, request.now) for one in decided],
        "nothing": Empty(
            _("Nothing waits for a second person"),
            _(
                "Functions and seats that open children's files are proposed by one administrator"
                " and confirmed by another."
            ),
        ),
    }
    return render(request, "administration/proposals.html", context)


@may("administer")
@require_POST
def decide(request: StaffRequest) -> HttpResponse:
    """Confirm, refuse or withdraw one proposal."""
    try:
        proposal = uuid.UUID(request.POST.get("proposal", ""))
    except ValueError:
        raise Http404 from None
    step = request.POST.get("step", "")
    shared: dict[str, Any] = {"actor": request.actor, "now": request.now, "proposal": proposal}
    try:
        if step == "confirm":
            messages.success(request, words.confirmed(actions.confirm(**shared)))
        elif step == "refuse":
            actions.refuse(**shared)
            messages.success(request, _("The proposal is refused."))
        elif step == "withdraw":
            actions.withdraw(**shared)
            messages.success(request, _("The proposal is withdrawn."))
        else:
            raise Http404
    except Conflict:
        messages.warning(request, _("Somebody was faster, or the proposal has expired."))
    except Refused:
        messages.warning(request, _("Another person must decide on this."))
    return redirect("proposals")
