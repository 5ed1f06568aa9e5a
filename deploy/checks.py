"""Runs named checks and says in one line each how they went."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def run_all(target: str, checks: Mapping[str, Sequence[object]]) -> None:
    """Run every check, print the output of those that fail; exit with status 1 when one has failed."""
    failed = []
    for name, (program, *words) in checks.items():
        done = subprocess.run(  # noqa: S603
            [BIN / str(program), *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        print(f"{name:<12} {'FAILED' if done.returncode else 'ok'}", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip(), flush=True)
    if failed:
        sys.exit(f"{target}: {', '.join(failed)} failed")


def tracked(*patterns: str) -> list[str]:
    """Return the checkout's own files, without what is ignored."""
    listed = subprocess.run(  # noqa: S603
        ["git", "ls-files", *patterns],  # noqa: S607  git is where the person has it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]
