"""The finder for workers, and an offering as everybody may know it."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.territory.queries import districts
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local
from arasha.services import queries
from arasha.services.forms.finding import FindingForm
from arasha.services.policy import KEEP
from arasha.services.queries import ORDERS, Told
from arasha.services.views.listing import tabs
from arasha.ui.rules.page import Column, Link, sort_order
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE = 50


@signed_in
@require_safe
def find(request: StaffRequest) -> HttpResponse:
    """Find help: by the child's place the nearest first, or in the order of a column."""
    language = (get_language() or "kk")[:2]
    wish, descending = sort_order(request.GET.get("sort", ""), ORDERS, "")
    form = FindingForm(
        request.GET, places=districts(request.actor.territory or NATION, language), today=local(request.now).date()
    )
    fits = form.is_valid()
    begin = skipped(request.GET.get("after", ""))
    wanted = form.wanted(f"-{wish}" if descending else wish)
    rows = queries.find(wanted, now=request.now, limit=PAGE + 1, offset=begin) if fits else []
    said = queries.rooms([row.offering for row in rows[:PAGE]], now=request.now)
    context = {
        "page_title": _("Find help"),
        "tabs": tabs("find") if allows(request.actor, KEEP) else [],
        "form": form,
        "sort": request.GET.get("sort", "") if wish else "",
        "rows": [
            (one, reverse("services:offering", args=[one.row.offering]), room_words(one.row.offering, said, language))
            for one in queries.told(rows[:PAGE], language=language, now=request.now)
        ],
        "columns": [
            Column("name", _("Provider")),
            Column("service", _("Service")),
            Column("asked", _("Asked there")),
        ],
        "ordered_by": wish,
        "descending": descending,
        "nearest": bool(wanted.place) and not wish,
        "following": _page(request, begin + PAGE) if len(rows) > PAGE else "",
        "previous": _page(request, max(begin - PAGE, 0)) if begin else "",
        "nothing": _nothing(),
    }
    return render(request, "services/find.html", context, status=200 if fits else 422)


@signed_in
@require_safe
def offering(request: StaffRequest, offered: UUID) -> HttpResponse:
    """Show one offering as anybody may know it, also when it is closed."""
    found = queries.shown(offered, now=request.now)
    if found is None:
        raise Http404
    language = (get_language() or "kk")[:2]
    (one,) = queries.told([found], language=language, now=request.now)
    context = {
        "page_title": one.title,
        "page_meta": one.kind if one.title != one.kind else one.place,
        "tabs": [Link(_("Find help"), reverse("services:find")), Link(one.service, request.path, current=True)],
        "one": one,
        "room": room_words(found.offering, queries.rooms([found.offering], now=request.now), language),
        "facts": _facts(one, language),
    }
    return render(request, "services/offering.html", context)


def _facts(one: Told, language: str) -> list[tuple[str, str]]:
    """Return what is known, as name and words; what nobody has said is said to be not known."""
    served = queries.place_names(one.row.served, language)
    lifted = [_("%(what)s: not asked while the emergency holds") % {"what": words} for words in one.lifted]
    facts = [
        (_("Service"), f"{one.service} ({one.level})"),
        (_("Address"), "" if one.row.protected else one.address),
        (_("Place"), one.place),
        (_("Opening hours"), "; ".join(one.week)),
        (_("For whom"), ". ".join(filter(None, (one.ages, one.sexes)))),
        (_("Languages"), one.languages),
        (_("What it helps with"), one.needs),
        (_("What it asks for"), "; ".join([*one.conditions, *lifted]) or _("nothing")),
        (_("Cost"), one.cost),
        (_("Whose children it takes"), ", ".join(served[code] or _("The whole country") for code in one.row.served)),
        (_("Also by telephone or over the internet"), _("yes") if one.row.remote else _("no")),
        (_("E-mail"), one.row.mail),
        (_("Web page"), one.row.web),
        (_("Somebody last asked there"), one.asked),
    ]
    hidden = {_("Address"), _("E-mail"), _("Web page")} if one.row.protected else set()
    return [(name, words or _("not known")) for name, words in facts if name not in hidden]


def room_words(offering: UUID, said: Mapping[UUID, queries.Room], language: str) -> dict[str, str]:
    """Return whether there is room as tone, word and facts; nothing where nobody has said it."""
    room = said.get(offering)
    return {"tone": room.tone, "word": room.label(language), "facts": room.facts(language)} if room else {}


def _nothing() -> Empty:
    words = _(
        "Ask less of it, look in the whole region or country, or by telephone. A gap that you find is worth telling."
    )
    return Empty(_("Nothing fits"), words)


def _page(request: StaffRequest, begin: int) -> str:
    """Return the mark of another page, as the part of pagination takes it."""
    return f"?{urlencode({'after': begin})}" if begin else "?after=0"
