"""One PostgreSQL for the whole test session, a clone of its template for each worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

from arasha.kernel.vault.actions import make_keys
from arasha.ui.catalogues.files import compile_all
from tests import cluster as clusters
from tests.cluster import Cluster
from tests.database import ClonedDatabase, use_for_rollback

# Nothing is timed in tests: the first example pays for imports, and builders share the machine.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Give the session a key of its own and fresh catalogues; start the cluster before xdist's workers start."""
    settings.SECRET_KEY = clusters.SECRET_KEY
    settings.PASSWORD_HASHERS = ["tests.hashing.LightScrypt"]
    # The real cache works on a connection of its own, outside a test's transaction; one test uses it in a clone.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if hasattr(config, "workerinput"):
        return
    if any(is_stale(catalogue) for catalogue in Path(settings.PACKAGE).rglob("django.po")):
        compile_all()
    if getattr(config.option, "numprocesses", None):
        cluster = Cluster.started()
        os.environ[clusters.MARK] = cluster.mark()
        config.add_cleanup(cluster.stop)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last, after the shuffling: Playwright's event loop stays in its process to the end.

    A test that starts a loop of its own, as a worker of the queue does, can't follow it there.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def is_stale(catalogue: Path) -> bool:
    """Say whether a catalogue's binary is missing or older than its text."""
    binary = catalogue.with_suffix(".mo")
    return not binary.exists() or binary.stat().st_mtime < catalogue.stat().st_mtime


@pytest.fixture(scope="session", autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests' keys, and what they open, in folders of their own."""
    folder = tmp_path_factory.mktemp("keys")
    folder.chmod(0o700)
    settings.ARASHA_KEYS = Path(folder)
    settings.ARASHA_PUBLIC_KEYS = Path(folder).with_name(f"{Path(folder).name}-public")
    state = tmp_path_factory.mktemp("vault")
    settings.ARASHA_KEY_STORE, settings.ARASHA_KEY_STORE_URL = state / "keystore", ""
    settings.ARASHA_ERASURE_LEDGER, settings.ARASHA_KEY_BACKUPS = state / "erasures" / "ledger", state / "backups"
    settings.ARASHA_SURVEYS = state / "surveys"
    settings.ARASHA_FILES, settings.ARASHA_CLAMD, settings.ARASHA_KEY_SERVER = state / "files", "", ""
    make_keys()


@pytest.fixture(scope="session", autouse=True)
def _own_static_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Serve assets from the applications' folders: nothing is collected for tests."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The session's PostgreSQL; started by whoever needs it first, or by xdist's controller."""
    mark = os.environ.get(clusters.MARK)
    if mark:
        yield Cluster.joined(mark)
        return
    started = Cluster.started()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker a clone for the tests that are rolled back."""
    name = cluster.clone()
    with django_db_blocker.unblock():
        use_for_rollback(cluster, name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    cluster.drop(name)


@pytest.fixture
def cloned_database(cluster: Cluster) -> Iterator[ClonedDatabase]:
    """A fresh clone with true logins, for tests that commit or attack."""
    made = ClonedDatabase.made(cluster)
    yield made
    cluster.drop(made.name)


@contextmanager
def same_connection() -> Iterator[CursorWrapper]:
    """Give a cursor of the test's own connection, as a savepoint of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


@pytest.fixture(autouse=True)
def _looks_in_the_tests_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the access log be rolled back with the test; a test in a clone sets `looks.own_connection` again."""
    from arasha.kernel.access import looks  # noqa: PLC0415 - Django is set up by now

    monkeypatch.setattr(looks, "channel", same_connection)


@pytest.fixture(autouse=True)
def _counts_its_own_tries() -> None:
    """Forget what earlier tests counted: thirty sign-ins a minute from one address are soon reached by quick tests."""
    backend = caches["default"]
    if isinstance(backend, LocMemCache):  # the real one, where a test uses it, holds what that test looks for
        backend.clear()
