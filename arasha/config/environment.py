"""The ARASHA_* settings, read once and checked, with errors that name the variable."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

DSNS = ("ARASHA_DATABASE_URL", "ARASHA_OWNER_DATABASE_URL")


class ConfigurationError(Exception):
    """A setting is missing or wrong; the message names the variable and what it takes."""


def text(name: str, default: str = "") -> str:
    """Return the variable as text, or the default when it is unset or empty."""
    return os.environ.get(name) or default


@contextmanager
def instead(values: Mapping[str, str]) -> Iterator[None]:
    """Let variables have other values for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as yes or no; anything but 1/true/yes/0/false/no is an error."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes"}:
        return True
    if value in {"0", "false", "no"}:
        return False
    raise ConfigurationError(f"{name} must be 1 or 0, not {value!r}")


def demonstration() -> str:
    """Return what ARASHA_DEMONSTRATION asks for: `regions`, which is so when unset, `district`, or nothing (0)."""
    wish = os.environ.get("ARASHA_DEMONSTRATION", "").strip().lower()
    if wish in {"regions", "district"}:
        return wish
    return "regions" if flag("ARASHA_DEMONSTRATION", default=True) else ""


def number(name: str, default: int, *, least: int = 0, most: int = 65535) -> int:
    """Return the variable as a whole number between `least` and `most`."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ConfigurationError(f"{name} must be a number from {least} to {most}, not {value!r}")
    return int(value)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return the variable when it is one of the choices; unset means the first of them."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise ConfigurationError(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute path."""
    return Path(os.environ.get(name) or default).expanduser().absolute()


def brings_database() -> bool:
    """Say whether the operator brings a PostgreSQL; one DSN without the other is an error."""
    given = [bool(text(name)) for name in DSNS]
    if any(given) and not all(given):
        raise ConfigurationError(f"Set both {DSNS[0]} and {DSNS[1]}, or neither.")
    return all(given)


def database(url: str, variable: str) -> dict[str, object]:
    """Turn a postgresql:// URL into Django's settings for one connection.

    The host may be a percent-encoded socket folder; query parameters become libpq options.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ConfigurationError(f"{variable} must start with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or (parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"server_side_binding": True, **options},
    }
