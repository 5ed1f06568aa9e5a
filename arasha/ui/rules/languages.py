"""Another language chosen in the middle of a form: what is typed is sent along, and the choice is kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])
YEAR = 365 * 24 * 60 * 60


def keep_cookie(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> None:
    """Write a reader's choice, a language or a theme, into a cookie for a year."""
    response.set_cookie(cookie, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")


def keeps_language(view: View) -> View:
    """Let a form's page keep the language in whose address it was sent (`?language=kk`), for the pages that follow.

    The page gives `keeps_form`, the id of its form, to its template: the languages in the head then send that form with
    `go=stay` instead of opening the page anew.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        chosen = request.GET.get("language", "")
        if request.method == "POST" and chosen in dict(settings.LANGUAGES):
            keep_cookie(request, response, settings.LANGUAGE_COOKIE_NAME, chosen)
        return response

    return cast(View, kept)
