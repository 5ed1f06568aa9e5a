"""Who may enter the home, asking for a joint visit, and how a visit went."""

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
from arasha.care.forms import AskForm, VisitForm
from arasha.care.models import Visit
from arasha.care.views import planning, words
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import reads_plan
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]
GONE = (actions.NotThere, policy.NotAllowed)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def entry(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Say whether the reader's unit may enter, which units may, and let a visit be asked for."""
    case = cases.of_dossiers([dossier]).get(dossier) if cases.file(request.actor, dossier) else None
    if case is None:
        raise Http404
    may_ask = policy.may_ask_visit(request.actor, dossier)
    if request.method == "POST" and not may_ask:
        raise Http404
    request.look(dossier)
    form = AskForm(request.POST if request.method == "POST" else None) if may_ask else None
    if form is not None and form.is_valid():
        try:
            given: dict[str, Any] = {"actor": request.actor, "dossier": dossier, "ticket": form.ticket}
            actions.ask_visit(said=form.said, now=request.now, **given)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Asked. Below stands which unit owes the visit, and by when."))
            return redirect("care:entry", dossier=dossier)
    way, own = queries.way_of(request.actor)
    context = {
        "page_title": _("Who may enter the home"),
        "page_meta": words.child(case),
        "before": [Link(_("The file"), cases.link(dossier))],
        "way": way,
        "own": [rules.RIGHTS.label(code) for code in own],
        "units": [
            {"name": one.unit.name, "right": rules.RIGHTS.label(one.function)}
            for one in queries.entering_units(dossier, case.territory_id, request.now)
        ],
        "visits": _visits(request, dossier),
        "safe_word": reverse("care:safe_word", args=[dossier]) if reads_plan(dossier) else "",
        "plan": reverse("care:plan_own", args=[dossier]) if may_ask else "",
        "form": form,
    }
    return render(request, "care/entry.html", context, status=422 if form and form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def visit(request: StaffRequest, visit: UUID) -> HttpResponse:
    """Record how a visit went."""
    row = Visit.objects.filter(pk=visit).first()
    if (
        row is None
        or cases.file(request.actor, row.dossier_id) is None
        or not policy.may_record_visit(request.actor, row)
    ):
        raise Http404
    request.look(row.dossier_id)
    case = cases.of_dossiers([row.dossier_id]).get(row.dossier_id)
    remote = case is not None and queries.at_a_distance(request.actor, case, request.now)
    form = VisitForm(request.POST if request.method == "POST" else None, now=request.now, remote=remote)
    if form.is_valid():
        try:
            given: dict[str, Any] = {"actor": request.actor, "visit": row.pk, "ticket": form.ticket}
            actions.record_visit(said=form.said, now=request.now, **given)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded. Whoever asked for the visit reads it."))
            return redirect("care:entry", dossier=row.dossier_id)
    back = reverse("care:entry", args=[row.dossier_id])
    context = {
        "page_title": _("How the visit went"),
        "before": [Link(_("Who may enter the home"), back)],
        "form": form,
        "words": _("Record the visit"),
        "back": back,
    }
    return render(request, "care/form.html", context, status=422 if form.errors else 200)


def _visits(request: StaffRequest, dossier: UUID) -> list[dict[str, Any]]:
    rows = queries.visits_of(dossier)
    plans = queries.plans_of([one.row for one in rows])
    names = planning.going(plans.values())
    return [
        _asked(request, one) | {"plan": planning.shown(request, one.row, plans.get(one.row.pk), names)} for one in rows
    ]


def _free(tried: queries.Tried) -> str:
    """Say of a talk at a distance whether it counts, and if not, what comes of it."""
    if tried.row.door != rules.REMOTE:
        return ""
    if tried.row.seen == "seen_alone":
        return _("The child was alone and the safe word was right.")
    return _("It does not count as seeing the child: a meeting in person is owed.")


def _asked(request: StaffRequest, one: queries.Asked) -> dict[str, Any]:
    own = one.row.urgency == rules.OWN
    return {
        "row": one.row,
        "title": _("Visit of the unit itself") if own else _("Joint visit"),
        "urgency": "" if own else rules.URGENCIES.label(one.row.urgency),
        "words": one.words,
        "duties": [words.duty(duty, request.now) for duty in one.duties],
        "tried": [
            {
                "row": tried.row,
                "door": rules.DOORS.label(tried.row.door),
                "seen": rules.SEEN.label(tried.row.seen),
                "home": rules.HOMES.label(tried.row.home),
                "facts": tried.facts,
                "opinion": tried.opinion,
                "free": _free(tried),
            }
            for tried in one.tried
        ],
        "record": reverse("care:visit", args=[one.row.pk]) if policy.may_record_visit(request.actor, one.row) else "",
    }
