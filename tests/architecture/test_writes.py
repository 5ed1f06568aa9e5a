"""Writes have one room, time has one source, and nothing happens behind an action's back."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.tree import imports, module_of, parse, part_of, parts, sources

WRITERS = {
    "save",
    "create",
    "bulk_create",
    "update_or_create",
    "get_or_create",
    "bulk_update",
    "delete",
    "acreate",
    "asave",
}
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
# A public page expires by the real clock, also when the database, which has the domain's, does not answer.
MAY_READ_THE_CLOCK = {"kernel.worktime", "arasha.doors.views.page"}
# Framework tables are written where the framework asks for it (design, section 3, rule 2).
# Imaging saves pictures, not rows.
MAY_WRITE = {"kernel.access.sessions", "administration.adapters", "kernel.vault.imaging"}
BEHIND_THE_BACK = ("django.db.models.signals", "django.dispatch", "django.contrib.admin")


def receiver(call: ast.Call) -> str:
    """Return the source of what a method is called on."""
    return ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def writes(path: Path) -> list[str]:
    """List the calls of a file that write through Django's ORM."""
    found = []
    for node in ast.walk(parse(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, on = node.func.attr, receiver(node)
        through_manager = "objects" in on or ".filter(" in on or ".exclude(" in on
        if (name in WRITERS and (through_manager or name in {"save", "bulk_create", "update_or_create"})) or (
            name == "update" and through_manager
        ):
            found.append(f"line {node.lineno}: {on}.{name}()")
    return found


def test_only_actions_write() -> None:
    found = []
    for path in sources():
        part, room = part_of(module_of(path))
        if room != "actions" and f"{part}.{room}" not in MAY_WRITE and part != "config":
            found += [f"{module_of(path)}, {write}" for write in writes(path)]
    assert not found


def test_nothing_happens_behind_an_actions_back() -> None:
    found = [(module_of(path), name) for path in sources() for _line, name in imports(path)]
    assert [(module, name) for module, name in found if name.startswith(BEHIND_THE_BACK)] == []


def test_time_comes_in_as_now() -> None:
    readings = [
        f"{module_of(path)}, line {node.lineno}: {ast.unparse(node)}"
        for path in sources()
        if not {part_of(module_of(path))[0], module_of(path)} & MAY_READ_THE_CLOCK
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]
    assert not readings


# The public's process acts as nobody: it hands what it takes to the definer functions of its role (decision 26).
OF_NOBODY = {
    "post_telling",
    "post_chat",
    "write_again",
    "change_code",
    "forget",
    "begin_parcel",
    "drop_parcel",
    "send_parcels",
}


def public_actions(part: str) -> list[tuple[str, inspect.Signature]]:
    """Return the functions that a folder's `actions` defines for others, with their signatures."""
    try:
        module = import_module(f"arasha.{part}.actions")
    except ModuleNotFoundError:
        return []
    return [
        (name, inspect.signature(function))
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__.startswith(module.__name__)
    ]


@pytest.mark.parametrize("part", [part for part in parts() if not part.startswith("kernel.") and part != "ui"])
def test_an_action_is_keyword_only_and_takes_actor_and_now(part: str) -> None:
    wrong = []
    for name, signature in public_actions(part):
        parameters = signature.parameters
        keyword_only = all(p.kind in {p.KEYWORD_ONLY, p.VAR_KEYWORD} for p in parameters.values())
        wanted = set() if part == "doors" and name in OF_NOBODY else {"actor", "now"}
        if not (keyword_only and wanted <= set(parameters)):
            wrong.append(f"{name}{signature}")
    assert not wrong
