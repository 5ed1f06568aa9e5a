"""Publishing the forms that come with the software."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.questionnaires import policy
from arasha.questionnaires.models import Questionnaire, Version
from arasha.questionnaires.rules.books import Reading, canonical, read, read_text
from arasha.questionnaires.rules.conversion import convert
from arasha.questionnaires.rules.standing import State

log = logging.getLogger(__name__)


class ChangedFile(ValueError):
    """A shipped form changed without a new version number; says which."""


def read_files(folder: Traversable | None = None) -> Iterator[tuple[str, Reading]]:
    """Yield each shipped form's file name and what it says. Raises Unreadable."""
    place = folder or resources.files("arasha.questionnaires") / "data" / "forms"
    files = [file for file in place.iterdir() if file.name.endswith(".md")] if place.is_dir() else []
    for file in sorted(files, key=lambda file: file.name):
        yield file.name, read(file.read_bytes())


def load_reference(
    *,
    actor: Actor,
    now: datetime,
    folder: Traversable | None = None,
    files: Iterable[tuple[str, Reading]] | None = None,
    using: str = "owner",
) -> int:
    """Publish what the forms (default: the shipped ones) say and the database does not hold yet.

    All files or none. A file that says what its version says already makes nothing new. Where people of this country
    wrote a version of a form, a release never overrules them: its newer text waits as a draft, and is left out when its
    number is taken. Returns how many versions are new.

    Raises:
        NotAllowed: the actor is not the installation.
        FaultyForm, Unreadable: a file can't become a version.
        ChangedFile: a file changed without a new version number.
    """
    if not policy.may_load(actor):
        raise policy.NotAllowed
    with transaction.atomic(using=using):
        found = read_files(folder) if files is None else files
        return sum(_load(name, reading, now, using) for name, reading in found)


def _load(name: str, reading: Reading, now: datetime, using: str) -> bool:
    code, number = reading.book.setting("form_id"), reading.book.setting("version")
    known = list(Version.objects.using(using).filter(questionnaire=code).defer("xform").order_by("number", "pk"))
    for row in known:
        if str(row.number) == number and row.author_id is None:
            if canonical(read_text(row.source).book) == canonical(reading.book):
                return False
            raise ChangedFile(f"{name}: {code} changed; give it version {known[-1].number + 1}")
    kept = [row for row in known if row.published_at is not None]
    converted = convert(reading, read_text(kept[-1].source).book if kept else None)
    taken_over = any(row.author_id is not None for row in kept)
    if kept and kept[-1].number >= converted.number:
        if not taken_over:
            raise ChangedFile(f"{name}: {code} has version {kept[-1].number}; give this a higher number")
        log.warning("%s: people of this country published version %s; left out", name, kept[-1].number)
        return False
    Questionnaire.objects.using(using).get_or_create(code=code)
    Version.objects.using(using).create(
        questionnaire_id=code,
        number=converted.number,
        state=State.DRAFT if taken_over else State.PUBLISHED,
        source=converted.source,
        xform=converted.xform,
        digest=converted.digest,
        about=converted.about.to_json(),
        made_at=now,
        published_at=None if taken_over else now,
    )
    return True
