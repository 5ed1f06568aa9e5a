"""The acts of law: how each stands, and which procedures cite it."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.law import rules as law
from arasha.law.queries import ActEntry, register
from arasha.protocols.queries import catalogue
from arasha.protocols.queries.catalogue import Citation
from arasha.protocols.rules.standing import Force
from arasha.protocols.views import standings
from arasha.protocols.views.presenting import address
from arasha.protocols.views.sentences import capital, note_of, said, status_of
from arasha.ui.rules.page import Filter, Link
from arasha.ui.rules.parts import Empty

LIVING = frozenset({Force.IN_FORCE, Force.UPCOMING})
STATES = (law.IN_FORCE, law.NOT_YET, law.REPLACED, law.NOT_VERIFIED, "practice")


@signed_in
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Show the acts that are known, those cited by a procedure in force first to be seen by their count."""
    entries = register(request.now)
    cited = catalogue.citations(_living(request))
    names = {"in_force": _("in force"), "not_yet_in_force": _("not yet in force"), "replaced": _("no longer in force")}
    names |= {"not_verified": _("act not verified"), "practice": _("field practice, not an act")}
    chosen = {name: frozenset(request.GET.getlist(name)) for name in ("state", "cited")}
    shown = [entry for entry in entries if _kept(entry, chosen, cited)]
    context = {
        "page_title": _("Acts of law, and the procedures that cite them"),
        "trail": [Link(_("Procedures"), reverse("protocols:list")), Link(_("Acts"), "", current=True)],
        "rows": [_row(entry, entries, len({c.volume.row.pk for c in cited.get(entry.at.key, ())})) for entry in shown],
        "filters": [
            Filter("state", _("State of the act"), [(code, names[code]) for code in STATES], chosen["state"]),
            Filter("cited", _("Procedures"), [("yes", _("cited by a procedure in force"))], chosen["cited"]),
        ],
        "nothing": Empty(_("No act is like that"), _("Take away a filter."), ()),
        "alarms": [
            _row(entry, entries, 0) for entry in entries if entry.at.status == law.REPLACED and entry.at.key in cited
        ],
    }
    return render(request, "protocols/acts.html", context)


@signed_in
@require_safe
def page(request: StaffRequest, key: str) -> HttpResponse:
    """Show one act with every place that cites it."""
    entries = register(request.now)
    entry = next((one for one in entries if one.at.key == key), None)
    if entry is None:
        raise Http404
    cited = catalogue.citations(catalogue.shelf(request.actor, request.now)).get(key, [])
    successor = next((one for one in entries if one.at.key == entry.at.replaced_by), None)
    predecessors = [one for one in entries if one.at.replaced_by == key]
    context = {
        "page_title": said(entry.at.names),
        "page_meta": entry.kind,
        "trail": [
            Link(_("Procedures"), reverse("protocols:list")),
            Link(_("Acts"), reverse("protocols:acts")),
            Link(said(entry.at.names), "", current=True),
        ],
        "entry": entry,
        "status": status_of(entry.at),
        "successor": _link(successor) if successor else None,
        "predecessors": [_link(one) for one in predecessors],
        "living": _citations([one for one in cited if one.volume.force in LIVING]),
        "others": _citations([one for one in cited if one.volume.force not in LIVING]),
        "gone": entry.at.status == law.REPLACED,
    }
    return render(request, "protocols/act.html", context)


def _living(request: StaffRequest) -> list[catalogue.Volume]:
    return [volume for volume in catalogue.shelf(request.actor, request.now) if volume.force in LIVING]


def _kept(entry: ActEntry, chosen: Mapping[str, frozenset[str]], cited: Mapping[str, list[Citation]]) -> bool:
    state = "practice" if entry.at.practice else entry.at.status
    if chosen["state"] and state not in chosen["state"]:
        return False
    return not chosen["cited"] or entry.at.key in cited


def _row(entry: ActEntry, entries: list[ActEntry], count: int) -> dict[str, Any]:
    return {
        "link": _link(entry),
        "kind": entry.kind,
        "number": "" if entry.number == "-" else entry.number,
        "date": "" if entry.date_text == "-" else entry.date_text,
        "status": status_of(entry.at),
        "note": note_of(entry.at, {one.at.key: one.at for one in entries}) if entry.at.replaced_by else "",
        "checked": entry.at.checked,
        "count": count,
    }


def _link(entry: ActEntry) -> Link:
    return Link(said(entry.at.names), reverse("protocols:act", args=[entry.at.key]))


def _citations(citations: list[Citation]) -> list[dict[str, Any]]:
    """Return a line for each version and point, with every place of the version that cites it so."""
    places = {"bound": _("who must report"), "ladder": _("the ladder")}
    lines: dict[tuple[int, str], dict[str, Any]] = {}
    for citation in citations:
        volume, point = citation.volume, said(citation.basis.point)
        line = lines.setdefault(
            (volume.row.pk, point),
            {
                "link": Link(said(volume.protocol.called), address("page", volume)),
                "number": volume.row.number,
                "standing": standings.tag_of(volume),
                "places": [],
                "point": point,
            },
        )
        if citation.step is None:
            line["places"].append(Link(capital(places[citation.place]), address("page", volume)))
        else:
            number = volume.protocol.steps.index(citation.step) + 1
            words = _("step %(number)s: %(what)s") % {"number": number, "what": said(citation.step.what)}
            line["places"].append(Link(capital(words), f"{address('page', volume)}#{citation.step.key}"))
    return list(lines.values())
