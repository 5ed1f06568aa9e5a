"""Kin and siblings of a removed child, one by one."""

from datetime import date
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
from arasha.care.forms import PeopleForm
from arasha.care.models import Removal
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Link

GONE = (actions.NotThere, policy.NotAllowed)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Say what kin answered, and where each brother and sister is."""
    if cases.file(request.actor, dossier) is None:
        raise Http404
    here = next((row for row in queries.of_file(dossier) if row.ended_at is None), None)
    if here is None or not policy.may_add(request.actor, here):
        raise Http404
    request.look(dossier)
    today = local(request.now).date()
    kin = queries.kin_to_ask(request.actor, dossier, today)
    siblings = queries.siblings_of(request.actor, dossier, today)
    form = PeopleForm(request.POST if request.method == "POST" else None, kin=kin, siblings=siblings)
    if form.is_valid():
        try:
            actions.say_of_people(actor=request.actor, removal=here.pk, said=form.said, now=request.now)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded."))
            return redirect("care:removal", dossier=dossier)
    back = reverse("care:removal", args=[dossier])
    context = {
        "page_title": _("Kin, brothers and sisters"),
        "before": [Link(_("Removal from danger"), back)],
        "form": form,
        "words": _("Record"),
        "back": back,
    }
    return render(request, "care/form.html", context, status=422 if form.errors else 200)


def shown(request: StaffRequest, here: Removal, on: date) -> list[dict[str, Any]]:
    """Return the kin that may be asked and the siblings, with what was said of each."""
    actor, dossier = request.actor, here.dossier_id
    kin = queries.of_family(actor, here, queries.kin_to_ask(actor, dossier, on))
    siblings = queries.of_family(actor, here, queries.siblings_of(actor, dossier, on), linked=True)
    return [
        {
            "called": one.person.called or _("name not known"),
            "answer": rules.PEOPLE.label(one.row.answer) if one.row else "",
            "words": one.words or "",
            "unit": one.row.unit.name if one.row else "",
            "at": one.row.at if one.row else None,
            "files": one.files,
        }
        for one in [*kin, *siblings]
    ]
