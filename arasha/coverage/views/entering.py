"""What coordination enters in its own territory: commitments, their steps, what is missing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arasha.coverage import actions, queries, rules
from arasha.coverage.forms import CommitmentForm, NeedForm, StepForm
from arasha.coverage.policy import KEEP, NotAllowed
from arasha.coverage.views.reading import choices, show
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere
from arasha.kernel.territory.queries import within


@may(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add_commitment(request: StaffRequest) -> HttpResponse:
    """Enter what was promised."""
    form = CommitmentForm(request.POST if request.method == "POST" else None, places=_places(request))
    if form.is_valid():
        try:
            once = form.cleaned_data["once"]
            made = actions.add_commitment(actor=request.actor, ticket=once, said=form.said, now=request.now)
        except rules.InfrastructureFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        else:
            messages.success(request, _("Recorded."))
            return redirect("infrastructure:commitment", commitment=made)
    return _form(request, form, _("Enter a commitment"))


@may(KEEP)
@require_POST
def add_step(request: StaffRequest, commitment: UUID) -> HttpResponse:
    """Add what happened to a commitment."""
    try:
        row = queries.commitment(request.actor, commitment)
    except NotThere:
        raise Http404 from None
    form = StepForm(request.POST, steps=choices(list(row.steps.order_by("on", "entered_at"))))
    if form.is_valid():
        once = form.cleaned_data["once"]
        try:
            actions.add_step(actor=request.actor, ticket=once, commitment=row.pk, said=form.said, now=request.now)
        except rules.InfrastructureFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        except NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, _("Recorded."))
            return redirect("infrastructure:commitment", commitment=row.pk)
    return show(request, row.pk, form)


@may(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add_need(request: StaffRequest) -> HttpResponse:
    """Enter how many are missing."""
    form = NeedForm(request.POST if request.method == "POST" else None, places=_places(request))
    if form.is_valid():
        try:
            once = form.cleaned_data["once"]
            actions.add_need(actor=request.actor, ticket=once, said=form.said, now=request.now)
        except rules.InfrastructureFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        else:
            messages.success(request, _("Recorded."))
            found = form.cleaned_data
            return redirect(f"{reverse('infrastructure:needs')}?area={found['territory']}&kind={found['kind']}")
    return _form(request, form, _("Enter what is missing"))


def _form(request: StaffRequest, form: CommitmentForm | NeedForm, title: str) -> HttpResponse:
    context = {"page_title": title, "form": form, "back": reverse("infrastructure:overview")}
    return render(request, "coverage/form.html", context, status=422 if form.errors else 200)


def _places(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the actor's own territory down to districts, districts below their region."""
    language = (get_language() or "kk")[:2]
    rows = within(request.actor.territory, request.now.date()).filter(level__lte=2).order_by("path")
    return [(one.kato, f"{'— ' * one.level}{one.name(language)}") for one in rows]
