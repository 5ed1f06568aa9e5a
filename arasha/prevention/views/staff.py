"""The pages of who issues certificates: a list without numbers and names, one certificate, and its paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import NotThere
from arasha.kernel.worktime.rules import local
from arasha.prevention import actions, queries, rules
from arasha.prevention.forms import IssueForm, PrintForm, WithdrawForm
from arasha.prevention.policy import ISSUE
from arasha.prevention.queries import Asked, Line
from arasha.prevention.views import paper
from arasha.ui.rules import sheets
from arasha.ui.rules.page import Action, Filter, Link
from arasha.ui.rules.paging import beside, skipped
from arasha.ui.rules.parts import Empty

TONES = {"valid": "open", "asked": "waiting", "expired": "neutral", "withdrawn": "late"}
MOST_EXPORTED = 20_000


@may(ISSUE)
@require_safe
def certificates(request: StaffRequest) -> HttpResponse:
    """List the certificates of one's own body."""
    asked, offset = _asked(request.GET), skipped(request.GET.get("after", ""))
    rows = queries.lines(request.actor, asked, today=_today(request), offset=offset)
    add = Action(_("Issue a certificate"), reverse("certificates:issue"))
    context = {
        "page_title": _("Certificates"),
        "rows": [row_of(one) for one in rows[: queries.PAGE]],
        "asked": asked,
        "programmes": rules.PROGRAMMES.choices(),
        "states": Filter("state", _("How it stands"), rules.STATES.choices(), frozenset(asked.states)),
        "export": f"{reverse('certificates:export')}?{request.GET.urlencode()}",
        "add": add,
        "nothing": _nothing(asked, add),
    } | beside(request.GET, offset, queries.PAGE, more=len(rows) > queries.PAGE)
    return render(request, "prevention/list.html", context)


@may(ISSUE)
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a table: lines of the register and days, neither numbers nor names."""
    rows = queries.lines(request.actor, _asked(request.GET), today=_today(request), limit=MOST_EXPORTED)
    actions.record_export(actor=request.actor, rows=len(rows), now=request.now)
    heads = (_("Programme"), _("Line of the register"), _("Finished on"), _("Counts until"), _("How it stands"))
    table = [heads, *(_cells(one) for one in rows)]
    headers = {"Content-Disposition": 'attachment; filename="certificates.csv"'}
    return HttpResponse(sheets.write(table, kind="csv"), content_type="text/csv; charset=utf-8", headers=headers)


@may(ISSUE)
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: StaffRequest) -> HttpResponse:
    """Issue a certificate and show its number, once."""
    form = IssueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.issue(actor=request.actor, ticket=form.cleaned_data["once"], said=form.said, now=request.now)
        except rules.CertificateFaulty as faulty:
            form.show_faults(faulty)
        except actions.EntryTaken:
            form.add_error(
                "entry",
                _("This line has a certificate already. For another copy withdraw the first, then write 17/2026/2."),
            )
        except actions.TicketUsed:
            form.add_error(None, _("This page issued a certificate already. Begin a new one."))
        else:
            return _issued(request, made)
    context = {"page_title": _("Issue a certificate"), "form": form, "back": reverse("certificates:list")}
    return render(request, "prevention/issue.html", context, status=422 if form.errors else 200)


@may(ISSUE)
@require_safe
def certificate(request: StaffRequest, certificate: UUID) -> HttpResponse:
    """Show one certificate of one's own body."""
    return _show(request, certificate)


@may(ISSUE)
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def print_certificate(request: StaffRequest, certificate: UUID) -> HttpResponse:
    """Give the paper: whoever has the number gets it, with the name that they type. Neither is kept."""
    row = _line(request, certificate).row
    form = PrintForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        if rules.fingerprint(number, queries.number_key()) == bytes(row.fingerprint):
            return paper.given(row, number, form.cleaned_data["holder"], form.cleaned_data["language"], request.now)
        form.add_error("number", _("This is not the number of this certificate."))
    return _show(request, certificate, printing=form)


@may(ISSUE)
@require_POST
def withdraw(request: StaffRequest, certificate: UUID) -> HttpResponse:
    """Ask for a certificate to be withdrawn."""
    form = WithdrawForm(request.POST)
    _line(request, certificate)
    if not form.is_valid():
        return _show(request, certificate, withdrawing=form)
    try:
        actions.ask_withdrawal(
            actor=request.actor, certificate=certificate, reason=form.cleaned_data["reason"], now=request.now
        )
        messages.success(
            request, _("Recorded. It counts until another person of your organisation, or coordination, has decided.")
        )
    except actions.AlreadyAsked:
        messages.error(request, _("Somebody asked for this already, or it is withdrawn."))
    return redirect("certificates:certificate", certificate=certificate)


