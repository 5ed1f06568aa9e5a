"""Seals: a Merkle tree over hashes, and the text that is signed and sent out of the database."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Leaf(NamedTuple):
    """One sealed row: its table, its key as text, its hash."""

    table: str
    key: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class SealText:
    """What a seal says: everything that its signature covers."""

    number: int
    at: str
    leaves: int
    root: str
    previous: str
    key: str

    def signed(self) -> bytes:
        """Return the bytes that are signed and hashed: JSON with sorted keys."""
        return json.dumps({"format": "arasha-seal-1", **asdict(self)}, sort_keys=True, separators=(",", ":")).encode()

    def hash(self) -> bytes:
        """Return the hash that the next seal names."""
        return hashlib.sha256(self.signed()).digest()


def moment_text(at: datetime) -> str:
    """Return an aware moment as a seal writes it: microseconds since 1970, which no time zone changes."""
    return str((at - EPOCH) // timedelta(microseconds=1))


def in_order(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return leaves in a seal's order: by table, then by key as text."""
    return sorted(leaves, key=lambda leaf: (leaf.table, leaf.key))


def merkle_root(leaves: Sequence[Leaf]) -> bytes:
    """Return the root over leaves in a seal's order.

    As in RFC 6962 a leaf is hashed after a zero byte and an inner node after a one, so that none passes for the other;
    an odd node at the end of a level moves up as it is.
    """
    level = [
        hashlib.sha256(b"\0" + f"{leaf.table} {leaf.key} ".encode() + leaf.hash).digest() for leaf in in_order(leaves)
    ]
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        paired = [
            hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() if at + 1 < len(level) else level[at]
            for at in range(0, len(level), 2)
        ]
        level = paired
    return level[0]


@dataclass(frozen=True, slots=True)
class SealFile:
    """A seal as it lies outside the database: its text, its signature and every leaf."""

    text: SealText
    signature: bytes
    leaves: list[Leaf]

    def lines(self) -> str:
        """Return the file: one line of JSON, then `table key hash` a line. No names, no codes, no streams."""
        head = {"seal": asdict(self.text), "signature": self.signature.hex()}
        rows = (f"{leaf.table} {leaf.key} {leaf.hash.hex()}" for leaf in in_order(self.leaves))
        return "\n".join([json.dumps(head, sort_keys=True), *rows]) + "\n"

    @classmethod
    def parsed(cls, content: str) -> "SealFile":
        """Return what `lines` wrote; ValueError when the content is something else."""
        try:
            first, *rest = content.splitlines()
            head: dict[str, Any] = json.loads(first)
            rows = [line.split(" ") for line in rest]
            leaves = [Leaf(table, key, bytes.fromhex(value)) for table, key, value in rows]
            return cls(SealText(**head["seal"]), bytes.fromhex(head["signature"]), leaves)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("not a seal's file") from error
