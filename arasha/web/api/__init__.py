"""The programming interface for other systems, put together from every folder's endpoints.

A room of `web`: what it assembles no folder below knows together. The document is `/api/v1/openapi.json`; the page for
people who build against it is `/api/`.
"""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from arasha.helpline.api import router as helpline
from arasha.kernel.access import policy as access
from arasha.kernel.exchange.api import Api, StrictParser, Utf8Renderer
from arasha.obligations.api import router as obligations
from arasha.people.api import router as people
from arasha.services.api import router as directory
from arasha.signals.api import router as signals
from arasha.web.api.document import described
from arasha.web.api.endpoints import codes, own

DESCRIPTION = (
    "For the information systems of hospitals, schools and the police: tell of a child, ask whether it is being worked"
    " on, read what your unit owes and why, say that it was done, send rows of your registers, tell what happened"
    " to calls of your helpline, and find help in the directory. No answer names a"
    " child, and what is not yours answers as what is not there. Times are in UTC; codes are explained by"
    " `/code-lists/{name}`."
)
api = Api(
    title="Arasha",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    parser=StrictParser(),
    renderer=Utf8Renderer(),
)
for router in (own, signals, obligations, people, helpline, directory, codes):
    api.add_router("", router)


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document: the library's, with our scopes, keys, problems and webhooks said in it."""
    return described(json.loads(json.dumps(dict(api.get_openapi_schema(path_prefix="/api/v1/")), default=str)))


def text() -> str:
    """Return the document as it is kept in `docs/api/openapi.json`."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@access.public(reason="the document for people who build against the interface; it tells of no child and no unit")
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI 3.1 document."""
    return HttpResponse(text(), content_type="application/json; charset=utf-8")


def addresses() -> list[URLPattern]:
    """Return the addresses of every endpoint and of the document; only the exchange's door leads to them."""
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    access.declare_all(found, access.api(""))
    return [path("openapi.json", openapi, name="openapi"), *found]
