"""An adoption: guardianship parts a child into who they were and who they are, asks which, and takes back a mistake."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from arasha.kernel.access.actions import LookNotRecorded
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Conflict, NeedsTwo
from arasha.kernel.worktime.rules import local
from arasha.people import actions, policy, queries, rules
from arasha.people.models import Person
from arasha.people.views import words
from arasha.people.views.pages import GET_POST, tabs
from arasha.ui.rules.page import Link


def _child(request: StaffRequest, dossier: UUID, person: UUID) -> Person:
    """Return the child of a file that the reader's guardianship leads. Raises Http404 for everybody and all else."""
    found = queries.find(request.actor, person)
    if found is None or found.dossier_id != dossier or not policy.may_part(request.actor, found):
        raise Http404
    return found


@signed_in
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(GET_POST)
def adoption(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Show what parting a child does; with a name sent, the children of the unit's other files who may be meant."""
    child = _child(request, dossier, person)
    typed = request.POST.get("q", "").strip()
    if request.method != "POST":
        return _page(request, child, {})
    try:
        asked = rules.questions(typed, local(request.now).date())
    except rules.NothingAsked:
        return _page(request, child, {"q": typed, "problem": _("Write the name that the old file has.")}, 422)
    except rules.AskedTooMuch:
        return _page(request, child, {"q": typed[:200], "problem": _("This is longer than any name.")}, 422)
    request.look(None, kind="search")
    return _page(request, child, {"q": typed, "asked": True, "rows": _candidates(request, child, asked)})


@sensitive_variables()
def _candidates(request: StaffRequest, child: Person, asked: list[rules.Question]) -> list[dict[str, Any]]:
    near = queries.led_children(request.actor, asked)
    return [_row(request, one) for one in near if one.dossier_id != child.dossier_id]


def _row(request: StaffRequest, one: Person) -> dict[str, Any]:
    return {
        "person": one.pk,
        "called": words.called(one),
        "born": words.born(one, request.now),
        "sex": rules.SEXES.label(one.sex),
        "url": reverse("people:person", args=[one.dossier_id, one.pk]),
    }


@signed_in
@require_POST
def seal(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Part the child of this file from the child who was chosen."""
    child = _child(request, dossier, person)
    try:
        before = UUID(request.POST.get("before", ""))
    except ValueError:
        return _page(request, child, {"problem": _("Choose the child of the old file first.")}, 422)
    try:
        actions.seal_adoption(actor=request.actor, before=before, after=child.pk, now=request.now)
    except actions.PersonNotThere:
        raise Http404 from None
    except Conflict:
        messages.warning(request, _("Nothing was done: one of the two is already parted from somebody."))
    else:
        messages.success(request, _("Sealed. To everybody they are two people now."))
    return redirect("people:adoption", dossier=dossier, person=person)


@signed_in
@require_POST
def tell(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Tell who the child is on the other side of an adoption; that it was asked is recorded first."""
    child = _child(request, dossier, person)
    try:
        told = actions.open_adoption(actor=request.actor, person=child.pk, dossier=dossier, now=request.now)
    except actions.PersonNotThere:
        raise Http404 from None
    except LookNotRecorded:
        messages.error(request, _("The access log does not answer, so that what is under seal is not shown now."))
        return redirect("people:adoption", dossier=dossier, person=person)
    return _page(request, child, {"told": _told(request, told), "was_told": True})


def _told(request: StaffRequest, told: list[actions.Adopted]) -> list[dict[str, Any]]:
    """Return the other side as words; a file that the unit no longer leads is said to be there, without its name."""
    rows = []
    for one in told:
        other = queries.find(request.actor, one.person)
        rows.append({"is_after": one.is_after, "row": _row(request, other) if other else None})
    return rows


@signed_in
@require_POST
def lift(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Take back what was sealed by mistake; only a second person can."""
    child = _child(request, dossier, person)
    try:
        lifted = actions.lift_adoption(actor=request.actor, person=child.pk, now=request.now)
    except actions.PersonNotThere:
        raise Http404 from None
    except NeedsTwo:
        messages.warning(request, _("You sealed it yourself: a second person of your unit must take it back."))
    else:
        if lifted:
            messages.success(request, _("Taken back. The two are compared again like all others."))
        else:
            messages.warning(request, _("No adoption is sealed for this child."))
    return redirect("people:adoption", dossier=dossier, person=person)


def _page(request: StaffRequest, child: Person, more: dict[str, Any], status: int = 200) -> HttpResponse:
    request.look(child.dossier_id)
    here = reverse("people:person", args=[child.dossier_id, child.pk])
    context = {
        "page_title": _("Before and after an adoption"),
        "page_meta": words.called(child),
        "tabs": [*tabs(child.dossier_id, ""), Link(words.called(child), here)],
        "dossier": child.dossier_id,
        "person": child,
        "back": here,
    } | more
    return render(request, "people/adoption.html", context, status=status)
