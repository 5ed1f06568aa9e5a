"""`arasha demonstrate`: make the demonstration's district or regions, once."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from arasha.web import demonstration
from arasha.web.actions import Seat


class Command(BaseCommand):
    """Makes a made-up district, or three regions, in a training or demonstration instance that is still empty."""

    help = "Make the demonstration's district or regions with made-up people and reports, once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be made."""
        parser.add_argument("extent", nargs="?", choices=["district", "regions"], default="district")
        parser.add_argument("--files", type=int, help="how many reports the story of the regions has (300)")

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Make it, or say that it is there already."""
        if demonstration.is_made():
            self._say("The instance has bodies already; nothing was made.")
            if demonstration.catch_up():
                self._say("The story had been interrupted: the training clock was brought to the present.")
            return
        try:
            made = self._made(options["extent"], options["files"])
        except demonstration.NotForProduction as error:
            raise CommandError("A production instance has no demonstration.") from error
        except demonstration.BeginsNow as error:
            raise CommandError(
                "The story of the regions needs a clock that began eight weeks ago: it is made with the first"
                " `arasha run` or `arasha prepare` of an empty database (ARASHA_DEMONSTRATION=regions)."
            ) from error
        path = demonstration.write_accounts(made)
        people, where = len({seat.login for seat in made}), "Saryagash district"
        where = where if options["extent"] == "district" else "three regions"
        self._say(f"{people} made-up people work in {where} now; their accounts: {path.name}")

    def _made(self, extent: str, files: int | None) -> Sequence[Seat]:
        if extent == "district":
            return demonstration.make()
        story = demonstration.make_regions(files=files)
        while True:
            try:
                self._say(next(story))
            except StopIteration as end:
                made: Sequence[Seat] = end.value
                return made

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
