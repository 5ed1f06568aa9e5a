"""My work: what is late, what is due, which signals wait."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from arasha.conferences.queries import coming
from arasha.coordination import queries
from arasha.coordination.views import presenting, silences
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans.queries import at_services


@signed_in
@require_safe
def my_work(request: StaffRequest) -> HttpResponse:
    """Show what is late, what is due, which signals wait."""
    own = request.GET.get("owed") == "own"
    work = queries.my_work(request.actor, request.now, own=own)
    request.counted |= {"waiting": work.counts["waiting"]} | ({} if own else {"late": work.counts["late"]})
    context = presenting.my_work(work, request.actor, request.now, own=own)
    context["services"] = at_services(request.actor, request.now)
    context |= silences.most_pressing(request)
    context["sittings"] = coming(request.actor)
    return render(request, "coordination/my_work.html", context)
