"""What is recorded of a child's own application. What was typed stays on the page until it can be recorded."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arasha.adulthood import actions, policy, queries, rules
from arasha.adulthood.forms import DismissForm, FileForm, WithdrawForm
from arasha.adulthood.models import Application
from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]
Form = FileForm | DismissForm | WithdrawForm


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def new(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Take down what the child asks for."""
    if cases.file(request.actor, dossier) is None or not policy.may_take_down(request.actor, dossier):
        raise Http404
    form = FileForm(request.POST or None)

    def call() -> None:
        actions.file_application(
            actor=request.actor, dossier=dossier, said=form.said, now=request.now, ticket=form.ticket
        )

    return _page(request, dossier, form, _("Take down an application"), call=call)


@signed_in
@require_POST
def move(request: StaffRequest, application: UUID) -> HttpResponse:
    """Take an application on to its next stage."""
    row = _found(request, application)
    seen = request.POST.get("seen", "")

    def call() -> None:
        actions.move_on(actor=request.actor, application=row.pk, seen=seen, now=request.now)

    return _pressed(request, row, call)


@signed_in
@require_POST
def grant(request: StaffRequest, application: UUID) -> HttpResponse:
    """Say that an application was granted."""
    row = _found(request, application)

    def call() -> None:
        actions.grant(actor=request.actor, application=row.pk, now=request.now)

    return _pressed(request, row, call)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def dismiss(request: StaffRequest, application: UUID) -> HttpResponse:
    """Say who dismissed an application."""
    row = _found(request, application)
    form = DismissForm(request.POST or None)

    def call() -> None:
        actions.dismiss(actor=request.actor, application=row.pk, said=form.said, now=request.now)

    return _page(request, row.dossier_id, form, _("It was dismissed"), call=call)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def withdraw(request: StaffRequest, application: UUID) -> HttpResponse:
    """Let the child take an application back."""
    row = _found(request, application)
    form = WithdrawForm(request.POST or None)

    def call() -> None:
        actions.withdraw(actor=request.actor, application=row.pk, said=form.said, now=request.now)

    return _page(request, row.dossier_id, form, _("The child takes it back"), call=call)


def _found(request: StaffRequest, application: UUID) -> Application:
    row = queries.application_of(request.actor, application)
    if row is None or not policy.may_take_down(request.actor, row.dossier_id):
        raise Http404
    return row


def _pressed(request: StaffRequest, row: Application, call: Callable[[], object]) -> HttpResponse:
    request.look(row.dossier_id)
    try:
        call()
    except (actions.NotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.Ended:
        messages.warning(request, _("A colleague has recorded something meanwhile. Look at how it stands now."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("adulthood:of_file", dossier=row.dossier_id)


def _page(request: StaffRequest, dossier: UUID, form: Form, title: str, *, call: Callable[[], object]) -> HttpResponse:
    request.look(dossier)
    if form.is_valid():
        try:
            call()
        except (actions.NotThere, policy.NotAllowed):
            raise Http404 from None
        except actions.Ended:
            form.add_error(None, _("A colleague has recorded something meanwhile. Look at how it stands now."))
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        else:
            messages.success(request, _("Recorded."))
            return redirect("adulthood:of_file", dossier=dossier)
    back = reverse("adulthood:of_file", args=[dossier])
    context = {
        "page_title": title,
        "page_meta": _("No parent is asked or told."),
        "before": [Link(_("The child’s own applications"), back)],
        "form": form,
        "back": back,
    }
    return render(request, "adulthood/form.html", context, status=422 if form.errors else 200)
