"""The figures of obligations: what it costs that one report becomes what six bodies owe."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench


def figures(bench: Bench, only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module."""
    from benches.obligations import http, pages, raising  # noqa: PLC0415 - Django is set up by now

    for name, part in {"raising": raising, "pages": pages, "http": http}.items():
        if only in {"", name}:
            yield from part.figures(bench)
