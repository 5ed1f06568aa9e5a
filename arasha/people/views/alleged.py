"""What is alleged in a file: listed with its history, written down, changed, taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Facet
from arasha.kernel.territory.queries import districts
from arasha.kernel.worktime.rules import local
from arasha.people import actions, policy, queries
from arasha.people.forms import AllegationForm, StatusForm
from arasha.people.views import alleged_words as said
from arasha.people.views import words
from arasha.people.views.pages import GET_POST, tabs
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def allegations(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List what is alleged in a file, with how that changed."""
    _require(request, dossier, adding=False)
    request.look(dossier)
    found = queries.allegations_of(dossier)
    title = ngettext("%(n)s allegation of harm", "%(n)s allegations of harm", len(found)) % {"n": len(found)}
    context = {
        "page_title": title if found else _("Nobody is alleged to have harmed"),
        "tabs": _tabs(dossier),
        "dossier": dossier,
        "rows": [_row(one) for one in found],
        "may_add": policy.may_add(dossier, Facet.JUSTICE),
        "may_change": policy.may_change(dossier, Facet.JUSTICE),
        "nothing": Empty(
            _("Nothing is written down yet"),
            _("Write down whom the child, a witness or a paper names. A nickname or a place is enough."),
        ),
    }
    return render(request, "people/allegations.html", context)


def _require(request: StaffRequest, dossier: UUID, *, adding: bool) -> None:
    """Raise Http404 unless the file is there and its facet of justice is open to who acts."""
    allowed = policy.may_add if adding else policy.may_see
    if not visible_dossiers(request.actor).filter(pk=dossier).exists() or not allowed(dossier, Facet.JUSTICE):
        raise Http404


def _tabs(dossier: UUID) -> list[Link]:
    here = reverse("people:allegations", kwargs={"dossier": dossier})
    return [*tabs(dossier, ""), Link(_("Alleged to have harmed"), here, current=True)]


@sensitive_variables()
def _row(one: queries.Alleged) -> dict[str, Any]:
    return {
        "pk": one.row.pk,
        "called": said.called(one),
        "person": one.person,
        "termed": words.capital(one.termed),
        "status": said.status(one.status),
        "tone": said.TONES[one.status],
        "facts": said.facts(one),
        "states": [said.change(state) for state in one.states],
        "anew": bool(one.person and one.status == "unfounded" and queries.to_decide_anew(one.person.pk)),
    }


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def add(request: StaffRequest, dossier: UUID, person: UUID | None = None) -> HttpResponse:
    """Write an allegation down; from a person's page of that person."""
    _require(request, dossier, adding=True)
    people = queries.people_of(request.actor, dossier)
    if person is not None and person not in {row.pk for row in people}:
        raise Http404
    choices = {
        "person": [(str(row.pk), words.called(row)) for row in people],
        "place": queries.schools_and_clinics(dossier),
        "territory": districts(request.actor.territory, words.language()),
    }
    initial = {"person": str(person) if person else "", "territory": queries.place_of(dossier)}
    sent = request.POST if request.method == "POST" else None
    form = AllegationForm(sent, choices=choices, initial=initial, today=local(request.now).date())
    if form.is_valid() and _alleged(request, dossier, form):
        messages.success(request, _("Recorded."))
        return redirect("people:allegations", dossier=dossier)
    return _form(request, dossier, form, _("Who is alleged to have harmed"))


def _alleged(request: StaffRequest, dossier: UUID, form: AllegationForm) -> bool:
    source, day = form.cleaned_data["source"], form.cleaned_data["day"]
    given: dict[str, Any] = {"actor": request.actor, "dossier": dossier, "now": request.now}
    try:
        actions.allege(**given, suspect=form.suspect(), source=source, day=day)
    except actions.AllegationNotThere:
        raise Http404 from None
    return True


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def status(request: StaffRequest, dossier: UUID, allegation: UUID) -> HttpResponse:
    """Say where an allegation stands now."""
    _require(request, dossier, adding=False)
    found = queries.allegation(dossier, allegation)
    if found is None or not policy.may_change(dossier, Facet.JUSTICE):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = StatusForm(sent, today=local(request.now).date(), initial={"status": found.status})
    if form.is_valid():
        given: dict[str, Any] = {"actor": request.actor, "allegation": allegation, "now": request.now}
        try:
            actions.change_status(**given, **form.cleaned_data)
        except actions.AllegationNotThere:
            raise Http404 from None
        messages.success(request, _("Recorded."))
        return redirect("people:allegations", dossier=dossier)
    return _form(request, dossier, form, _("Where the allegation stands now"))


@signed_in
@require_POST
def take_back(request: StaffRequest, dossier: UUID, allegation: UUID) -> HttpResponse:
    """Take back what was written in error."""
    _require(request, dossier, adding=False)
    if queries.allegation(dossier, allegation) is None:
        raise Http404
    try:
        actions.take_back_allegation(actor=request.actor, allegation=allegation, now=request.now)
    except actions.AllegationNotThere:
        raise Http404 from None
    messages.success(request, _("Taken back. The record of it stays."))
    return redirect("people:allegations", dossier=dossier)


def _form(request: StaffRequest, dossier: UUID, form: Any, title: str) -> HttpResponse:
    request.look(dossier)
    context = {
        "page_title": title,
        "tabs": _tabs(dossier),
        "form": form,
        "back": reverse("people:allegations", kwargs={"dossier": dossier}),
    }
    return render(request, "people/block.html", context, status=422 if form.is_bound and form.errors else 200)
