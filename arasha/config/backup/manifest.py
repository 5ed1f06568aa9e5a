"""What a backup says of itself, signed with the key that signs the journal's seals. Figures and names of files only."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature

from arasha.config.backup.errors import Damaged, Refused
from arasha.config.backup.places import MANIFEST, SIGNATURE
from arasha.kernel.journal.actions.sealing import SealKeyMissing, signing_key

FORMAT = 1
# Before the text when it is signed: no seal begins like this, so that neither passes for the other.
CONTEXT = b"arasha-backup-1\n"


@dataclass(frozen=True)
class Manifest:
    """The whole statement. `journal` says how far the journal was, so that what came after can be told as lost."""

    name: str
    instance: str
    kind: str
    arasha: str
    postgres: int
    migrations: list[list[str]]
    journal: dict[str, Any]
    database: dict[str, Any]
    files: dict[str, Any]
    seals: dict[str, Any]
    keys: dict[str, Any]
    erasures: int
    format: int = field(default=FORMAT)

    def text(self) -> bytes:
        """Return what is written and signed."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"

    def write(self, folder: Path, *, first: bool) -> None:
        """Write statement and signature durably; `first`: nothing was ever sealed, a key may be made."""
        signature = signing_key(make=first).sign(CONTEXT + self.text())
        for name, content in ((SIGNATURE, signature.hex().encode() + b"\n"), (MANIFEST, self.text())):
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return a backup's statement.

        Raises Damaged when it was altered or signed by another installation, Refused when the key to check it
        is not here or it was made by a later version.
        """
        try:
            content, signature = (folder / MANIFEST).read_bytes(), (folder / SIGNATURE).read_text()
            signing_key().public_key().verify(bytes.fromhex(signature.strip()), CONTEXT + content)
        except SealKeyMissing as problem:
            raise Refused(f"{problem}. Bring the keys back first; nothing was done.") from None
        except (OSError, ValueError, InvalidSignature):
            raise Damaged(
                f"{folder / MANIFEST} is not what this installation signed: it was altered, or ARASHA_KEYS holds the "
                "keys of another one. Nothing was done."
            ) from None
        values = json.loads(content)
        if values["format"] != FORMAT:
            raise Refused(f"{folder} was made by a later Arasha ({values['arasha']}). Install that one first.")
        return cls(**values)

    def fits_name(self, folder: Path) -> None:
        """Raise Damaged when the statement lies in another backup's folder."""
        if self.name != folder.name:
            raise Damaged(f"{folder} holds the statement of the backup {self.name}.")
