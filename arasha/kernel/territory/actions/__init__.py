"""Everything that writes territory: the shipped data, and the official file."""

from arasha.kernel.territory.actions.official import (
    FileFaulty,
    OlderEdition,
    Report,
    TooMuchClosed,
    import_official,
)
from arasha.kernel.territory.actions.reading import FileUnreadable
from arasha.kernel.territory.actions.reference import load_territory

__all__ = [
    "FileFaulty",
    "FileUnreadable",
    "OlderEdition",
    "Report",
    "TooMuchClosed",
    "import_official",
    "load_territory",
]
