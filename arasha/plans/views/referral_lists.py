"""Lists of referrals: of a file, sent by a unit, received by it."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans import policy, queries
from arasha.plans.models import Referral
from arasha.plans.rules import places as place_rules
from arasha.plans.views import places, referral_words
from arasha.ui.rules.page import Filter, Link
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25


@signed_in
@require_safe
def referrals(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List a file's referrals, the newest first."""
    places.seen(request, dossier)
    words = _("A child is referred from the list of services that fit. The service owes an answer; silence comes back.")
    context = places.frame(dossier, "referrals") | {
        "page_title": _("Referrals"),
        "rows": referral_words.lines(queries.referrals_of(dossier), request.now),
        "may_send": policy.may_ask_places(request.actor, dossier),
        "nothing": Empty(_("Nobody was asked yet"), words),
    }
    return render(request, "plans/referrals.html", context)


@signed_in
@require_safe
def received(request: StaffRequest) -> HttpResponse:
    """List what was referred to the actor's unit."""
    words = _("What is referred to your unit comes here by itself, and stands in your work while an answer is owed.")
    return _list(request, queries.referrals_to(request.actor), "received", _("Referrals to us"), words)


@signed_in
@require_safe
def sent(request: StaffRequest) -> HttpResponse:
    """List what the actor's unit referred, and what was referred in files that it leads."""
    words = _("What you refer from a child’s file stands here with what became of it.")
    return _list(request, queries.referrals_from(request.actor), "sent", _("Referrals from us"), words)


def _list(request: StaffRequest, rows: QuerySet[Referral], here: str, title: str, words: str) -> HttpResponse:
    filters = _filters(request)
    shown = page_of(_narrowed(rows, request), moment="sent_at", size=PAGE, asked=request.GET.dict(), descending=True)
    context: dict[str, Any] = {
        "page_title": title,
        "rows": referral_words.lines(shown.rows, request.now),
        "previous": shown.previous,
        "following": shown.following,
        "filters": filters,
        "received": here == "received",
        "tabs": [
            Link(_("Referrals to us"), "/plans/referrals/received/", here == "received"),
            Link(_("Referrals from us"), "/plans/referrals/sent/", here == "sent"),
        ],
        "nothing": Empty(_("Nothing here"), words),
    }
    return render(request, "plans/referrals_list.html", context)


def _standing() -> list[tuple[str, str]]:
    return [
        ("open", _("goes on")),
        ("waits", _("waits for an answer")),
        ("back", _("came back: the next one is to be chosen")),
        ("over", pgettext("referral", "over")),
    ]


def _filters(request: StaffRequest) -> list[Filter]:
    groups = (("state", _("How it stands"), _standing()), ("urgency", _("How urgent"), place_rules.URGENCIES.choices()))
    return [Filter(code, label, choices, frozenset(request.GET.getlist(code))) for code, label, choices in groups]


def _narrowed(rows: QuerySet[Referral], request: StaffRequest) -> QuerySet[Referral]:
    chosen = [queries.STANDING[code] for code in request.GET.getlist("state") if code in queries.STANDING]
    either = Q()
    for one in chosen:
        either |= one
    urgent = [code for code in request.GET.getlist("urgency") if code in place_rules.URGENCIES]
    rows = rows.filter(either) if chosen else rows
    return rows.filter(place__urgency__in=urgent) if urgent else rows
