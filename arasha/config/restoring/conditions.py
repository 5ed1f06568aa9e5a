"""What must be so before anything is restored; each refusal says what to do, and nothing was done."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from arasha import __version__
from arasha.config import environment
from arasha.config.backup.checking import Checked
from arasha.config.backup.errors import Busy, NoRoom, Refused
from arasha.config.backup.making import SPARE, instance_name
from arasha.config.backup.manifest import Manifest
from arasha.config.backup.programs import Target, server_version
from arasha.config.preparation import has_secret
from arasha.config.restoring import loading
from arasha.config.restoring.doors import Doors


@dataclass(frozen=True)
class Wishes:
    """What the person who restores asked for."""

    over: str = ""
    seals: Sequence[Path] = field(default=())
    last_seal: int = 0


def demand_fit(checked: Checked, target: Target, wishes: Wishes) -> bool:
    """Raise Refused, Busy or NoRoom unless the backup can be restored here; say whether the place must be emptied."""
    manifest = checked.manifest
    if not has_secret():
        raise Refused(
            f"{settings.ARASHA_KEYS} holds no secret_key: without it nobody's second factor works. Bring the keys back "
            "first; nothing was done."
        )
    _demand_version(manifest)
    _demand_kind(manifest)
    _demand_room(manifest)
    with target.connect() as connection:
        if server_version(connection) < manifest.postgres:
            raise Refused(
                f"The backup is of PostgreSQL {manifest.postgres}, this server is {server_version(connection)}. "
                "Restore it into the same or a newer version. Nothing was done."
            )
        if lacking := loading.missing_extensions(connection, checked):
            raise Refused(
                f"The database lacks the extensions {', '.join(lacking)}. Run the SQL that `arasha db roles` prints, "
                "then restore again. Nothing was done."
            )
        if visitors := Doors(connection).visitors():
            told = ", ".join(f"{count} of {name}" for name, count in visitors.items())
            raise Busy(
                f"The installation serves: connections are open ({told}). Stop web and worker. Nothing was done."
            )
        return not _demand_empty(loading.is_empty(connection), wishes)


def _demand_empty(empty: bool, wishes: Wishes) -> bool:
    """Let only who typed the instance's name put a backup over what stands there."""
    if not empty and wishes.over != instance_name():
        raise Refused(
            "The database is not empty. What stands in it would be gone for good. If that is what you want, say the "
            f"instance's name: --over {instance_name()}. Nothing was done."
        )
    return empty


def _demand_version(manifest: Manifest) -> None:
    """Refuse a backup of a later version: there is no way back for its tables."""
    loader = MigrationLoader(None)
    shipped = set(loader.disk_migrations) | {key for found in loader.disk_migrations.values() for key in found.replaces}
    ours = {app for app, _ in shipped}
    unknown = [(app, name) for app, name in manifest.migrations if app in ours and (app, name) not in shipped]
    if unknown:
        raise Refused(
            f"The backup was made by a later Arasha ({manifest.arasha}; {unknown[0][0]} {unknown[0][1]}), this is "
            f"{__version__}. Install that version, then restore. Nothing was done."
        )


def _demand_kind(manifest: Manifest) -> None:
    """Refuse when the settings say that this installation is of another kind."""
    asked = environment.text("ARASHA_INSTANCE_KIND")
    if asked and asked != manifest.kind:
        raise Refused(
            f"The backup is of a {manifest.kind} instance, ARASHA_INSTANCE_KIND says {asked}. Nothing was done."
        )


def _demand_room(manifest: Manifest) -> None:
    """Refuse when the files would not fit."""
    for stated, folder in ((manifest.files, settings.ARASHA_FILES), (manifest.seals, Path(settings.ARASHA_SEALS))):
        there = next(parent for parent in [folder, *folder.parents] if parent.exists())
        if shutil.disk_usage(there).free < stated["bytes"] + SPARE:
            raise NoRoom(f"The disk of {there} has no room for {stated['bytes'] // 2**20} MB. Nothing was done.")


def outside_folders(wishes: Wishes) -> list[Path]:
    """Return every folder that holds seals; Refused when one that was named can't be read.

    Without the second organisation's, what was lost could not be told.
    """
    named = [*wishes.seals, *([Path(settings.ARASHA_SEAL_COPY)] if settings.ARASHA_SEAL_COPY else [])]
    for folder in named:
        if not folder.is_dir():
            raise Refused(
                f"The seals in {folder} can't be read, and they say what was lost after the backup. Connect that "
                "place, or unset ARASHA_SEAL_COPY and say the last seal's number: --last-seal. Nothing was done."
            )
    return list(dict.fromkeys([Path(settings.ARASHA_SEALS), *named]))
