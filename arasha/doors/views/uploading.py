"""Where files come in: two addresses that read their body themselves, sealed as it comes."""

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors import actions
from arasha.doors.door import takes_files, wait_of
from arasha.doors.forms.receiving import receive
from arasha.doors.rules.parcels import MOST_FILES
from arasha.doors.views import files, mailbox, page, telling
from arasha.kernel.access import policy

REASON: Final = "a child, a friend, a neighbour sends a picture or a file without an account"
METHODS: Final = ["GET", "HEAD", "POST"]


# Exempt from the token against forged forms for the reason that telling is.
@policy.public(reason=REASON)
@csrf_exempt
@transaction.non_atomic_requests
@takes_files
@require_http_methods(METHODS)
def telling_files(request: HttpRequest) -> HttpResponse:
    """Take files in on the way of a telling."""
    return _taken(request, telling.with_files, telling.HOME)


@policy.public(reason=REASON)
@csrf_exempt
@transaction.non_atomic_requests
@takes_files
@require_http_methods(METHODS)
def mailbox_files(request: HttpRequest) -> HttpResponse:
    """Take files in for what is written again over a code."""
    return _taken(request, mailbox.with_files, "doors:mailbox")


@sensitive_variables()
def _taken(request: HttpRequest, shown_by: Callable[[HttpRequest, str], files.Shown | None], home: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(home)

    def objection(fields: QueryDict, came: int) -> str:
        """Say why the next file is not taken; a page that carries nothing of ours sends none."""
        shown = shown_by(request, fields.get("state", ""))
        if shown is None or len(shown.files) + came >= MOST_FILES:
            return "many"
        return "flood" if wait_of(request, "file") else ""

    arrived = receive(request, begin=actions.begin_parcel, objection=objection)
    shown = shown_by(request, arrived.fields.get("state", ""))
    if shown is None:
        return page.expired(request)
    problem = arrived.problem or ("" if arrived.files else "none")
    return files.show(request, shown.with_more(arrived.files), problem, arrived.name)
