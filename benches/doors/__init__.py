"""The figures of the doors: what anybody tells, from the form's end to a signal with its duties."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.doors import tellings  # noqa: PLC0415 - Django is set up by now

    if only in {"", "tellings"}:
        yield from tellings.figures(bench)
