"""The blocks of a person's page: each with its title, its facet, its form and what the form does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.rules import Facet
from arasha.kernel.territory.queries import districts
from arasha.kernel.worktime.rules import local
from arasha.people import actions, policy, queries, rules
from arasha.people import forms as shapes
from arasha.people.models import Person
from arasha.people.views import words

Make = Callable[[StaffRequest, Person, Any], forms.Form]
Save = Callable[[StaffRequest, Person, Any], object]


@dataclass(frozen=True)
class Block:
    """One block: what its page is called, under which facet it is written, its form and what is done with it."""

    title: str | Promise
    facets: tuple[Facet, ...]
    make: Make
    carry_out: Save

    def may_add(self, person: Person) -> bool:
        """Say whether who acts may write this block, or a part of it."""
        return any(policy.may_add(person.dossier_id, facet) for facet in self.facets)


def _plain(shape: type[forms.Form]) -> Make:
    return lambda _request, _person, data: shape(data)


def _does(action: Callable[..., object], *fields: str) -> Save:
    """Return what calls an action with some fields of the form as they are."""

    def save(request: StaffRequest, person: Person, form: forms.Form) -> object:
        given: Mapping[str, Any] = {name: form.cleaned_data[name] for name in fields}
        return action(actor=request.actor, person=person.pk, now=request.now, **given)

    return save


def _name(request: StaffRequest, person: Person, form: shapes.NameForm) -> object:
    kind, since = form.cleaned_data["kind"], form.cleaned_data["since"]
    name = form.name()
    return actions.name_person(
        actor=request.actor, person=person.pk, kind=kind, name=name, since=since, now=request.now
    )


def _births(request: StaffRequest, person: Person, data: Any) -> forms.Form:
    first, how = person.birth_first, person.birth_how
    parts = ["", "", ""]
    if first is not None and how in {"day", "month", "year"}:
        parts = [str(first.day) if how == "day" else "", str(first.month) if how != "year" else "", str(first.year)]
    today = local(request.now).date()
    return shapes.BirthForm(data, today=today, initial={"birth": ".".join(parts) if any(parts) else ""})


def _birth(request: StaffRequest, person: Person, form: shapes.BirthForm) -> object:
    birth = form.cleaned_data["birth"]
    return actions.set_birth(actor=request.actor, person=person.pk, birth=birth, now=request.now)


def _describing(_request: StaffRequest, person: Person, data: Any) -> forms.Form:
    return shapes.PersonForm(data, initial={"sex": person.sex, "role": person.role, "died": person.died})


def _contact(request: StaffRequest, person: Person, form: shapes.ContactForm) -> object:
    said = form.cleaned_data
    given = {name: said[name] for name in ("kind", "whose", "safe", "value", "when")}
    return actions.keep_contact(actor=request.actor, person=person.pk, normal=form.normal, now=request.now, **given)


def _addresses(request: StaffRequest, person: Person, data: Any) -> forms.Form:
    kinds = [
        (code.code, rules.ADDRESSES.label(code.code))
        for code in rules.ADDRESSES
        if policy.may_add(person.dossier_id, rules.facet_of_address(code.code))
    ]
    places = districts(request.actor.territory, words.language())
    initial = {"territory": queries.place_of(person.dossier_id)}
    return shapes.AddressForm(data, places=places, kinds=kinds, initial=initial)


def _attendances(request: StaffRequest, person: Person, data: Any) -> forms.Form:
    kinds = [
        (code.code, rules.ATTENDANCES.label(code.code))
        for code in rules.ATTENDANCES
        if policy.may_add(person.dossier_id, rules.facet_of_attendance(code.code))
    ]
    return shapes.AttendanceForm(data, places=queries.schools_and_clinics(person.dossier_id), kinds=kinds)


def _talking(_request: StaffRequest, person: Person, data: Any) -> forms.Form:
    row = queries.card(person).communication
    fields = ("languages", "ways", "interpreter", "interpreter_called", "companion", "worker")
    return shapes.CommunicationForm(data, initial={name: getattr(row, name) for name in fields} if row else {})


def _talk(request: StaffRequest, person: Person, form: forms.Form) -> object:
    return actions.note_communication(actor=request.actor, person=person.pk, now=request.now, **form.cleaned_data)


def _levels(_request: StaffRequest, person: Person, data: Any) -> forms.Form:
    rows = queries.card(person).difficulties
    return shapes.DifficultyForm(data, initial={row.domain: row.level for row in rows})


def _difficulties(request: StaffRequest, person: Person, form: forms.Form) -> object:
    levels = {domain: level for domain, level in form.cleaned_data.items() if level}
    return actions.note_difficulties(actor=request.actor, person=person.pk, levels=levels, now=request.now)


def _kin(request: StaffRequest, person: Person, data: Any) -> forms.Form:
    rows = queries.people_of(request.actor, person.dossier_id)
    others = [(str(row.pk), words.called(row)) for row in rows if row.pk != person.pk]
    return shapes.KinshipForm(data, others=others)


ADDRESS_FACETS = (Facet.CONTACTS, Facet.ADDRESS)
ADDRESS_FIELDS = ("kind", "territory", "line", "since")
BLOCKS: dict[str, Block] = {
    "name": Block(_("Another name"), (Facet.IDENTITY,), _plain(shapes.NameForm), _name),
    "birth": Block(_("Date of birth"), (Facet.IDENTITY,), _births, _birth),
    "person": Block(
        _("Who this is"), (Facet.IDENTITY,), _describing, _does(actions.describe_person, "sex", "role", "died")
    ),
    "paper": Block(
        _("A document, or why there is none"),
        (Facet.DOCUMENTS,),
        _plain(shapes.PaperForm),
        _does(actions.keep_paper, "kind", "number", "reason", "country", "remark"),
    ),
    "contact": Block(_("How to reach them"), (Facet.CONTACTS,), _plain(shapes.ContactForm), _contact),
    "address": Block(
        _("Where they live"),
        ADDRESS_FACETS,
        _addresses,
        _does(actions.keep_address, *ADDRESS_FIELDS),
    ),
    "attendance": Block(
        _("School, kindergarten or clinic"),
        (Facet.EDUCATION, Facet.HEALTH),
        _attendances,
        _does(actions.keep_attendance, "kind", "place", "called", "group", "since", "until"),
    ),
    "absence": Block(
        _("Time away from school"),
        (Facet.EDUCATION,),
        _plain(shapes.AbsenceForm),
        _does(actions.note_absence, "kind", "since", "until"),
    ),
    "pregnancy": Block(
        _("Reproductive health, under seal"),
        (Facet.REPRODUCTIVE,),
        _plain(shapes.PregnancyForm),
        _does(actions.note_pregnancy, "kind", "first", "last"),
    ),
    "talking": Block(_("How to talk with them"), (Facet.IDENTITY,), _talking, _talk),
    "difficulties": Block(_("What is difficult for them"), (Facet.HEALTH,), _levels, _difficulties),
    "standing": Block(
        _("What this adult may"),
        (Facet.IDENTITY,),
        _plain(shapes.StandingForm),
        _does(actions.set_standing, "matter", "allowed", "reason"),
    ),
    "kinship": Block(
        _("What they are to others of this file"),
        (Facet.IDENTITY,),
        _kin,
        _does(actions.relate, "other", "kind", "since", "until"),
    ),
    "residence": Block(
        _("With whom they live"),
        (Facet.IDENTITY,),
        _plain(shapes.ResidenceForm),
        _does(actions.settle, "household", "also", "since"),
    ),
    "surrounding": Block(
        _("What surrounds the family"),
        (Facet.IDENTITY,),
        _plain(shapes.SurroundingForm),
        _does(actions.note_surrounding, "system", "called", "strength", "flow", "shared"),
    ),
}