@may(ISSUE)
@require_POST
def decide(request: StaffRequest, certificate: UUID) -> HttpResponse:
    """Withdraw what another person asked to be withdrawn, or let it stand."""
    verdict = request.POST.get("verdict", "")
    if verdict not in {"withdraw", "refuse"}:
        messages.error(request, _("Choose whether it is withdrawn or stands."))
        return redirect("certificates:certificate", certificate=_line(request, certificate).row.pk)
    try:
        actions.decide_withdrawal(
            actor=request.actor, certificate=certificate, withdraw=verdict == "withdraw", now=request.now
        )
        messages.success(request, _("Recorded."))
    except NotThere:
        raise Http404 from None
    except actions.SecondPersonNeeded:
        messages.error(request, _("You asked for this yourself: another person decides."))
    return redirect("certificates:certificate", certificate=certificate)


def _issued(request: StaffRequest, made: actions.Issued) -> HttpResponse:
    context = {
        "page_title": _("The certificate is issued"),
        "number": rules.shown(made.number),
        "certificate": made.row,
        "form": PrintForm(initial={"number": rules.shown(made.number)}),
        "check": settings.PUBLIC_ADDRESS + paper.CHECK,
    }
    response = render(request, "prevention/issued.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _line(request: StaffRequest, certificate: UUID) -> Line:
    try:
        return queries.line(request.actor, certificate, today=_today(request))
    except NotThere:
        raise Http404 from None


def _show(
    request: StaffRequest,
    certificate: UUID,
    *,
    printing: PrintForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> HttpResponse:
    found = _line(request, certificate)
    row, asked = found.row, list(found.row.withdrawals.order_by("asked_at"))
    people = names_of({who for one in asked for who in (one.asked_by_id, one.decided_by_id) if who})
    waits = next((one for one in asked if not one.verdict), None)
    context = {
        "page_title": _("Certificate, line %(entry)s") % {"entry": row.entry},
        "page_meta": rules.PROGRAMMES.label(row.programme),
        "tabs": [],
        "before": [Link(_("Certificates"), reverse("certificates:list"))],
        "line": row_of(found),
        "withdrawals": [withdrawal_of(one, people) for one in asked],
        "waits": waits,
        "mine": waits is not None and waits.asked_by_id == request.actor.user_id,
        "printing": printing or PrintForm(),
        "withdrawing": withdrawing or WithdrawForm(),
    }
    wrong = any(form is not None and form.errors for form in (printing, withdrawing))
    return render(request, "prevention/certificate.html", context, status=422 if wrong else 200)


def _nothing(asked: Asked, add: Action) -> Empty:
    if asked == Asked():
        return Empty(_("No certificate yet"), _("Your organisation has issued none here."), [add])
    return Empty(_("No certificate fits"), _("Choose other filters, or issue a certificate."), [add])


def withdrawal_of(one: Any, people: dict[int, str]) -> dict[str, Any]:
    """Return who asked for a withdrawal and why, and what came of it."""
    verdicts = {"withdrawn": _("Withdrawn"), "refused": _("Left standing")}
    return {
        "reason": rules.REASONS.label(one.reason),
        "asked": one.asked_at,
        "by": people.get(one.asked_by_id, ""),
        "verdict": verdicts.get(one.verdict, ""),
        "decided": one.decided_at,
        "decider": people.get(one.decided_by_id or 0, ""),
    }


def row_of(one: Line) -> dict[str, Any]:
    """Return a certificate as a line of a list or the head of a page."""
    return {
        "row": one.row,
        "url": reverse("certificates:certificate", args=[one.row.pk]),
        "programme": rules.PROGRAMMES.label(one.row.programme),
        "unit": one.row.unit.name,
        "state": rules.STATES.label(one.state),
        "code": one.state,
        "tone": TONES[one.state],
    }


def _cells(one: Line) -> tuple[str, ...]:
    row = one.row
    until = row.valid_until.isoformat() if row.valid_until else ""
    return (
        rules.PROGRAMMES.label(row.programme),
        row.entry,
        row.completed_on.isoformat(),
        until,
        rules.STATES.label(one.state),
    )


def _asked(data: QueryDict) -> Asked:
    """Read the address; what is no choice is none."""
    programme, entry = data.get("programme", ""), data.get("entry", "")[:20].strip()
    return Asked(
        programme=programme if programme in rules.PROGRAMMES else "",
        states=tuple(code for code in data.getlist("state") if code in rules.STATES),
        entry=entry if entry.isascii() and entry.replace("/", "").isdigit() else "",
    )


def _today(request: StaffRequest) -> date:
    return local(request.now).date()
