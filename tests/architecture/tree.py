"""The house as files: its folders, their rooms, their imports and their functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "arasha"
ROOMS = {
    "__init__",
    "apps",
    "rules",
    "models",
    "policy",
    "queries",
    "actions",
    "forms",
    "views",
    "api",
    "tasks",
    "urls",
}
FOLDERS_OF_A_PART = {
    "templates",
    "templatetags",
    "static",
    "data",
    "migrations",
    "locale",
    "tests",
    "management",
    "__pycache__",
}
# Rooms that only one folder has, each for the reason that its docstring and docs/kernel.md give.
OWN_ROOMS = {
    "kernel.access": {"door", "sessions", "looks"},
    "kernel.vault": {"keystore", "imaging", "keyserver"},
    "kernel.journal": {"exporters"},
    "kernel.messages": {"worker", "logging"},
    "kernel.documents": {"typesetter", "fonts"},
    "kernel.exchange": {"door"},
    "people": {"fields", "linkage"},
    "coordination": {"typed"},
    "doors": {"door"},
    "helpline": {"gateway_urls"},
    "plans": {"hosting"},
    "services": {"exchange_urls", "data_urls"},
    "surveys": {"envelopes", "public_urls"},
    "prevention": {"public_urls"},
    "participation": {"public_urls"},
    "administration": {"adapters", "personas"},
    "web": {
        "alarms",
        "contacts",
        "context",
        "deeds",
        "demonstration",
        "directory",
        "families",
        "handed_in",
        "pilots",
        "play",
        "promised",
        "rail",
        "regions",
        "reports",
        "sittings",
        "stage",
        "story",
        "training",
        "worked",
    },
    "ui": {
        "middleware",
        "context",
        "storage",
        "fields",
        "forms_renderer",
        "formats",
        "catalogues",
        "django_overrides",
    },
}


def parts() -> dict[str, Path]:
    """Return every part of the house by its dotted name below `arasha` (kernel parts apart)."""
    found: dict[str, Path] = {}
    for folder in sorted(PACKAGE.iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        if folder.name == "kernel":
            found |= {f"kernel.{sub.name}": sub for sub in sorted(folder.iterdir()) if (sub / "__init__.py").exists()}
        elif folder.name != "config":
            found[folder.name] = folder
    return found


def part_of(module: str) -> tuple[str, str]:
    """Split `arasha.kernel.access.rules.masks` into part `kernel.access` and room `rules`."""
    names = module.split(".")[1:]
    depth = 2 if names[:1] == ["kernel"] else 1
    return ".".join(names[:depth]), names[depth] if len(names) > depth else ""


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Yield the Python files of the house, without migrations, and without tests unless asked."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        if "migrations" in inside or (not tests and "tests" in inside):
            continue
        yield path


def module_of(path: Path) -> str:
    """Return the dotted module name of a file of the house."""
    names = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


@cache
def parse(path: Path) -> ast.Module:
    """Return the file's syntax tree, read once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted module or name) of each import in the file, wherever it stands."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
