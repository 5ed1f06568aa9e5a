"""The list of forms, and one version of a form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.questionnaires import policy, queries
from arasha.questionnaires.queries import Volume
from arasha.questionnaires.views import deciding, words
from arasha.questionnaires.views.presenting import allowed, found, shown
from arasha.ui.rules.page import Action, Filter, Link
from arasha.ui.rules.parts import Empty

PAGE = 50
LONGEST = 100
SHOWN = frozenset({"current", "draft"})  # what the list shows when nothing is asked for


@may(policy.PUBLISH)
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Show the versions, narrowed by what stands in the address."""
    allowed(request)
    everything = queries.shelf(request.actor, request.now)
    chosen = frozenset(request.GET.getlist("standing")) - {""}
    wish = request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
    kept = [one for one in everything if one.standing in (chosen or SHOWN) and _fits(one, wish)]
    start = _start(kept, request.GET.get("cursor", ""))
    rows, rest = kept[start : start + PAGE], kept[start + PAGE :]
    there = {one.standing for one in everything}
    context = {
        "page_title": _("Forms that are filled in"),
        "rows": [_row(one) for one in rows],
        "following": str(rows[-1].row.pk) if rest else "",
        "previous": str(kept[start - PAGE - 1].row.pk) if start > PAGE else ("first" if start else ""),
        "filters": [
            Filter(
                "standing",
                _("Where it stands"),
                [(code, str(label)) for code, label in words.STANDINGS if code in there],
                chosen or SHOWN,
            )
        ],
        "q": wish,
        "waiting": sum(1 for one in everything if one.standing == "draft"),
        "nothing": _nothing(bool(everything)),
    }
    return render(request, "questionnaires/list.html", context)


@may(policy.PUBLISH)
@require_safe
def page(request: StaffRequest, number: int) -> HttpResponse:
    """Show one version."""
    volume, others = found(request, number)
    context = shown(request, volume, others) | deciding.part(request.actor, volume)
    return render(request, "questionnaires/page.html", context)


def _fits(volume: Volume, wish: str) -> bool:
    about = volume.about
    text = "\n".join([volume.code, *about.title.values(), *about.purpose.values()]).casefold()
    return not wish or wish.casefold() in text


def _row(volume: Volume) -> dict[str, Any]:
    return {
        "link": Link(volume.about.titled(words.language()), words.address("page", volume)),
        "code": volume.code,
        "number": volume.row.number,
        "kind": words.KINDS[volume.about.kind],
        "standing": words.tag_of(volume),
        "author": volume.author,
        "when": words.stamp(volume.row.published_at or volume.row.made_at),
        "verified": volume.about.verified_by,
    }


def _nothing(any_there: bool) -> Empty:
    if any_there:
        return Empty(_("No form is like that"), _("Take away a filter or a word of the search."))
    bring = Action(_("Bring in a form"), reverse("questionnaires:import"), kind="secondary")
    return Empty(_("There is no form yet"), _("Download the template, fill it in in Excel, and bring it in."), (bring,))


def _start(volumes: list[Volume], cursor: str) -> int:
    """Return where the page begins: behind the version that the cursor names; anything else is the first page."""
    marks = [str(volume.row.pk) for volume in volumes]
    return marks.index(cursor) + 1 if cursor in marks else 0
