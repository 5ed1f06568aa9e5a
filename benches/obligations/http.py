"""Reports and lists of another system through HTTP, with everything: gunicorn, the door, the journal, duties, notices.

The load comes from eight connections in this process, on the same machine: first undisturbed, for the rate; then all
the server's processes are killed twice; whoever got no answer sends the same again with the same key, as a client must.
Counted afterwards: each report that was acknowledged is there once. Side by side, in turns, the same create and list at
a bare Django view that does one insert and one select.
"""

import http.client
import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from arasha.kernel.access.rules import token_hash
from arasha.kernel.exchange.rules.tokens import new_token
from arasha.kernel.vault.actions import make_keys
from benches.figures import Figure
from benches.place import ROOT, Bench

HANDS = 8
SECONDS = float(os.environ.get("ARASHA_BENCH_SECONDS") or 20)
KILLED_AFTER = (0.35, 0.7)  # of the time
TURNS = 60
REPORT = {"concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes", "narrative": "Made up. " * 20}


@dataclass
class Server:
    """gunicorn on a free port of loopback."""

    application: str
    environment: dict[str, str]
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        words = [sys.executable, "-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "8", "--preload"]
        words += ["-b", f"127.0.0.1:{self.port}", "--no-control-socket", self.application]
        self.process = subprocess.Popen(  # noqa: S603
            words, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server does not listen")

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """Serve until the figures are taken."""
    server = Server(application, environment)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass
class Client:
    """One connection that sends a request until it is answered."""

    port: int
    token: str = ""
    link: http.client.HTTPConnection | None = None

    def ask(self, method: str, address: str, body: object = None, key: str = "") -> tuple[int, bytes]:
        """Ask once; raises OSError or HTTPException when nothing came back."""
        self.link = self.link or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        try:
            self.link.request(method, address, json.dumps(body) if body else None, headers)
            answer = self.link.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.link.close()
            self.link = None
            raise

    def insist(self, address: str, body: object, key: str) -> tuple[int, bytes]:
        """Send the same again with the same key until it is answered for good."""
        while True:
            try:
                status, answer = self.ask("POST", address, body, key)
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
                continue
            if status in {409, 429, 503}:
                time.sleep(0.05)
                continue
            return status, answer


@dataclass
class Told:
    """What the hands did."""

    times: list[float] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    faults: list[bytes] = field(default_factory=list)


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure reports with everything, then both sides in turns."""
    place, tokens = _prepared(bench)
    body = REPORT | {"territory": place}
    ours = os.environ | bench.variables(bench.name)
    before = _count(bench)
    with serving("arasha.config.wsgi:application", ours) as server:
        quiet, lasted = _told(server, tokens, body)
        note = f"median {statistics.median(quiet.times) * 1000:.0f} ms, {HANDS} connections"
        yield Figure(
            "reports through HTTP, with everything", len(quiet.times) / lasted, 40, "/s", least=True, note=note
        )
        told, lasted = _told(server, tokens, body, killed_after=KILLED_AFTER)
        kept = _count(bench) - before
        rate = len(told.times) / lasted
        note = f"{rate:.1f} a second, with the time in which no process ran"
        lost = abs(len({*quiet.references, *told.references}) - kept)
        yield Figure(f"lost or told twice, all killed {len(KILLED_AFTER)} times", lost, 0, "", note=note)
        with serving("benches.bare:application", ours) as bare:
            yield from _side_by_side(server, bare, tokens[0], body)


def _told(server: Server, tokens: list[str], body: object, killed_after: tuple[float, ...] = ()) -> tuple[Told, float]:
    """Let all hands tell; returns what came of it and how long it took. Raises RuntimeError when one is refused."""
    told, lock = Told(), threading.Lock()
    began = time.perf_counter()

    def work(token: str) -> None:
        client = Client(server.port, token)
        while time.perf_counter() - began < SECONDS:
            asked = time.perf_counter()
            status, answer = client.insist("/api/v1/signals", body, str(uuid.uuid4()))
            with lock:
                told.times.append(time.perf_counter() - asked)
                if status == 201:
                    told.references.append(json.loads(answer)["reference"])
                else:
                    told.faults.append(answer)

    hands = [threading.Thread(target=work, args=(token,)) for token in tokens]
    for hand in hands:
        hand.start()
    for share in killed_after:
        time.sleep(max(0.0, began + share * SECONDS - time.perf_counter()))
        server.kill()
        server.start()
    for hand in hands:
        hand.join()
    if told.faults:
        raise RuntimeError(f"a report was refused: {told.faults[0]!r}")
    return told, time.perf_counter() - began


def _side_by_side(ours: Server, bare: Server, token: str, body: object) -> Iterator[Figure]:
    one, other = Client(ours.port, token), Client(bare.port)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "create over HTTP, against a bare insert": (
            lambda: one.insist("/api/v1/signals", body, str(uuid.uuid4())),
            lambda: other.ask("POST", "/told", body),
        ),
        "list over HTTP, against a bare select": (
            lambda: one.ask("GET", "/api/v1/obligations?limit=25"),
            lambda: other.ask("GET", "/told"),
        ),
    }
    for name, works in pairs.items():
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(TURNS + 5):
            for side, work in enumerate(works):
                began = time.perf_counter()
                work()
                if turn >= 5:
                    times[side].append(time.perf_counter() - began)
        mine, theirs = (statistics.median(side) * 1000 for side in times)
        yield Figure(name, mine / theirs, 100, "×", note=f"{mine:.1f} ms against {theirs:.1f} ms; no budget is set")


def _prepared(bench: Bench) -> tuple[str, list[str]]:
    """Give a clinic's system accounts enough not to meet their own limits; return its place and the tokens."""
    make_keys()
    tokens = [new_token() for _ in range(HANDS)]
    with bench.superuser() as superuser:
        superuser.execute("CREATE TABLE IF NOT EXISTS bench.told (id uuid PRIMARY KEY, said jsonb)")
        superuser.execute("ALTER TABLE bench.told OWNER TO arasha_owner")
        superuser.execute("GRANT USAGE ON SCHEMA bench TO arasha_owner")
        superuser.execute(
            "CREATE TABLE IF NOT EXISTS public.bench_owed AS"
            " SELECT id, state::text, due_now FROM obligations_obligation LIMIT 1000"
        )
        superuser.execute("CREATE INDEX IF NOT EXISTS bench_owed_due ON public.bench_owed (due_now, id)")
        superuser.execute("ALTER TABLE public.bench_owed OWNER TO arasha_owner")
        superuser.execute("SET session_replication_role = replica")  # past the journal: what is measured comes later
        superuser.execute("ALTER TABLE exchange_account DISABLE TRIGGER ALL")
        found = superuser.execute(
            "SELECT id, kato FROM bench.unit WHERE function = 'health_care' ORDER BY id LIMIT 1"
        ).fetchone()
        unit, place = found if found else (0, "")
        for token in tokens:
            superuser.execute(
                "WITH account AS (INSERT INTO exchange_account (unit_id, name, scopes, functions, networks,"
                " proposed_by_id, proposed_at, confirmed_by_id, confirmed_at) VALUES (%s, %s,"
                " '{signals:write,obligations:read}', '{health_care}', '{}', 1, now(), %s, now()) RETURNING id)"
                " INSERT INTO exchange_token (id, account_id, hash, issued_by_id, issued_at, expires_at)"
                " SELECT gen_random_uuid(), id, %s, 1, now(), now() + interval '1 day' FROM account",
                [unit, secrets.token_hex(4), unit, token_hash(token)],
            )
        superuser.execute("ALTER TABLE exchange_account ENABLE TRIGGER ALL")
        superuser.execute(
            "ALTER TABLE exchange_account ENABLE ALWAYS TRIGGER journal_row, ENABLE ALWAYS TRIGGER journal_all"
        )
    return str(place), tokens


def _count(bench: Bench) -> int:
    with bench.superuser() as superuser:
        found = superuser.execute("SELECT count(*) FROM signals_signal").fetchone()
    return int(str(found[0])) if found else 0
