"""Who else must be thought of when harm was done in an institution: listed, named, decided on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import actions, queries, rules
from arasha.cases.forms import ConsideredForm, DecideConsideredForm
from arasha.cases.models import Considered
from arasha.cases.views import presenting
from arasha.cases.views.frame import GET_POST, opened
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_moment


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def considered(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who is thought of; name another, or decide on one."""
    found = opened(request, dossier)
    if request.method == "POST" and "considered" in request.POST:
        return _decided(request, found)
    form = ConsideredForm(request.POST or None) if may_write(dossier, Facet.OBLIGATIONS) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            _named(request, dossier, form)
            messages.success(request, _("Recorded."))
            return redirect("cases:considered", dossier=dossier)
    return _page(request, found, form)


def _named(request: StaffRequest, dossier: UUID, form: ConsideredForm) -> None:
    said = form.cleaned_data
    try:
        actions.name_considered(
            actor=request.actor,
            dossier=dossier,
            kind=said["kind"],
            called=said["called"],
            by_name=form.by_name(),
            now=request.now,
        )
    except actions.FileNotThere:
        raise Http404 from None


def _decided(request: StaffRequest, found: Dossier) -> HttpResponse:
    row = queries.considered_one(found.pk, _uuid(request.POST["considered"]))
    if row is None:
        raise Http404
    form = DecideConsideredForm(request.POST, row=row, auto_id=f"id_{row.pk}_%s")
    if not form.is_valid():
        fresh = ConsideredForm() if may_write(found.pk, Facet.OBLIGATIONS) else None
        return _page(request, found, fresh, {row.pk: form}, status=422)
    said = form.cleaned_data
    try:
        actions.decide_considered(
            actor=request.actor,
            dossier=found.pk,
            considered=row.pk,
            way=said["way"],
            reason=said["reason"],
            now=request.now,
        )
    except actions.FileNotThere:
        raise Http404 from None
    except actions.DecidedBefore:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("cases:considered", dossier=found.pk)


def _page(
    request: StaffRequest,
    found: Dossier,
    form: ConsideredForm | None,
    filled: dict[UUID, DecideConsideredForm] | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    rows = [_row(request, row, (filled or {}).get(row.pk)) for row in queries.considered_of(found.pk)]
    context = {
        "page_title": presenting.SUBJECTS["considered"].title(),
        "page_meta": presenting.child_of(found.pk),
        "tabs": presenting.tabs(found, "considered"),
        "groups": [(_("Other children"), _of(rows, "child")), (_("Colleagues"), _of(rows, "colleague"))],
        "form": form,
    }
    faulty = form is not None and form.errors
    return render(request, "cases/considered.html", context, status=status or (422 if faulty else 200))


def _of(rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["kind"] == kind]


def _row(request: StaffRequest, row: Considered, form: DecideConsideredForm | None) -> dict[str, Any]:
    language = presenting.language()
    named = f"{row.named_by.name} · {format_moment(row.named_at, language, request.now)}"
    decided = ""
    if row.reason and row.unit and row.decided_at:
        said = f"{rules.CONSIDERED_REASONS.label(row.reason)} ({rules.CONSIDERED_WAYS.label(row.way)})"
        decided = f"{said} · {row.unit.name} · {format_moment(row.decided_at, language, request.now)}"
    if form is None and not row.reason and may_write(row.dossier_id, Facet(row.facet)):
        form = DecideConsideredForm(initial={"considered": row.pk}, row=row, auto_id=f"id_{row.pk}_%s")
    return {
        "kind": row.kind,
        "called": row.called,
        "group": not row.by_name,
        "named": named,
        "decided": decided[:1].upper() + decided[1:],
        "form": form,
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
