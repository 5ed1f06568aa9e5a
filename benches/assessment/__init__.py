"""The figures of assessment: publishing forms, and working records out."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.assessment import publishing  # noqa: PLC0415 - Django is set up by now

    parts = {"publishing": publishing}
    for name, part in parts.items():
        if only in {"", name}:
            yield from part.figures(bench)
