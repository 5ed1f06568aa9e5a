"""The list of what a keeper keeps."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.services import queries, rules
from arasha.services.forms import Places
from arasha.services.policy import KEEP
from arasha.services.queries import Asked
from arasha.services.queries.keeping import GRANT_ENDS_SOON
from arasha.services.views import words
from arasha.ui.rules.page import Action, Column, Filter, Link, sort_order
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

ONLY = ("stale", "waiting", "ending")


@may(KEEP)
@require_safe
def entries(request: StaffRequest) -> HttpResponse:
    """List the entries that the actor keeps, narrowed and sorted by what stands in the address."""
    asked, places = _asked(request.GET), Places(request.actor.territory, words.language())
    offset = skipped(request.GET.get("after", ""))
    rows = queries.kept(request.actor, asked, language=words.language(), now=request.now, offset=offset)
    shown = rows[: queries.PAGE]
    today = local(request.now).date()
    add = Action(_("Enter a provider"), reverse("services:add_provider"))
    context = {
        "page_title": _("Directory of services"),
        "page_meta": places.name(request.actor.territory),
        "tabs": tabs("list"),
        "rows": [_row(row, today) for row in shown],
        "filters": _filters(request.GET, asked),
        "asked": asked,
        "kinds": [(code, words_of, code in asked.kinds) for code, words_of in rules.KINDS.choices()],
        "places": places.districts() if places.is_regional else [],
        "columns": {code: Column(code, label) for code, label in _columns()},
        "sort": asked.sort,
        "descending": asked.descending,
        "following": f"?after={offset + queries.PAGE}" if len(rows) > queries.PAGE else "",
        "previous": f"?after={max(offset - queries.PAGE, 0)}" if offset else "",
        "add": add,
        "nothing": Empty(_("No entry fits"), _("Choose other filters, or enter a provider."), [add]),
    }
    return render(request, "services/keep.html", context)


@may(KEEP)
@require_safe
def again(request: StaffRequest) -> HttpResponse:
    """Lead to what is to be asked again: a notice's address holds no filters."""
    return redirect(f"{reverse('services:keep')}?only=stale")


def tabs(current: str) -> list[Link]:
    """Return the pages of who keeps the directory; the rail leads to the first of them."""
    return [
        Link(_("Find help"), reverse("services:find"), current == "find"),
        Link(_("Entries that I keep"), reverse("services:keep"), current == "list"),
        Link(_("Minimum package"), reverse("services:package"), current == "package"),
        Link(_("Infrastructure"), reverse("infrastructure:overview")),
        Link(_("Pilots"), reverse("pilots:list")),
        Link(_("Load tables into the directory"), reverse("directory_exchange:tables"), current == "tables"),
    ]


def _asked(data: QueryDict) -> Asked:
    """Read the address; what is no choice is none."""
    sort, descending = sort_order(data.get("sort", ""), list(queries.SORTS), "name")
    only = set(data.getlist("only"))
    place = data.get("place", "")
    return Asked(
        kinds=tuple(code for code in data.getlist("kind") if code in rules.KINDS),
        standings=tuple(code for code in data.getlist("standing") if code in rules.STANDINGS),
        stale="stale" in only,
        waiting="waiting" in only,
        ending="ending" in only,
        place=place if len(place) == 9 and place.isascii() and place.isdigit() else "",
        words=data.get("words", "").replace("\x00", "")[:100].strip(),
        sort=sort,
        descending=descending,
    )


def _columns() -> list[tuple[str, str]]:
    return [
        ("name", _("Provider")),
        ("place", _("Place")),
        ("service", _("Help")),
        ("verified", _("Last asked there")),
        ("ends", _("Grant until")),
    ]


def _filters(data: QueryDict, asked: Asked) -> list[Filter]:
    only = [
        ("stale", _("To ask again")),
        ("waiting", _("With an answer that waits")),
        ("ending", _("Grant ends within 60 days")),
    ]
    return [
        Filter("only", _("To be done"), only, frozenset(data.getlist("only"))),
        Filter("standing", _("How it stands"), rules.STANDINGS.choices(), frozenset(asked.standings)),
    ]


def _row(row: queries.Line, today: Any) -> dict[str, Any]:
    ends = row.funded_until
    return {
        "line": row,
        "url": reverse("services:provider", args=[row.provider]),
        "kind": rules.KINDS.label(row.kind) if row.kind in rules.KINDS else row.kind,
        "service": words.service(row.service) if row.service else "",
        "standing": rules.STANDINGS.label(row.standing) if row.offering and row.standing else "",
        "tone": {"open": "open", "paused": "unsure", "planned": "waiting"}.get(row.standing or "", "neutral"),
        "ends_soon": ends is not None and today <= ends <= today + GRANT_ENDS_SOON,
        "ended": ends is not None and ends < today,
    }
