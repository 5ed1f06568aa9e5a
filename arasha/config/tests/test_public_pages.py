"""The process that serves the public: it runs beside the others, holds nothing of theirs and writes nobody down."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from arasha.config import secrets
from arasha.config.postgres.place import Place
from arasha.config.running import public
from arasha.config.tests.test_run import Run, child_like, children, public_address, running
from tests.cluster import SECRET_KEY
from tests.database import ClonedDatabase

WORD = "zhanarcanary"
CLIENT = "127.0.0.77"
BEHIND_A_PROXY = "203.0.113.77"
ROLES = ("arasha_app", "arasha_owner", "arasha_public", "arasha_backup")
# What a process remembers after it has read its settings: every byte that it may write, into a file.
REMEMBER = """
import sys, django
django.setup()
from django.conf import settings
assert settings.SECRET_KEY
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory, open(sys.argv[1], "wb") as kept:
    for line in maps:
        span, rights = line.split()[:2]
        if rights.startswith("rw") and "[v" not in line:
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            try:
                kept.write(memory.read(end - start))
            except OSError:
                pass
"""


def environment(state: Path, settings: str) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
    return {**given, "ARASHA_STATE": str(state), "DJANGO_SETTINGS_MODULE": settings}


def told(script: str, variables: dict[str, str], *words: str) -> str:
    """Run a script in a process of its own and return what it prints."""
    command = [sys.executable, "-W", "ignore", "-c", script, *words]
    return subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


@pytest.fixture
def known(tmp_path: Path) -> dict[str, bytes]:
    """What an installation's files hold: its key and its passwords."""
    place = Place(tmp_path / "state")
    place.passwords.mkdir(parents=True)
    found = {role: place.make_password(role).encode() for role in ROLES}
    return found | {"secret": secrets.make(place.state / "keys" / "secret_key").encode()}


@pytest.mark.parametrize(
    ("module", "remembered"),
    [
        ("arasha.config.settings", {"secret", "arasha_app", "arasha_owner", "arasha_backup"}),
        ("arasha.config.public", {"arasha_public"}),
    ],
)
def test_its_memory_holds_one_password_and_no_key(
    tmp_path: Path, known: dict[str, bytes], module: str, remembered: set[str]
) -> None:
    variables, kept = environment(tmp_path / "state", module), tmp_path / "memory"
    told(REMEMBER, variables, str(kept))
    memory = kept.read_bytes()
    kept.unlink()
    assert len(memory) > 10**7
    assert {name for name, value in known.items() if value in memory} == remembered


def test_its_settings_stand_without_any_secret_of_the_staff(tmp_path: Path) -> None:
    script = (
        "import django; django.setup(); from django.conf import settings as s; from django.db import connections;"
        "print(len(s.SECRET_KEY) > 50, sorted(s.DATABASES), s.DATABASES['default']['USER'], s.ARASHA_KEYS.exists(),"
        "[m for m in s.MIDDLEWARE if 'ession' in m or 'sr' in m.lower() or 'auth' in m or 'gzip' in m])"
    )
    variables = environment(tmp_path / "nothing-there", "arasha.config.public")
    given = {**variables, "ARASHA_SECRET_KEY": "x" * 60, "ARASHA_KEYS": str(tmp_path)}
    expected = "True ['default'] arasha_public False []\n"
    assert [told(script, variables), told(script, given)] == [expected, expected]


def test_it_is_started_with_little_and_only_where_its_role_can_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "ARASHA_SECRET_KEY": "a",
        "ARASHA_KEYS": "b",
        "ARASHA_DATABASE_URL": "c",
        "ARASHA_OWNER_DATABASE_URL": "d",
        "ARASHA_SMTP_PASSWORD": "e",
        "AWS_SECRET_ACCESS_KEY": "f",
        "ARASHA_PUBLIC_DATABASE_URL": "g",
        "ARASHA_PUBLIC_KEYS": "h",
        "ARASHA_PROXIES": "1",
    }
    assert public.variables(given, Path("/state")) == {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "ARASHA_PUBLIC_DATABASE_URL": "g",
        "ARASHA_PUBLIC_KEYS": "h",
        "ARASHA_PROXIES": "1",
        "ARASHA_STATE": "/state",
    }
    for name in ("ARASHA_DATABASE_URL", "ARASHA_OWNER_DATABASE_URL", "ARASHA_PUBLIC_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert public.is_possible()
    monkeypatch.setenv("ARASHA_DATABASE_URL", "postgresql://a@/b")
    monkeypatch.setenv("ARASHA_OWNER_DATABASE_URL", "postgresql://a@/b")
    assert not public.is_possible()
    monkeypatch.setenv("ARASHA_PUBLIC_DATABASE_URL", "postgresql://a@/b")
    assert public.is_possible()


def answer(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask from an address of our own choice, so that a log that held it could be told from one that does not."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(CLIENT, 0))
    try:
        body = f"words={WORD}" if method == "POST" else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, {**kind, **headers})
        found = connection.getresponse()
        return found.status, {name.lower(): value for name, value in found.getheaders()}, found.read().decode()
    finally:
        connection.close()


def mumble(port: int, words: bytes) -> bytes:
    """Send what is no request."""
    with socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(CLIENT, 0)) as connection:
        connection.sendall(words)
        return connection.recv(4096)


