"""Which files are kept: what they are is read from their bytes, and their name must agree."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import puremagic

from arasha.kernel.vault.rules.errors import FileRefused

HEAD_BYTES: Final = 4096
TAIL_BYTES: Final = 66_000
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file that is kept. `container` files are looked into, `image` files are drawn anew."""

    content_type: str
    endings: tuple[str, ...]
    begins: re.Pattern[bytes]
    image: bool = False
    container: bool = False


def _type(content_type: str, endings: str, begins: bytes, *, image: bool = False, container: bool = False) -> FileType:
    return FileType(content_type, tuple(endings.split()), re.compile(begins, re.DOTALL), image, container)


_OFFICE = "application/vnd.openxmlformats-officedocument."
KEPT: Final = (
    _type("image/jpeg", ".jpg .jpeg", rb"\xff\xd8\xff", image=True),
    _type("image/png", ".png", rb"\x89PNG\r\n\x1a\n", image=True),
    _type("image/webp", ".webp", rb"RIFF.{4}WEBP", image=True),
    _type("application/pdf", ".pdf", rb"%PDF-[12]\.\d"),
    _type("audio/mpeg", ".mp3", rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    _type("audio/wav", ".wav", rb"RIFF.{4}WAVE"),
    _type("audio/ogg", ".ogg .oga .opus", rb"OggS"),
    _type("audio/mp4", ".m4a", rb".{4}ftyp(M4A |M4B |mp42|isom|dash|3gp)"),
    _type("video/mp4", ".mp4", rb".{4}ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|3gp)"),
    _type(_OFFICE + "wordprocessingml.document", ".docx", rb"PK\x03\x04", container=True),
    _type(_OFFICE + "spreadsheetml.sheet", ".xlsx", rb"PK\x03\x04", container=True),
    _type("application/vnd.oasis.opendocument.text", ".odt", rb"PK\x03\x04", container=True),
    _type("text/plain", ".txt", rb""),
    # Tables come in any encoding: what they hold is read by their own rules, and they only ever leave as attachments.
    _type("text/csv", ".csv", rb""),
)
# What the public may send beside: telephones make it. Nothing here rewrites it, so its original alone is kept.
_TELEPHONES: Final = (
    _type("image/gif", ".gif", rb"GIF8[79]a"),
    _type("image/heic", ".heic .heif", rb".{4}ftyp(heic|heix|heim|heis|mif1|msf1|hevc)"),
    _type("audio/amr", ".amr", rb"#!AMR"),
    _type("audio/aac", ".aac", rb"\xff[\xf0\xf1\xf8\xf9]"),
    _type("video/3gpp", ".3gp .3g2", rb".{4}ftyp3g"),
    _type("video/quicktime", ".mov", rb".{4}ftypqt"),
    _type("video/webm", ".webm", rb"\x1a\x45\xdf\xa3"),
    _type("application/msword", ".doc", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
)
RECEIVED: Final = (*(one for one in KEPT if one.content_type not in {"text/plain", "text/csv"}), *_TELEPHONES)
PLAIN: Final = next(one for one in KEPT if one.content_type == "text/plain")
_TEXT: Final = frozenset({"text/plain", "text/csv"})
# What a browser or a shell would run.
_ACTIVE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|object|\?php|\?xml)\b", re.IGNORECASE)
_BLANKS = b"\xef\xbb\xbf \t\r\n\x0b\x0c\x00"
_ZIP_END = b"PK\x05\x06"
_PDF_START = b"%PDF-"
# Other names for the same thing, in puremagic's tables.
_SAME: Final = {
    "image/jpg": "image/jpeg",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "application/ogg": "audio/ogg",
    "video/ogg": "audio/ogg",
    "video/quicktime": "video/mp4",
}


def type_of(name: str, head: bytes, tail: bytes) -> FileType:
    """Return what a file is, from its name and its first and last bytes.

    FileRefused with code `name` (none, too long), `type` (not a kind that is kept), `mismatch` (bytes and ending
    disagree), `active` (is what a browser or a shell would run) or `polyglot` (is two kinds of file at once).
    """
    ending = ending_of(name)
    kept = next((one for one in KEPT if ending in one.endings), None)
    if kept is None:
        raise FileRefused("type")
    _refuse_active(kept, head)
    if not kept.begins.match(head) or not _sniffed(kept, head):
        raise FileRefused("mismatch")
    if kept.content_type == "text/plain":
        _refuse_binary(head)
    _refuse_polyglot(kept, head, tail)
    return kept


def received_type(name: str, head: bytes) -> FileType | None:
    """Return what a file of the public is by its first bytes alone, None for a kind that is not taken.

    Its name decides only between kinds that begin alike: telephones call a picture what they like. What hides in it
    is not asked here: a copy is drawn anew, and the original is evidence.
    """
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    alike = [one for one in RECEIVED if one.begins.match(head)]
    for one in alike:
        if ending in one.endings:
            return one
    if alike and not alike[0].container:
        return alike[0]
    if ending in PLAIN.endings and not _ACTIVE.search(head):
        try:
            _refuse_binary(head)
        except FileRefused:
            return None
        return PLAIN
    return None


def warning_of(kind: FileType, head: bytes, tail: bytes) -> str:
    """Return `polyglot` or `active` for an original that is also something else, "" for one that is not."""
    try:
        _refuse_active(kind, head)
        _refuse_polyglot(kind, head, tail)
    except FileRefused as refused:
        return refused.code
    return ""


def ending_of(name: str) -> str:
    """Return a file name's ending in small letters; FileRefused `name` for a name that is none."""
    if not name or len(name) > LONGEST_NAME or any(ord(letter) < 32 for letter in name):
        raise FileRefused("name")
    return PurePath(name.replace("\\", "/")).suffix.lower()


def base_name(name: str) -> str:
    """Return the name without folders, as it is sealed."""
    return PurePath(name.replace("\\", "/")).name


def _sniffed(kept: FileType, head: bytes) -> bool:
    if kept.content_type == "text/csv":
        return True
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return kept.content_type == "text/plain"
    names = {_SAME.get(one.mime_type, one.mime_type) for one in found} | {one.extension for one in found}
    if kept.content_type == "text/plain":
        return not any(one.confidence >= 0.8 and one.extension not in {".txt", ""} for one in found)
    return kept.content_type in names or bool(set(kept.endings) & names)


def _refuse_active(kept: FileType, head: bytes) -> None:
    # Inside a picture such words do no harm: it is drawn anew, and what was received leaves as an attachment only.
    text = kept.content_type in _TEXT
    found = _ACTIVE.search(head) if text else _ACTIVE.match(head.lstrip(_BLANKS))
    if found or (text and head.startswith(b"#!")):
        raise FileRefused("active")


def _refuse_binary(head: bytes) -> None:
    if b"\x00" in head:
        raise FileRefused("mismatch")
    for missing in range(4):  # the head may end inside a letter
        try:
            head[: len(head) - missing].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        return
    raise FileRefused("mismatch")


def _refuse_polyglot(kept: FileType, head: bytes, tail: bytes) -> None:
    if not kept.container and _ZIP_END in tail:
        raise FileRefused("polyglot")
    if kept.content_type != "application/pdf" and _PDF_START in head[:1024]:
        raise FileRefused("polyglot")
