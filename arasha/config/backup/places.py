"""Where backups lie, beside what they may not lie, which there are and how long each is kept."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from arasha.config.backup.errors import NotThere, WrongPlace

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
DATABASE = "database.sealed"
HALF = ".half-"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
ALWAYS_KEPT = 2  # however old: whoever made no backup for a month needs the last ones most


def name_at(moment: datetime) -> str:
    """Return the name of a backup made at a moment: UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"


def moment_of(name: str) -> datetime:
    """Return the moment in a backup's name."""
    return datetime.strptime(name, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Shelf:
    """The folder of all backups; each is a folder in it that appears whole or not at all."""

    folder: Path

    def names(self) -> list[str]:
        """Return the names of the whole backups, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(
            path.name for path in self.folder.iterdir() if NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
        )

    def find(self, name: str | None) -> Path:
        """Return a backup's folder, the newest one's without a name; raises NotThere."""
        known = self.names()
        if name is None and known:
            return self.folder / known[-1]
        if name is None or name not in known:
            what = f"{self.folder} holds no backup" + (f" of the name {name}" if name else "")
            raise NotThere(f"{what}. There are: {', '.join(known) or 'none'}.")
        return self.folder / name

    def remove_halves(self) -> None:
        """Remove what a killed backup left; called under the lock."""
        for path in self.folder.glob(f"{HALF}*"):
            shutil.rmtree(path)

    def prune(self, *, days: int, at: datetime) -> list[str]:
        """Remove backups older than `days` days at a moment; return their names. The newest two always stay."""
        oldest = at - timedelta(days=days)
        gone = [name for name in self.names()[:-ALWAYS_KEPT] if moment_of(name) < oldest]
        for name in gone:
            # Out of sight first: a folder that is removed half is no backup.
            going = self.folder / f"{HALF}{name}"
            (self.folder / name).rename(going)
            shutil.rmtree(going)
        return gone


def shelf() -> Shelf:
    """Return this installation's."""
    return Shelf(settings.ARASHA_BACKUPS)


def places_of_keys() -> list[tuple[str, Path]]:
    """Return everything that may not lie with backups: whoever has both has all."""
    places = [
        ("the keys (ARASHA_KEYS)", settings.ARASHA_KEYS),
        ("the key backups (ARASHA_KEY_BACKUPS)", settings.ARASHA_KEY_BACKUPS),
        ("the erasure ledger (ARASHA_ERASURE_LEDGER)", settings.ARASHA_ERASURE_LEDGER.parent),
    ]
    if not settings.ARASHA_KEY_STORE_URL:
        places.append(("the key store (ARASHA_KEY_STORE)", settings.ARASHA_KEY_STORE))
    return places


def check_apart(folder: Path) -> None:
    """Raise WrongPlace when backups would lie inside keys, key backups or data, or one of these inside them."""
    data = [
        ("the files (ARASHA_FILES)", settings.ARASHA_FILES),
        ("the seals (ARASHA_SEALS)", Path(settings.ARASHA_SEALS)),
        ("the database", Path(settings.STATE) / "postgres"),
    ]
    for what, other in [*places_of_keys(), *data]:
        if nested(folder, other):
            raise WrongPlace(
                f"Backups in {folder} and {what} in {other} may not lie inside one another. Nothing was done. "
                "Set ARASHA_BACKUPS to another medium."
            )


def nested(one: Path, other: Path) -> bool:
    """Say whether one folder is, or lies in, the other; links are followed."""
    first, second = one.resolve(), other.resolve()
    return first.is_relative_to(second) or second.is_relative_to(first)


def together(names: Sequence[str]) -> str:
    """Return names as a person reads them."""
    return ", ".join(names) or "none"
