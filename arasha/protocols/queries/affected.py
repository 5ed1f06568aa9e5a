"""How many files run under a version. Files lie in higher folders: whoever keeps them lends its count."""

from collections.abc import Callable, Sequence

from arasha.kernel.access.rules import Actor

Count = Callable[[Actor, Sequence[int]], dict[int, int]]
_COUNTS: list[Count] = []


def lend(count: Count) -> None:
    """Let a higher folder count, once, when it is ready: of the files that the actor may see, by version."""
    if count not in _COUNTS:
        _COUNTS.append(count)


def files_under(actor: Actor, versions: Sequence[int]) -> dict[int, int]:
    """Return by version how many files that still owe something the actor may see; a version without is left out."""
    found: dict[int, int] = {}
    for count in _COUNTS:
        for version, number in count(actor, versions).items():
            found[version] = found.get(version, 0) + number
    return found