def told_port(run: Run) -> int:
    return urlsplit(public_address(run)).port or 0


@pytest.fixture
def run(state: Path, cloned_database: ClonedDatabase) -> Iterator[Run]:
    brought = {
        "ARASHA_DATABASE_URL": cloned_database.app,
        "ARASHA_OWNER_DATABASE_URL": cloned_database.owner,
        "ARASHA_PUBLIC_DATABASE_URL": cloned_database.public,
        "ARASHA_SECRET_KEY": SECRET_KEY,
        "ARASHA_PROXIES": "1",
    }
    with running(state, **brought) as started:
        yield started


def test_it_serves_beside_the_others_and_nobody_who_came_is_written_down(
    run: Run, state: Path, cloned_database: ClonedDatabase
) -> None:
    port = told_port(run)
    own = {"Origin": f"http://127.0.0.1:{port}", "User-Agent": WORD, "Referer": f"http://{WORD}.example/"}
    cookies = {"Cookie": f"arasha_session={WORD}", "X-Forwarded-For": BEHIND_A_PROXY, **own}
    asked = [
        ("GET", "/-/live", 200),
        ("GET", f"/?language=ru&words={WORD}", 200),
        ("GET", f"/{WORD}/", 404),
        ("POST", "/", 422),
        ("GET", "/sign-in/", 404),
        ("GET", "/-/ready", 404),
        ("GET", "/-/metrics", 404),
        ("GET", "/static/built/public.css", 200),
    ]
    for method, path, status in asked:
        found, headers, _text = answer(port, method, path, **cookies)
        assert (found, headers.get("cache-control"), headers.get("referrer-policy")) == (
            status,
            "no-store",
            "no-referrer",
        )
        assert "set-cookie" not in headers
        assert "default-src 'none'" in headers["content-security-policy"]
    assert answer(port, "POST", "/", Origin="https://evil.example")[0] == 403
    assert "Training data" in answer(port, "GET", "/?language=en")[2], "the database is asked as arasha_public"
    assert b"400" in mumble(port, f"{WORD} / HTTP/9.9\r\n\r\n".encode())
    assert b"400" in mumble(port, f"GET / HTTP/1.1\r\n{WORD}: {WORD}\r\nbad header {WORD}\r\n\r\n".encode())

    variables = Path(f"/proc/{child_like(run, 'public_serving')}/environ").read_bytes()
    names = {line.partition(b"=")[0].decode() for line in variables.split(b"\0")}
    assert {name for name in names if name.startswith("ARASHA_")} == {
        "ARASHA_PUBLIC_ADDRESS",
        "ARASHA_PUBLIC_DATABASE_URL",
        "ARASHA_PROXIES",
        "ARASHA_STATE",
    }
    assert SECRET_KEY.encode() not in variables
    with psycopg.connect(cloned_database.superuser) as owner:
        by = owner.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchall()
    assert ("arasha_public",) in by
    written = {path: path.read_bytes() for path in state.rglob("*") if path.is_file()}
    assert b"error" in written[state / "logs" / "public.log"] or b"warning" in written[state / "logs" / "public.log"]
    for needle in (WORD, CLIENT, BEHIND_A_PROXY):
        assert [path for path, content in written.items() if needle.encode() in content] == []


def test_one_that_falls_comes_back_at_the_same_address(run: Run) -> None:
    port = told_port(run)
    fallen = child_like(run, "public_serving")
    left = [fallen, *children(fallen)]
    assert len(left) == 2, "one process counts tries"
    os.kill(fallen, 9)
    run.wait_for("The public pages ended (-9)")
    assert answer(port, "GET", "/-/live")[0] == 200


def test_without_a_login_for_its_role_the_run_says_so(state: Path, cloned_database: ClonedDatabase) -> None:
    brought = {"ARASHA_DATABASE_URL": cloned_database.app, "ARASHA_OWNER_DATABASE_URL": cloned_database.owner}
    with running(state, **brought, ARASHA_SECRET_KEY=SECRET_KEY) as run:
        run.wait_for(public.IMPOSSIBLE)
        assert child_like(run, "public_serving") == 0
