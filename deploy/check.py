"""`make check`: what a reviewer should not have to look for. Every check runs; the exit status is 1 when one fails."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["arasha", "tests", "deploy", "benches", "conftest.py"]
CHECKS = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--quiet", "--check", "."],
    "types": ["mypy", "--no-error-summary", *[part for part in CODE if part not in {"deploy", "benches"}]],
    "layers": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "--quiet", "--lint", "arasha"],
    "migrations": ["arasha", "makemigrations", "--check", "--dry-run"],
    "catalogues": ["arasha", "catalogues", "check"],
}


def main() -> None:
    """Run every check, print one line for each and the output of those that fail."""
    failed = []
    checks = {
        name: words for name, words in CHECKS.items() if name != "templates" or any(ROOT.glob("arasha/**/*.html"))
    }
    for name, (program, *words) in checks.items():
        done = subprocess.run(  # noqa: S603
            [BIN / program, *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        print(f"{name:<12} {'FAILED' if done.returncode else 'ok'}", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip(), flush=True)
    if failed:
        sys.exit(f"make check: {', '.join(failed)} failed")


main()
