"""What every public page has: the numbers to call, the language in each address, nothing that a browser would keep."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.doors.forms.questions import Places
from arasha.doors.rules.state import open_state, seal_state
from arasha.kernel.territory.queries import districts
from arasha.kernel.territory.rules import NATION
from arasha.kernel.vault.queries import page_key
from arasha.kernel.worktime.queries import InstanceUndeclared, instance_kind
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment

NUMBERS: Final = (
    ("112", _("any danger")),
    ("111", _("children's line")),
    ("102", _("police")),
    ("103", _("ambulance")),
)


def show(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Render a public page. `state` in the context is a mapping with `purpose`: then the page carries it, sealed.

    On such a page the languages are buttons that send it once more, so that nothing typed is lost.
    """
    page: dict[str, Any] = {
        "numbers": NUMBERS,
        "here": request.path,
        "language": language(),
        "synthetic": _synthetic(),
        "known_languages": settings.LANGUAGES,
        **context,
    }
    response = render(request, template, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def expired(request: HttpRequest) -> HttpResponse:
    """Say that the page was open for too long, or is none of ours; nothing of it is kept."""
    return show(request, "doors/expired.html", {}, 422)


def language() -> str:
    """Return the reader's language, `kk`, `ru` or `en`."""
    found = (get_language() or "kk")[:2]
    return found if found in dict(settings.LANGUAGES) else "kk"


def carried(values: Mapping[str, Any], purpose: str) -> str:
    """Return the sealed field of a page."""
    return seal_state(values, key=page_key(), purpose=purpose, now=timezone.now())


def opened(field: str, purpose: str) -> dict[str, Any]:
    """Return what a page carried. Raises StateBroken."""
    return open_state(field, key=page_key(), purpose=purpose, now=timezone.now())


def hour() -> str:
    """Return the hour of the day by the real clock, for "sent at"."""
    return f"{local(timezone.now()):%H:%M}"


def when(moment: datetime | None) -> str:
    """Return a moment to come in words, "" for none."""
    return format_moment(local(moment), language(), timezone.now()) if moment else ""


def ticket() -> UUID:
    """Return a new ticket: what is sent with it twice is one."""
    return uuid4()


def places() -> Places:
    """Return the regions with their districts; none when the database does not answer: then words must do."""
    try:
        with transaction.atomic():
            return _places(language())
    except DatabaseError:
        return ()


@lru_cache(maxsize=3)
def _places(reader: str) -> Places:
    return districts(NATION, reader)


def forget_places() -> None:
    """Ask anew for regions and for the kind of the instance: both are kept for as long as the process lives."""
    _places.cache_clear()
    _kind.cache_clear()


def _synthetic() -> bool:
    """Say whether the people here are made up; when the database does not answer, the page must come all the same."""
    try:
        with transaction.atomic():
            return _kind() != "production"
    except (DatabaseError, InstanceUndeclared):
        return False


@lru_cache(maxsize=1)
def _kind() -> str:
    return instance_kind()
