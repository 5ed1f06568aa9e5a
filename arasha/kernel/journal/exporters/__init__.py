"""Ways for a seal out of the database, so that who rules the database does not rule the proof."""

from arasha.kernel.journal.exporters.folder import FolderExporter, read_folder
from arasha.kernel.journal.exporters.mail import MailExporter
from arasha.kernel.journal.exporters.ways import ExportConflict, Exporter, configured

__all__ = ["ExportConflict", "Exporter", "FolderExporter", "MailExporter", "configured", "read_folder"]
