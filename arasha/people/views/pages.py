"""A person's page, each block's form, and taking back what was written in error."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.actions import LookNotRecorded
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Actor, Facet
from arasha.people import actions, policy, queries, rules
from arasha.people.models import Person
from arasha.people.views import alleged_words, words
from arasha.people.views.blocks import BLOCKS
from arasha.ui.rules import UnknownCode
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]


def tabs(dossier: UUID, here: str, kind: str = "") -> list[Link]:
    """Return the pages of a file's people, the file itself first; a register has neither a file's page nor a family."""
    if kind == rules.REGISTER:
        return []
    return [
        Link(_("The file"), f"/files/{dossier}/"),
        Link(_("Family"), reverse("people:family", kwargs={"dossier": dossier}), here == "family"),
    ]


def _found(request: StaffRequest, dossier: UUID, person: UUID) -> Person:
    found = queries.find(request.actor, person)
    if found is None or found.dossier_id != dossier:
        raise Http404
    return found


@signed_in
@require_safe
def person(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Show what the file knows of one person: how to talk with them first."""
    found = _found(request, dossier, person)
    request.look(dossier)
    card = queries.card(found)
    if card.papers_shown:
        try:
            request.look(dossier, facet=Facet.DOCUMENTS)
        except LookNotRecorded:
            messages.error(request, _("The access log does not answer, so that documents are not shown now."))
            card = queries.without_papers(card)
    if card.pregnancies:
        try:
            request.look(dossier, facet=Facet.REPRODUCTIVE)
        except LookNotRecorded:
            messages.error(request, _("The access log does not answer, so that what is under seal is not shown now."))
            card = queries.without_pregnancies(card)
    context = _context(request.actor, found, card, request.now) | {
        "tabs": [*tabs(dossier, "", found.dossier.kind), Link(words.called(found), request.path, current=True)],
        **alleged_words.of_person(found),
        "others": [also for also in queries.also_in(found.pk) if also[1] != dossier],
    }
    return render(request, "people/person.html", context)


@sensitive_variables()
def _context(actor: Actor, found: Person, card: queries.Card, now: datetime) -> dict[str, Any]:
    """Return a person's page as words; `may` says which blocks who reads may add to."""
    difficult, counts = words.difficulties(card)
    return {
        "page_title": words.called(found),
        "page_meta": " · ".join(part for part in (rules.ROLES.label(found.role), words.born(found, now)) if part),
        "dossier": found.dossier_id,
        "person": found,
        "sex": rules.SEXES.label(found.sex),
        "birth": words.birth(found),
        "talking": words.talking(card.communication),
        "names": words.names(card.names),
        "papers": words.papers(card),
        "papers_shown": card.papers_shown,
        "contacts": words.contacts(card),
        "addresses": words.addresses(card),
        "attendances": words.attendances(card),
        "absences": words.absences(card),
        "pregnancies": words.pregnancies(card),
        "difficulties": difficult,
        "difficulties_count": counts,
        # Why something is closed to an adult tells of an allegation; that it is closed is for everybody of the file.
        "standings": words.standings(card, reasons=any(policy.may_see(found.dossier_id, facet) for facet in WHY)),
        "of_register": found.dossier.kind == rules.REGISTER,
        "is_adult": rules.ROLES[found.role].more["adult"] == "yes",
        "may": {code for code, block in BLOCKS.items() if block.may_add(found)},
        "may_part": policy.may_part(actor, found),
        "may_remove": found.role != "child" and policy.may_change(found.dossier_id, Facet.IDENTITY),
        "shows": {facet.name.lower() for facet in SHOWN if policy.may_see(found.dossier_id, facet)},
    }


WHY = (Facet.JUSTICE, Facet.CONCERN)
SHOWN = (Facet.CONTACTS, Facet.HEALTH, Facet.EDUCATION, Facet.JUSTICE, Facet.REPRODUCTIVE)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def block(request: StaffRequest, dossier: UUID, person: UUID, code: str) -> HttpResponse:
    """Show the form of one block, or write down what it says."""
    found = _found(request, dossier, person)
    if code not in BLOCKS or not BLOCKS[code].may_add(found):
        raise Http404
    asked = BLOCKS[code]
    form = asked.make(request, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _saved(request, found, code, form):
        messages.success(request, _("Recorded."))
        return redirect("people:person", dossier=dossier, person=person)
    request.look(dossier)
    context = {
        "page_title": asked.title,
        "page_meta": words.called(found),
        "tabs": [
            *tabs(dossier, "", found.dossier.kind),
            Link(words.called(found), reverse("people:person", args=[dossier, person])),
        ],
        "form": form,
        "back": reverse("people:person", args=[dossier, person]),
    }
    return render(request, "people/block.html", context, status=422 if form.is_bound and form.errors else 200)


def _saved(request: StaffRequest, found: Person, code: str, form: forms.Form) -> bool:
    """Do what the form asks; what the action refuses becomes a word at its field."""
    try:
        BLOCKS[code].carry_out(request, found, form)
    except actions.PersonNotThere:
        raise Http404 from None
    except actions.InterpreterIsKin:
        form.add_error("interpreter_called", _("This is somebody of the family. Ask an interpreter from outside."))
    except actions.TooMuch:
        form.add_error(None, _("This is longer than can be kept here. Shorten it."))
    return not form.errors


@signed_in
@require_POST
def take_back(request: StaffRequest, dossier: UUID, person: UUID) -> HttpResponse:
    """Take back one fact that was written in error, or the person altogether."""
    found = _found(request, dossier, person)
    what = request.POST.get("what", "")
    try:
        if what == "person":
            actions.remove_person(actor=request.actor, person=found.pk, now=request.now)
            messages.success(request, _("Taken out of the file. The record of it stays."))
            return redirect("people:family", dossier=dossier)
        fact = UUID(request.POST.get("fact", ""))
        actions.end_fact(actor=request.actor, what=what, fact=fact, now=request.now)
    except (actions.PersonNotThere, UnknownCode, ValueError):
        raise Http404 from None
    messages.success(request, _("Taken back. The record of it stays."))
    return redirect("people:person", dossier=dossier, person=person)
