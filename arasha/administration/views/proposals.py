"""What waits for a second person, and what became of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.administration import actions, queries
from arasha.administration.models import Proposal
from arasha.administration.rules.proposals import Kind
from arasha.administration.views import days, structure_words
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
    context = {
        "page_title": words.waiting_title(len(waiting)),
        "waiting": _lines(request, waiting),
        "planned": _lines(request, planned),
        "decided": _lines(request, decided),
        "nothing": Empty(
            _("Nothing waits for a second person"),
            _(
                "Functions and seats that open children's files, and changes of bodies and units, are proposed by"
                " one administrator and confirmed by another."
            ),
        ),
    }
    return render(request, "administration/proposals.html", context)


@may("administer")
@require_safe
def proposal(request: StaffRequest, proposal: uuid.UUID) -> HttpResponse:
    """Show everything that a proposal would change, for who is to decide on it."""
    found = queries.proposal(proposal)
    if found is None:
        raise Http404
    (line,) = _lines(request, [found])
    pending = line["state"].kind == "wait" and line["may_decide"]
    context = {"page_title": line["what"], "page_meta": line["unit"], "one": line, "pending": pending}
    steps = days.steps if found.kind == Kind.CALENDAR else structure_words.steps
    return render(request, "administration/proposal.html", context | {"steps": steps(found.steps or [])})


def _lines(request: StaffRequest, found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Return proposals in words, with the names of who had to do with them."""
    people = {number for one in found for number in (one.proposed_by_id, one.user_id, one.decided_by_id) if number}
    names = names_of(people)
    return [words.proposal(one, names, request.actor, request.now, _summary(one) if one.steps else "") for one in found]


def _summary(one: Proposal) -> str:
    summary = days.summary if one.kind == Kind.CALENDAR else structure_words.summary
    return summary(one.steps or [])


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
    except actions.StillPointed as resting:
        told = ", ".join(words.resting(resting.counts))
        messages.warning(request, _("This still rests on the unit: %(what)s. Hand it over first.") % {"what": told})
    except Conflict:
        messages.warning(request, _("Somebody was faster, or the proposal has expired."))
    except Refused:
        messages.warning(request, _("Another person must decide on this."))
    return redirect("proposals")
