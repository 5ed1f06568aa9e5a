"""The public's finder of help: asked by links and lists alone, answered from the directory, kept nowhere.

What is sent is short codes and, of the place, at the finest the district. Distances are worked out on the phone.
"""

from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.doors.forms.finder import FARTHEST, FinderForm, Question
from arasha.doors.queries import heard
from arasha.doors.views import page
from arasha.kernel.access import policy
from arasha.kernel.territory.rules import NATION, REPUBLICAN_CITIES, region_code
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_number
from arasha.services import queries, rules
from arasha.ui.rules.privacy import permissions

REASON: Final = "everybody may look for help; what is protected is a telephone and a region"
PAGE, WALL = 20, 60
SHADES: Final = ("a-shade-0", "a-shade-1", "a-shade-2", "a-shade-3")


@policy.public(reason=REASON)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask, and show what was found; without a place, the regions to choose from."""
    form, question = _asked(request)
    now = domain_now()
    context: dict[str, Any] = {"form": form, "question": question, "points": reverse("doors:points")}
    if question.place and form.is_valid():
        context |= _found(request, question, now)
    else:
        context |= _regions(question, now)
    response = page.show(request, "doors/finder/find.html", context, 200 if form.is_valid() else 422)
    response.headers["Permissions-Policy"] = permissions("geolocation")
    return response


@policy.public(reason=REASON)
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show a list of a place to print and put on a wall."""
    form, question = _asked(request)
    now = domain_now()
    rows = queries.find(question.wanted(), now=now, limit=WALL) if question.place and form.is_valid() else []
    language = page.language()
    context = {
        "places": queries.told(rows, language=language, now=now),
        "where": _where(question.place, language) if question.place else "",
        "day": format_date(local(now).date(), language),
        "back": reverse("doors:find") + question.address(language),
    }
    return page.show(request, "doors/finder/wall.html", context)


@policy.public(reason=REASON)
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Give the table of districts' points, in which a phone looks up its own district by itself."""
    return JsonResponse({"points": rules.points()}, json_dumps_params={"separators": (",", ":")})


def _asked(request: HttpRequest) -> tuple[FinderForm, Question]:
    places = page.places()
    form = FinderForm(request.GET, places=places, regions=_region_names(places))
    form.is_valid()
    return form, Question.of(form)


def _region_names(places: Any) -> list[tuple[str, str]]:
    return [(region_code(below[0][0]) or "", name) for name, below in places]


def _found(request: HttpRequest, question: Question, now: datetime) -> dict[str, Any]:
    """Return a page of what fits, and where else to look."""
    language = page.language()
    begin = _number(request.GET.get("after", ""))
    rows = queries.find(question.wanted(), now=now, limit=PAGE + 1, offset=begin)
    address = question.address(language)
    return {
        "asked": True,
        "places": queries.told(rows[:PAGE], language=language, now=now),
        # Of a protected place nothing leads on: its page would say whose children spoke.
        "heard": heard([one.offering for one in rows[:PAGE] if not one.protected]),
        "where": _where(question.place, language),
        "wider": _wider(question, language),
        "tiles": [] if begin else _tiles(question, now, language),
        "following": question.address(language, after=begin + PAGE) if len(rows) > PAGE else "",
        "previous": question.address(language, after=max(begin - PAGE, 0)) if begin else "",
        "first": not begin,
        "wall": reverse("doors:wall") + address,
    }


def _tiles(question: Question, now: datetime, language: str) -> list[dict[str, str]]:
    """Return a tile for each district of a region that was asked: there is no free geometry of districts to draw."""
    region = region_code(question.place) if question.place != NATION else None
    if region != question.place:
        return []
    below = next((below for _name, below in page.places() if region_code(below[0][0]) == region), [])
    counts = queries.district_counts(region, now=now)
    most = max(counts.values(), default=0)
    return [
        {
            "name": name,
            "open": format_number(counts.get(kato, 0), language),
            "shade": _shade(counts.get(kato, 0), most),
            "url": question.address(language, p=kato),
        }
        for kato, name in below
        if kato != region
    ]


def _shade(count: int, most: int) -> str:
    return SHADES[-(-count * (len(SHADES) - 1) // most) if most else 0]


def _where(place: str, language: str) -> str:
    return queries.place_names([place], language)[place] or _("The whole country")


def _wider(question: Question, language: str) -> list[tuple[str, str]]:
    """Return the same question with one thing less, as words and address."""
    found = []
    for name, words in (
        ("need", _("Any help at this place")),
        ("speaks", _("Help in any language")),
        ("age", _("Help for any age")),
        ("sex", _("Help for girls and for boys")),
    ):
        if getattr(question, name) not in (None, ""):
            wider: dict[str, Any] = {name: None if name == "age" else ""}
            found.append((words, replace(question, **wider).address(language)))
    region = region_code(question.place) if question.place != NATION else None
    if region and region != question.place:
        found.append((_("Help in the whole region"), replace(question, place=region).address(language)))
    if question.place != NATION:
        words = _("Help for the whole country, also by telephone or over the internet")
        found.append((words, replace(question, place=NATION).address(language)))
    return found


def _regions(question: Question, now: datetime) -> dict[str, Any]:
    """Return the map: each region with its name, how much is open there, and where its link leads."""
    language = page.language()
    names, counts = dict(_region_names(page.places())), queries.counts(now=now)
    most, order = max(counts.values(), default=0), list(names)
    drawn = [
        {
            "shape": outline.shape,
            "x": outline.x,
            "y": outline.y,
            "shade": _shade(counts.get(outline.kato, 0), most),
            "name": names[outline.kato],
            "open": format_number(counts.get(outline.kato, 0), language),
            "url": question.address(language, p=outline.kato),
            "number": order.index(outline.kato) + 1,
            "small": outline.kato[:2] in REPUBLICAN_CITIES,
        }
        for outline in rules.outlines()
        if outline.kato in names
    ]
    return {
        "asked": False,
        "map": drawn,
        "box": f"0 0 {rules.WIDTH} {rules.HEIGHT}",
        "regions": sorted(drawn, key=itemgetter("number")),
        "nation": question.address(language, p=NATION),
    }


def _number(text: str) -> int:
    """Return the number of rows to leave out; what nobody wrote is none."""
    return min(int(text), FARTHEST) if text.isascii() and text.isdecimal() and len(text) < len("10000") else 0
