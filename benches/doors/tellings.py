"""Tellings: posted as the public's role posts them, opened as the worker opens them, and killed while it does.

What is posted was acknowledged: each must be a signal in the end, once, whenever the openers are killed.
"""

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import psycopg

from arasha.doors import rules
from arasha.doors.rules import Telling, boxes
from arasha.kernel.vault.actions import make_keys
from arasha.kernel.vault.queries import code_key, letter_key
from arasha.kernel.vault.rules import seal_letter
from benches.figures import Figure
from benches.place import ROOT, Bench

TELLINGS = int(os.environ.get("ARASHA_BENCH_TELLINGS") or 800)
KILLS = int(os.environ.get("ARASHA_BENCH_KILLS") or 100)
FLOOD = int(os.environ.get("ARASHA_BENCH_FLOOD") or 5000)
OPENERS = 2
OPEN = (
    "import django; django.setup();"
    "from arasha.doors.tasks import open_all; from arasha.kernel.worktime.queries import domain_now;"
    "open_all(domain_now())"
)


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure posting, opening with everything, and what a hundred kills lose."""
    make_keys()
    place = _place(bench)
    seconds = _posted(bench, place, TELLINGS)
    yield Figure("tellings posted, one connection", TELLINGS / seconds, 40, "/s", least=True)
    before, began = _signals(bench), time.perf_counter()
    openers = [_opener(bench) for _ in range(OPENERS)]
    ready = time.perf_counter()
    for opener in openers:
        opener.wait()
    made, lasted = _signals(bench) - before, time.perf_counter() - began
    note = (
        f"{made} signals by {OPENERS} openers in {lasted:.1f} s, their start of {ready - began:.1f} s and more included"
    )
    yield Figure("tellings opened, journal and duties and all", made / lasted, 40, "/s", least=True, note=note)
    yield _flooded(bench, place)
    yield _killed(bench, place)


def _flooded(bench: Bench, place: str) -> Figure:
    """Let a bot put its tellings in all at once, past every limit, and one person's after them; wait for that one."""
    before = _signals(bench)
    _posted(bench, place, FLOOD)
    began = time.perf_counter()
    _posted(bench, place, 1)
    openers = [_opener(bench) for _ in range(OPENERS)]
    while _signals(bench) - before <= FLOOD:
        time.sleep(0.5)
        if all(opener.poll() is not None for opener in openers):
            break
    waited = time.perf_counter() - began
    for opener in openers:
        opener.wait()
    missing = FLOOD + 1 - (_signals(bench) - before)
    note = f"in ten minutes {FLOOD} are {FLOOD / 600:.1f} a second, fewer than are opened; {missing} missing"
    return Figure(f"a telling behind {FLOOD} of a bot that came at once: a signal after", waited, 600, "s", note=note)


def _killed(bench: Bench, place: str) -> Figure:
    """Kill the openers again and again while letters come in; count what is missing or there twice."""
    before, posted, chance = _signals(bench), 0, random.Random(1)  # noqa: S311 - a load, not a secret
    opener = _opener(bench)
    for _kill in range(KILLS):
        _posted(bench, place, 3)
        posted += 3
        time.sleep(chance.uniform(0.05, 2.5))
        os.killpg(opener.pid, signal.SIGKILL)
        opener.wait()
        opener = _opener(bench)
    opener.wait()
    _opener(bench).wait()
    lost = abs(_signals(bench) - before - posted)
    return Figure(f"tellings lost or made twice, killed {KILLS} times", lost, 0, "", note=f"of {posted}")


def _posted(bench: Bench, place: str, many: int) -> float:
    """Post tellings as arasha_public does; returns the seconds."""
    version, public = letter_key()
    words = "Made up. " * 60
    with psycopg.connect(bench.url("public"), autocommit=True) as connection:
        began = time.perf_counter()
        for _number in range(many):
            ticket, code = uuid.uuid4(), [uuid.uuid4().hex[:8] for _word in range(6)]
            telling = Telling("child", concerns=("physical",), words=words, territory=place, safe_now="unknown")
            sealed = seal_letter(public, telling.to_json().encode(), about=rules.about_letter("tell", ticket))
            found = boxes.fingerprint(code, code_key())
            connection.execute(
                "SELECT doors.post_letter(%s, %s, %s, %s, %s)", [ticket, version, sealed, found, boxes.public_of(code)]
            )
        return time.perf_counter() - began


def _opener(bench: Bench) -> "subprocess.Popen[bytes]":
    environment = os.environ | bench.variables(bench.name)
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", OPEN], cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )


def _place(bench: Bench) -> str:
    with bench.superuser() as superuser:
        found = superuser.execute(
            "SELECT kato FROM bench.unit WHERE function = 'coordination_district' ORDER BY id LIMIT 1"
        ).fetchone()
    return str(found[0]) if found else ""


def _signals(bench: Bench) -> int:
    with bench.superuser() as superuser:
        found = superuser.execute("SELECT count(*) FROM signals_signal WHERE door IN ('child', 'citizen')").fetchone()
    return int(str(found[0])) if found else 0
