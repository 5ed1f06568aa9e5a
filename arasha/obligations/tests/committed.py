"""A made-up place that is committed: for work by several at once, with the true logins of the application."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from django.conf import settings
from django.db import connections, transaction

from tests.cluster import Cluster
from tests.database import ClonedDatabase, use, use_for_rollback

Made = TypeVar("Made")


@contextmanager
def committed(cluster: Cluster, database: ClonedDatabase, build: Callable[[], Made]) -> Iterator[Made]:
    """Build as tests build, with a login that may become the owner; then go on as the application's own login."""
    with database.as_default():
        use_for_rollback(cluster, database.name)
        with transaction.atomic():
            made = build()
        connections["default"].close()
        del connections["default"]
        use(settings.DATABASES["default"], database.app)
        yield made


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    """Start the work in a thread with connections of its own; what it raises lands in the list."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failures


def all_at_once(work: Callable[[], object], times: int) -> list[list[BaseException]]:
    """Let the work be done by several at once; returns what each raised."""
    started = [in_thread(work) for _time in range(times)]
    for thread, _failures in started:
        thread.join(120)
    return [failures for _thread, failures in started]


def killed_before_its_end(
    database: ClonedDatabase, work: Callable[[], object], meanwhile: Callable[[], object]
) -> None:
    """Let the work be done in a transaction whose connection is killed before it commits; others act meanwhile."""
    done, go_on = threading.Event(), threading.Event()

    def dying() -> None:
        with transaction.atomic():
            work()
            done.set()
            go_on.wait(60)

    thread, failures = in_thread(dying)
    assert done.wait(60), failures
    meanwhile()
    with psycopg.connect(database.superuser, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'idle in transaction'"
        )
    go_on.set()
    thread.join(120)
    assert [type(failure).__name__ for failure in failures] == ["OperationalError"]


def counted(database: ClonedDatabase, query: str) -> int:
    """Return the number that a query finds, past row security."""
    with psycopg.connect(database.superuser) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
