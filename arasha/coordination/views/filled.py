"""One form of a file: filled in by its unit on the page that all forms share, and as it reads afterwards."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from arasha.cases.queries import of_dossiers
from arasha.coordination import actions, policy, queries
from arasha.coordination.forms import WithdrawForm
from arasha.coordination.views import filing, paper, screening
from arasha.coordination.views.presenting import language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans import hosting
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms
from arasha.signals.actions import FileNotThere
from arasha.ui.rules.page import Link


def found(request: StaffRequest, response: UUID) -> queries.Filled:
    """Return a filling-in with the look recorded, at the sealed facet too where it lies under one. Raises Http404."""
    one = queries.filled(request.actor, response, request.now)
    if one is None:
        raise Http404
    request.look(one.row.dossier_id)
    if Facet(one.row.facet).sealed:
        request.look(one.row.dossier_id, kind="facet", facet=Facet(one.row.facet))
    return one


def own(request: StaffRequest, response: UUID) -> queries.Filled:
    """Return a filling-in that the actor's unit writes. Raises Http404."""
    one = found(request, response)
    if not _writes(request, one):
        raise Http404
    return one


def _writes(request: StaffRequest, one: queries.Filled) -> bool:
    return one.own and policy.may_fill_in(request.actor, one.row.dossier_id, Facet(one.row.facet).name)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def filled(request: StaffRequest, response: UUID) -> HttpResponse:
    """Show a draft to be filled in by its unit, or what was handed in to who may read it."""
    one = found(request, response)
    draft = forms.draft_of(response, request.now) if one.row.state == "draft" else None
    if draft is not None and _writes(request, one):
        return hosting.page(request, _host(request, one, draft))
    if request.method == "POST" or one.row.submitted_at is None:
        raise Http404
    return _read(request, one)


def _host(request: StaffRequest, one: queries.Filled, draft: forms.DraftRead) -> hosting.Host:
    """Return what the filling page needs to know."""
    row = one.row
    given: dict[str, Any] = {"actor": request.actor, "response": row.pk, "now": request.now}
    key = {"response": row.pk}
    return hosting.Host(
        draft=draft,
        title=one.about.titled(language()),
        meta=_called(row.dossier_id),
        back=queries.forms_link(row.dossier_id),
        here=queries.filled_link(row.pk),
        save_url=reverse("coordination:save_filled", kwargs=key),
        settle_url=reverse("coordination:settle_filled", kwargs=key),
        newer_url=reverse("coordination:renew_filled", kwargs=key),
        keeps=partial(answering.save_draft, **given),
        hands_in=partial(actions.hand_in_form, **given),
        gone=(answering.ResponseNotThere, FileNotThere),
        done=queries.filled_link(row.pk),
        context={
            "notice": _withdrawn_meanwhile() if one.in_force is None else "",
            "left": hosting.left_behind(row.pk, request.now),
            "earlier": hosting.versions(row.pk, request.now),
            "drop_url": reverse("coordination:withdraw_filled", kwargs=key),
        },
    )


def _withdrawn_meanwhile() -> str:
    return _(
        "This form is not in force any more. What you wrote is kept. Ask who answers for forms before you hand it in."
    )


def _called(dossier: UUID) -> str:
    """Name the child as the file does."""
    case = of_dossiers([dossier]).get(dossier)
    return (case.child_called if case else "") or _("A child, name not known")


