"""Opening a case: who is the child, is the child known already, and only then a file of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases.queries import link
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.people.rules import NothingAsked, Question, asks_for, parted
from arasha.signals import actions, queries, rules
from arasha.signals.forms import OpenCaseForm
from arasha.signals.models import Signal
from arasha.signals.policy import may_receive
from arasha.signals.views import presenting


@may("lead_case")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Ask who the child is, show who may be the same child, and open the case."""
    found = queries.find(request.actor, signal)
    if found is None or not may_receive(request.actor):
        raise Http404
    if not rules.may_become(found.state, "case"):
        return _was_done(request, found)
    sent = request.method == "POST"
    form = OpenCaseForm(request.POST if sent else None, today=local(request.now).date(), initial=_described(found))
    if not sent or not form.is_valid() or "look" in request.POST:
        return _page(request, found, form, status=422 if form.errors else 200)
    try:
        case = actions.open_case_from(
            actor=request.actor,
            signal=signal,
            # Whoever sends no form at all opens the case of the child whom the reporter described.
            child=form.described() if "given" in request.POST else None,
            iin=form.cleaned_data["iin"],
            absent=form.cleaned_data["absent"],
            now=request.now,
        )
    except (actions.SignalNotFound, PermissionError):
        raise Http404 from None
    except actions.CannotBecome:
        return _was_done(request, found)
    return redirect(link(case.dossier_id))


def _was_done(request: StaffRequest, found: Signal) -> HttpResponse:
    messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("signals:page", signal=found.pk)


def _page(request: StaffRequest, found: Signal, form: OpenCaseForm, status: int) -> HttpResponse:
    request.look(found.dossier_id)
    known = _known(request, found, form)
    context = {
        "page_title": _("Who is the child?"),
        "page_meta": presenting.child(found),
        "signal": found,
        "form": form,
        "known": [_row(one, request.now) for one in known],
        "back": reverse("signals:page", kwargs={"signal": found.pk}),
    }
    return render(request, "signals/open_case.html", context, status=status)


def _described(found: Signal) -> dict[str, Any]:
    """Return the form as the reporter's words fill it."""
    name = parted(found.child_called)
    return {
        "surname": name.surname,
        "given": name.given,
        "patronymic": name.patronymic,
        "sex": found.child_sex,
        "age": found.child_age,
    }


def _known(request: StaffRequest, found: Signal, form: OpenCaseForm) -> list[queries.Known]:
    """Look for the child as the form names them, else as the reporter did; each glimpse beyond one's own is a look."""
    question = _question(form) if form.is_bound else queries.question_of(found)
    if question is None:
        return []
    request.look(None, kind="search")
    known = queries.known(found, question)
    for dossier in {one.found.dossier for one in known if not one.found.within}:
        request.look(dossier, kind="search")
    return known


def _question(form: OpenCaseForm) -> Question | None:
    said = getattr(form, "cleaned_data", {})
    birth = form.said_birth().birth if hasattr(form, "cleaned_data") else None
    try:
        return asks_for(
            said.get("surname", ""),
            said.get("given", ""),
            said.get("patronymic", ""),
            birth.first.replace(month=1, day=1) if birth else None,
            birth.last.replace(month=12, day=31) if birth else None,
        )
    except NothingAsked:
        return None


def _row(one: queries.Known, now: datetime) -> dict[str, Any]:
    first = one.found.birth_first
    return {
        "called": one.found.called or _("A child in a file of another unit"),
        "born": str(first.year) if first else "",
        "alike": not one.found.cost,
        "case": one.case.pk if one.case and one.case.state == "open" else None,
        "number": one.case.number if one.case else "",
        "url": link(one.case.dossier_id) if one.case else "",
        "ask": one.lead.name if one.lead else "",
    }
