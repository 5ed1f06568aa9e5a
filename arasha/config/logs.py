"""Logs: one JSON object a line, made so that no name can come into them.

What is written is chosen, not removed: the message of loggers that we know, the bare template of all others,
a route instead of a path (paths may carry one-time codes), the kind and place of an error instead of its text
(texts of databases and forms quote what people typed).
"""

import copy
import logging
import traceback
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# These write codes, ids and counts. Of all others only the constant template is kept.
SPEAKING = ("arasha", "procrastinate", "gunicorn.error", "django.request", "django.security")
# django.request and django.security put the path into their message; it is replaced by the route.
ROUTED = ("django.request", "django.security")
# Further fields that a log call may add.
FIELDS = ("status_code", "request_id", "component", "queue", "job_id", "seconds", "exit_code", "count")
STANDARD = frozenset(logging.makeLogRecord({}).__dict__)
PACKAGE = Path(__file__).resolve().parents[1]


def _belongs(name: str, families: tuple[str, ...]) -> bool:
    return any(name == family or name.startswith(family + ".") for family in families)


def describe(error: BaseException) -> list[str]:
    """Tell an error by its kinds, SQLSTATE and places, innermost last, without any of its texts."""
    told = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        state = getattr(current, "sqlstate", None)
        told.append(f"{kind.__module__}.{kind.__qualname__}" + (f" [{state}]" if state else ""))
        told += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return told


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return str(path.relative_to(PACKAGE.parent))
    return "/".join(path.parts[-2:])


class NamelessFormatter(JsonFormatter):
    """Formats a cleaned copy of the record, so that other handlers get theirs untouched."""

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "message"],
            datefmt="%Y-%m-%dT%H:%M:%S%z",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        return super().format(self.cleaned(record))

    def cleaned(self, record: logging.LogRecord) -> logging.LogRecord:
        """Return a copy of the record that holds only what may be written."""
        clean = copy.copy(record)
        for name in set(record.__dict__) - STANDARD - set(FIELDS):
            delattr(clean, name)
        if _belongs(record.name, ROUTED):
            clean.msg, clean.args = f"{record.levelname.lower()} at %s", (_route(record),)
        elif not _belongs(record.name, SPEAKING):
            clean.args = ()
            clean.msg = record.msg if record.args and isinstance(record.msg, str) else f"({record.name})"
        if record.exc_info and record.exc_info[1] is not None:
            clean.error = describe(record.exc_info[1])
        clean.exc_info = clean.exc_text = clean.stack_info = None
        return clean


def _route(record: logging.LogRecord) -> str:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return match.route if match is not None else "no route"


def configuration() -> dict[str, Any]:
    """Return LOGGING: everything from INFO of ours and WARNING of others, as JSON lines on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"nameless": {"()": NamelessFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "nameless"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "arasha": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "gunicorn.error": {"level": "INFO"},
        },
    }
