"""Which exporters this installation has."""

from pathlib import Path
from typing import Protocol

from django.conf import settings

from arasha.kernel.journal.exporters.folder import ExportConflict, FolderExporter
from arasha.kernel.journal.exporters.mail import MailExporter
from arasha.kernel.journal.rules import SealFile

__all__ = ["ExportConflict", "Exporter", "configured"]


class Exporter(Protocol):
    """A way out."""

    @property
    def name(self) -> str:
        """How the database remembers what went out by it."""

    def send(self, file: SealFile, public_key: bytes) -> None:
        """Send one seal; OSError when it could not be done. Sending the same seal twice changes nothing."""


def configured() -> list[Exporter]:
    """Return this installation's exporters: always its own folder, then what ARASHA_SEAL_COPY and _MAIL name."""
    ways: list[Exporter] = [FolderExporter("folder", Path(settings.ARASHA_SEALS))]
    if settings.ARASHA_SEAL_COPY:
        ways.append(FolderExporter("copy", Path(settings.ARASHA_SEAL_COPY)))
    if settings.ARASHA_SEAL_MAIL:
        ways.append(MailExporter("mail", settings.ARASHA_SEAL_MAIL))
    return ways
