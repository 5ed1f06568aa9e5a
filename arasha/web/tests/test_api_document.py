"""The document that others build against is valid, says what the code does, and changes by review alone."""

import json
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from arasha.kernel.exchange.models import Event
from arasha.kernel.exchange.rules import SCOPES, problems
from arasha.web.api import document, text
from arasha.web.api.document import EVENTS
from arasha.web.management.commands.api import KEPT


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Return address, method and description of every operation."""
    return [
        (path, method, operation) for path, known in document()["paths"].items() for method, operation in known.items()
    ]


def test_it_is_a_valid_openapi_3_1_document() -> None:
    assert document()["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document()).iter_errors()) == []


def test_the_document_that_is_kept_is_the_one_that_the_code_makes() -> None:
    assert KEPT.read_text(encoding="utf-8") == text(), "run `arasha api document --write` and review the difference"


def test_every_operation_says_its_scope_and_its_problems() -> None:
    for path, method, operation in operations():
        (scopes,) = (scheme["token"] for scheme in operation["security"])
        assert set(scopes) <= set(SCOPES), path
        assert {"400", "401", "403", "404", "422", "429", "500", "503"} <= set(operation["responses"]), path
        keyed = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
        assert ("Idempotency-Key" in keyed) == (method == "post"), path
        assert operation["summary"], path


def test_every_problem_and_every_event_stands_in_it() -> None:
    assert document()["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(problems())
    assert set(document()["webhooks"]) == set(EVENTS)


@pytest.mark.django_db
def test_its_events_are_those_that_acts_tell() -> None:
    assert set(EVENTS) == set(Event.objects.values_list("event", flat=True))


@pytest.mark.django_db
def test_everybody_may_read_it_without_an_account() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content) == document()
