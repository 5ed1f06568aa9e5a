"""`arasha load-reference`: bring the reference data in the database to what this version ships."""

from django.core.management.base import BaseCommand

from arasha.config import reference


class Command(BaseCommand):
    """Load each folder's reference data as the owner."""

    help = "Brings the reference data (territory, functions, facets, holidays …) to what this version ships."

    def handle(self, *args: object, **options: object) -> None:
        """Load, and say what changed."""
        for label, rows in reference.load_all():
            self.stdout.write(f"{label}: {rows} rows written")