@sensitive_variables()
def _read(
    request: StaffRequest, one: queries.Filled, form: WithdrawForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Show how a form reads that was handed in, under its own version."""
    row, key = one.row, {"response": one.row.pk}
    later = forms.successor_of(row)
    changes = _writes(request, one) and row.state == "submitted" and later is None
    context = {
        "page_title": one.about.titled(language()),
        "page_meta": _called(row.dossier_id),
        "tabs": [
            Link(pgettext("file", "Forms"), queries.forms_link(row.dossier_id)),
            Link(pgettext("forms", "Handed in"), "", True),
        ],
        "line": filing.line(one, request.now),
        "unchecked": not one.about.verified_by,
        "answer": hosting.response(row.pk, request.now),
        "earlier": hosting.versions(row.pk, request.now),
        "later": _later(request, later, one) if later is not None else None,
        "screening": screening.shown(one, request.now),
        "dossier": row.dossier_id,
        "correct_url": reverse("coordination:correct_filled", kwargs=key) if changes else "",
        "withdraw_url": reverse("coordination:withdraw_filled", kwargs=key) if changes else "",
        "withdraw_form": (form or WithdrawForm()) if changes else None,
        "print_url": reverse("coordination:print_filled", kwargs=key) if _prints(request, one) else "",
        "back": queries.forms_link(row.dossier_id),
    }
    return render(request, "coordination/filled.html", context, status=status)


def _prints(request: StaffRequest, one: queries.Filled) -> bool:
    standing = one.row.state == "submitted" and policy.may_print_form(request.actor, one.row)
    return standing and paper.has_paper(one)


def _later(request: StaffRequest, later: Any, one: queries.Filled) -> dict[str, Any]:
    """Return what takes a response's place, or is about to."""
    handed_in = later.submitted_at is not None
    moment = format_moment(later.submitted_at or later.begun_at, language(), request.now)
    return {
        "handed_in": handed_in,
        "facts": f"{later.unit.name} · {moment}",
        "url": queries.filled_link(later.pk) if handed_in or _writes(request, one) else "",
    }


@signed_in
@sensitive_post_parameters()
@require_POST
def save(request: StaffRequest, response: UUID) -> HttpResponse:
    """Keep what is half written, while it is typed."""
    one = own(request, response)
    draft = forms.draft_of(response, request.now) if one.row.state == "draft" else None
    if draft is None:
        raise Http404
    return hosting.live(request, _host(request, one, draft))


@signed_in
@require_POST
def settle(request: StaffRequest, response: UUID) -> HttpResponse:
    """Take what came second into the draft, or lay it aside."""
    own(request, response)
    copy, takes = hosting.settled(request)
    try:
        answering.settle_copy(actor=request.actor, response=response, copy=copy, takes=takes, now=request.now)
    except answering.ResponseNotThere:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect(queries.filled_link(response))


@signed_in
@require_POST
def newer(request: StaffRequest, response: UUID) -> HttpResponse:
    """Go on in the form's newer version."""
    own(request, response)
    try:
        begun = answering.go_on(actor=request.actor, response=response, now=request.now)
    except answering.ResponseNotThere:
        raise Http404 from None
    except (answering.NothingNewer, answering.FormNotInForce):
        return redirect(queries.filled_link(response))
    if begun.left:
        messages.warning(request, _("Some answers have no place in the newer form. They stand above it."))
    return redirect(queries.filled_link(begun.response.pk))


@signed_in
@require_POST
def correct(request: StaffRequest, response: UUID) -> HttpResponse:
    """Begin to correct what was handed in."""
    one = own(request, response)
    try:
        begun = answering.correct(actor=request.actor, response=response, now=request.now)
    except answering.ResponseNotThere:
        messages.warning(request, _("This was done already, by you or a colleague."))
        return redirect(queries.forms_link(one.row.dossier_id))
    return redirect(queries.filled_link(begun.response.pk))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, response: UUID) -> HttpResponse:
    """Ask why a form counts no more, and withdraw it: a draft, or what was handed in."""
    one = own(request, response)
    if one.row.state not in {"draft", "submitted"}:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answering.withdraw(
                actor=request.actor, response=response, reason=form.cleaned_data["reason"], now=request.now
            )
        except answering.ResponseNotThere:
            messages.warning(request, _("This was done already, by you or a colleague."))
        else:
            messages.success(request, _("Withdrawn. What was written stays for who may read it."))
        return redirect(queries.forms_link(one.row.dossier_id))
    context = {
        "page_title": _("Withdraw: %(form)s") % {"form": one.about.titled(language())},
        "page_meta": _called(one.row.dossier_id),
        "form": form,
        "response": response,
        "back": queries.filled_link(response),
        "rings": one.row.code == screening.FORM and one.row.state == "submitted",
    }
    return render(request, "coordination/withdraw_form.html", context, status=422 if form.is_bound else 200)
