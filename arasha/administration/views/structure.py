"""Bodies and units: found, drawn, made, changed and ended; each change waits for a second person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.administration import actions, forms, queries
from arasha.administration.rules import names
from arasha.administration.rules.structure import Do, Step, differing, supervises_itself
from arasha.administration.views import structure_words as words
from arasha.administration.views.places import administered, place_choices
from arasha.administration.views.places_words import given, resting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Body
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.parts import Empty

PAGE = 50
LONGEST_SEARCH = 100


@may("administer")
@require_safe
def bodies(request: StaffRequest) -> HttpResponse:
    """List the bodies of the place, by code; the words stand in the address: they name organisations."""
    wanted = request.GET.get("words", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    mark = request.GET.get("after", "")
    cut = list(queries.found_bodies(request.actor, wanted, mark if names.is_code(mark) else "")[: PAGE + 1])
    shown = cut[:PAGE]
    asked = {"words": wanted} if wanted else {}
    context = {
        "page_title": _("Bodies of your place"),
        "words": wanted,
        "rows": words.bodies(shown),
        "following": f"?{urlencode(asked | {'after': shown[-1].code})}" if len(cut) > PAGE else "",
        "nothing": Empty(_("No body fits"), _("Look for another word, or make the body.")),
    }
    return render(request, "administration/bodies.html", context)


@may("administer")
@require_safe
def body(request: StaffRequest, body: int) -> HttpResponse:
    """Show a body with its units."""
    found = _body(body)
    units = queries.units_of(body)
    functions = queries.functions_of([unit.pk for unit in units], request.now)
    own = body == request.actor.body_id
    return render(request, "administration/body.html", words.body(found, units, functions) | {"own": own})


@may("administer")
@require_safe
def structure(request: StaffRequest) -> HttpResponse:
    """Draw the bodies of a place with their units below each other."""
    places = {place.pk: place for place in queries.places_below(request.actor, request.now)}
    place = places.get(request.GET.get("place", request.actor.territory))
    if place is None:
        raise Http404
    found = queries.structure(place, request.now)
    numbers = [one.unit.pk for _body, branches in found.bodies for one in _flat(branches)]
    context = words.tree(found, queries.functions_of(numbers, request.now)) | {"day": local(request.now).date()}
    return render(request, "administration/structure.html", context)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def add_body(request: StaffRequest) -> HttpResponse:
    """Propose a new body."""
    form = _body_form(request, new=True, initial={"territory_id": request.actor.territory})
    if form.is_valid():
        code = form.cleaned_data["code"]
        if queries.bodies_by_code([code]):
            form.add_error("code", _("Another body has this code."))
        else:
            step = Step(Do.ADD_BODY, body=code, values=form.values() | _since(request))
            if proposed(request, form, [step], place=form.cleaned_data["territory_id"]):
                return redirect("proposals")
    return _form(request, form, _("A new body"))


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def change_body(request: StaffRequest, body: int) -> HttpResponse:
    """Propose what changes of a body."""
    found = _body(body)
    if body == request.actor.body_id:
        raise Http404
    before = queries.body_values(found)
    form = _body_form(request, new=False, initial=before)
    if form.is_valid():
        step = Step(Do.CHANGE_BODY, body=found.code, values=differing(before, form.values()))
        if _changed(request, step) and proposed(request, form, [step], place=found.territory_id):
            return redirect("body", body=body)
    return _form(request, form, _("What changes of this body?"), found.name)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request: StaffRequest, body: int) -> HttpResponse:
    """Propose a new unit of a body."""
    found = _body(body)
    form = _unit_form(request, new=True, initial={"territory_id": found.territory_id})
    if form.is_valid() and _supervised(request, form, ""):
        code = form.cleaned_data["code"]
        if queries.unit_by_code(code):
            form.add_error("code", _("Another unit has this code."))
        else:
            step = Step(Do.ADD_UNIT, body=found.code, unit=code, values=form.values() | _since(request))
            if proposed(request, form, [step], place=form.cleaned_data["territory_id"]):
                return redirect("body", body=body)
    return _form(request, form, _("A new unit"), found.name)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Propose what changes of a unit: names, hours, telephone, territory, who supervises it."""
    found = administered(unit, request)
    before = queries.unit_values(found)
    form = _unit_form(request, new=False, initial=before | {"opens": found.opens, "closes": found.closes})
    if form.is_valid() and _supervised(request, form, found.code):
        step = Step(Do.CHANGE_UNIT, unit=found.code, values=differing(before, form.values()))
        if _changed(request, step) and proposed(request, form, [step]):
            return redirect("unit", unit=unit)
    return _form(request, form, _("What changes of this unit?"), found.name)


