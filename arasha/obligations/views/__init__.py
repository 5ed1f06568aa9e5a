"""The doors of obligations for people: one duty with all that can be done with it, and the list of a unit's duties."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access.door import StaffRequest, acting
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.vault.queries import attachment_headers, open_file
from arasha.obligations import actions, policy, queries
from arasha.obligations.forms import DeedForm
from arasha.obligations.models import Obligation
from arasha.obligations.queries.page import ObligationPage, obligation_page
from arasha.obligations.views import deeds, presenting
from arasha.obligations.views.letter import letter
from arasha.obligations.views.listing import mine, seen
from arasha.obligations.views.words import short, uuid_of

__all__ = ["deed", "evidence", "letter", "mine", "page", "seen"]


@signed_in
@require_safe
def page(request: StaffRequest, obligation: UUID) -> HttpResponse:
    """Show one obligation with what the reader may do with it; that the unit opened it is noted once."""
    actions.see(actor=request.actor, obligations=[obligation], now=request.now)
    return _shown(request, _found(request, obligation))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: StaffRequest, obligation: UUID, name: str) -> HttpResponse:
    """Do one thing with the obligation. What is not offered to the reader is not there."""
    found = _found(request, obligation)
    if name not in deeds.DEEDS:
        raise Http404
    if request.method != "POST":  # after signing in again, say
        return redirect("obligations:page", obligation=obligation)
    what = deeds.DEEDS[name]
    form = deeds.form_for(name, found, request.now, request)
    if not form.is_valid():
        return _shown(request, found, failed=(name, form), status=422)
    try:
        what.call(request, obligation, form.cleaned_data)
    except (actions.ObligationNotFound, policy.NotAllowed) as refused:
        raise Http404 from refused
    except actions.NotPossibleNow as before:
        typed = str(form.data.get("answer") or form.data.get("words", ""))
        notice = _too_late(before.obligation, request)
        return _shown(request, _found(request, obligation), notice=notice, typed=typed, status=409)
    except deeds.FAULTY as fault:
        deeds.put_fault(form, fault)
        return _shown(request, found, failed=(name, form), status=422)
    messages.success(request, str(what.done))
    if what.leaves:
        return redirect("obligations:mine")
    return redirect("obligations:page", obligation=obligation)


@may("meet_obligations", streams=True)
@require_safe
def evidence(request: StaffRequest, obligation: UUID, proof: str) -> StreamingHttpResponse:
    """Give out one file of an answer, as an attachment."""
    with acting(request):
        found = policy.visible_to(request.actor).filter(pk=obligation).first()
        number = uuid_of(proof)
        kept = queries.proof(found, number) if found and number else None
        if found is None or kept is None:
            raise Http404
        request.look(found.dossier_id)

    def pieces() -> Iterator[bytes]:
        with acting(request):
            yield from open_file(kept.file)

    with acting(request):
        headers = attachment_headers(kept.file)
    return StreamingHttpResponse(pieces(), headers=headers)


def _too_late(obligation: Obligation, request: StaffRequest) -> str:
    """Say who was faster: a second click, or a colleague."""
    if obligation.met_at is None:
        return _("It was decided otherwise meanwhile. Nothing new was recorded; this is how it stands now.")
    return _("It was met before – %(who)s, %(moment)s. Nothing new was recorded.") % {
        "who": presenting.met_by(obligation),
        "moment": short(obligation.met_at, request.now),
    }


def _found(request: StaffRequest, obligation: UUID) -> ObligationPage:
    found = obligation_page(request.actor, obligation, request.now)
    if found is None:
        raise Http404
    request.look(found.obligation.dossier_id)
    return found


def _shown(
    request: StaffRequest,
    found: ObligationPage,
    *,
    failed: tuple[str, DeedForm] | None = None,
    notice: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the page; a form that failed stands in the place of its empty one, with what was typed."""
    forms = deeds.forms_of(found, request.now)
    if failed is not None:
        forms[failed[0].replace("-", "_")] = failed[1]
    context = presenting.context(found, request.now)
    shown = context | {
        "forms": forms,
        "supervising": deeds.supervising(forms, asked=found.obligation.asked_until is not None),
        "failed": failed[1] if failed else None,
        "too_late": notice,
        "typed": typed,
    }
    return render(request, "obligations/page.html", shown, status=status)
