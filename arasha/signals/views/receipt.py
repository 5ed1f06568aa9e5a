"""The door of receipts: no account, no cookie; a code and a phrase, and never a child."""

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arasha.kernel.access import policy
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.queries import domain_now
from arasha.signals import queries
from arasha.signals.forms import ProofForm, ReceiptForm
from arasha.signals.views import proving

REASON = "whoever reported is not signed in here and never was: a code and a phrase open a day and states, no child"


# Exempt from the token against forged forms: it would need a cookie, and nothing is changed here.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for code and phrase, and show the receipt. A wrong code and a wrong phrase get one answer."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    now = domain_now()
    if form.is_valid():
        found = queries.fingerprint_of(form.cleaned_data["code"])
        if not ratelimit.consume(request, action="receipt", key=found.hex()):
            return _too_often(request)
        try:
            shown = queries.receipt_for(form.cleaned_data["code"], form.cleaned_data["phrase"], now)
        except queries.NoReceipt:
            form.add_error(None, _("There is no receipt with this code and this phrase."))
        else:
            context = proving.page(shown, now) | {"opened": ProofForm.sign(shown.receipt)}
            return render(request, "signals/receipt.html", context)
    context = {"page_title": _("Receipt of a report"), "form": form}
    return render(request, "signals/receipt_form.html", context, status=422 if form.is_bound else 200)


@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Give an open receipt as a document: that the duty was done, without what was said."""
    form, now = ProofForm(request.POST), domain_now()
    if not ratelimit.consume(request, action="receipt", key=request.POST.get("opened", "")):
        return _too_often(request)
    if form.is_valid():
        try:
            return _document(proving.page(queries.receipt_by_id(form.cleaned_data["opened"], now), now), now)
        except queries.NoReceipt:
            form.add_error("opened", _("Open the receipt again."))
    context = {"page_title": _("Receipt of a report"), "form": ReceiptForm(), "again": True}
    return render(request, "signals/receipt_form.html", context, status=422)


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _document(page: dict[str, Any], now: datetime) -> HttpResponse:
    language = get_language() or "kk"
    made = pdf(
        template="signals/receipt.typ",
        title=page["page_title"],
        data=proving.document(page),
        language=language,
        now=now,
    )
    headers = {"Content-Disposition": 'attachment; filename="arasha-receipt.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
