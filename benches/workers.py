"""Who acts in the benches: a worker of a unit, signed in, and raw connections that do what Django's would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client

from arasha.kernel.access.actions import begin_session, enter
from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor, proof, token_hash
from benches.place import SECRET_KEY, Bench

FAR = datetime(2099, 1, 1, tzinfo=UTC)
Query = tuple[str, Any]


@dataclass(frozen=True)
class Worker:
    """Somebody with a session; in the benches a unit, its post and its worker have one number."""

    unit: int
    token: str

    def enter(self) -> Actor:
        """Act until the transaction ends."""
        return enter(self.token, self.unit)


def worker(bench: Bench, function: str) -> Worker:
    """Sign in the worker of the first unit with this function."""
    with bench.superuser() as superuser:
        found = superuser.execute("SELECT min(id) FROM bench.unit WHERE function = %s", [function]).fetchone()
    unit = int(str(found[0])) if found else 0
    token = f"bench {unit}"
    begin_session(user_id=unit, token=token, expires_at=FAR)
    return Worker(unit, token)


def browser_of(who: Worker) -> Client:
    """Return a browser in which a worker is signed in and reads Kazakh."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(who.unit)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = User(pk=who.unit, password="!").get_session_auth_hash()  # noqa: S106 - what the data hold
    store["post"] = who.unit
    store.set_expiry(FAR)
    store.save()
    browser = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "kk"
    return browser


def asked(who: Worker, read: Callable[[Actor], object]) -> list[Query]:
    """Return the queries that a reading asks, with their parameters, as the application's role asks them."""
    queries: list[Query] = []
    with transaction.atomic():
        actor = who.enter()
        with noting(queries):
            read(actor)
    return queries


@contextmanager
def noting(queries: list[Query]) -> Iterator[None]:
    """Note every query that Django asks, with its parameters."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def system_app(bench: Bench, purpose: str) -> psycopg.Connection[Any]:
    """Return a connection of the application's role, in a transaction of clock-driven work; the caller closes it."""
    app = psycopg.connect(bench.url("app"), prepare_threshold=None)
    found = app.execute("SELECT access.transaction_mark()").fetchone()
    signed = proof(SECRET_KEY, f"enter_system|{purpose}|{found[0] if found else ''}")
    app.execute("SELECT access.enter_system(%s, %s::bytea)", [purpose, signed])
    return app


@contextmanager
def as_app(bench: Bench, who: Worker) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of the application's role, in a transaction in which the worker acts."""
    with psycopg.connect(bench.url("app"), prepare_threshold=None) as app:
        app.execute("SELECT access.enter(%s::bytea, %s::integer)", [token_hash(who.token), who.unit])
        yield app
        app.rollback()


@contextmanager
def bare(bench: Bench) -> Iterator[psycopg.Connection[Any]]:
    """Give a superuser's connection in a transaction: the same tables without row security."""
    with bench.superuser() as connection, connection.transaction():
        yield connection


def run(connection: psycopg.Connection[Any], queries: list[Query]) -> None:
    """Ask the queries and fetch their rows."""
    for sql, params in queries:
        connection.execute(sql.encode(), params).fetchall()
