"""Files that were received for a dossier, and their custody record."""

from arasha.evidence.models.exhibits import Custody, Exhibit

__all__ = ["Custody", "Exhibit"]
