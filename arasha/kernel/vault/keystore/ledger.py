"""The erasure ledger's half outside the database: a file that only grows, each line chained to the one before.

A restored database or key store is older than its erasures; replaying this file makes it forget again.
"""

import fcntl
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from arasha.kernel.vault.keystore.places import make_folder, sync_folder
from arasha.kernel.vault.rules import LedgerBroken, Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One scope erased: by which act, on what legal basis (a code), and when backups have forgotten it too."""

    id: UUID
    scope: Scope
    at: datetime
    final_on: date
    legal_basis: str
    act_id: int

    def as_json(self) -> dict[str, object]:
        """Return the entry as the file holds it, without its chain."""
        return {
            "id": str(self.id),
            "kind": self.scope.kind,
            "key": str(self.scope.key),
            "facet": self.scope.facet,
            "at": self.at.isoformat(),
            "final_on": self.final_on.isoformat(),
            "legal_basis": self.legal_basis,
            "act": self.act_id,
        }


class Ledger:
    """The file. Several processes may write; a line half written by a crash was never promised and is dropped."""

    def __init__(self, path: Path) -> None:
        """Take the path; folder and file are made at the first entry."""
        self.path = path

    def append(self, *entries: Entry) -> None:
        """Add entries and wait until they are on disk. An entry that is there already is not added again."""
        make_folder(self.path.parent)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            content = file.read() or b""
            whole = content[: content.rfind(b"\n") + 1]
            if len(whole) < len(content):
                file.truncate(len(whole))
            lines = whole.splitlines()
            known = {json.loads(line).get("id") for line in lines}
            last, added = lines[-1] if lines else b"", b""
            for entry in entries:
                if str(entry.id) not in known:
                    line = _line(entry.as_json(), last)
                    added, last = added + line, line.rstrip(b"\n")
            if added:
                file.write(added)
                os.fsync(file.fileno())
        sync_folder(self.path.parent)

    def entries(self) -> list[Entry]:
        """Return every entry, oldest first; LedgerBroken when a line was altered, removed or put in."""
        if not self.path.exists():
            return []
        content = self.path.read_bytes()
        found, before = [], b""
        for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), start=1):
            try:
                fields = json.loads(line)
                fields.pop("chain")
                if _line(fields, before) != line + b"\n":
                    raise ValueError
                found.append(_entry(fields))
            except (ValueError, KeyError, AttributeError):
                raise LedgerBroken(f"line {number} of the erasure ledger {self.path} does not fit") from None
            before = line
        return found


def _line(fields: dict[str, object], before: bytes) -> bytes:
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    chain = hashlib.sha256(hashlib.sha256(before).digest() + body.encode()).hexdigest()
    return json.dumps({**fields, "chain": chain}, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _entry(fields: dict[str, str]) -> Entry:
    return Entry(
        UUID(fields["id"]),
        Scope(fields["kind"], UUID(fields["key"]), fields["facet"]),
        datetime.fromisoformat(fields["at"]),
        date.fromisoformat(fields["final_on"]),
        fields["legal_basis"],
        int(fields["act"]),
    )
