"""A child's removal: recorded, said more of, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.care import actions, policy, queries, rules
from arasha.care.forms import EndForm, RemovalForm
from arasha.care.models import Removal
from arasha.care.views import asking, words
from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty

GET_POST = ["GET", "HEAD", "POST"]
GONE = (actions.NotThere, policy.NotAllowed)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def removal(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show a file's removals; let one be recorded, with its moment alone if need be, or more be said of it."""
    case = _case(request, dossier)
    rows = queries.of_file(dossier)
    here = next((row for row in rows if row.ended_at is None), None)
    known = queries.known_of(here) if here else {}
    form = _form(request, dossier, here)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _done(request, dossier, here, form):
            return redirect("care:removal", dossier=dossier)
    duties = queries.duties_about([here.pk]).get(here.pk, []) if here else []
    context = {
        "page_title": _("Removal from danger"),
        "page_meta": words.child(case),
        "before": [Link(_("The file"), cases.link(dossier))],
        "here": here,
        "past": [_past(row) for row in rows if row.ended_at is not None],
        "claim": words.claim(next((one for one in duties if one.step == "claim_to_court"), None), request.now),
        "parts": [words.known(one.code, known.get(one.code)) for one in rules.PARTS] if here else [],
        "duties": [words.duty(one, request.now) for one in duties],
        "people": asking.shown(request, here, local(request.now).date()) if here else [],
        "say": reverse("care:people", args=[dossier]) if here and policy.may_add(request.actor, here) else "",
        "form": form,
        "end": reverse("care:end", args=[dossier]) if here and policy.may_end(request.actor, here) else "",
        "nothing": Empty(_("No removal is recorded"), _("Guardianship and police record one; the moment is enough.")),
    }
    return render(request, "care/removal.html", context, status=422 if form and form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def end(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """End a removal: the child goes home, a court decided, or the child is placed for good."""
    _case(request, dossier)
    here = next((row for row in queries.of_file(dossier) if row.ended_at is None), None)
    if here is None or not policy.may_end(request.actor, here):
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            got = form.cleaned_data
            given: dict[str, Any] = {"actor": request.actor, "removal": here.pk, "now": request.now}
            actions.end_removal(how=got["how"], words=got["words"], **given)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.NotJudgedSafe:
            form.add_error("how", _("First judge, on the page “Is the child safe”, that the child is safe there."))
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded. What is still owed stays owed."))
            return redirect("care:removal", dossier=dossier)
    back = reverse("care:removal", args=[dossier])
    context = {
        "page_title": _("How the removal ended"),
        "before": [Link(_("Removal from danger"), back)],
        "form": form,
        "words": _("Record"),
        "back": back,
    }
    return render(request, "care/form.html", context, status=422 if form.errors else 200)


def _case(request: StaffRequest, dossier: UUID) -> Case:
    case = cases.of_dossiers([dossier]).get(dossier) if cases.file(request.actor, dossier) else None
    if case is None or not policy.may_see_removal(request.actor, dossier):
        raise Http404
    request.look(dossier)
    return case


def _form(request: StaffRequest, dossier: UUID, here: Removal | None) -> RemovalForm | None:
    data = request.POST if request.method == "POST" else None
    kinds = [one.code for one in rules.PARTS]
    if here is None:
        return RemovalForm(data, kinds=kinds, now=request.now) if policy.may_remove(request.actor, dossier) else None
    return RemovalForm(data, kinds=kinds) if policy.may_add(request.actor, here) else None


def _done(request: StaffRequest, dossier: UUID, here: Removal | None, form: RemovalForm) -> bool:
    given: dict[str, Any] = {"actor": request.actor, "parts": form.parts, "now": request.now}
    try:
        if here is None:
            actions.record_removal(dossier=dossier, at=form.moment, **given)
            messages.success(request, _("The removal is recorded. What is missing, and what the law asks, is owed."))
        else:
            actions.add_parts(removal=here.pk, **given)
            messages.success(request, _("Recorded."))
    except rules.Faulty as faulty:
        form.show_faults(faulty)
    except actions.RemovalStands:
        form.add_error(None, _("A colleague was faster: the removal stands already. Open the page anew to say more."))
    except GONE:
        raise Http404 from None
    return not form.errors


def _past(row: Removal) -> dict[str, Any]:
    why = queries.known_of(row).get("ended")
    return {
        "row": row,
        "how": rules.ENDINGS.label(row.ended_how),
        "by": row.ended_by.name if row.ended_by else "",
        "words": why.words if why else "",
    }
