"""Injuries on the figure of a body: the days on which they were seen, each with its list; another is written down."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import actions, queries, rules
from arasha.cases.forms import InjuryForm, StrikeForm
from arasha.cases.views import happening, presenting
from arasha.cases.views.frame import GET_POST, opened
from arasha.cases.views.presenting import language, moment
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import answers_for, may_read, may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_number
from arasha.people.queries import child_of
from arasha.people.rules import Birth
from arasha.ui.rules.parts import Empty


def figure_of(dossier: UUID, on: date) -> str:
    """Return which figure is drawn: for the child's age on a day, as far as the reader may know it."""
    child = child_of(dossier)
    if child is None or child.birth_first is None or child.birth_last is None:
        return rules.figure_for(None)
    youngest, _oldest = sorted(Birth(child.birth_first, child.birth_last).ages_on(on))
    return rules.figure_for(max(youngest, 0))


def sides(found: list[queries.Seen], figure: str) -> list[dict[str, Any]]:
    """Return the figure's front and back, each region with how it is marked and which lines of the list are of it."""
    marked: dict[str, list[int]] = {}
    for number, one in enumerate(found, 1):
        if one.row.struck_at is None:
            marked.setdefault(one.row.region, []).append(number)
    return [
        {
            "title": _("Front") if side == "front" else _("Back"),
            "regions": [
                {
                    "code": region.code,
                    "path": rules.outline(region.more["path"], figure),
                    "label": region.label(language()),
                    "numbers": ", ".join(map(str, marked.get(region.code, ()))),
                    "at": rules.middle(rules.outline(region.more["path"], figure)),
                }
                for region in rules.regions_of(side)
            ],
        }
        for side in rules.SIDES
    ]


def line(one: queries.Seen, number: int, now: datetime | None) -> dict[str, Any]:
    """Return one injury as a line of the list."""
    row = one.row
    size = " × ".join(format_number(Decimal(part) / 10, language()) for part in (row.length_mm, row.width_mm) if part)
    struck = ""
    if row.struck_at:
        struck = f"{rules.STRIKE_REASONS.label(row.strike_reason)} · {moment(row.struck_at, now)}"
    place = rules.REGIONS.label(row.region)
    return {
        "id": row.pk,
        "number": number,
        "place": place[:1].upper() + place[1:],
        "kind": rules.INJURY_KINDS.label(row.kind),
        "size": _("%(size)s cm") % {"size": size} if size else "",
        "colours": ", ".join(rules.COLOURS.label(code) for code in row.colours),
        "healing": "" if row.healing == "not_known" else rules.HEALING.label(row.healing),
        "day": format_date(row.seen_on, language()),
        "again": row.first_id is not None,
        "words": one.words,
        "by": f"{row.unit.name} · {moment(row.recorded_at, now)}",
        "incident": reverse("cases:incident", kwargs={"dossier": row.dossier_id, "incident": row.incident_id})
        if row.incident_id
        else "",
        "picture": row.document_id,
        "struck": struck,
    }


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def injuries(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the injuries of the days that are asked for, all at first; write another down, strike one."""
    opened(request, dossier)
    if not may_read(dossier, Facet.HEALTH):
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "strike":
        return _struck(request, dossier)
    everything = queries.injuries_of(dossier)
    form = _form(request, dossier, everything)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            _recorded(request, dossier, form)
            messages.success(request, _("Recorded."))
            return redirect("cases:injuries", dossier=dossier)
    return _page(request, dossier, everything, form)


def _page(
    request: StaffRequest, dossier: UUID, everything: list[queries.Seen], form: InjuryForm | None
) -> HttpResponse:
    days = list(dict.fromkeys(one.row.seen_on for one in everything))
    asked = {day for day in days if day.isoformat() in request.GET.getlist("day")}
    found = [one for one in everything if not asked or one.row.seen_on in asked]
    figure = figure_of(dossier, days[0] if days else local(request.now).date())
    writes = may_write(dossier, Facet.HEALTH)
    rows = [line(one, number, request.now) for number, one in enumerate(found, 1)]
    for row in rows:
        if writes and not row["struck"]:
            row["strike"] = StrikeForm(auto_id=f"id_{row['id']}_%s")
    context = {
        "page_title": _("Injuries by the days on which they were seen"),
        "page_meta": presenting.child_of(dossier),
        "tabs": presenting.tabs_named(dossier, "happened"),
        "parts": happening.parts_of(dossier, "injuries"),
        "dossier": dossier,
        "days": [(day.isoformat(), format_date(day, language()), day in asked) for day in days],
        "sides": sides(found, figure),
        "figure": rules.FIGURES.label(figure),
        "rows": rows,
        "form": form,
        "may_take": bool(everything) and (writes or answers_for(dossier)),
        "nothing": Empty(
            _("No injury is written down"),
            _("Whoever sees an injury in their own work writes down what they see. Nobody undresses a child for this."),
        ),
    }
    wrong = form is not None and form.is_bound and form.errors
    return render(request, "cases/injuries.html", context, status=422 if wrong else 200)


def _form(request: StaffRequest, dossier: UUID, found: list[queries.Seen]) -> InjuryForm | None:
    if request.actor.unit_id is None or not may_write(dossier, Facet.HEALTH):
        return None
    standing = [one for one in found if one.row.struck_at is None and one.row.first_id is None]
    documents = [
        (str(row.pk), name or _("no name")) for row, name in queries.documents_of(dossier) if row.kind == "medical"
    ]
    region = request.GET.get("place", "")
    return InjuryForm(
        request.POST if request.method == "POST" else None,
        initial={"region": region if region in rules.REGIONS else ""},
        today=local(request.now).date(),
        seen=[(str(one.row.pk), _seen(one)) for one in standing],
        incidents=happening.choices_of(queries.incidents_of(dossier, struck=False)),
        documents=documents,
    )


def _seen(one: queries.Seen) -> str:
    row = one.row
    words = (rules.REGIONS.label(row.region), rules.INJURY_KINDS.label(row.kind), format_date(row.seen_on, language()))
    return ", ".join(words)


def _recorded(request: StaffRequest, dossier: UUID, form: InjuryForm) -> None:
    said = form.cleaned_data
    keys = {name: UUID(said[name]) if said[name] else None for name in ("first", "incident", "document")}
    try:
        actions.record_injury(
            actor=request.actor,
            dossier=dossier,
            region=said["region"],
            kind=said["kind"] or rules.NOT_DESCRIBED,
            healing=said["healing"] or "not_known",
            size=said["size"],
            colours=said["colours"],
            seen_on=said["seen_on"],
            words=said["words"],
            now=request.now,
            **keys,
        )
    except actions.FileNotThere:
        raise Http404 from None


def _struck(request: StaffRequest, dossier: UUID) -> HttpResponse:
    form = StrikeForm(request.POST)
    try:
        injury = UUID(request.POST.get("injury", ""))
        if injury not in {one.row.pk for one in queries.injuries_of(dossier)}:
            raise Http404
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            actions.strike_injury(actor=request.actor, injury=injury, reason=reason, now=request.now)
        else:
            messages.warning(request, _("Say why it is struck."))
    except (ValueError, actions.FileNotThere):
        raise Http404 from None
    except actions.Struck:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("cases:injuries", dossier=dossier)
