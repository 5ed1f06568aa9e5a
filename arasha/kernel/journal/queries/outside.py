"""What the seals outside say of entries that a restored database no longer has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from arasha.kernel.journal.exporters import read_folder
from arasha.kernel.journal.queries.proof.seals import is_signed
from arasha.kernel.journal.rules import EPOCH


@dataclass(frozen=True, slots=True)
class Outside:
    """Seals numbered above `after`, as far as they lie outside: up to `to` (`after` when there are none).

    `rows` is how many rows they name, `act` the highest number of an entry among them, `since` and `until` when the
    first and the last were made.
    """

    after: int
    to: int
    seals: int = 0
    rows: int = 0
    act: int = 0
    since: datetime | None = None
    until: datetime | None = None


def sealed_outside(folders: Sequence[Path], *, after: int, known_to: int = 0, up_to: int | None = None) -> Outside:
    """Return what the folders' seals above `after` name; `known_to` is a number known otherwise, as from a mailbox.

    A seal that none of the folders' keys signed does not count, nor does one above `up_to`.
    """
    found: dict[int, tuple[datetime, int, int]] = {}
    for folder in folders:
        keys, seals = read_folder(folder)
        for _, file in seals:
            if file is None or file.text.number <= after or not is_signed(file.text, file.signature, keys):
                continue
            if up_to is not None and file.text.number > up_to:
                continue
            acts = [int(leaf.key) for leaf in file.leaves if leaf.table == "journal_act"]
            made = EPOCH + timedelta(microseconds=int(file.text.at))
            found[file.text.number] = (made, len(file.leaves), max(acts, default=0))
    last = max([after, known_to, up_to or 0, *found])
    if not found:
        return Outside(after=after, to=last)
    moments = [moment for moment, _, _ in found.values()]
    rows, act = sum(rows for _, rows, _ in found.values()), max(act for _, _, act in found.values())
    return Outside(after, last, len(found), rows, act, min(moments), max(moments))
