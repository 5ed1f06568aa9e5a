"""The door of the public's pages: nobody is known here, and nothing about anybody is kept.

A room of doors alone, first in the middleware of `arasha.config.public`. One request is one transaction; a view is
reached only when it declares itself public; a form is taken from our own pages only, and not without end.
"""

import hmac
import math
import secrets
import sys
import time
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any, Final, Literal, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from arasha.doors.rules.flood import Allowance, Buckets
from arasha.kernel.access import policy
from arasha.kernel.exchange.rules.addresses import client_address
from arasha.ui.rules.origins import is_own

Handler = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])
Kind = Literal["tell", "code", "file", "write", "look", "slip", "certificate", "referral"]
MOST_BYTES: Final = 200_000
# Also for styles, scripts and what went wrong: afterwards the phone has nothing of us.
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}
# A whole school, or a mobile operator's customers, may come from one address.
BUCKETS: Final[dict[Kind, Buckets]] = {
    "tell": Buckets(Allowance(burst=30, every=20)),
    "code": Buckets(Allowance(burst=20, every=15)),
    "file": Buckets(Allowance(burst=20, every=30)),
    # Of one chat, whatever address it comes from: a page looks for an answer every few seconds.
    "write": Buckets(Allowance(burst=20, every=5)),
    "look": Buckets(Allowance(burst=60, every=1.5)),
    # Wrong numbers of a class survey alone: several classes of one school answer at once, from one address.
    "slip": Buckets(Allowance(burst=200, every=10)),
    # A court or a school checks a handful; numbers have 75 random bits.
    "certificate": Buckets(Allowance(burst=20, every=15)),
    # Wrong codes of links to referrals alone, beside the five that end a link.
    "referral": Buckets(Allowance(burst=20, every=30)),
}
# Made when the process starts and forgotten with it: what is counted can't be led back to an address afterwards.
_KEY: Final = secrets.token_bytes(32)


class PublicDoor:
    """Middleware; stands first, so that its headers are on every answer."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a request without its cookies (another application on this host may have set some)."""
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.cookies.clear()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        """Let everybody through to a view that declares itself public; a form from our own pages only."""
        found = policy.policy_of(view)
        if found is None or found.kind != "public":
            raise Http404
        if request.method not in {"GET", "HEAD"}:
            if _is_too_large(request, view):
                return page(request, "too_large", 413)
            if not is_own(request.headers, f"{request.scheme}://{request.get_host()}"):
                return page(request, "refused", 403)
        if "default" in getattr(view, "_non_atomic_requests", ()):
            return _answer(view(request, *args, **kwargs))
        with transaction.atomic():
            return _answer(view(request, *args, **kwargs))


def limited(kind: Kind) -> Callable[[View], View]:
    """Limit how often one address may post to a view: as often as its kind allows (BUCKETS).

    Over the limit the answer is a page with status 429 that says when, carries what was told along, and shows whom
    to call. Of the address a keyed hash is kept, in memory alone.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def limiting(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and (wait := wait_for(kind, mark_of(request))):
                return too_many(request, wait, carry=kind == "tell")
            return view(request, *args, **kwargs)

        return limiting  # type: ignore[return-value]  # the same call, with a limit before it

    return decorate


def wait_for(kind: Kind, mark: bytes) -> float:
    """Take one try of a kind; return 0, or the seconds until there is one."""
    return BUCKETS[kind].take(mark, time.monotonic())


def wait_after_wrong(kind: Kind, mark: bytes) -> float:
    """Return the seconds until there is a try of a kind of which only wrong ones are counted (by `wait_for`)."""
    return BUCKETS[kind].wait(mark, time.monotonic())


def mark_of_words(words: str) -> bytes:
    """Return what a code is counted by."""
    return hmac.digest(_KEY, words.encode(), "sha256")


def mark_of(request: HttpRequest) -> bytes:
    """Return what a client's address is counted by; of IPv6 the network, as one connection has 2⁶⁴ addresses."""
    address = ip_address(client_address(request.META, settings.ALLAUTH_TRUSTED_PROXY_COUNT))
    network = ip_network((address, 64), strict=False) if address.version == 6 else address
    return hmac.digest(_KEY, str(network).encode(), "sha256")


def too_many(request: HttpRequest, wait: float, *, carry: bool) -> HttpResponse:
    """Answer 429 and say after how many minutes the next try is open.

    `carry`: the page carries what was sent in hidden fields, to be sent again with one press. Else a child's words
    would be lost.
    """
    sent = [(name, value) for name, values in request.POST.lists() for value in values] if carry else []
    response = page(request, "too_many", 429, minutes=max(1, math.ceil(wait / 60)), sent=sent)
    response.headers["Retry-After"] = str(math.ceil(wait))
    return response


def forget_tries() -> None:
    """Forget all that was counted."""
    for buckets in BUCKETS.values():
        buckets.forget()


def page(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    """Answer with a page of the door's own in the reader's language. It asks the database nothing."""
    language = _language_of(request)
    with translation.override(language):
        response = render(request, f"doors/door/{name}.html", {"synthetic": "", **context}, status=status)
    response.headers["Content-Language"] = language
    return response


@policy.public(reason="a machine asks whether the process lives; nothing is told")
@transaction.non_atomic_requests
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process serves at all; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the reason is the size."""
    if isinstance(exception, RequestDataTooBig):
        return page(request, "too_large", 413)
    return page(request, "unreadable", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return page(request, "refused", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return page(request, "not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database does not answer, else 500."""
    unreachable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return page(request, "broken", 503 if unreachable else 500)


def _answer(response: Any) -> HttpResponseBase:
    """Render what is rendered late while its transaction is open."""
    if callable(getattr(response, "render", None)):
        response = response.render()
    return response  # type: ignore[no-any-return]  # Django has the same view of views


def takes_files(view: View) -> View:
    """Declare that a view reads its body itself and bounds it: no file that is too large costs what was told."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def wait_of(request: HttpRequest, kind: Kind) -> float:
    """Take one try of this kind; return 0, or the seconds until there is one. For views that say so themselves."""
    return BUCKETS[kind].take(mark_of(request), time.monotonic())


def _is_too_large(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Say whether a body is longer than we read; one without a length is not read at all, and refused."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    return not length.isdecimal() or (int(length) > MOST_BYTES and not getattr(view, "takes_files", False))


def _language_of(request: HttpRequest) -> str:
    """Return the language of the address; an error may come before it was asked for."""
    wish = request.GET.get("language")
    return wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
