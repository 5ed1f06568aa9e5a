"""What every answer carries: the reader's language, and headers that keep pages out of caches and frames."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from arasha.ui.rules.privacy import permissions

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = permissions()


def language_of(request: HttpRequest) -> str:
    """Return the reader's language: of the address, else chosen by cookie, else Kazakh.

    The browser's Accept-Language does not decide: office browsers are seldom set to the reader's language.
    An account's own language becomes the cookie when it is chosen: who signs in is not known yet when this is asked.
    """
    known = dict(settings.LANGUAGES)
    for wish in (request.GET.get("language"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if wish in known:
            return wish
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activate the reader's language for the request and say it in the answer."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in the reader's language."""
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivacyHeadersMiddleware:
    """Forbid caches to keep what a view answers, and browsers' sensors to pages. Assets are served before this."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the view has not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
