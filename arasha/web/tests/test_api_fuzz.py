"""Schemathesis asks a running server what the document allows and what it doesn't, with each scope alone.

Long: `make test-all` and `make security` run it. The server listens on loopback, on a clone of the database.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test.testcases import QuietWSGIRequestHandler
from pytest_django import DjangoDbBlocker

from arasha.kernel.access import looks
from arasha.kernel.exchange import door
from arasha.kernel.exchange.rules import SCOPES
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.obligations.tests import cast
from tests.cluster import Cluster
from tests.database import ClonedDatabase

pytestmark = pytest.mark.long
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = os.environ.get("ARASHA_FUZZ_EXAMPLES", "40")


@dataclass
class Place:
    """A running server and a system for each scope."""

    url: str
    systems: dict[str, System]


@pytest.fixture(scope="module")
def place(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Serve a district with one duty for the length of the module."""
    database = ClonedDatabase.made(cluster)
    before, looks.channel = looks.channel, looks.own_connection
    most, door.A_MINUTE = door.A_MINUTE, 1_000_000
    with django_db_blocker.unblock():
        with replace(database, app=database.owner).as_default(), transaction.atomic():
            district = cast.make_district()
            cast.report(district)
            with cast.building():
                inspector = district.inspector.unit.pk
                systems = {scope: make_system(inspector, "juvenile_inspection", scopes=[scope]) for scope in SCOPES}
                systems["signals:write"] = make_system(district.doctor.unit.pk, "health_care", scopes=["signals:write"])
        with database.as_default():
            server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
            server.set_app(get_wsgi_application())
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            yield Place(f"http://127.0.0.1:{server.server_address[1]}/api/v1/openapi.json", systems)
            server.shutdown()
            thread.join()
            server.server_close()
    looks.channel, door.A_MINUTE = before, most
    cluster.drop(database.name)


@pytest.mark.parametrize("scope", SCOPES)
def test_whatever_is_asked_with_a_scope_is_answered_as_the_document_says(
    place: Place, scope: str, tmp_path: Path
) -> None:
    schemathesis = Path(sys.executable).parent / "schemathesis"
    token = place.systems[scope].token
    words = [str(schemathesis), "run", place.url, "--header", f"Authorization: Bearer {token}"]
    words += ["--checks", CHECKS, "--max-examples", EXAMPLES, "--no-color", "--request-timeout", "30"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=1500)  # noqa: S603
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
