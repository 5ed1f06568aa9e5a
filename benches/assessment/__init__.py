"""The figures of assessment: the engine's time, its differences from JavaRosa, and how long publishing takes."""

from collections.abc import Iterator

from benches.figures import Figure


def figures(only: str = "") -> Iterator[Figure]:
    """Measure all, or those of one module. No database is needed."""
    from benches.assessment import differing, publishing, working  # noqa: PLC0415 - other groups need no pyxform

    for name, module in (("working", working), ("publishing", publishing), ("differing", differing)):
        if only in {"", name}:
            yield from module.figures()
