"""Making a backup: whole and signed, or not at all."""

import errno
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from arasha import __version__
from arasha.config.backup import places, programs, trees
from arasha.config.backup.errors import Busy, NoRoom
from arasha.config.backup.manifest import Manifest
from arasha.config.backup.places import DATABASE, HALF, Shelf
from arasha.config.backup.programs import Target
from arasha.config.backup.reading import Snapshot, snapshot
from arasha.config.backup.trees import Progress
from arasha.config.postgres.locks import Lock
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.queries import keys_in_use

SPARE = 64 * 2**20  # bytes that stay free
GROWTH = 1.3  # how much larger than the last one a dump may be
Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A backup that was made, and the older ones that went."""

    folder: Path
    manifest: Manifest
    missing: int
    gone: list[str]


def make(say: Say) -> Made:
    """Make a backup and remove those older than ARASHA_BACKUP_DAYS.

    Raises BackupError, VaultError or psycopg.Error; then nothing of it stays. The key store is copied after the
    database's moment, so that each row's key is in the copy.
    """
    shelf = places.shelf()
    places.check_apart(shelf.folder)
    shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = Lock(shelf.folder / ".lock")
    if not lock.take(f"process {os.getpid()}"):
        raise Busy(f"Another backup is under way in {shelf.folder} ({lock.holder()}). Nothing was done.")
    try:
        shelf.remove_halves()
        with snapshot(Target(settings.ARASHA_BACKUP_DATABASE_URL)) as moment:
            _check_room(shelf, moment)
            made = _make(shelf, moment, say)
        gone = shelf.prune(days=settings.ARASHA_BACKUP_DAYS, at=moment.moment)
        return Made(made[0], made[1], made[2], gone)
    finally:
        lock.release()


def _make(shelf: Shelf, moment: Snapshot, say: Say) -> tuple[Path, Manifest, int]:
    """Write everything beside, then move it in."""
    name = places.name_at(moment.moment)
    half = shelf.folder / f"{HALF}{name}"
    known = shelf.names()
    if name in known:
        raise Busy(f"A backup of this very second is there: {name}. Nothing was done.")
    last = shelf.folder / known[-1] if known else None
    try:
        half.mkdir(mode=0o700)
        manifest, missing = _write(half, name, moment, last, say)
        trees.sync_folder(half)
        half.rename(shelf.folder / name)
        trees.sync_folder(shelf.folder)
    except OSError as problem:
        if problem.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        raise NoRoom(f"The disk of {shelf.folder} became full. Nothing of this backup was kept.") from problem
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return shelf.folder / name, manifest, missing


def _write(half: Path, name: str, moment: Snapshot, last: Path | None, say: Say) -> tuple[Manifest, int]:
    """Dump, copy and state."""
    progress = Progress(say)
    database = _dump(half, name, moment, progress)
    say(f"database: {database['plain']:,} bytes dumped, sealed")
    seals = trees.copy(Path(settings.ARASHA_SEALS), half, trees.SEALS, last, progress)
    files = trees.copy(settings.ARASHA_FILES, half, trees.FILES, last, progress)
    say(f"files: {files.files} ({files.new} new), seals: {seals.files} ({seals.new} new)")
    missing = _missing(half, moment)
    keys = {"copy": vault.back_up_keys(now=moment.moment), "in_use": keys_in_use()}
    journal = moment.journal()
    manifest = Manifest(
        name=name,
        instance=instance_name(),
        kind=str(moment.one("SELECT kind FROM public.worktime_instance") or ""),
        arasha=__version__,
        postgres=moment.version,
        migrations=moment.migrations(),
        journal=journal,
        database=database,
        files={**_listed(half, trees.FILES, files), "missing": missing},
        seals=_listed(half, trees.SEALS, seals),
        keys=keys,
        erasures=int(moment.one("SELECT count(*) FROM public.vault_erasure")),
    )
    manifest.write(half, first=journal["seal"] == 0)
    return manifest, missing


def instance_name() -> str:
    """Return how this installation is called where a person must type it: the host in its address."""
    return urlsplit(settings.ADDRESS).netloc or settings.ADDRESS


def _listed(half: Path, kind: trees.Kind, counts: trees.Counts) -> dict[str, Any]:
    """Return what the statement says of a tree."""
    return {"count": counts.files, "bytes": counts.bytes, "sha256": trees.digest_of(half / kind.list)}


def _check_room(shelf: Shelf, moment: Snapshot) -> None:
    """Raise NoRoom when the dump would hardly fit; later it is noticed, too, but after much work."""
    known = shelf.names()
    last = (shelf.folder / known[-1] / DATABASE).stat().st_size if known else 0
    needed = SPARE + int(last * GROWTH if last else moment.size)
    free = shutil.disk_usage(shelf.folder).free
    if free < needed:
        raise NoRoom(
            f"The disk of {shelf.folder} has {free // 2**20} MB free, a backup needs about {needed // 2**20} MB. "
            "Nothing was done. Make room, or set ARASHA_BACKUPS or ARASHA_BACKUP_DAYS."
        )


def _dump(half: Path, name: str, moment: Snapshot, progress: Progress) -> dict[str, Any]:
    """Dump the snapshot and seal it as it comes: in clear it is on no disk."""
    target = Target(settings.ARASHA_BACKUP_DATABASE_URL)
    command = [
        *(str(programs.find(moment.version) / "pg_dump"), "--format=custom", f"--snapshot={moment.id}"),
        *("--no-password", "--lock-wait-timeout=300s", f"--dbname={target.without_password()}"),
    ]
    digest, counted = hashlib.sha256(), {"plain": 0, "bytes": 0}
    with programs.started(command, target, stdout=subprocess.PIPE) as dump:

        def plain() -> Iterator[bytes]:
            for piece in trees.pieces(dump.stdout):
                counted["plain"] += len(piece)
                progress.tell("database: %d MB so far", counted["plain"] // 2**20)
                yield piece
            # Before the last piece is sealed: what was cut short is never sealed as whole.
            dump.demand_success("The database could not be dumped; nothing was kept")

        version, sealed = vault.seal_copy(plain(), backup=name, name=DATABASE)
        descriptor = os.open(half / DATABASE, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            for piece in sealed:
                digest.update(piece)
                counted["bytes"] += len(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    return {**counted, "sha256": digest.hexdigest(), "key": version, "size": moment.size}


def _missing(half: Path, moment: Snapshot) -> int:
    """Count files that a row needs and the backup lacks: they were lost before."""
    missing = 0
    for id_, redrawn in moment.files():
        for copy in ("served", "original") if redrawn else ("served",):
            missing += not (half / trees.FILES.name / id_[:2] / f"{id_}.{copy}").exists()
    return missing
