"""What a notice says, in the reader's language, and how several of them become one e-mail."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext, ngettext, override

TEXTS: Final = Path(__file__).parent / "data" / "notices.csv"
LANGUAGES: Final = ("kk", "ru", "en")
# Paths of our own, without a query: nothing that somebody typed comes into a notice.
LINK: Final = r"^/([A-Za-z0-9_-]+/)*$"
# One e-mail lists so many; after a long silence the rest is a figure.
LISTED_AT_MOST: Final = 20


class UnknownNotice(LookupError):
    """There is no text for this code in messages/data/notices.csv."""


class UnsafeLink(ValueError):
    """A notice's link must be a path of ours, ended by a slash and without a query."""


class NoRecipient(ValueError):
    """A notice needs at least one post, unit or user."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail ready to be sent."""

    subject: str
    body: str


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return every notice's text by code and language, as shipped in data/notices.csv."""
    with TEXTS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: {tongue: row[f"text_{tongue}"] for tongue in LANGUAGES} for row in csv.DictReader(file)}


def text_of(code: str, language: str) -> str:
    """Return the sentence for a code; an unknown language reads Kazakh. Raises UnknownNotice."""
    try:
        sentences = texts()[code]
    except KeyError:
        raise UnknownNotice(code) from None
    return sentences.get(language[:2], sentences["kk"])


def check(code: str, link: str, recipients: int) -> None:
    """Raise UnknownNotice, UnsafeLink or NoRecipient when a notice can't be put down as asked."""
    text_of(code, "kk")
    if not re.fullmatch(LINK, link):
        raise UnsafeLink
    if recipients == 0:
        raise NoRecipient


def letter(notices: Sequence[tuple[str, str]], *, language: str, address: str) -> Letter:
    """Write one e-mail about notices given as (code, id); links lead to the notice, never to a file.

    `address` is where the application is served, without a slash at its end.
    """
    count = len(notices)
    with override(language):
        subject = ngettext("Arasha: you have work", "Arasha: you have work (%(count)s notices)", count)
        lines = [
            f"{text_of(code, language)}\n{address}/messages/{notice}/" for code, notice in notices[:LISTED_AT_MOST]
        ]
        if count > LISTED_AT_MOST:
            rest = count - LISTED_AT_MOST
            more = ngettext("And %(count)s notice more:", "And %(count)s notices more:", rest) % {"count": rest}
            lines.append(f"{more}\n{address}/messages/")
        lines.append(
            gettext("This letter was written by the system; it never holds anything about a child. Don't answer it.")
        )
        return Letter(subject=subject % {"count": count}, body="\n\n".join(lines) + "\n")
