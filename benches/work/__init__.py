"""The work itself: pages of who works with children, and noticing what nobody does over all cases of the country."""

from collections.abc import Iterator

from benches.figures import Figure
from benches.place import Bench
from benches.work import pages, silence


def figures(bench: Bench, only: str) -> Iterator[Figure]:
    """Measure all, or the module that is named."""
    for name, module in (("pages", pages), ("silence", silence)):
        if only in ("", name):
            yield from module.figures(bench)
