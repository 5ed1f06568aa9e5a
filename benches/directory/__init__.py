"""The figures of the directory: finding help in the whole country's, and what the public's finder weighs."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.directory import finding  # noqa: PLC0415 - Django is set up by now

    if only in {"", "finding"}:
        yield from finding.figures(bench)
