"""The forms that come with the software, and what is wrong with a form: both without writing anything."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from arasha.questionnaires.queries.versions import newest
from arasha.questionnaires.rules.books import Fault, Reading, read, read_text
from arasha.questionnaires.rules.conversion import FaultyForm, convert


def shipped(folder: Traversable | None = None) -> Iterator[tuple[str, Reading]]:
    """Yield each shipped form's file name and what it says. Raises Unreadable."""
    place = folder or resources.files("arasha.questionnaires") / "data" / "forms"
    files = [file for file in place.iterdir() if file.name.endswith(".md")] if place.is_dir() else []
    for file in sorted(files, key=lambda file: file.name):
        yield file.name, read(file.read_bytes())


def faults_of(reading: Reading) -> list[Fault]:
    """Return what is wrong with a form that was read; empty when it would be kept."""
    before = newest(reading.book.setting("form_id"))
    try:
        convert(reading, read_text(before.source).book if before else None)
    except FaultyForm as faulty:
        return list(faulty.faults)
    return []
