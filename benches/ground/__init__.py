"""The figures of the ground: reading under row security, the journal, silence that climbs, pages, starting."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.ground import journal, pages, reading, starting, sweeping  # noqa: PLC0415 - Django is set up by now

    parts = {"reading": reading, "journal": journal, "sweeping": sweeping, "pages": pages, "starting": starting}
    for name, part in parts.items():
        if only in {"", name}:
            yield from part.figures(bench)
