"""An installation of its own, as `arasha run` starts it, and what asks its public pages over HTTP."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from benches.place import ROOT

PATIENCE = 300


@contextmanager
def installation() -> Iterator[str]:
    """Start one in a folder of its own, a worker included; yields the address of its public pages, ends it afterwards.

    Raises RuntimeError when the pages do not answer in time.
    """
    state = Path(tempfile.mkdtemp(prefix="arasha-bench-"))
    state.chmod(0o755)
    ports = _free_port(), _free_port()
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")},
        "ARASHA_STATE": str(state),
        "ARASHA_PORT": str(ports[0]),
        "ARASHA_PUBLIC_PORT": str(ports[1]),
        "ARASHA_DEMONSTRATION": "0",
    }
    with (state / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "arasha", "run"], cwd=ROOT, env=variables, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{ports[1]}"
        if not _answers(process, address):
            raise RuntimeError(f"the public pages do not answer: {(state / 'output').read_text()[-2000:]}")
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        shutil.rmtree(state, ignore_errors=True)


class Answer:
    """What `walking.Phone` looks at in an answer."""

    def __init__(self, answer: requests.Response) -> None:
        self.cookies, self.headers = answer.cookies, answer.headers
        self.status_code, self.content = answer.status_code, answer.content


class OverHttp:
    """Asks a running process, as `walking.Phone` asks Django's test client; a refusal for haste is waited for."""

    def __init__(self, address: str) -> None:
        self.address, self.session = address, requests.Session()

    def get(self, path: str, query: dict[str, str]) -> Answer:
        """Ask for a page."""
        return Answer(self.session.get(self.address + path, params=query, timeout=30))

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send a form from a page of the same origin."""
        while True:
            headers = {"Origin": self.address}
            answer = self.session.post(self.address + path, fields, headers=headers, timeout=30)
            if answer.status_code != requests.codes.too_many:
                return Answer(answer)
            time.sleep(5)


def _answers(process: "subprocess.Popen[bytes]", address: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(address, timeout=10).status_code == requests.codes.ok:
                return True
        except requests.RequestException:
            time.sleep(0.5)
    return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
