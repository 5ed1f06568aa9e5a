"""Letters that carry a one-time link."""

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be sent."""

    subject: str
    body: str


def one_time_link(kind: str, *, address: str) -> Letter:
    """Write the letter of an invitation, a forgotten password or a lost second factor, in the active language."""
    subject = {
        "invitation": gettext("Arasha: your account is ready"),
        "password": gettext("Arasha: a new password"),
        "factor": gettext("Arasha: a new second step"),
    }[kind]
    first = {
        "invitation": gettext("An account was made for you. Choose a password and set up the second step here:"),
        "password": gettext("Somebody, probably you, asked for a new password. Choose it here:"),
        "factor": gettext("Your administrator let you set up a new second step for signing in. Do it here:"),
    }[kind]
    lasts = {
        "invitation": gettext("The link works once, for 72 hours."),
        "password": gettext("The link works once, for one hour. If you didn't ask, do nothing: your password stays."),
        "factor": gettext("The link works once, for 24 hours, and asks for your password."),
    }[kind]
    last = gettext("Nobody will ever ask you for this link: pass it on to nobody.")
    return Letter(subject=subject, body=f"{first}\n\n{address}\n\n{lasts}\n{last}\n")
