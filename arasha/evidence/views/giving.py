"""What leaves: pictures for our own page, copies, originals, and the custody record on paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from arasha.evidence import actions, policy, queries, rules
from arasha.evidence.actions.lines import NotThere
from arasha.evidence.models import Exhibit
from arasha.evidence.views import words
from arasha.evidence.views.pages import found
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import names_of
from arasha.kernel.documents.actions import pdf
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import attachment_headers, open_file
from arasha.kernel.vault.rules import KeyErased, VaultError
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_stamp


@signed_in
@require_safe
@sensitive_variables()
def picture(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Give the clean copy of a picture to the page that shows it. On its own it is saved, never shown."""
    row = found(request, dossier, number)
    if row.content_type not in rules.SHOWN:
        raise Http404
    request.look(dossier)
    return _copy(row, lambda: actions.view_copy(actor=request.actor, exhibit=row.pk, now=request.now))


@signed_in
@require_POST
@sensitive_variables()
def copy(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Give the clean copy out, saved and not shown."""
    row = found(request, dossier, number)
    request.look(dossier)
    return _copy(row, lambda: actions.take_copy(actor=request.actor, exhibit=row.pk, now=request.now))


@signed_in
@require_POST
@sensitive_variables()
def original(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Give the original out to who investigates, as it was received; one that is not that any more stays."""
    row = _investigated(request, dossier, number)
    try:
        opened = actions.open_original(actor=request.actor, exhibit=row.pk, now=request.now)
        if opened.unchanged:
            return _given_out(opened.kept)
        messages.error(request, _("The original is not what was received, or is gone. It was not handed out."))
    except KeyErased:
        messages.error(request, _("The original was lawfully erased."))
    except VaultError:
        messages.error(request, _("The keys can’t be reached now. Nothing was opened; try again."))
    return redirect("evidence:exhibit", dossier=dossier, number=number)


@signed_in
@require_POST
@sensitive_variables()
def custody(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Give the custody record out as a document; the original is checked against its hash for it."""
    row = _investigated(request, dossier, number)
    try:
        opened = actions.open_original(actor=request.actor, exhibit=row.pk, now=request.now, export=False)
        actions.note_printed(actor=request.actor, exhibit=row.pk, now=request.now)
        data = _record(row, unchanged=opened.unchanged)
    except VaultError:
        messages.error(request, _("The keys can’t be reached now. Nothing was opened; try again."))
        return redirect("evidence:exhibit", dossier=dossier, number=number)
    made = pdf(
        template="evidence/custody.typ",
        title=_("Custody record"),
        data=data,
        language=words.language()[:2],
        now=request.now,
        printed_by=names_of([request.actor.user_id or 0]).get(request.actor.user_id or 0, ""),
    )
    headers = {"Content-Disposition": 'attachment; filename="arasha-custody.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _investigated(request: StaffRequest, dossier: UUID, number: int) -> Exhibit:
    """Return a file of which who acts may open the original, and record that they do. Raises Http404."""
    row = found(request, dossier, number)
    if not policy.may_open_originals(request.actor, dossier):
        raise Http404
    request.look(dossier, kind="export", facet=rules.ORIGINAL)
    return row


def _record(row: Exhibit, *, unchanged: bool) -> dict[str, Any]:
    """Return what stands in the document. Raises VaultError."""
    name, digest = queries.original_facts(row)
    return {
        "facts": [
            [_("File"), words.called(row)],
            [_("Name it came with"), name],
            [_("Received"), format_stamp(local(row.received_at), words.language())],
            [_("Size"), _("%(n)s bytes") % {"n": row.size}],
            [_("Kind by its bytes"), row.content_type],
            ["SHA-256", digest],
        ],
        "checked": rules.DETAILS.label("matches" if unchanged else "differs"),
        "heads": [_("When"), _("What"), _("Who")],
        "lines": [
            [line["at"], " – ".join(part for part in (line["what"], line["detail"]) if part), line["who"]]
            for line in words.lines(row)
        ],
        "proof": _(
            "Each line is also an act of the journal, whose seals are kept outside of this system: a line that was "
            "changed, left out or added later is found by checking the journal."
        ),
    }


def _copy(row: Exhibit, note: Callable[[], Exhibit]) -> HttpResponse:
    try:
        note()
        if row.copy is None:
            raise Http404
        return _given_out(row.copy)
    except (NotThere, VaultError):
        raise Http404 from None


def _given_out(kept: KeptFile) -> HttpResponse:
    return HttpResponse(b"".join(open_file(kept)), headers=attachment_headers(kept))
