"""`arasha restore`, step by step. Whatever is broken off goes on with the next call; until the end nobody serves."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from arasha.config.backup import places, trees
from arasha.config.backup.checking import Checked, check
from arasha.config.backup.errors import BackupError, Busy, Refused
from arasha.config.backup.programs import Target
from arasha.config.backup.trees import Progress
from arasha.config.postgres.locks import Lock
from arasha.config.restoring import finishing, loading
from arasha.config.restoring.conditions import Wishes, demand_fit, outside_folders
from arasha.config.restoring.doors import LOADED, LOADING, Doors, Mark
from arasha.kernel.journal.queries import Outside, Report
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.queries import prove_keys

Say = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What came of it. `opened`: people may be let in; else the journal's findings must be looked at first."""

    backup: str
    lost: Outside
    report: Report
    opened: bool


def restore(name: str | None, wishes: Wishes, *, accept: bool, say: Say) -> Restored:
    """Restore a backup, or go on with a restore that was broken off.

    `accept`: let people in although the journal's proof found something. Raises BackupError, VaultError, NotPrepared
    or a database's error; what was said to be done is done, and the next call goes on behind it.
    """
    with _alone():
        target = Target.of_owner()
        mark = mark_of(target)
        chosen = _choose(name, mark, wishes)
        folders = outside_folders(wishes)
        places.check_apart(places.shelf().folder)
        checked = check(places.shelf().find(chosen), say)
        loaded = mark is not None and mark.stage == LOADED and mark.backup == checked.manifest.name and not wishes.over
        emptying = not loaded and demand_fit(checked, target, wishes)
        _bring_keys(say)
        _bring_trees(checked, say)
        if not loaded:
            _load(checked, target, emptying=emptying, say=say)
        return _finish(checked, target, folders, wishes, accept=accept, say=say)


def abandon() -> str:
    """Open a database whose restore broke off before anything was loaded; return the backup's name.

    Raises Refused when there is none such: what is loaded half-finished is finished, not opened.
    """
    with _alone():
        target = Target.of_owner()
        mark = mark_of(target)
        if mark is None or mark.stage != LOADING:
            raise Refused(
                "No restore is under way here."
                if mark is None
                else f"The backup {mark.backup} is loaded. Finish it: `arasha restore {mark.backup}`."
            )
        with target.connect() as connection:
            Doors(connection).open()
        return mark.backup


@contextmanager
def _alone() -> Iterator[None]:
    """Give way to another restore; Django's connections end with this one."""
    lock = Lock(Path(settings.STATE) / "restore.lock")
    if not lock.take(f"process {os.getpid()}"):
        raise Busy(f"Another restore is under way ({lock.holder()}). Nothing was done.")
    try:
        yield
    finally:
        connections.close_all()
        lock.release()


def mark_of(target: Target) -> Mark | None:
    """Return the mark of a restore that is not finished."""
    with target.connect() as connection:
        return Doors(connection).mark()


def _choose(name: str | None, mark: Mark | None, wishes: Wishes) -> str | None:
    """Return the backup to restore: the one named, the one under way, or None for the newest."""
    if mark is None or mark.stage == LOADING or wishes.over:
        return name or (mark.backup if mark else None)
    if name not in {None, mark.backup}:
        raise Refused(
            f"The restore of {mark.backup} is not finished. Go on with it: `arasha restore {mark.backup}`, "
            f"or put {name} over it with --over. Nothing was done."
        )
    return mark.backup


def _bring_keys(say: Say) -> None:
    """Fill an empty key store, and see that the rings open what is in it."""
    if copy := vault.put_keys_back():
        say(f"the key store comes from its copy {copy}")
    say(f"{prove_keys()} data keys are there, and the rings open them")


def _bring_trees(checked: Checked, say: Say) -> None:
    """Bring files and seals back to their places; what is there stays."""
    progress = Progress(say)
    for kind, place in ((trees.SEALS, Path(settings.ARASHA_SEALS)), (trees.FILES, settings.ARASHA_FILES)):
        new = trees.put_back(checked.folder, kind, place, progress)
        say(f"{kind.name}: {new} brought back")


def _load(checked: Checked, target: Target, *, emptying: bool, say: Say) -> None:
    """Close the database and load; when that fails, what stood there is let serve again."""
    name = checked.manifest.name
    with target.connect() as connection:
        doors = Doors(connection)
        doors.close(Mark(name, LOADING))
        try:
            if visitors := doors.visitors():
                raise Busy(
                    f"Somebody connected meanwhile: {', '.join(visitors)}. Stop web and worker. Nothing was done."
                )
            loading.load(checked, target, emptying=emptying, say=say)
        except BackupError:
            doors.open()
            raise
    say("the database is loaded; nobody is let in until all is done")


def _finish(
    checked: Checked, target: Target, folders: list[Path], wishes: Wishes, *, accept: bool, say: Say
) -> Restored:
    """Prepare, forget, note, seal and verify; then open."""
    connections.close_all()
    lost, noted = finishing.look_for_lost(checked.manifest, folders, wishes.last_seal)
    finishing.prepare(say)
    finishing.end_sessions(say)
    finishing.write_down(checked.manifest, lost, noted=noted, say=say)
    say("verifying the journal and every row …")
    report = finishing.verify_all(folders)
    opened = accept or not report.failed
    if opened:
        with target.connect() as connection:
            Doors(connection).open()
    return Restored(checked.manifest.name, lost, report, opened)
