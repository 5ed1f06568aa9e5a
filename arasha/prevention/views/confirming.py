"""The second person where an organisation has no other: coordination of the territory decides on withdrawals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import NotThere
from arasha.prevention import actions, queries, rules
from arasha.prevention.models import Withdrawal
from arasha.prevention.policy import CONFIRM
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import beside, skipped
from arasha.ui.rules.parts import Empty


@may(CONFIRM)
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """List what waits for a second person in one's own territory."""
    offset = skipped(request.GET.get("after", ""))
    rows = queries.waiting(request.actor, offset=offset)
    people = names_of({one.asked_by_id for one in rows})
    words = _("An organisation with one person who issues asks coordination. What it asks stands here.")
    context = {
        "page_title": _("Certificates to withdraw"),
        "rows": [_row(one, people) for one in rows[: queries.PAGE]],
        "nothing": Empty(_("No certificate is to be withdrawn"), words),
    } | beside(request.GET, offset, queries.PAGE, more=len(rows) > queries.PAGE)
    return render(request, "prevention/waiting.html", context)


@may(CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: StaffRequest, certificate: UUID) -> HttpResponse:
    """Show who asks to withdraw a certificate and why, and decide on it."""
    try:
        found = queries.waits(request.actor, certificate)
    except NotThere:
        raise Http404 from None
    if request.method == "POST":
        return _decided(request, certificate)
    context = {
        "page_title": _("Withdraw this certificate?"),
        "page_meta": rules.PROGRAMMES.label(found.certificate.programme),
        "before": [Link(_("Certificates to withdraw"), reverse("certificates:waiting"))],
        "one": _row(found, names_of({found.asked_by_id})),
        "mine": found.asked_by_id == request.actor.user_id,
    }
    return render(request, "prevention/confirm.html", context)


def _decided(request: StaffRequest, certificate: UUID) -> HttpResponse:
    verdict = request.POST.get("verdict", "")
    if verdict not in {"withdraw", "refuse"}:
        messages.error(request, _("Choose whether it is withdrawn or stands."))
        return redirect("certificates:confirm", certificate=certificate)
    try:
        actions.decide_withdrawal(
            actor=request.actor, certificate=certificate, withdraw=verdict == "withdraw", now=request.now
        )
        messages.success(request, _("Recorded."))
    except NotThere:
        raise Http404 from None
    except actions.SecondPersonNeeded:
        messages.error(request, _("You asked for this yourself: another person decides."))
    return redirect("certificates:waiting")


def _row(one: Withdrawal, people: dict[int, str]) -> dict[str, Any]:
    row = one.certificate
    return {
        "row": row,
        "programme": rules.PROGRAMMES.label(row.programme),
        "unit": row.unit.name,
        "reason": rules.REASONS.label(one.reason),
        "asked": one.asked_at,
        "by": people.get(one.asked_by_id, ""),
        "url": reverse("certificates:confirm", args=[row.pk]),
    }
