"""What came for a dossier, one file, and what is decided about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.evidence import actions, policy, queries, rules
from arasha.evidence.actions.lines import NotThere
from arasha.evidence.models import Exhibit
from arasha.evidence.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.vault.rules import KeyErased
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def exhibits(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List the files that came for a dossier."""
    if not policy.may_see(request.actor, dossier):
        raise Http404
    request.look(dossier)
    rows = [
        {
            "called": words.called(row),
            "url": reverse("evidence:exhibit", args=[dossier, row.number]),
            "at": row.received_at,
            "size": words.size(row),
            "state": words.state(row),
            "why": words.why_no_copy(row) if not row.intimate else "",
            "intimate": row.intimate,
        }
        for row in queries.exhibits(request.actor, dossier)
    ]
    nothing = Empty(_("No file came"), _("What a teller sends stands here as soon as it is checked."), [])
    context = {
        "page_title": _("Files from the teller"),
        "tabs": _tabs(request, dossier),
        "rows": rows,
        "nothing": nothing,
    }
    return render(request, "evidence/list.html", context)


@signed_in
@require_safe
def exhibit(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Show one file: how it stands, what can be done with it, and its custody record."""
    row = found(request, dossier, number)
    opens = policy.may_open_originals(request.actor, dossier)
    request.look(dossier)
    if opens:
        request.look(dossier, kind="facet", facet=rules.ORIGINAL)
    copies = policy.may_see_copies(request.actor, dossier)
    context = _about(request, row) | {
        "copy": row.copy_id is not None and copies,
        "shown": row.content_type in rules.SHOWN and row.copy_id is not None and copies,
        "opens": opens,
        "facts": _facts(row) if opens else [],
        "may_mark": policy.may_mark(request.actor, dossier) and not row.intimate,
        "may_ask": policy.may_ask(request.actor, dossier) and row.asked_at is None and row.handed_at is None,
        "lines": words.lines(row),
    }
    return render(request, "evidence/exhibit.html", context)


@signed_in
@require_safe
def look(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Show the clean copy of a picture on a page of ours, so that none is left in a folder of downloads."""
    row = found(request, dossier, number)
    if row.copy_id is None or row.content_type not in rules.SHOWN or not policy.may_see_copies(request.actor, dossier):
        raise Http404
    request.look(dossier)
    context = _about(request, row) | {"picture": reverse("evidence:picture", args=[dossier, number])}
    return render(request, "evidence/look.html", context)


@signed_in
@require_POST
def mark(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Mark a file as an intimate picture of a child, unseen."""
    row = found(request, dossier, number)
    try:
        actions.mark_intimate(actor=request.actor, exhibit=row.pk, now=request.now)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Marked. The copy is destroyed; the original goes to the investigator by itself."))
    return redirect("evidence:exhibit", dossier=dossier, number=number)


@signed_in
@require_POST
def investigator(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Ask that the original be opened to the investigator."""
    row = found(request, dossier, number)
    try:
        actions.ask_investigator(actor=request.actor, exhibit=row.pk, now=request.now)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("The original is being opened to the investigator, who is told."))
    return redirect("evidence:exhibit", dossier=dossier, number=number)


def found(request: StaffRequest, dossier: UUID, number: int) -> Exhibit:
    """Return one file. Raises Http404."""
    row = queries.exhibit(request.actor, dossier, number)
    if row is None:
        raise Http404
    return row


def _about(request: StaffRequest, row: Exhibit) -> dict[str, Any]:
    return {
        "page_title": words.called(row),
        "tabs": _tabs(request, row.dossier_id),
        "row": row,
        "size": words.size(row),
        "state": words.state(row),
        "why": words.why_no_copy(row),
        "scanned": words.scanned(row),
        "warning": words.warning(row),
        "handed": words.handed(row),
        "here": [row.dossier_id, row.number],
    }


def _facts(row: Exhibit) -> list[tuple[str, str]]:
    """Return the name and the hash of the original, for who was given it."""
    try:
        name, digest = queries.original_facts(row)
    except KeyErased:
        return [(_("Original"), rules.NO_COPY.label("erased"))]
    return [(_("Name it came with"), name), ("SHA-256", digest)]


def _tabs(request: StaffRequest, dossier: UUID) -> list[Link]:
    """Return the tabs; who was given originals alone has no page of the file itself."""
    whole = [Link(_("The file"), f"/files/{dossier}/")] if policy.may_see_copies(request.actor, dossier) else []
    return [*whole, Link(_("Files from the teller"), queries.link(dossier))]
