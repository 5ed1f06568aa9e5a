"""What a folder above knows of places that were found: it lends the question here, and the finder asks it once a page.

The finder lies below what asks children, so it can't ask there by itself.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

# By name; each gives those of the offerings of which children's words stand on a page for everybody.
HEARD: dict[str, Callable[[Sequence[UUID]], frozenset[UUID]]] = {}


def heard(offerings: Sequence[UUID]) -> frozenset[UUID]:
    """Return those of the offerings of which there is something published to read, in one query for all of them."""
    if not offerings:
        return frozenset()
    return frozenset().union(*(ask(offerings) for ask in HEARD.values()))
