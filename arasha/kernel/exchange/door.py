"""The door for other systems: everything under /api/v1/ comes in here, and nothing of a browser's session does.

A room of exchange alone. It stands before sessions, cookies and forged-form checks, because none of them applies: an
account shows a token with each request. One request is one transaction with its context set, and an answer that is an
error rolls it back.
"""

import logging
import secrets
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.errors import ValidationError

from arasha.kernel.access import policy
from arasha.kernel.access.actions import record_look
from arasha.kernel.access.rules import Conflict, NotThere, NotValid, Refused, from_database
from arasha.kernel.exchange import actions
from arasha.kernel.exchange.actions.answers import Kept
from arasha.kernel.exchange.rules import MOST_BYTES, NotJson, Problem, TooLarge, read_json
from arasha.kernel.exchange.rules.addresses import client_address
from arasha.kernel.exchange.rules.problems import LANGUAGES, FieldError, field_errors
from arasha.kernel.exchange.rules.scopes import UNNOTED
from arasha.kernel.exchange.rules.tokens import bearer
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local

log = logging.getLogger("arasha.exchange")
PREFIX = "/api/v1/"
A_MINUTE = 600  # requests of one token
FAILED_A_MINUTE = 60  # requests without a valid token from one address
# Deadlocks, serialisation, and whatever ends a connection: nothing was kept, and the same again may pass.
PASSING = ("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "08006", "53300")
Handler = Callable[[HttpRequest], HttpResponse]


class ApiDoor:
    """Middleware; stands first of those that know of people."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what other systems ask; hand over everything else."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        language = language_of(request)
        with policy.serving(secrets.token_hex(8)), translation.override(language):
            try:
                response = _served(request)
            except Problem as problem:
                response = _told(problem, language)
            except Exception as error:  # whatever it is, its words are for nobody outside
                response = _told(_failed(error), language)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = language
        response.headers["Vary"] = "Accept-Language, Authorization"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def language_of(request: HttpRequest) -> str:
    """Return the language that the system asks for, Kazakh when it asks for none of ours."""
    for wish, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wish[:2] in LANGUAGES:
            return wish[:2]
    return LANGUAGES[0]


def _served(request: HttpRequest) -> HttpResponse:
    try:
        match = resolve(request.path_info, urlconf=getattr(request, "urlconf", None))
    except Resolver404:
        raise Problem("not_found") from None
    request.resolver_match = match
    found = policy.policy_of(match.func)
    if found is not None and found.kind == "public":
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer
    if found is None or found.kind != "api":
        raise Problem("not_found")
    if request.headers.get("Cookie"):
        raise Problem("cookies_refused")
    token, address = bearer(request.headers.get("Authorization", "")), client_address(request.META, _proxies())
    if not token:
        _no_entry(address)
    actions.count_request(whose=token, most=A_MINUTE, clock=time.time())
    _read(request)
    try:
        return _in_transaction(request, match, token, address)
    except NotValid:
        _no_entry(address)
    except Problem as problem:
        if problem.kind.code == "not_found":
            _record_refusal(request, match.kwargs)
        raise
    except (NotThere, Http404, Refused, PermissionDenied):
        _record_refusal(request, match.kwargs)
        raise Problem("not_found") from None
    except ValidationError as wrong:
        raise Problem("invalid", errors=field_errors(wrong.errors)) from None
    except Conflict:
        raise Problem("conflict") from None
    raise AssertionError  # pragma: no cover - _no_entry raises


def _proxies() -> int:
    return int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)


def _no_entry(address: str) -> None:
    """Raise what everybody without a valid token gets; who tries often waits."""
    actions.count_request(whose=f"failed|{address}", most=FAILED_A_MINUTE, clock=time.time())
    raise Problem("not_authenticated")


def _read(request: HttpRequest) -> None:
    """Read what a request says, strictly, before a transaction is opened for it."""
    request.said = None  # type: ignore[attr-defined]  # ours, beside Django's attributes
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    kind = request.headers.get("Content-Type", "").lower().replace(" ", "").replace('"', "")
    if kind not in {"application/json", "application/json;charset=utf-8"} or request.headers.get("Content-Encoding"):
        raise Problem("unsupported_type")
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise TooLarge
        request.said = read_json(request.body)  # type: ignore[attr-defined]  # as above
    except (TooLarge, RequestDataTooBig):
        raise Problem("too_large") from None
    except (NotJson, ValueError, UnreadablePostError, RawPostDataException):
        raise Problem("malformed") from None


def _in_transaction(request: HttpRequest, match: Any, token: str, address: str) -> HttpResponse:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('arasha.request', %s, true)", [policy.request_id()])
            actor = actions.enter(token, address)
            request.actor, request.now = actor, actor.moment or domain_now()  # type: ignore[attr-defined]  # as above
            request.look = partial(_look, request)  # type: ignore[attr-defined]  # as above
            response = _once(request, lambda: match.func(request, *match.args, **match.kwargs))
            scope = getattr(request, "scope", None)  # None: an answer was given again, whatever it was
            if scope is not None and scope not in UNNOTED:
                actions.note_use(actor=actor, token=token)
            return response
    except DatabaseError as error:
        raise from_database(error) from error


def _once(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run the view; what is posted is done once for its key, and its answer given again to who asks again."""
    if request.method != "POST":
        return _passed(view())
    key = _key(request)
    actor, asked = request.actor, [request.path_info, request.said]  # type: ignore[attr-defined]  # set above
    try:
        before = actions.kept_answer(actor=actor, key=key, request=asked)
    except actions.InFlight:
        raise Problem("in_flight", retry_after=1) from None
    except actions.KeyReused:
        raise Problem("key_reused") from None
    if before is not None:
        return _again(before)
    response = _passed(view())
    actions.keep_answer(
        actor=actor, key=key, request=asked, status=response.status_code, body=response.content.decode()
    )
    return response


def _passed(response: HttpResponse) -> HttpResponse:
    """Return an answer that is none of an error; the library's own errors become problems."""
    if response.status_code == 405:
        raise Problem("method_not_allowed")
    return response


def _again(kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _key(request: HttpRequest) -> str:
    """Return the request's key: a random UUID, so that nobody can guess whose key a kept answer has."""
    said = request.headers.get("Idempotency-Key", "").strip('"')
    try:
        found = uuid.UUID(said)
    except ValueError:
        found = uuid.UUID(int=0)
    if found.version != 4 or str(found) != said.lower():
        raise Problem("key_missing", errors=[FieldError("header.Idempotency-Key", "bad_value" if said else "missing")])
    return str(found)


def _look(request: HttpRequest, dossier: uuid.UUID) -> None:
    """Record that the account opens a child's file. Raises `budget_spent` when the day's budget is used up."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]  # set by this door
    if record_look(actor=actor, now=now, kind="open", dossier=dossier).stopped:
        raise Problem("budget_spent", retry_after=_until_midnight(now))


def _until_midnight(now: datetime) -> int:
    here = local(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int((midnight - here).total_seconds()) + 1


def _record_refusal(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Write a refused try for something with an id into the access log: by which account."""
    actor = getattr(request, "actor", None)
    if actor is not None and kwargs:
        record_look(actor=actor, now=actor.moment or domain_now(), kind="refused", refused=True)


def _failed(error: Exception) -> Problem:
    """Return the problem for an error of ours; the log gets its kind and places, never its text."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    passing = getattr(cause, "sqlstate", None) in PASSING or isinstance(error, OperationalError | InterfaceError)
    log.error("an endpoint failed", exc_info=error)
    return Problem("busy", retry_after=5) if passing else Problem("failed")


def _told(problem: Problem, language: str) -> HttpResponse:
    response = JsonResponse(
        problem.body(language),
        status=problem.kind.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
