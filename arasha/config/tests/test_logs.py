"""No name, no typed word and no one-time code comes into a log."""

import json
import logging
from typing import Any

import psycopg.errors
import pytest
from django.test import RequestFactory
from django.urls import ResolverMatch

from arasha.config.logs import NamelessFormatter, describe

NAME = "Айгүл Серікқызы"


def line(logger: str, message: str, *args: object, **fields: Any) -> dict[str, Any]:
    record = logging.LogRecord(
        logger, logging.ERROR, "somewhere.py", 1, message, args, fields.pop("exc_info", None), "function"
    )
    for name, value in fields.items():
        setattr(record, name, value)
    written = NamelessFormatter().format(record)
    assert NAME not in written
    found: dict[str, Any] = json.loads(written)
    return found


def failure(error: Exception) -> tuple[type[Exception], Exception, Any]:
    try:
        raise error
    except Exception as raised:
        return type(raised), raised, raised.__traceback__


def test_our_own_messages_are_written_with_their_codes() -> None:
    written = line("arasha.kernel.journal", "sealed %s acts", 12, component="sealer")
    assert (written["message"], written["component"], written["level"]) == ("sealed 12 acts", "sealer", "ERROR")


def test_strangers_loggers_give_their_template_and_never_their_values() -> None:
    assert line("some.library", "cannot parse %s", NAME)["message"] == "cannot parse %s"


def test_a_ready_made_text_of_a_stranger_is_not_written() -> None:
    assert line("some.library", f"cannot parse {NAME}")["message"] == "(some.library)"


def test_a_logger_whose_name_only_begins_like_ours_is_a_stranger() -> None:
    assert line("arashaesque", "hello %s", NAME)["message"] == "hello %s"


def test_unknown_fields_are_dropped() -> None:
    assert "child" not in line("arasha.people", "matched", child=NAME)


def test_an_error_is_told_by_kind_state_and_place_without_its_text() -> None:
    cause = psycopg.errors.UniqueViolation(f"Key (name)=({NAME}) already exists.")
    error = ValueError(NAME)
    error.__cause__ = cause
    told = line("arasha.people", "failed", exc_info=failure(error))["error"]
    assert told[0] == "builtins.ValueError"
    assert "arasha/config/tests/test_logs.py" in told[1]
    assert told[-1] == "psycopg.errors.UniqueViolation [23505]"


def test_errors_that_cause_each_other_in_a_ring_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert describe(first) == ["builtins.ValueError", "builtins.KeyError"]


@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf"])
def test_a_path_is_written_as_its_route_because_paths_carry_one_time_codes(logger: str) -> None:
    request = RequestFactory().get("/invitation/one-time-code/", {"q": NAME})
    request.resolver_match = ResolverMatch(lambda: None, (), {}, route="invitation/<str:code>/")
    written = line(logger, "Forbidden: %s", request.path, request=request, status_code=403)
    assert written["message"] == "error at invitation/<str:code>/"
    assert written["status_code"] == 403
    assert "one-time-code" not in json.dumps(written)


def test_a_path_of_no_route_is_not_written() -> None:
    request = RequestFactory().get(f"/{NAME}")
    assert line("django.request", "Not Found: %s", request.path, request=request)["message"] == "error at no route"


def test_other_handlers_still_get_the_whole_record() -> None:
    record = logging.LogRecord("some.library", logging.ERROR, "x.py", 1, "about %s", (NAME,), None)
    NamelessFormatter().format(record)
    assert record.getMessage() == f"about {NAME}"
