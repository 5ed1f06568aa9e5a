"""Health, for machines: no detail beyond the names of the components."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from arasha.kernel.access import policy
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
