"""One's ties to bodies in which one holds no post, and those of the people for whom one answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arasha.administration import actions, forms, queries
from arasha.administration.rules.ties import TIES, last_day
from arasha.kernel.access import policy
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Tie
from arasha.kernel.access.rules import Conflict, NotThere
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date


@policy.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ties(request: StaffRequest) -> HttpResponse:
    """Show one's ties; find a body, and declare a tie to it."""
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found, today = queries.bodies_called(wanted), local(request.now).date()
    form = forms.TieForm(request.POST or None, found=found, today=today) if found else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _declared(request, form):
            return redirect("ties")
    context = {
        "page_title": _("My ties"),
        "own": [_row(row) for row in queries.own_ties(request.actor)],
        "below": [_row(row) | {"name": name} for name, row in queries.ties_below(request.actor)],
        "wanted": wanted,
        "form": form,
    }
    return render(request, "administration/ties.html", context, status=422 if form and form.errors else 200)


def _declared(request: StaffRequest, form: forms.TieForm) -> bool:
    try:
        actions.declare_tie(actor=request.actor, now=request.now, **form.cleaned_data)
    except NotThere:
        raise Http404 from None
    except Conflict:
        form.add_error("kind", _("You declared this tie before."))
        return False
    messages.success(request, _("Recorded. Files that are closed for this body are closed to you from now on."))
    return True


@policy.signed_in
@require_POST
def end(request: StaffRequest, tie: UUID) -> HttpResponse:
    """Let one's own tie end today."""
    try:
        actions.end_tie(actor=request.actor, tie=tie, now=request.now)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Recorded. Files stay closed to you for 24 months more."))
    return redirect("ties")


@policy.signed_in
@require_POST
def strike(request: StaffRequest, tie: UUID) -> HttpResponse:
    """Confirm that a worker's tie was declared by mistake."""
    try:
        actions.strike_tie(actor=request.actor, tie=tie, now=request.now)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Recorded: it was a mistake."))
    return redirect("ties")


def _row(row: Tie) -> dict[str, Any]:
    language = get_language() or "kk"
    since = _("since %(day)s") % {"day": format_date(row.since, language)}
    last = last_day(row.until)
    until = _("until %(day)s") % {"day": format_date(last, language)} if last else ""
    return {
        "id": row.pk,
        "body": row.body.name,
        "kind": TIES.label(row.kind),
        "when": ", ".join(part for part in (since, until) if part),
        "ended": bool(until),
    }
