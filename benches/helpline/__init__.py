"""The helpline's figures: five years of contacts and calls, counted for its supervisor."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.helpline import counting  # noqa: PLC0415 - Django is set up by now

    if only in {"", "counting"}:
        yield from counting.figures(bench)
