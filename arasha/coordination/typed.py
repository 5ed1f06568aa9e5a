"""Counts how long people type in a file: staff pages send the seconds along with each form.

A room of coordination alone, a middleware around the door: the page's own work is done and committed before anything
is counted, and what can't be counted is left. What was typed, and who typed it, is not looked at.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponseBase

from arasha.coordination.actions import note_typing
from arasha.coordination.rules.typing import FIELD, seconds_of
from arasha.kernel.access.door import acting
from arasha.kernel.access.rules import NotValid

# What comes back to be mended was typed as well.
FAULTY = 422


class Typed:
    """Middleware; stands before the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count the seconds of a form that was taken or is to be mended, where its page opened a child's file."""
        response = self.get_response(request)
        dossier: UUID | None = getattr(request, "looked_at", None)
        if (
            request.method == "POST"
            and dossier is not None
            and (response.status_code < 400 or response.status_code == FAULTY)
        ):
            seconds = seconds_of(request.POST.get(FIELD, ""))
            if seconds:
                _count(request, dossier, seconds)
        return response


def _count(request: HttpRequest, dossier: UUID, seconds: int) -> None:
    page = request.resolver_match.view_name if request.resolver_match else ""
    try:
        with acting(request) as actor:
            note_typing(actor=actor, dossier=dossier, page=page, seconds=seconds, now=request.now)  # type: ignore[attr-defined]  # set by the door
    except (NotValid, Http404, DatabaseError):  # the session or the post ended with this very form: it was taken
        return
