"""`python -m benches.doors.lighthouse`: what Lighthouse says of the public pages that have an address; needs npm.

Lighthouse opens addresses, so the questions between the first page and the code, which are answers to forms, are not
among them: the browser's tests hold axe against those. Languages may be named; status 1 when a page has less than the
full score.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benches.doors.pages import RIGHTS
from benches.doors.served import installation

VERSION = "12.8.2"
FULL = 100
LANGUAGES = ("kk", "ru", "en")
PATHS = (
    "/",
    "/a/",
    "/class/",
    "/class/end/",
    "/said/",
    "/said/end/",
    "/rights/",
    *(f"/rights/{name}/" for name in RIGHTS),
)


def main() -> int:
    """Print a line for each page, and what a page that falls short is blamed for."""
    least = FULL
    with installation() as address, tempfile.TemporaryDirectory() as folder:
        for path in PATHS:
            for language in sys.argv[1:] or LANGUAGES:
                score, blamed = _asked(f"{address}{path}?language={language}", Path(folder) / "answer.json")
                least = min(least, score)
                print(f"{score:4}  {path} ({language}) {' '.join(blamed)}".rstrip(), flush=True)
    print(f"accessibility at least {least} of {FULL}, {len(PATHS)} addresses, Lighthouse {VERSION}")
    return 1 if least < FULL else 0


def _asked(address: str, answer: Path) -> tuple[int, list[str]]:
    """Return the score, and the names of the audits that lowered it."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    words = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--only-categories=accessibility", "--quiet", flags]
    subprocess.run([*words, "--output=json", f"--output-path={answer}"], check=True)  # noqa: S603
    told = json.loads(answer.read_text())
    blamed = [name for name, audit in told["audits"].items() if audit["score"] not in {None, 1}]
    return round(told["categories"]["accessibility"]["score"] * 100), blamed


if __name__ == "__main__":
    sys.exit(main())
