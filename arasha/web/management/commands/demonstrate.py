"""`arasha demonstrate`: make the demonstration district, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from arasha.web import demonstration


class Command(BaseCommand):
    """Makes a made-up district in a training or demonstration instance that is still empty."""

    help = "Make the demonstration district with made-up people and reports, once."

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Make it, or say that it is there already."""
        if demonstration.is_made():
            self.stdout.write("The instance has bodies already; nothing was made.")
            return
        try:
            made = demonstration.make()
        except demonstration.NotForProduction as error:
            raise CommandError("A production instance has no demonstration.") from error
        path = demonstration.write_accounts(made)
        self.stdout.write(f"{len(made)} made-up people work in Saryagash district now; their accounts: {path.name}")
