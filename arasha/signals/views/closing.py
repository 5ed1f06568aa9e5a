"""Closing a signal's file to somebody who is close to the person suspected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import answers_for
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.signals import actions, policy, queries
from arasha.signals.forms import BarForm
from arasha.signals.models import Signal


def part(request: StaffRequest, signal: Signal) -> dict[str, Any]:
    """Return to whom the file is closed, and whether the reader may close it to more: for its lead and overseers."""
    if not answers_for(signal.dossier_id):
        return {"closed_to": [], "may_bar": False}
    language = get_language() or "kk"
    closed = queries.barred_from(signal.dossier_id)
    return {
        "closed_to": [(name, format_moment(bar.since, language, request.now)) for name, bar in closed],
        "may_bar": policy.may_receive(request.actor),
    }


@may("receive_signals")
@require_http_methods(["GET", "HEAD", "POST"])
def bar(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Choose to whom the file is closed; nobody is told, and for that person it does not exist from then on."""
    found = queries.find(request.actor, signal)
    if found is None or not answers_for(found.dossier_id) or not policy.may_receive(request.actor):
        raise Http404
    request.look(found.dossier_id)
    people = queries.close_to(request.actor, found, request.now)
    form = BarForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        actions.bar_person(actor=request.actor, signal=signal, user_id=form.cleaned_data["user"], now=request.now)
        messages.success(request, _("The file is closed to this person."))
        return redirect("signals:page", signal=signal)
    context = {"page_title": _("To whom must this file be closed?"), "form": form, "signal": found, "people": people}
    return render(request, "signals/bar.html", context, status=422 if form.is_bound else 200)
