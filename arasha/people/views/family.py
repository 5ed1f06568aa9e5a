"""A file's family: its people, the genogram, the eco-map, and another person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people import actions, policy, queries, rules
from arasha.people.fields import DescribedFields
from arasha.people.forms import ChildForm, RelativeForm
from arasha.people.models import Person
from arasha.people.rules.ecomap import Bond, System, ecomap
from arasha.people.rules.family import Member, Tie
from arasha.people.rules.genogram import genogram
from arasha.people.rules.told import told_bonds, told_odd, told_odd_bonds, told_ties
from arasha.people.views import words
from arasha.people.views.pages import GET_POST, tabs
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def family(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the people of a file, how they are joined and what surrounds them."""
    found = _family(request, dossier)
    child = next((person for person in found.people if person.role == "child"), None)
    talking = words.talking(queries.talking_with(dossier))
    context = {
        "page_title": _title(len(found.people)),
        "tabs": tabs(dossier, "family"),
        "dossier": dossier,
        "rows": [_row(person, found, request.now) for person in found.people],
        "child": child,
        "talking": talking,
        "may_add": policy.may_add(dossier, Facet.IDENTITY),
        "shows_alleged": policy.may_see(dossier, Facet.JUSTICE),
        "nothing": Empty(_("Nobody is written down yet"), _("Write down the child first; everything may be missing.")),
    }
    if found.people:
        context |= pictures(found, request.now)
    return render(request, "people/family.html", context)


def _family(request: StaffRequest, dossier: UUID) -> queries.Family:
    if not visible_dossiers(request.actor).filter(pk=dossier).exclude(kind=rules.REGISTER).exists():
        raise Http404
    if not policy.may_see(dossier, Facet.IDENTITY):
        raise Http404
    request.look(dossier)
    return queries.family_of(request.actor, dossier)


def _title(count: int) -> str:
    words_ = ngettext("%(n)s person in this file", "%(n)s people in this file", count)
    return words_ % {"n": count} if count else _("People of this file")


def _row(person: Person, found: queries.Family, now: datetime) -> dict[str, Any]:
    homes = found.household_of(person.pk)
    return {
        "url": reverse("people:person", kwargs={"dossier": person.dossier_id, "person": person.pk}),
        "called": words.called(person),
        "role": rules.ROLES.label(person.role),
        "born": words.born(person, now),
        "home": ", ".join(str(home) for home in homes),
        "died": person.died,
    }


def pictures(found: queries.Family, now: datetime) -> dict[str, Any]:
    """Return genogram and eco-map with the tables that say the same."""
    members = [_member(person, found, now) for person in found.people]
    ties = [_tie(row) for row in found.ties]
    drawn = genogram(members, ties)
    context: dict[str, Any] = {
        "genogram": {
            "picture": drawn,
            "ties": told_ties(members, ties),
            "odd": told_odd(members, drawn.odd),
        }
    }
    if found.surroundings:
        context["ecomap"] = _ecomap(found, members)
    return context


def _ecomap(found: queries.Family, members: list[Member]) -> dict[str, Any]:
    index = next((member for member in members if member.is_index), members[0])
    household = [member for member in members if member.is_index or member.household == index.household != ""]
    systems, bonds = {}, []
    for row in found.surroundings:
        if row.until is not None:
            continue
        called = row.called or rules.SYSTEMS.label(row.system)
        key = f"{row.system} {called}"
        systems[key] = System(key, called, row.system)
        bonds.append(Bond(key, row.strength, row.flow, "" if row.shared else str(row.person_id)))
    drawn = ecomap(household, list(systems.values()), bonds)
    return {
        "picture": drawn,
        "bonds": told_bonds(household, list(systems.values()), bonds),
        "odd": told_odd_bonds(list(systems.values()), drawn.odd),
    }


def _member(person: Person, found: queries.Family, now: datetime) -> Member:
    homes = found.household_of(person.pk)
    return Member(
        key=str(person.pk),
        called=words.called(person),
        sex=person.sex,
        born=words.born(person, now),
        died=person.died,
        is_index=person.role == "child",
        household=_("household %(n)s") % {"n": homes[0]} if homes else "",
        first_day=person.birth_first,
    )


def _tie(row: Any) -> Tie:
    since = format_date(row.since, words.language()) if row.since else ""
    until = format_date(row.until, words.language()) if row.until else ""
    return Tie(str(row.person_id), str(row.other_id), row.kind, since, until, ended=row.until is not None)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def add(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Write down another person of the family; the child where nobody is written down yet."""
    found = _family(request, dossier)
    if not policy.may_add(dossier, Facet.IDENTITY):
        raise Http404
    child = next((person for person in found.people if person.role == "child"), None)
    sent = request.POST if request.method == "POST" else None
    form = _form(dossier, child)(sent, today=local(request.now).date())
    if sent is not None and form.is_valid():
        _added(request, dossier, child, form)
        messages.success(request, _("Recorded."))
        return redirect("people:family", dossier=dossier)
    context = {
        "page_title": _("Another person of the family") if child else _("The child of this file"),
        "tabs": tabs(dossier, "family"),
        "form": form,
        "back": reverse("people:family", kwargs={"dossier": dossier}),
    }
    return render(request, "people/block.html", context, status=422 if form.is_bound and form.errors else 200)


def _form(dossier: UUID, child: Person | None) -> type[DescribedFields]:
    """Return what is asked; numbers only of who may write them down."""
    if child is not None:
        return RelativeForm
    return ChildForm if policy.may_add(dossier, Facet.DOCUMENTS) else DescribedFields


def _added(request: StaffRequest, dossier: UUID, child: Person | None, form: DescribedFields) -> None:
    said = form.cleaned_data
    role = "child" if child is None else said["role"]
    given = {"iin": said.get("iin", ""), "absent": said.get("absent", "")}
    actor, now = request.actor, request.now
    person = actions.register(actor=actor, dossier=dossier, role=role, described=form.described(), now=now, **given)
    if child is not None and said["kind"]:
        actions.relate(actor=actor, person=person.pk, other=child.pk, kind=said["kind"], now=now)
    if child is not None and said["lives_with"]:
        homes = queries.family_of(actor, dossier).household_of(child.pk)
        if not homes:
            actions.settle(actor=actor, person=child.pk, household=1, now=now)
        actions.settle(actor=actor, person=person.pk, household=homes[0] if homes else 1, now=now)