@may("administer")
@require_http_methods(["GET", "HEAD", "POST"])
def end_unit(request: StaffRequest, unit: int) -> HttpResponse:
    """Propose that a unit ends on a day, and who takes over; say what rests on it, in numbers."""
    found = administered(unit, request)
    form = forms.EndUnitForm(request.POST if request.method == "POST" else None, today=local(request.now).date())
    counts = {kind: count for kind, count in queries.pointing(unit, request.now).items() if count}
    owed = {kind: counts[kind] for kind in queries.owed_by(unit) if kind in counts}
    if form.is_valid() and _takes_over(request, form, found.code):
        told = form.cleaned_data
        if told["on"] <= found.valid_from:
            form.add_error("on", _("This is before the unit began."))
        else:
            values = {"valid_to": told["on"].isoformat()}
            step = Step(Do.END_UNIT, unit=found.code, successor=told["successor"], values=values)
            if proposed(request, form, [step]):
                return redirect("unit", unit=unit)
    context = {
        "page_title": _("End this unit?"),
        "page_meta": found.name,
        "unit": found,
        "owed": resting(owed),
        "follows": resting({kind: count for kind, count in counts.items() if kind not in owed}),
        "form": form,
    }
    return render(request, "administration/end_unit.html", context, status=422 if form.is_bound else 200)


def proposed(request: StaffRequest, form: Any, steps: Sequence[Step], place: str = "") -> bool:
    """Propose steps; what stands against it is said above the form."""
    try:
        actions.propose_structure(actor=request.actor, now=request.now, steps=steps, place=place)
    except Conflict:
        form.add_error(None, _("A change of this body or unit waits for a second person. It is decided first."))
    except actions.StillPointed as found:
        counted = ", ".join(resting(found.counts))
        form.add_error(None, _("This still rests on the unit: %(what)s. Hand it over first.") % {"what": counted})
    except actions.Findable as found:
        form.add_error(
            None,
            _(
                "A body whose address is protected lies in its region, and so do its units: whoever knows the district "
                "finds it. Choose the region for %(code)s."
            )
            % {"code": found.code},
        )
    except Refused:
        form.add_error(None, _("Your own unit and body are arranged by another administrator."))
    except NotThere:
        form.add_error(None, _("One of these units is not administered by you."))
    else:
        messages.success(request, given(waits=True))
        return True
    return False


def _changed(request: StaffRequest, step: Step) -> bool:
    if not step.values:
        messages.info(request, _("Nothing was changed, so nothing is proposed."))
    return bool(step.values)


def _supervised(request: StaffRequest, form: Any, unit: str) -> bool:
    """Say whether the unit above fits; what is wrong is said at its field."""
    parent = form.cleaned_data["parent"]
    if not parent:
        return True
    if parent not in queries.valid_units([parent], request.now):
        form.add_error("parent", _("No unit that works now has this code."))
    elif unit and supervises_itself(unit, parent, queries.supervised_by()):
        form.add_error("parent", _("The unit would supervise itself."))
    return not form.errors


def _takes_over(request: StaffRequest, form: Any, unit: str) -> bool:
    successor = form.cleaned_data["successor"]
    if successor and (successor == unit or successor not in queries.valid_units([successor], request.now)):
        form.add_error("successor", _("No other unit that works now has this code."))
    return not form.errors


def _since(request: StaffRequest) -> dict[str, str]:
    return {"valid_from": local(request.now).date().isoformat()}


def _body(body: int) -> Body:
    found = queries.administered_body(body)
    if found is None:
        raise Http404
    return found


def _flat(branches: Sequence[queries.Branch]) -> list[queries.Branch]:
    return [one for branch in branches for one in (branch, *_flat(branch.below))]


def _body_form(request: StaffRequest, *, new: bool, initial: Mapping[str, Any]) -> forms.BodyForm:
    return forms.BodyForm(
        request.POST if request.method == "POST" else None,
        places=forms.offered(place_choices(request), initial.get("territory_id", "")),
        sectors=forms.offered(words.choices("sector"), initial.get("sector", "")),
        kinds=forms.offered(words.choices("kind"), initial.get("kind", "")),
        new=new,
        initial=initial,
    )


def _unit_form(request: StaffRequest, *, new: bool, initial: Mapping[str, Any]) -> forms.UnitForm:
    return forms.UnitForm(
        request.POST if request.method == "POST" else None,
        places=forms.offered(place_choices(request), initial.get("territory_id", "")),
        new=new,
        initial=initial,
    )


def _form(request: StaffRequest, form: Any, title: str, meta: str = "") -> HttpResponse:
    context = {"page_title": title, "page_meta": meta, "form": form, "two_persons": True}
    return render(request, "administration/form.html", context, status=422 if form.is_bound else 200)
