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


class _Loader(yaml.SafeLoader):
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
    source = _parse(text, file)
    problems = sorted(_validator().iter_errors(source.content), key=lambda problem: list(map(str, problem.path)))
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


def _parse(text: str, file: str) -> Source:
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
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    return node.value if quoted else {"true": True, "false": False}.get(node.value, node.value)
