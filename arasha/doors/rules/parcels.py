"""Bounds of what may be sent, and what stands in a file's letter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

MOST_FILES: Final = 5
MEGA: Final = 1_000_000
MOST_FILE: Final = 20 * MEGA
MOST_FILM: Final = 50 * MEGA
# How long one form may take to come in, and how many may come in at once: the other threads take tellings.
MOST_SECONDS: Final = 600.0
AT_ONCE: Final = 3
# So much of a sealed file is put away at a time.
PIECE: Final = 1 << 20
LONGEST_NAME: Final = 150
# What a browser offers to choose. With HEIC left out, an iPhone sends JPEG.
CHOOSABLE: Final = (
    ".jpg,.jpeg,.png,.webp,.gif,.pdf,.mp3,.wav,.ogg,.oga,.opus,.m4a,.aac,.amr,.mp4,.mov,.3gp,.webm,.docx,.xlsx,.odt,"
    ".doc,.txt,image/jpeg,image/png,audio/*,video/*"
)


class NoRoom(Exception):
    """So many files wait that no more is taken now."""


def about_parcel(parcel: UUID) -> str:
    """Return what a file's letter is bound to."""
    return f"arasha.parcel-letter.1:{parcel}"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What the letter of a file says: its key, its name, and whether it shows somebody undressed."""

    key: bytes
    name: str
    intimate: bool

    def to_json(self) -> bytes:
        """Return it as it is sealed."""
        return json.dumps({"key": self.key.hex(), "name": self.name, "intimate": self.intimate}).encode()

    @classmethod
    def from_json(cls, words: bytes) -> "Enclosed":
        """Return what a letter says. Raises ValueError, KeyError."""
        said: dict[str, Any] = json.loads(words)
        return cls(bytes.fromhex(said["key"]), str(said["name"]), bool(said["intimate"]))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came in whole, as the page carries it until it is sent."""

    parcel: UUID
    name: str
    size: int
    intimate: bool = False

    def to_state(self) -> dict[str, Any]:
        """Return it as a page carries it."""
        return {"parcel": str(self.parcel), "name": self.name, "size": self.size, "intimate": self.intimate}

    @classmethod
    def from_state(cls, values: Mapping[str, Any]) -> "Attached":
        """Return what a page carried."""
        return cls(UUID(values["parcel"]), str(values["name"]), int(values["size"]), bool(values["intimate"]))


def without(files: Sequence[Attached], parcel: str) -> tuple[Attached, ...]:
    """Return the files but this one."""
    return tuple(one for one in files if str(one.parcel) != parcel)


def most_of(content_type: str) -> int:
    """Return how many bytes of a file of this kind are taken."""
    return MOST_FILM if content_type.startswith("video/") else MOST_FILE
