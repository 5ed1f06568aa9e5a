"""What one may know before telling: rights, kinds of violence, what happens; each for its readers."""

from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from arasha.doors.rules import texts
from arasha.doors.views import page
from arasha.kernel.access import policy

PAGES: Final = ("children", "teenagers", "boys", "parents", "professionals", "easy")
REASON = "everybody may know their rights and what happens when they tell"


@policy.public(reason=REASON)
@transaction.non_atomic_requests
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the pages by their readers."""
    links = [(name, texts.in_language(texts.load(f"pages/{name}")["name"])) for name in PAGES]
    return page.show(request, "doors/rights.html", {"links": links})


@policy.public(reason=REASON)
@transaction.non_atomic_requests
@require_safe
def reader(request: HttpRequest, name: str) -> HttpResponse:
    """Show the page of one kind of readers."""
    if name not in PAGES:
        raise Http404
    words = texts.load(f"pages/{name}")
    sections = [_section(section) for section in words["sections"]]
    context = {
        "title": texts.in_language(words["title"]),
        "lead": texts.in_language(words["lead"]),
        "sections": sections,
    }
    return page.show(request, "doors/rights_page.html", context)


def _section(section: dict[str, Any]) -> dict[str, Any]:
    return {
        "heading": texts.in_language(section["heading"]),
        "points": [
            (f"doors/symbols/{point['symbol']}.html" if "symbol" in point else "", texts.in_language(point))
            for point in section["points"]
        ],
        "after": texts.in_language(section["after"]) if "after" in section else "",
        "symbols": section.get("symbols", False),
    }
