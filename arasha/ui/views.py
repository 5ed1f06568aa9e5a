"""The doors of the design system: language, theme, the kit, and the pages for what went wrong."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access import policy
from arasha.kernel.worktime import queries as worktime
from arasha.ui.context import THEME_COOKIE, THEMES
from arasha.ui.forms import SampleForm
from arasha.ui.middleware import language_of
from arasha.ui.rules import kit as samples
from arasha.ui.rules.languages import keep_cookie
from arasha.ui.rules.origins import is_own


def from_our_page(request: HttpRequest) -> bool:
    """Tell whether the browser says that one of our own pages sent this form."""
    return is_own(request.headers, f"{request.scheme}://{request.get_host()}")


@policy.public(reason="everybody chooses a language, a child on the public pages too")
@csrf_exempt  # no token, so that pages need no cookie to offer languages; the origin is checked instead
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    chosen = request.POST.get("language")
    return _keep(request, settings.LANGUAGE_COOKIE_NAME, chosen if chosen in dict(settings.LANGUAGES) else None)


@policy.public(reason="everybody chooses light or dark")
@csrf_exempt  # as above
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie, or forget it to follow the device, and go back to the page."""
    chosen = request.POST.get("theme")
    return _keep(request, THEME_COOKIE, chosen if chosen in {*THEMES, ""} else None)


def _keep(request: HttpRequest, cookie: str, value: str | None) -> HttpResponse:
    if value is None or not from_our_page(request):
        return HttpResponseBadRequest()
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if value:
        keep_cookie(request, response, cookie, value)
    else:
        response.delete_cookie(cookie)
    return response


@policy.public(reason="samples without data, in training instances only")
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; on a training instance only."""
    if worktime.instance_kind() != "training":
        raise Http404
    shown = samples.context(request.GET.get("theme", ""))
    return render(request, "ui/kit.html", shown | {"form": SampleForm({"urgency": "now", "seen": "31 march"})})


def error_page(request: HttpRequest, status: int, page: str = "") -> HttpResponse:
    """Answer with the page of a status, in the reader's language, without asking the database or the session.

    403 and 404 never say what is there: the page is the same for what does not exist and for what is not yours.
    """
    language = _safe_language(request)
    with translation.override(language):
        text = render_to_string(f"ui/errors/{page or status}.html", {"LANGUAGE_CODE": language})
    return HttpResponse(text, status=status, headers={"Content-Language": language, "Cache-Control": "no-store"})


def _safe_language(request: HttpRequest) -> str:
    """The language without the user: who that is may be just what failed."""
    try:
        return getattr(request, "LANGUAGE_CODE", "") or language_of(request)
    except Exception:  # an error page must come, whatever is broken
        return settings.LANGUAGE_CODE


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the reason is the size."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: signed in, but the post may not do this."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database does not answer, else 500."""
    unreachable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return error_page(request, 503 if unreachable else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 with how to send the form again: usually the page was open longer than the session."""
    return error_page(request, 403, page="form_expired")


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429."""
    return error_page(request, 429)
