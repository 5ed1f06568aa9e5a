"""After the load: everything that must be true before anybody is let in."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.db import connections

from arasha.config import preparation
from arasha.config.backup.manifest import Manifest
from arasha.kernel.access import actions as access
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.queries import Outside, Report, sealed_outside, verify
from arasha.kernel.vault import actions as vault
from arasha.kernel.worktime.queries import domain_now, instance_kind

Say = Callable[[str], None]
NOTED: Final = """SELECT (codes->>'to')::bigint FROM public.journal_act WHERE stream_kind = 'system'
AND stream_key = 'restore' AND verb = 'restore' AND id > %s ORDER BY id DESC LIMIT 1"""
# Sessions and links that were ended or used after the backup would live again: everybody signs in anew.
STATEMENTS: Final = (
    ("sessions ended", "UPDATE public.access_session SET ended_at = clock_timestamp() WHERE ended_at IS NULL"),
    ("browser sessions removed", "DELETE FROM public.access_websession"),
    (
        "open links made void",
        "UPDATE public.administration_link SET expires_at = clock_timestamp()"
        " WHERE used_at IS NULL AND expires_at > clock_timestamp()",
    ),
)


def prepare(say: Say) -> None:
    """Bring the database to this version, make its keys new, and forget what was erased."""
    for done in preparation.prepare(instance_kind(using="owner"), restoring=True):
        say(done)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT access.renew_context_key()")
    if removed := vault.sweep_files(now=domain_now(using="owner"), using="owner"):
        say(f"{removed} files that no row needs were removed")


def end_sessions(say: Say) -> None:
    """End what the backup brought back to life."""
    with connections["owner"].cursor() as cursor:
        for what, statement in STATEMENTS:
            cursor.execute(statement)
            say(f"{what}: {cursor.rowcount}")


def look_for_lost(manifest: Manifest, folders: list[Path], last_seal: int) -> tuple[Outside, bool]:
    """Return what went out after the backup, and whether a try that was broken off has written that down already.

    No act gets the number of a lost one.
    """
    after = manifest.journal["seal"]
    with connections["owner"].cursor() as cursor:
        cursor.execute(NOTED, [manifest.journal["last_act"]])
        noted = cursor.fetchone()
    if noted:  # seals since then are our own
        return sealed_outside(folders, after=after, up_to=noted[0]), True
    lost = sealed_outside(folders, after=after, known_to=last_seal)
    journal.skip_lost(lost)
    return lost, False


def write_down(manifest: Manifest, lost: Outside, *, noted: bool, say: Say) -> None:
    """Write the act of the restore, once, and seal what was restored unsealed behind whatever went out."""
    now = domain_now(using="owner")
    if not noted:
        with access.system("restore", using="owner"):
            journal.note_restore(backup=manifest.name, lost=lost, now=now)
    sealed = 0
    while text := journal.seal_once(now=now, using="owner", least=lost.to + 1):
        sealed += text.leaves
    say(f"{sealed} rows sealed")
    for failed in journal.export_seals(using="owner"):
        say(f"seals could not be sent out by: {failed}")


def verify_all(folders: list[Path]) -> Report:
    """Verify the journal, and the rows as they stand."""
    return verify(state=True, folders=[folder for folder in folders if folder.is_dir()])
