"""What the library's OpenAPI document does not say by itself: scopes, keys, languages, problems, webhooks."""

from typing import Any, Final

from arasha.kernel.exchange.rules.problems import field_words, problems
from arasha.kernel.exchange.rules.scopes import SCOPES

ALWAYS: Final = ("400", "401", "403", "404", "422", "429", "500", "503")
POSTED: Final = ("409", "413", "415")
EVENTS: Final = {
    "obligation.raised": "Your unit owes something new.",
    "obligation.overdue": "A duty of your unit was not met in time.",
    "obligation.escalated": "A duty of your unit, or of one below it, was told further up.",
    "obligation.met": "A duty of your unit was met.",
    "signal.state_changed": "Somebody took, closed or joined a signal that your unit leads.",
}
KEY: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": (
        "A random UUID (version 4), a new one for each request. The same request sent again with the same key within"
        " 24 hours gets the same answer, and is done once."
    ),
}
LANGUAGE: Final = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "schema": {"type": "string", "enum": ["kk", "ru", "en"]},
    "description": "The language of problems' titles; Kazakh unless you say otherwise.",
}
AGAIN: Final = {"schema": {"type": "integer"}, "description": "Seconds after which to try again"}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with all that the door does for every endpoint."""
    components = document["components"]
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "The account's token. Scopes: " + ", ".join(SCOPES) + ".",
        }
    }
    components["schemas"] |= {"Problem": _problem(), "Event": _event()}
    components["responses"] = {
        status: {
            "description": "; ".join(sorted(kind.code for kind in problems().values() if str(kind.status) == status)),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": {"Retry-After": AGAIN}} if status in {"429", "503"} else {}),
        }
        for status in (*ALWAYS, *POSTED)
    }
    for path in document["paths"].values():
        for method, operation in path.items():
            _operation(operation, posted=method == "post")
    document["webhooks"] = {event: {"post": _webhook(event, words)} for event, words in EVENTS.items()}
    document.pop("servers", None)
    return document


def _operation(operation: dict[str, Any], *, posted: bool) -> None:
    scope = operation.pop("x-scope")
    operation["security"] = [{"token": [scope] if scope else []}]
    operation["parameters"] = [*operation["parameters"], *([KEY] if posted else []), LANGUAGE]
    for status in (*ALWAYS, *(POSTED if posted else ())):
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}


def _problem() -> dict[str, Any]:
    error = {
        "type": "object",
        "required": ["place", "code", "detail"],
        "properties": {
            "place": {
                "type": "string",
                "description": "A JSON pointer into the body, or source and name of a parameter",
            },
            "code": {"type": "string", "enum": sorted(field_words())},
            "detail": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "description": "RFC 9457. Codes stay; titles may be written better.",
        "required": ["type", "code", "title", "status"],
        "properties": {
            "type": {"type": "string", "description": "Where the code is explained"},
            "code": {"type": "string", "enum": sorted(problems())},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": error},
        },
    }


def _event() -> dict[str, Any]:
    data = {
        "type": "object",
        "required": ["id", "link"],
        "properties": {"id": {"type": "string", "format": "uuid"}, "link": {"type": "string", "format": "uri"}},
    }
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "enum": sorted(EVENTS)},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": data,
        },
    }


def _webhook(event: str, words: str) -> dict[str, Any]:
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    return {
        "summary": words,
        "operationId": event.replace(".", "_"),
        "parameters": [
            {"in": "header", "name": name, "required": True, "schema": {"type": "string"}} for name in names
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}},
        },
        "responses": {"2XX": {"description": "Taken. Anything else is tried again for a day and a half."}},
    }
