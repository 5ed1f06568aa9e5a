"""Reading procedures: the list, one version as text, one as a picture."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules.formats import format_limit
from arasha.protocols import policy
from arasha.protocols.queries import catalogue
from arasha.protocols.rules.picture import Chart, charts
from arasha.protocols.views import deciding, listing, presenting
from arasha.protocols.views.sentences import Sentences, capital, language, said


@signed_in
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Show the procedures that the reader may read, narrowed by what stands in the address."""
    context = listing.context(request.actor, request.GET, request.now)
    return render(request, "protocols/list.html", context)


@signed_in
@require_safe
def page(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Show one version in plain sentences."""
    volume, others = found(request, code, number)
    context = presenting.text(volume, others, request.now) | deciding.part(request.actor, volume, request.now)
    context["may_draft"] = policy.may_draft(request.actor)
    return render(request, "protocols/page.html", context)


@signed_in
@require_safe
def picture(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Show one version as lanes of bodies, with the table of the same."""
    volume, _others = found(request, code, number)
    sentences = Sentences([volume.protocol], request.now)
    context = presenting.frame(volume, "picture")
    context["charts"] = [_chart(sentences, volume, chart) for chart in charts(volume.protocol)]
    context["ladders"] = _ladders(sentences, volume)
    return render(request, "protocols/picture.html", context)


def found(request: StaffRequest, code: str, number: int) -> tuple[catalogue.Volume, list[catalogue.Volume]]:
    """Return the version that the address names and all versions of its procedure. Raises Http404."""
    versions = catalogue.shelf(request.actor, request.now, code=code)
    for volume in versions:
        if volume.row.number == number:
            return volume, versions
    raise Http404


def _chart(sentences: Sentences, volume: catalogue.Volume, chart: Chart) -> dict[str, Any]:
    protocol = volume.protocol
    event = sentences.event(protocol, chart.trigger or protocol.trigger)
    return {
        "title": capital(event),
        "width": len(chart.columns),
        "columns": [format_limit(limit, language()) for limit in chart.columns],
        "lanes": [
            {
                "who": sentences.who(lane.bars[0].step).name,
                "bars": [
                    {
                        "number": bar.number,
                        "ends": bar.ends,
                        "rest": len(chart.columns) - bar.ends,
                        "what": capital(said(bar.step.what)),
                        "limit": sentences.limit(bar.step),
                        "notice": bar.step.notice,
                        "conditions": sentences.step_conditions(bar.step),
                        "outcomes": [said(outcome.words) for outcome in bar.step.outcomes],
                    }
                    for bar in lane.bars
                ],
            }
            for lane in chart.lanes
        ],
    }


def _ladders(sentences: Sentences, volume: catalogue.Volume) -> list[dict[str, Any]]:
    """Return each ladder with the numbers of the steps whose silence climbs it."""
    protocol = volume.protocol
    steps: dict[Any, list[int]] = {}
    for number, step in enumerate(protocol.steps, start=1):
        steps.setdefault(protocol.ladder_of(step), []).append(number)
    return [
        {
            "title": _("Steps %(numbers)s") % {"numbers": ", ".join(map(str, numbers))},
            "rungs": [(rung.number, *sentences.rung(rung)) for rung in ladder],
        }
        for ladder, numbers in steps.items()
    ]
