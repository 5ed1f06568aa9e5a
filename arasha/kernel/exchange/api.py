"""What endpoints of every folder are made of: a router that asks for a scope, shapes of bodies, marks of pages.

Endpoints stand in the folders' `api.py`, each declares `@policy.api("scope")`, and `web` assembles them. They answer
with what they return or raise `Problem`; the door (`exchange.door`) does all else.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja import NinjaAPI, Router, Schema
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from arasha.kernel.access import policy
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.rules import CursorInvalid, FieldError, Problem, open_cursor, seal_cursor

MOST_ROWS = 100


class ApiRequest(HttpRequest):
    """A request behind the door of the exchange: which account acts, and the domain's moment."""

    actor: Actor
    now: datetime
    look: Callable[[UUID], None]
    said: Any
    scope: str


class Body(Schema):
    """What comes in: a field that nobody knows is an error, and a value is what it is, not what it could be read as."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class Asked(Schema):
    """What a list is asked for in its address; `known` refuses what is asked besides."""

    @classmethod
    def known(cls, request: "ApiRequest") -> None:
        """Raise the problem `invalid` for a name that nobody knows: a filter misspelt would show everything."""
        if not set(request.GET) <= set(cls.model_fields):
            raise Problem("invalid", errors=[FieldError("query", "unknown_field")])


class Answer(Schema):
    """What goes out."""


def _printable(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("null", "a null character")
    return text


def text(longest: int, **more: Any) -> Any:
    """Return the type of a text of so many characters; it may be empty, and holds no null character."""
    return Annotated[str, Field(max_length=longest, **more), AfterValidator(_printable)]


def code_of(codes: Iterable[str], **more: Any) -> Any:
    """Return the type of a code that stands on a list."""
    known = list(codes)
    shown: dict[str, Any] = {"enum": known}

    def on_list(code: str) -> str:
        if code not in known:
            raise PydanticCustomError("unknown_code", "not on the list")
        return code

    return Annotated[str, Field(json_schema_extra=shown, **more), AfterValidator(on_list)]


class Scope:
    """Lets an operation be called by accounts with its scope alone; in the document it names the scope."""

    openapi_security_schema: ClassVar[dict[str, str]] = {"type": "http", "scheme": "bearer"}

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: ApiRequest) -> Actor:
        """Return the actor. Raises the problem `scope_missing`."""
        request.scope = self.scope
        if self.scope and self.scope not in request.actor.scopes:
            raise Problem("scope_missing")
        return request.actor


class Undeclared(Exception):
    """An endpoint says no scope."""


class Endpoints(Router):
    """A router whose operations all declare `@policy.api(scope)`; one that doesn't is refused when it is written."""

    def add_api_operation(self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any) -> None:
        """Take an operation with the scope that its function declares."""
        found = policy.policy_of(view_func)
        if found is None or found.kind != "api":
            raise Undeclared(f"{view_func.__module__}.{view_func.__name__} declares no scope")
        options["auth"] = Scope(found.right)
        options["operation_id"] = options.get("operation_id") or view_func.__name__
        options["openapi_extra"] = {**(options.get("openapi_extra") or {}), "x-scope": found.right}
        super().add_api_operation(path, methods, view_func, **options)


class StrictParser(Parser):
    """Gives the body that the door has read already."""

    def parse_body(self, request: ApiRequest) -> Any:  # type: ignore[override]  # the door's request
        """Return what the body says."""
        return request.said


class Utf8Renderer(JSONRenderer):
    """Writes Kazakh and Russian as they are."""

    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Every error goes to the door: the transaction must know of it."""

    def on_exception(self, request: HttpRequest, exc: Any) -> Any:
        """Raise again."""
        raise exc


def page_of(
    request: ApiRequest, rows: QuerySet[Any], *, moment: str, limit: int, cursor: str, about: str
) -> tuple[Sequence[Any], str]:
    """Return one page of rows ordered by a moment and their id, and the sealed mark of the next page, "" at the end.

    `about` names the list with its filters: a mark is good for this account and this list alone. Raises the problem
    `cursor_invalid`.
    """
    about = f"{request.actor.account_id}|{about}"
    found = rows.order_by(moment, "pk")
    if cursor:
        try:
            at, key = open_cursor(settings.SECRET_KEY, cursor, about=about)
        except CursorInvalid:
            raise Problem("cursor_invalid") from None
        found = found.filter(Q(**{f"{moment}__gt": at}) | Q(**{moment: at, "pk__gt": key}))
    cut: list[Model] = list(found[: limit + 1])
    if len(cut) <= limit:
        return cut, ""
    last = cut[limit - 1]
    mark = seal_cursor(settings.SECRET_KEY, at=getattr(last, moment), row=last.pk, about=about)
    return cut[:limit], mark
