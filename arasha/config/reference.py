"""Loads the reference data that folders ship (territory, functions, facets, holidays …)."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from django.apps import apps


@runtime_checkable
class ShipsReferenceData(Protocol):
    """An AppConfig whose folder ships reference data.

    `load_reference()` brings the rows of the `owner` database to what the folder's `data/` says, in one
    transaction; it can be called again, and then returns 0. It returns how many rows it wrote.
    """

    label: str

    def load_reference(self) -> int:
        """Write the folder's reference data."""
        ...


def load_all() -> Iterator[tuple[str, int]]:
    """Load each folder's reference data, lower folders first; yields the folder's label and the rows written."""
    for config in apps.get_app_configs():
        if isinstance(config, ShipsReferenceData):
            yield config.label, config.load_reference()
