"""`arasha administrators`: the first people of a new instance, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from arasha.administration.rules import LoginTaken
from arasha.config import installing
from arasha.config.installing import Person
from arasha.kernel.access.rules import Conflict, NotValid, Refused


class Command(BaseCommand):
    """Seat the first administrators and show their means of signing in, this once."""

    help = "Makes the operating body and seats its first administrators, at least two, in an instance that has no body."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the body's name and the people."""
        parser.add_argument("--body", required=True, help="the name of the body that operates the instance")
        parser.add_argument(
            "--person", nargs=2, action="append", required=True, metavar=("LOGIN", "NAME"), help="give it for each one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        people = [Person(login, name) for login, name in options["person"]]
        try:
            made = installing.first_administrators(body=options["body"], people=people)
        except (installing.NotInstalled, LoginTaken, Conflict, NotValid, Refused) as problem:
            raise CommandError(str(problem) or type(problem).__name__) from None
        except DatabaseError as problem:
            raise CommandError(
                f"The database refused ({type(problem.__cause__).__name__}). Nothing was done."
            ) from None
        for person, account in made:
            self.stdout.write(f"{person.login}   password {account.password}   second factor {account.totp_secret}")
        self.stdout.write("These are kept nowhere. Hand them over in person; each changes both at the first sign-in.")
