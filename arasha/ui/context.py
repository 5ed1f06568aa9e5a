"""What every template may use: the languages, the theme, and whether people on the pages are made up."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

THEME_COOKIE = "arasha_theme"
THEMES = ("light", "dark")
SHORT_NAMES = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}


def page(request: HttpRequest) -> dict[str, object]:
    """Return the context of every page; nothing here asks the database before it is used."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "languages": [
            {"code": code, "name": name, "short": SHORT_NAMES[code], "address": _address_in(request, code)}
            for code, name in settings.LANGUAGES
        ],
        "theme": theme if theme in THEMES else "",
        "here": request.get_full_path(),
        "synthetic": SimpleLazyObject(_asks(request)),
    }


def _address_in(request: HttpRequest, language: str) -> str:
    """The same page in another language, for pages that set no cookie."""
    query = request.GET.copy()
    query["language"] = language
    return f"{request.path}?{query.urlencode()}"


def _asks(request: HttpRequest) -> Callable[[], bool]:
    """Everything but a production instance holds made-up people only."""

    def synthetic() -> bool:
        from arasha.kernel.worktime import queries  # noqa: PLC0415  asked for by pages with a strip only

        return queries.instance_kind() != "production"

    return synthetic
