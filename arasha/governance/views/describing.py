"""Entering a pilot, describing it anew, and choosing which services of the directory its money pays for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.governance import actions, queries, rules
from arasha.governance.forms import OfferingsForm, PilotForm
from arasha.governance.policy import KEEP, NotAllowed
from arasha.governance.queries import Line
from arasha.governance.rules import PilotSaid
from arasha.governance.views import words
from arasha.governance.views.stepping import ALLOWED, kept, overtaken, page, say_overtaken
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import districts, within
from arasha.kernel.territory.rules import NATION
from arasha.ui.fields import Option
from arasha.ui.rules.page import Link

FIELDS = ("title_kk", "title_ru", "title_en", "aim_kk", "aim_ru", "aim_en", "money", "amount", "children", "serves")


@may(KEEP)
@require_http_methods(ALLOWED)
def add(request: StaffRequest) -> HttpResponse:
    """Enter a pilot."""
    options = _options(request)
    initial = {"territories": [request.actor.territory]}
    form = PilotForm(request.POST if request.method == "POST" else None, initial=initial, **options)
    if form.is_valid():
        found = form.cleaned_data
        try:
            made = actions.add_pilot(
                actor=request.actor,
                ticket=found["once"],
                said=form.pilot(),
                until=found["until"],
                document=found["document"],
                now=request.now,
            )
        except rules.PilotFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        else:
            messages.success(request, _("Recorded."))
            return redirect("pilots:pilot", pilot=made)
    back = reverse("pilots:list")
    hint = _("What is entered stays to be read. A mistake is corrected by another entry with its reason.")
    context = {"page_title": _("Enter a pilot"), "form": form, "back": back, "before": [Link(_("Pilots"), back)]}
    return render(request, "governance/form.html", context | {"hint": hint}, status=422 if form.errors else 200)


@may(KEEP)
@require_http_methods(ALLOWED)
def change(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Describe a pilot anew; the last day of its money is prolonged or corrected elsewhere."""
    found = kept(request, pilot)
    options = _options(request, found) | {"changing": True}
    if request.method != "POST":
        initial = {name: getattr(found.said, name) for name in (*FIELDS, "first_day", "territories")}
        form = PilotForm(initial=initial | {"unit": found.said.unit_id}, after=found.stands.number, **options)
        return page(request, found, form, _("Describe it anew"))
    form = PilotForm(request.POST, **options)
    if form.is_valid():
        try:
            _change(request, found, form, form.pilot(queries.open_of(found.said.offerings)))
        except rules.PilotFaulty as faulty:
            form.show_faults(faulty)
        except NotAllowed:
            form.add_error("territories", _("Choose territories of your own."))
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        except actions.Overtaken:
            form = PilotForm(overtaken(request, found), **options)
            say_overtaken(form)
        else:
            return _changed(request, found)
    return page(request, found, form, _("Describe it anew"))


@may(KEEP)
@require_http_methods(ALLOWED)
def services(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Choose the services that the money pays for; those that the page does not show stay as they are."""
    found = kept(request, pilot)
    wanted = request.GET.get("words", "").replace("\x00", "")[:100]
    language = words.language()
    chosen = queries.paid_for(found.said.offerings, now=request.now, language=language)
    offered = {one.row.offering: one for one in chosen}
    offered |= {one.row.offering: one for one in queries.choosable(found, wanted, now=request.now, language=language)}
    choices = [(str(pk), Option(one.service, f"{one.title}, {one.place}")) for pk, one in offered.items()]
    initial = {"offerings": [str(one.row.offering) for one in chosen]}
    sent = request.POST if request.method == "POST" else None
    form = OfferingsForm(sent, choices=choices, initial=initial, after=found.stands.number)
    if form.is_valid():
        said = _same(found.said, tuple(form.cleaned_data["offerings"]))
        try:
            _change(request, found, form, said)
        except rules.PilotFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        except actions.Overtaken:
            form = OfferingsForm(overtaken(request, found), choices=choices)
            say_overtaken(form)
        else:
            return _changed(request, found)
    hint = _("Services in the territories of the pilot, without those whose address is protected.")
    more = {"hint": hint, "words": wanted, "search": True, "any": bool(choices), "many": len(offered) >= queries.MOST}
    return page(request, found, form, _("Services that it pays for"), **more)


def _change(request: StaffRequest, found: Line, form: PilotForm | OfferingsForm, said: PilotSaid) -> None:
    actions.change_pilot(
        actor=request.actor,
        ticket=form.cleaned_data["once"],
        pilot=found.pilot.pk,
        after=form.cleaned_data["after"],
        said=said,
        why=form.why(words.today_of(request)),
        now=request.now,
    )


def _changed(request: StaffRequest, found: Line) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("pilots:pilot", pilot=found.pilot.pk)


def _same(said: Any, offerings: tuple[UUID, ...]) -> PilotSaid:
    fields = {name: getattr(said, name) for name in (*FIELDS, "first_day")}
    return PilotSaid(territories=tuple(said.territories), unit=said.unit_id, offerings=offerings, **fields)


def _options(request: StaffRequest, found: Line | None = None) -> dict[str, Any]:
    """Return the territories and units to choose from; who answers until now stays among them."""
    units = [(one.pk, one.name) for one in queries.answering(request.actor, words.today_of(request))]
    if found is not None and found.said.unit_id not in dict(units):
        units.append((found.said.unit_id, found.said.unit.name))
    return {"places": _places(request), "units": units}


def _places(request: StaffRequest) -> list[Any]:
    """Return the actor's own territory and what lies below it down to districts; the nation's by regions."""
    language, own = words.language(), request.actor.territory
    rows = list(within(own, words.today_of(request)).filter(level__lte=2).order_by("path"))
    if own != NATION:
        return [(one.kato, one.name(language)) for one in rows]
    below = dict(districts(own, language))
    regions = [(one.kato, one.name(language)) for one in rows if one.level < 2]
    return [regions[0], *((name, [(code, name), *below.get(name, [])]) for code, name in regions[1:])]
