"""From a procedure's text to its content, or to an error that names file, line and reason."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from jsonschema import Draft202012Validator

Path = tuple[str | int, ...]
LONGEST_NUMBER = 9  # figures
DEEPEST = 60  # brackets within brackets, dashes in one line, spaces before it
LONGEST = 5_000  # lines, and commas


class FaultyProtocol(ValueError):
    """A procedure's text is not what it should be; says file, line and reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class Source:
    """What was read: the content as plain data, and the line on which each part of it begins."""

    file: str
    content: Mapping[str, Any]
    lines: Mapping[Path, int]

    def fault(self, path: Sequence[str | int], reason: str) -> FaultyProtocol:
        """Return the error for the part at `path`, located at the nearest part that has a line."""
        where = tuple(path)
        while where and where not in self.lines:
            where = where[:-1]
        return FaultyProtocol(self.file, self.lines.get(where, 1), reason)


# The same in C, ten times as quick, where the package was built with it; its wheels are.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
    """YAML without dates that turn into objects and without `on` and `yes` that turn into truth."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:null"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str, file: str) -> Source:
    """Read one procedure's text and hold it to the schema.

    Raises:
        FaultyProtocol: no YAML, a key twice, an alias, or a breach of the schema.
    """
    return held_to(_validator(), text, file)


def held_to(schema: Draft202012Validator, text: str, file: str) -> Source:
    """Read any rule that is kept as these files are, and hold it to its own schema. Raises FaultyProtocol."""
    source = _parse(text, file)
    problems = sorted(schema.iter_errors(source.content), key=lambda problem: list(map(str, problem.path)))
    if problems:
        raise source.fault(list(problems[0].absolute_path), problems[0].message)
    return source


def canonical(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of what the text says; comments and spacing do not count."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@cache
def _validator() -> Draft202012Validator:
    folder = resources.files("arasha.protocols") / "data"
    return Draft202012Validator(json.loads((folder / "protocol.schema.json").read_text(encoding="utf-8")))


def _refuse_excess(text: str, file: str) -> None:
    """Refuse what no procedure needs before the YAML reader meets it: its time grows with the square of the depth."""
    lines = text.splitlines()
    if len(lines) > LONGEST or text.count(",") > LONGEST:
        raise FaultyProtocol(file, 1, "longer than any procedure is")
    depth = 0
    for number, line in enumerate(lines, start=1):
        deepest = max(line.count("- ") + line.count("? "), len(line) - len(line.lstrip()))
        for character in line:
            depth += (character in "[{") - (character in "]}")
            deepest = max(deepest, depth)
        if deepest > DEEPEST:
            raise FaultyProtocol(file, number, "lists within lists, deeper than any procedure is")


def _parse(text: str, file: str) -> Source:
    _refuse_excess(text, file)
    try:
        events = list(yaml.parse(text, Loader=_Loader))
        alias = next((event for event in events if isinstance(event, yaml.AliasEvent)), None)
        if alias is not None:
            line = alias.start_mark.line + 1 if alias.start_mark else 1
            raise FaultyProtocol(file, line, "write it out; references hide what is said")
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise FaultyProtocol(file, line, wrong.problem or "this is not YAML") from wrong
    except yaml.YAMLError as wrong:
        raise FaultyProtocol(file, 1, "this is not YAML") from wrong
    if not isinstance(node, yaml.MappingNode):
        raise FaultyProtocol(file, 1, "a procedure is a list of names and values")
    lines: dict[Path, int] = {}
    return Source(file, _plain(node, file, (), lines), lines)


def _plain(node: yaml.Node, file: str, path: Path, lines: dict[Path, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file, (*path, number), lines) for number, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Any] = {}
        for name, value in node.value:
            line, key = name.start_mark.line + 1, str(name.value)
            if key in content:
                raise FaultyProtocol(file, line, f"{key!r} stands twice")
            lines[(*path, key)] = line
            content[key] = _plain(value, file, (*path, key), lines)
        return content
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:int":
        return _number(node, file)
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    return _text(node, file) if quoted else {"true": True, "false": False}.get(node.value, _text(node, file))


def _number(node: yaml.Node, file: str) -> int:
    """Read a whole number in ordinary figures."""
    if len(node.value) > LONGEST_NUMBER or not node.value.isascii() or not node.value.lstrip("-").isdigit():
        raise FaultyProtocol(file, node.start_mark.line + 1, f"{node.value[:LONGEST_NUMBER]!r} is not a whole number")
    return int(node.value)


def _text(node: yaml.Node, file: str) -> str:
    """Read a text, refusing what no text holds: a null character, or half of a character."""
    text = str(node.value)
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise FaultyProtocol(file, node.start_mark.line + 1, "a character that no text holds")
    return text
