"""Which conditions of services an emergency lifts, said again whenever it changes."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.emergency import actions, policy, queries
from arasha.emergency.forms import LiftingForm
from arasha.emergency.views.entering import GET_POST, entered, show_form
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere


@may(policy.DECLARE)
@require_http_methods(GET_POST)
def conditions(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """Say which conditions are lifted; what was said before stands in the form."""
    try:
        row = queries.emergency(request.actor, emergency)
    except NotThere:
        raise Http404 from None
    if not policy.may_declare(request.actor, row.territory_id):
        raise Http404
    before = {"lifted": queries.lifted(row, request.actor)}
    form = LiftingForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        given: dict[str, Any] = {"actor": request.actor, "ticket": form.ticket, "emergency": row.pk, "now": request.now}
        if entered(form, partial(actions.lift, conditions=form.cleaned_data["lifted"], **given)):
            messages.success(request, _("Recorded. The finder and referrals show it from now on."))
            return redirect("emergency:emergency", emergency=row.pk)
    back = reverse("emergency:emergency", args=[row.pk])
    return show_form(request, form, _("Lifted conditions"), back, row)
