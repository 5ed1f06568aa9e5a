"""Who may import whom (design, section 3), held by import-linter and by reading the imports."""

import configparser
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import PACKAGE, module_of, part_of, parts, sources
from tests.architecture.tree import imports as imports_of

PUBLIC_ROOMS = {"actions", "queries", "models", "rules"}
# The check of a policy, the request behind the door, the parts of endpoints, and form fields.
ROOMS_OPEN_TO_ALL = {
    "kernel.access": {"policy", "door"},
    "kernel.exchange": {"api"},
    "ui": {"fields"},
    "people": {"fields"},
    # The page on which a form is filled in, and how it reads: there is one of each, whoever hosts it.
    "plans": {"hosting"},
    # Other folders have pages for the public, too: how often one address may try is counted at one door.
    "doors": {"door"},
}
# What the wiring on top may name: it assembles doors, it does not look inside.
ASSEMBLERS = {"config", "web"}
DOORS = {"urls", "api", "tasks", "door", "apps", "policy"}


def test_a_folder_imports_only_folders_below_it() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_folder_is_listed_in_the_stack() -> None:
    contract = configparser.ConfigParser()
    contract.read(PACKAGE.parent / ".importlinter")
    listed = set()
    for section in ("importlinter:contract:house", "importlinter:contract:kernel"):
        prefix = "kernel." if section.endswith("kernel") else ""
        for name in contract[section]["layers"].replace("|", " ").split():
            listed.add(prefix + name.strip("()"))
    assert set(parts()) <= listed


def test_across_folders_only_public_rooms_are_imported() -> None:
    strangers = [f"{module_of(path)}, {stranger}" for path in sources() for stranger in reached_into(path)]
    assert not strangers, f"private rooms of others: {strangers}"


def reached_into(path: Path) -> list[str]:
    """List the imports of a file that reach into a private room of another folder."""
    own, _room = part_of(module_of(path))
    strangers = []
    for line, name in imports_of(path):
        if not name.startswith("arasha."):
            continue
        part, room = part_of(name)
        if part in {own, "config", "__version__"} or not room:
            continue
        allowed = PUBLIC_ROOMS | DOORS if own in ASSEMBLERS else PUBLIC_ROOMS | ROOMS_OPEN_TO_ALL.get(part, set())
        if room not in allowed:
            strangers.append(f"line {line}: {name}")
    return strangers
