"""From a procedure's content back to its text: what a person downloads, changes and proposes again."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

# The order in which a lawyer reads; the database keeps none.
ORDER = (
    *("protocol", "version", "standing", "valid_from", "valid_to", "verified_by", "source", "title", "name"),
    *("trigger", "event", "bound", "reporter", "who", "steps", "step", "rung", "outcome", "words", "owed_by", "body"),
    *("function", "supervisor", "territory", "on", "when", "unless", "counts_from", "notice", "what", "to", "after"),
    *(
        "act",
        "amount",
        "unit",
        "day_off_stands",
        "limit",
        "day_named",
        "outcomes",
        "evidence",
        "basis",
        "point",
        "blocks",
    ),
    *("requires", "ladder"),
    *("ladder_basis", "substitutes", "takeover", "kk", "ru", "en"),
)
PLACE = {name: place for place, name in enumerate(ORDER)}
WIDTH = 118


class _Dumper(yaml.SafeDumper):
    """Long texts are folded, short lists and references to bodies stand in one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def write(content: Mapping[str, Any]) -> str:
    """Return a procedure's text: `read` makes the same content of it. Comments of the file it came from are gone."""
    return yaml.dump(_ordered(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def _ordered(content: Any) -> Any:
    if isinstance(content, Mapping):
        names = sorted(content, key=lambda name: (PLACE.get(name, len(ORDER)), name))
        return {name: _ordered(content[name]) for name in names}
    if isinstance(content, Sequence) and not isinstance(content, str):
        return [_ordered(item) for item in content]
    return content


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = ">" if len(text) > WIDTH - 40 and text == text.strip() and "\n" not in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    short = all(not isinstance(item, dict | list) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


def _represent_mapping(dumper: yaml.SafeDumper, content: dict[str, Any]) -> yaml.Node:
    short = len(content) > 0 and content.keys() <= {*FLAT}
    return dumper.represent_mapping("tag:yaml.org,2002:map", content.items(), flow_style=short)


FLAT = ("amount", "unit", "day_off_stands", "function", "territory", "body", "supervisor")
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(dict, _represent_mapping)
