"""The doors of the special ways: a hindered statement, who stays with a child, and second readings."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration.queries import on_duty
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.access.queries import visible_dossiers
from arasha.signals import actions, policy, queries
from arasha.signals.forms import CompanyForm, HindranceForm
from arasha.signals.models import Signal
from arasha.signals.views import presenting
from arasha.ui.rules.parts import Empty


def _file(request: StaffRequest, dossier: UUID) -> Dossier:
    found = visible_dossiers(request.actor).filter(pk=dossier).first()
    if found is None:
        raise Http404
    request.look(dossier)
    return found


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def hindrance(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Tell of a refused statement or of pressure, in a file that the reader works on."""
    file = _file(request, dossier)
    police = [(unit.pk, unit.name) for unit in queries.police_units(file.territory_id, request.now)]
    form = HindranceForm(request.POST if request.method == "POST" else None, police=police)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.tell_hindrance(
                actor=request.actor,
                dossier=dossier,
                kind=said["kind"],
                unit=said["unit"],
                words=said["words"],
                now=request.now,
            )
        except (actions.FileNotThere, actions.NotPolice):
            raise Http404 from None
        messages.success(request, _("Recorded: the prosecutor and the ombudsperson are told."))
        return redirect(queries.file_link(dossier))
    context = {
        "page_title": _("Was a statement refused, or is somebody pressed to withdraw?"),
        "form": form,
        "ways": replace(queries.ways_of(request.actor, [dossier], None), repeats=[], supported=""),
        "file": queries.file_link(dossier),
    }
    return render(request, "signals/hindrance.html", context, status=422 if form.is_bound else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def company(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Name who stays with a child who may harm themselves; the page says whom to ring now."""
    file = _file(request, dossier)
    form = CompanyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.name_company(actor=request.actor, dossier=dossier, now=request.now, **form.cleaned_data)
        except (actions.FileNotThere, actions.NobodyNamed):
            raise Http404 from None
        messages.success(request, _("Written down: the alarm has ended."))
        return redirect(queries.file_link(dossier))
    staying = queries.staying_of([dossier])
    context = {
        "page_title": _("Who stays with the child?"),
        "form": form,
        "dossier": dossier,
        "staying": staying,
        "present": bool(staying and staying.company),
        "rings": _("The alarm rings until somebody is named.") if staying and staying.rings else "",
        "on_duty": _on_duty(request, file),
        "file": queries.file_link(dossier),
    }
    return render(request, "signals/company.html", context, status=422 if form.is_bound else 200)


def _on_duty(request: StaffRequest, file: Dossier) -> list[tuple[str, Any]]:
    units = queries.rung_units(file, request.now)
    found = on_duty([unit.pk for unit in units], request.now)
    return [(unit.name, one) for unit in units for one in found[unit.pk]]


@signed_in
@require_POST
def company_left(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Say that nobody stays any more; the alarm rings again."""
    try:
        actions.end_company(actor=request.actor, dossier=dossier, now=request.now)
    except actions.FileNotThere:
        raise Http404 from None
    messages.warning(request, _("Written down. Name at once who stays with the child now."))
    return redirect("signals:company", dossier=dossier)


@may("supervise_obligations")
@require_safe
def second_readings(request: StaffRequest) -> HttpResponse:
    """List the reports drawn for this unit, the oldest first; none says which child it is about."""
    context = {
        "page_title": _("Second readings"),
        "rows": list(queries.readings(request.actor)),
        "nothing": Empty(_("Nothing waits for a second reading"), _("Reports that are drawn come here by themselves.")),
    }
    return render(request, "signals/second_readings.html", context)


@may("supervise_obligations")
@require_http_methods(["GET", "HEAD", "POST"])
def second_reading(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show one report, and take the second reader's verdict."""
    row = queries.reading(request.actor, dossier)
    told = Signal.objects.filter(dossier=dossier).select_related("territory", "school", "clinic").first()
    if row is None or told is None:
        raise Http404
    request.look(dossier)
    if request.method == "POST":
        return _decided(request, dossier)
    texts = queries.texts_of(dossier)
    context = {
        "page_title": f"{presenting.concerns(told)}: {presenting.child(told)}",
        "safety": presenting.safety(told),
        "facts": presenting.facts(told, request.now),
        "said": [(label, texts[kind]) for kind, label in presenting.text_labels() if kind in texts],
    }
    return render(request, "signals/second_reading.html", context)


def _decided(request: StaffRequest, dossier: UUID) -> HttpResponse:
    answer = request.POST.get("danger", "")
    if answer not in {"yes", "no"}:
        raise Http404
    try:
        actions.decide_second_reading(actor=request.actor, dossier=dossier, agrees=answer == "no", now=request.now)
    except (actions.ReadingNotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("Recorded."))
    return redirect("signals:second_readings")
