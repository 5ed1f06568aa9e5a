"""Everything that writes territory: the shipped data, and the official file."""

from arasha.kernel.territory.actions.reference import load_territory

__all__ = ["load_territory"]
