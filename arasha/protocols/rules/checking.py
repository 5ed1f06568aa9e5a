"""What the schema can't say: names that must exist, parts that must agree with each other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from arasha.kernel.worktime.rules import Limit
from arasha.kernel.worktime.rules.limit import LimitInvalid
from arasha.protocols.rules.content import MET
from arasha.protocols.rules.reading import Path, Source, parse


def read(text: str, file: str) -> Source:
    """Read one procedure.

    Raises:
        FaultyProtocol: the text can't be read, breaks the schema, names a step, rung or outcome twice, puts rungs out
            of order, waits for a step or an outcome that is not there, or gives days or limits that can't be.
    """
    source = parse(text, file)
    _days(source)
    _steps(source)
    _ladder(source, ("ladder",))
    _limits(source, (), source.content)
    return source


def check_references(source: Source, *, functions: frozenset[str], acts: frozenset[str]) -> None:
    """Refuse functions and acts that do not exist. Raises FaultyProtocol."""
    for path, name, value in _leaves(source.content):
        if name == "function" or (path and path[0] == "substitutes"):
            _known(source, path, value, functions, "function")
        elif name == "act":
            _known(source, path, value, acts, "act of law")


def _days(source: Source) -> None:
    content = source.content
    for key in ("valid_from", "valid_to"):
        try:
            date.fromisoformat(content.get(key) or "2000-01-01")
        except ValueError as wrong:
            raise source.fault((key,), f"{content[key]} is not a day") from wrong
    if content.get("valid_to") and content["valid_to"] <= content["valid_from"]:
        raise source.fault(("valid_to",), "valid_to must lie after valid_from")


def _steps(source: Source) -> None:
    outcomes: dict[str, set[str]] = {}
    for number, step in enumerate(source.content["steps"]):
        if step["step"] in outcomes:
            raise source.fault(("steps", number, "step"), f"the step {step['step']!r} stands twice")
        outcomes[step["step"]] = set()
        for place, outcome in enumerate(step.get("outcomes", ())):
            if outcome["outcome"] in outcomes[step["step"]]:
                where = ("steps", number, "outcomes", place, "outcome")
                raise source.fault(where, f"the outcome {outcome['outcome']!r} stands twice")
            outcomes[step["step"]].add(outcome["outcome"])
        if "ladder" in step:
            _ladder(source, ("steps", number, "ladder"))
    starting = source.content["trigger"]["event"]
    for number, step in enumerate(source.content["steps"]):
        if "on" in step:
            _waits(source, ("steps", number, "on"), step["on"], starting, outcomes)
    if all("on" in step for step in source.content["steps"]):
        raise source.fault(("steps",), "every step waits for a later event: nothing is owed when the procedure starts")


def _waits(source: Source, path: Path, on: Mapping[str, Any], starting: str, outcomes: dict[str, set[str]]) -> None:
    """Refuse a step that waits for what never comes."""
    if on["event"] == starting:
        raise source.fault((*path, "event"), f"{starting!r} starts the procedure; a later step waits for another event")
    if on["event"] != MET:
        return
    named = on["when"].get("step")
    if named is None:
        raise source.fault((*path, "when"), "say which step must be met: 'step' is missing")
    for step in named:
        if step not in outcomes:
            raise source.fault((*path, "when", "step"), f"there is no step {step!r}")
    possible = set[str]().union(*(outcomes[step] for step in named))
    for outcome in on["when"].get("outcome", ()):
        if outcome not in possible:
            where = (*path, "when", "outcome")
            raise source.fault(where, f"the step {', '.join(named)} has no outcome {outcome!r}")


def _ladder(source: Source, path: Path) -> None:
    ladder: Any = source.content
    for part in path:
        ladder = ladder[part]
    for number, rung in enumerate(ladder):
        if rung["rung"] != number + 1:
            raise source.fault((*path, number, "rung"), f"rung {number + 1} is expected here, not {rung['rung']}")
        if number and rung["after"] == "at_once" and ladder[number - 1]["after"] != "at_once":
            raise source.fault((*path, number, "after"), "a rung can't come at once after one that waits")


def _limits(source: Source, path: Path, content: Any) -> None:
    """Refuse an amount that no calendar can hold."""
    parts: Sequence[tuple[Any, Any]] = ()
    if isinstance(content, Mapping):
        parts = list(content.items())
    elif isinstance(content, list):
        parts = list(enumerate(content))
    for name, value in parts:
        if isinstance(value, Mapping) and {"amount", "unit"} <= value.keys():
            try:
                Limit.from_json(dict(value))
            except LimitInvalid as wrong:
                raise source.fault((*path, name), str(wrong)) from wrong
        _limits(source, (*path, name), value)


def _leaves(content: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield each text with its path and the name it stands under."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _leaves(value, (*path, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _leaves(value, (*path, number))
    elif isinstance(content, str):
        yield path, str(path[-1]), content


def _known(source: Source, path: Path, code: str, codes: frozenset[str], kind: str) -> None:
    if code not in codes:
        raise source.fault(path, f"there is no {kind} {code!r}")
