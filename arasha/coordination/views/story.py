"""A file's time line: every act in plain words with its silences, narrowed by body, kind and period; on paper too."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.coordination import actions, queries, rules
from arasha.coordination.policy import may_export
from arasha.coordination.views import looking, paper, presenting, telling
from arasha.kernel.access.actions import TooManyToday
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import signature
from arasha.kernel.worktime.rules import ZONE, local
from arasha.ui.rules.page import Filter
from arasha.ui.rules.parts import Empty

PAGE = 50
PERIODS = {"week": 7, "month": 30, "year": 365}
UNIT = re.compile(r"[0-9]{1,9}")
MARK = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6})~([0-9]{1,18})")
Place = tuple[datetime, int]


@signed_in
@require_safe
def story(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Tell a file's acts page by page, newest first, with the silences between them."""
    page = queries.file_head(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    wish, place = wish_of(request), _place(request.GET.get("cursor", ""))
    teller, told = tell(page, wish, place, request.now)
    items, following = cut(woven(told, teller, wish), place)
    context = {
        "page_title": _("Time line: %(child)s") % {"child": presenting.child(page.matter)},
        "page_meta": presenting.meta(page, request.now),
        "tabs": looking.tabs_of(dossier, "story"),
        "filters": filters_of(page, wish, request.GET.getlist("period")),
        "entries": [telling.shown(item, teller) for item in items],
        "following": following,
        "paged": place is not None,
        "may_take": may_export(request.actor, dossier),
        "dossier": page.dossier,
        "nothing": Empty(
            _("Nothing here fits what you asked for"), _("Choose other bodies, kinds or a longer period above.")
        ),
    }
    return render(request, "coordination/story.html", context)


def tell(
    page: queries.FilePage, wish: queries.Wish, place: Place | None, now: datetime
) -> tuple[telling.Teller, list[rules.Entry]]:
    """Return a file's acts as entries; of a very long file those about the place that is looked at."""
    lines = queries.acts(page.dossiers, wish, limit=queries.STORY)
    if place and len(lines) == queries.STORY and place < (lines[-1].at, lines[-1].number):
        lines = queries.acts(page.dossiers, replace(wish, before=place), limit=queries.STORY)
    page.units.update(queries.units(queries.named(page, lines) - set(page.units)))
    teller = telling.Teller(page, now)
    return teller, teller.told(lines)


def woven(told: Sequence[rules.Entry], teller: telling.Teller, wish: queries.Wish) -> list[rules.Entry | rules.Silence]:
    """Return the story newest first, with its silences.

    Silence of everybody is told only where nothing was left out on purpose: among some bodies' acts it would be one
    that nobody kept. What a body did not answer is its own, and is told whoever else is looked at.
    """
    gaps: list[rules.Silence] = []
    if not wish.units and not wish.kinds:
        gaps += rules.silences(told, teller.now, open_file=teller.page.dossier.closed_at is None)
    if not wish.kinds or "silence" in wish.kinds:
        silent = rules.unanswered(teller.duties(), teller.now)
        gaps += [gap for gap in silent if not wish.units or gap.unit in wish.units]
    return rules.woven(told, [gap for gap in gaps if not wish.since or gap.until >= wish.since], newest_first=True)


def cut(
    items: Sequence[rules.Entry | rules.Silence], place: Place | None
) -> tuple[list[rules.Entry | rules.Silence], str]:
    """Return the page that begins below the place, and the mark of the page after it."""
    rest = [item for item in items if place is None or rules.place_of(item) < (place[0], 0, place[1])]
    count = 0
    for index, item in enumerate(rest):
        count += isinstance(item, rules.Entry)
        if isinstance(item, rules.Entry) and count == PAGE:
            following = any(isinstance(later, rules.Entry) for later in rest[index + 1 :])
            return list(rest[: index + 1]), _mark(item.at, item.number) if following else ""
    return list(rest), ""


def wish_of(request: StaffRequest) -> queries.Wish:
    """Read the filters from the address; what nobody wrote there is not asked for."""
    chosen = [PERIODS[code] for code in request.GET.getlist("period") if code in PERIODS]
    today = datetime.combine(local(request.now).date(), time(), ZONE)
    return queries.Wish(
        units=frozenset(int(code) for code in request.GET.getlist("body") if UNIT.fullmatch(code)),
        kinds=frozenset(code for code in request.GET.getlist("kind") if code in rules.KINDS),
        since=today - timedelta(days=max(chosen)) if chosen else None,
    )


def filters_of(page: queries.FilePage, wish: queries.Wish, periods: Sequence[str]) -> list[Filter]:
    """Return what the story may be narrowed by."""
    bodies = sorted((unit.name, str(key)) for key, unit in page.units.items())
    return [
        Filter("body", _("Who"), [(key, name) for name, key in bodies], frozenset(str(unit) for unit in wish.units)),
        Filter("kind", _("What"), [(row.code, rules.KINDS.label(row.code)) for row in rules.KINDS], wish.kinds),
        Filter(
            "period",
            _("When"),
            [("week", _("the last 7 days")), ("month", _("the last 30 days")), ("year", _("the last year"))],
            frozenset(periods) & frozenset(PERIODS),
        ),
    ]


def _mark(at: datetime, number: int) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}~{number}"


def _place(mark: str) -> Place | None:
    """Read a page's place; one that nobody wrote is none."""
    found = MARK.fullmatch(mark)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(found[2])
    except ValueError:
        return None


@signed_in
@require_POST
def take_story(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Give the time line as a PDF: an act on the file, and an export in the access log."""
    page = queries.file_head(request.actor, dossier)
    if page is None:
        raise Http404
    teller, told = tell(page, queries.Wish(), None, request.now)
    content = paper.story(teller, woven(told, teller, queries.Wish()), signature(request.actor))
    try:
        actions.export_file(actor=request.actor, dossier=dossier, form="story", now=request.now)
    except TooManyToday:
        raise BudgetSpent from None
    return paper.answer(content, f"{page.matter.number or 'file'}-{local(request.now):%Y-%m-%d}.pdf")
