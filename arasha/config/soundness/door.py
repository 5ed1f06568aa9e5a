"""`/-/metrics`: the figures, for a scraper on this machine or one that has the token."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from arasha.config.soundness import figures
from arasha.kernel.access import policy

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@policy.public(reason="a scraper asks, from this machine or with its token; figures without any person")
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures; to everybody else the address does not exist."""
    if not may_ask(request):
        raise Http404
    return HttpResponse(figures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def may_ask(request: HttpRequest) -> bool:
    """Say whether the request carries the token or, where no proxy of ours stands in front, comes from this machine.

    Behind a proxy every request comes from this machine: there only the token counts.
    """
    token = settings.ARASHA_METRICS_TOKEN
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT or any(request.META.get(name) for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
