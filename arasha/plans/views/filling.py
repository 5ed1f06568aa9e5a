"""Filling a form in, a page at a time: kept while it is typed, right without scripts, with two windows open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from arasha.kernel.access.door import StaffRequest
from arasha.plans.views import presenting
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms


@dataclass(frozen=True)
class Host:
    """What is filled in and where: the draft, its addresses, and the actions that save and hand in."""

    draft: forms.DraftRead
    title: str
    meta: str
    back: str
    here: str
    save_url: str
    settle_url: str
    newer_url: str
    save: Callable[..., answering.Saved]
    submit: Callable[..., object]
    gone: tuple[type[Exception], ...]
    context: Mapping[str, Any] = field(default_factory=dict)


def page(request: StaffRequest, host: Host) -> HttpResponse:
    return render(request, "plans/filling.html", {"page_title": host.title})


def live(request: StaffRequest, host: Host) -> HttpResponse:
    raise Http404


def settled(request: StaffRequest) -> tuple[UUID, bool]:
    """Return which copy is meant, and whether it takes the draft's place. Raises Http404."""
    try:
        return UUID(request.POST.get("copy", "")), request.POST.get("do") == "take"
    except ValueError:
        raise Http404 from None
