"""The door of every page: who acts is known before the view runs, and what is not declared is not there.

A room of access alone. One request is one transaction with its context set; a view is reached only when its URL
declares a policy (`access.policy`) that lets the actor through. Outside it the answer is the one for a page that does
not exist.
"""

import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from arasha.kernel.access import policy
from arasha.kernel.access.actions import enter, enter_system
from arasha.kernel.access.looks import record_look
from arasha.kernel.access.policy import Policy
from arasha.kernel.access.queries import posts_of
from arasha.kernel.access.rules import Actor, Facet, NotThere, NotValid, Refused, from_database
from arasha.kernel.worktime.queries import domain_now

POST = "post"
Handler = Callable[[HttpRequest], HttpResponseBase]


class Look(Protocol):
    """Records that the person looks: at a file, at a sealed facet of it, or that they searched."""

    def __call__(self, dossier: uuid.UUID | None, *, kind: str = "open", facet: Facet | None = None) -> None: ...


class StaffRequest(HttpRequest):
    """A request behind the door, as views see it: who acts, the domain's moment, and the duty to record a look.

    `counted`: what the page has counted and its frame shows as well, so that nobody counts it twice.
    """

    actor: Actor
    now: datetime
    look: Look
    counted: dict[str, int]


class BudgetSpent(Exception):
    """The day's number of children is reached; the page opens again when a supervisor confirms."""


class Undeclared(Exception):
    """A streaming answer came from a view that did not declare that it streams."""


class Door:
    """Middleware; stands last, so that CSRF is checked before. Sets `request.actor` and `request.policy`."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the request a random id, which acts and looks carry, and keep its page out of caches."""
        with policy.serving(secrets.token_hex(8)):
            response = self.get_response(request)
        found = getattr(request, "policy", None)
        if found is None or found.kind != "public":
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the actor through to the view, or answer as if there were no such page."""
        found = policy.policy_of(view)
        if found is None or found.kind == "api":  # other systems have a door of their own (kernel.exchange)
            raise Http404
        request.policy = found  # type: ignore[attr-defined]  # ours, beside Django's attributes
        if found.kind == "public":  # nobody acts; nothing that is protected can be read
            return None
        if found.kind in {"signed_in", "right"} and not request.session.get(SESSION_KEY):
            return _to_sign_in(request)
        try:
            return _serve(request, found, lambda: view(request, *args, **kwargs))
        except NotValid:
            request.session.flush()
            return _to_sign_in(request, ended=True)
        except BudgetSpent:
            return render(request, "access/budget.html", status=429)
        except (NotThere, Http404, Refused, PermissionDenied) as refusal:
            _record_refusal(request, kwargs)
            if isinstance(refusal, Refused | PermissionDenied):
                raise PermissionDenied from None
            raise Http404 from None


def _to_sign_in(request: HttpRequest, *, ended: bool = False) -> HttpResponseBase:
    """Lead to the sign-in; `ended` lets its page say why somebody who was signed in comes there."""
    response = redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
    if ended:
        response.headers["Location"] += "&ended=1"
    return response


def _serve(request: HttpRequest, found: Policy, view: Callable[[], Any]) -> HttpResponseBase:
    """Run the view in its transaction, and render what it returns in it."""
    try:
        if found.streams:
            with acting(request, found):
                pass
            response: HttpResponseBase = view()
            return response
        with acting(request, found):
            response = view()
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if getattr(response, "streaming", False):
                raise Undeclared("a view that streams declares it: may(right, streams=True)")
            return response
    except DatabaseError as error:
        raise from_database(error) from error


@contextmanager
def acting(request: HttpRequest, found: Policy | None = None) -> Iterator[Actor]:
    """Open a transaction in which the request's person acts; streaming answers use it for each piece.

    Raises `NotValid` when the session is over, Http404 when the post lacks the right that the policy asks.
    """
    wanted = found or getattr(request, "policy", None)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('arasha.request', %s, true)", [policy.request_id()])
        actor = _entered(request, wanted)
        request.actor = actor  # type: ignore[attr-defined]  # ours, beside Django's attributes
        request.now = (actor and actor.moment) or domain_now()  # type: ignore[attr-defined]
        request.look = partial(_look, request)  # type: ignore[attr-defined]
        request.counted = {}  # type: ignore[attr-defined]
        if wanted is not None and wanted.kind == "right" and not policy.allows(actor, wanted.right):
            raise Http404
        yield actor


def _entered(request: HttpRequest, wanted: Policy | None) -> Actor:
    """Enter as the policy says: the sign-in's own work on its pages, else the person."""
    if wanted is not None and wanted.kind == "sign_in":
        return enter_system("sign_in")
    token = request.session.session_key or ""
    post = request.session.get(POST)
    if post is not None:
        try:
            return enter(token, int(post))
        except NotValid:  # the post ended, or the session; the next line tells which
            del request.session[POST]
    actor = enter(token, None)
    held = posts_of(actor.user_id or 0, domain_now()).values_list("pk", flat=True).first()
    if held is None:
        return actor
    request.session[POST] = held
    return enter(token, held)


def choose_post(request: HttpRequest, post_id: int) -> Actor:
    """Act in another of one's posts from the next page on. Raises `NotValid` when the post is not held."""
    actor = enter(request.session.session_key or "", post_id)
    request.session[POST] = post_id
    return actor


def _look(request: HttpRequest, dossier: uuid.UUID | None, *, kind: str = "open", facet: Facet | None = None) -> None:
    """Record that the person opens a child's file, a sealed facet of it, or searches (`kind` "search").

    Raises `BudgetSpent` when the day's budget of children is used up, `LookNotRecorded` for a sealed facet.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the door
    looked = record_look(actor=actor, now=actor.moment or domain_now(), kind=kind, dossier=dossier, facet=facet)
    if dossier is not None:
        request.looked_at = dossier  # type: ignore[attr-defined]  # read by what measures how long people type
    if looked.stopped:
        raise BudgetSpent


def _record_refusal(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Write a refused try into the access log: by whom, and for which dossier when the address names one."""
    actor: Actor | None = getattr(request, "actor", None)
    dossier = kwargs.get("dossier")
    named = any(isinstance(value, uuid.UUID) for value in kwargs.values())
    if actor is not None and actor.user_id is not None and named:
        record_look(
            actor=actor,
            now=actor.moment or domain_now(),
            kind="refused",
            dossier=dossier if isinstance(dossier, uuid.UUID) else None,
            refused=True,
        )
