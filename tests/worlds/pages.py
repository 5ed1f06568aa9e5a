"""Every address of the house, and what an answer says to whoever compares two of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What differs between two answers that say the same: tokens against forged forms, forms' tickets, challenges.
CHANCE = (
    (re.compile(rb'name="once" value="[^"]+"'), b"ticket"),
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'), b"token"),
    (re.compile(rb'"challenge": ?"[^"]+"'), b"challenge"),
    (re.compile(rb"&quot;challenge&quot;: ?&quot;[^&]+&quot;"), b"challenge"),
)
# Drawn at random and saying nothing: ids, the numbers of notices, the digits of a case's number.
RANDOM_ID = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    rb"|\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b"
    rb"|(?<=\b[A-Z]{3}-[0-9]{2}-)[0-9]{6}\b"
)
NOBODYS = "5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21"
# Asked besides the bare addresses: filters, marks of pages that nobody wrote, other languages.
ASKED = (
    "/?language=kk",
    "/signals/?state=waiting",
    "/signals/?state=closed",
    f"/signals/?after=20260101T000000.000000~{NOBODYS}",
    f"/cases/?before=20990101T000000.000000~{NOBODYS}",
    "/signals/report/?place=613900000",
    f"/messages/?after={NOBODYS}",
    "/procedures/suspected_violence_health/2/",
    "/procedures/suspected_violence_health/2/difference/1/",
    "/nowhere/",
)
# Region and nation see every district's figures on the board (decision 14): numbers may differ there, and nothing else.
FIGURES, BOARD = ("nation", "region"), "/board/"
Answer = tuple[int, tuple[tuple[str, str], ...], bytes]


def routes(patterns: Iterable[Any] | None = None, before: str = "") -> Iterator[str]:
    """Yield the route of every address of the URL table."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)


def filled(route: str, ids: Mapping[str, list[str]], numbers: Iterable[int]) -> Iterator[str]:
    """Yield a route's addresses with every id of the parameter's name and one of nobody, or with every number."""
    found = PARAMETER.findall(route)
    values = {"int": [str(number) for number in numbers]}
    choices = [[*ids.get(name, []), NOBODYS] if kind == "uuid" else values.get(kind, ["x"]) for kind, name in found]
    for chosen in product(*choices):
        rest = iter(chosen)
        yield "/" + PARAMETER.sub(lambda _match, rest=rest: next(rest), route)  # type: ignore[misc]  # bound at once


def addresses(ids: Mapping[str, list[str]], numbers: Iterable[int] = ()) -> list[str]:
    """Return every address of the house, filled, and those with a query."""
    numbers = list(numbers)
    return [*(address for route in routes() for address in filled(route, ids, numbers)), *ASKED]


def answer(response: Any) -> Answer:
    """Return status, headers with the cookies' names, and the body without what is chance."""
    headers = sorted(response.headers.items())
    headers += sorted(("Set-Cookie", _cookie(morsel)) for morsel in response.cookies.values())
    body = response.content
    for pattern, word in CHANCE:
        body = pattern.sub(word, body)
    return response.status_code, tuple(headers), body


def _cookie(morsel: Any) -> str:
    """Return a cookie; of the token against forged forms, only that it is set."""
    text = str(morsel.OutputString())
    return text.replace(morsel.value, "token") if morsel.key == settings.CSRF_COOKIE_NAME else text


def without_random_ids(found: Answer) -> Answer:
    """Return an answer in which random ids are numbered by where they first stand."""
    known: dict[bytes, bytes] = {}
    status, headers, body = found
    body = RANDOM_ID.sub(lambda match: known.setdefault(match[0], b"id %d" % len(known)), body)
    return status, headers, body


def crawled(browser: Client, wanted: Iterable[str]) -> dict[str, Answer]:
    """Open every address and return the answers."""
    return {address: answer(browser.get(address)) for address in wanted}
