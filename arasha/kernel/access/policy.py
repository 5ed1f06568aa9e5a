"""What a post may do, by its functions. There is no superuser: who has no function has no right."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from arasha.kernel.access.rules import Actor, Refused, matrix

View = TypeVar("View", bound=Callable[..., Any])
MARK = "arasha_policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a URL: everybody, everybody signed in, or posts with a right."""

    kind: Literal["public", "sign_in", "signed_in", "right", "api"]
    right: str = ""
    reason: str = ""
    streams: bool = False


class ActingRequest(HttpRequest):
    """A request that came through the door of a page that is not public: somebody acts in it."""

    actor: Actor
    policy: Policy


def public(*, reason: str) -> Callable[[View], View]:
    """Declare a URL open to everybody; the reason is for the reader of the code and is required."""
    if not reason:
        raise ValueError("a public page says why it is public")
    return _marked(Policy("public", reason=reason))


def sign_in(view: View) -> View:
    """Declare a page of the sign-in: it runs as system work with that purpose, no dossier is near."""
    return _marked(Policy("sign_in"))(view)


def signed_in(view: View) -> View:
    """Declare a URL open to whoever is signed in, with or without a post."""
    return _marked(Policy("signed_in"))(view)


def may(right: str, *, streams: bool = False) -> Callable[[View], View]:
    """Declare a URL open to posts with a right (`access/data/rights.csv`), or with a function of that code.

    `streams`: the view returns a streaming response and opens its own transactions.
    """
    if right not in matrix.rights() and right not in matrix.of_functions():
        raise ValueError(f"no such right or function: {right}")
    return _marked(Policy("right", right=right, streams=streams))


def api(scope: str) -> Callable[[View], View]:
    """Declare an endpoint for accounts of other systems that have this scope; "" is open to every account.

    It is reached through the door of `kernel.exchange` alone, never with a session.
    """
    return _marked(Policy("api", right=scope))


def _marked(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, MARK, policy)
        return view

    return mark


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return what a view declares, also through `as_view()` and wrappers that keep attributes."""
    found = getattr(view, MARK, None) or getattr(getattr(view, "view_class", None), MARK, None)
    return found if isinstance(found, Policy) else None


def declare_all(patterns: Iterable[URLPattern | URLResolver], mark: Callable[[Any], Any]) -> None:
    """Declare one policy for every URL of somebody else's URL table (sign-in pages of a library)."""
    for _, view in views_of(patterns):
        mark(view)


def views_of(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (route, view) of every URL in a table, the included ones too."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def undeclared(table: str | None = None) -> list[str]:
    """Return the routes of a URL table (unset: this process's) that declare no policy: none is reachable."""
    return [route for route, view in views_of(get_resolver(table).url_patterns) if policy_of(view) is None]


def allows(actor: Actor, right: str) -> bool:
    """Return whether the post's functions give the right, or are the function of that code."""
    holders = matrix.rights().get(right, frozenset({right}))
    return bool(actor.functions & holders)


def require(actor: Actor, right: str) -> None:
    """Raise `Refused` unless the post has the right."""
    if not allows(actor, right):
        raise Refused


_request: ContextVar[str] = ContextVar("arasha_request", default="")


def request_id() -> str:
    """Return the random id of the request that is being served, "" outside one."""
    return _request.get()


@contextmanager
def serving(request: str) -> Iterator[None]:
    """Let `request_id` answer while a request is served."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)
