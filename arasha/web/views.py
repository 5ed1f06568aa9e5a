"""Health, for machines: no detail beyond the names of the components; and the page for people who build others."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.administration.rules.system_words import EVENT_WORDS
from arasha.kernel.access import policy
from arasha.kernel.exchange.rules import problems
from arasha.web import queries


@policy.public(reason="a machine asks whether the process lives; nothing is told")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process serves at all; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@policy.public(reason="a machine asks whether to send people here; words of state only")
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when people may be sent here, else 503, with each component's word."""
    states = queries.components()
    if queries.is_ready(states):
        return JsonResponse({"status": queries.OK, "components": states})
    return JsonResponse({"status": queries.NOT_OK, "components": states}, status=503)


@policy.public(reason="for people who build against the interface; it tells of no child and no unit")
@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """Say what the interface for other systems is for, how to begin, and what its errors and events mean."""
    language = (get_language() or "kk")[:2]
    kinds = sorted(problems().values(), key=lambda kind: (kind.status, kind.code))
    context = {
        "page_title": _("Connect another system to Arasha"),
        "address": settings.ADDRESS,
        "problems": [{"code": kind.code, "status": kind.status, "title": kind.titles[language]} for kind in kinds],
        "events": list(EVENT_WORDS.items()),
    }
    return render(request, "web/developers.html", context)
