"""Files: what they are is read from their bytes, nothing is in clear on a disk, and nothing hidden comes out."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from PIL import Image
from pytest_django import Settings

from arasha.kernel.vault import rules
from arasha.kernel.vault.actions import back_up_keys, keep_file, sweep_files
from arasha.kernel.vault.keystore import custody, shelf
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import attachment_headers, file_name, open_file, received_sha256
from arasha.kernel.vault.rules import FileLost, FileRefused, KeyErased, Scope, SealBroken, refusal_text
from arasha.kernel.vault.rules.words import REFUSALS
from arasha.kernel.vault.tasks import vault_daily

NOW = datetime(2026, 3, 20, 7, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ncanary-5cc1\n%%EOF\n"


def keep(content: bytes | BinaryIO, name: str, scope: Scope) -> KeptFile:
    """Keep a file as an action would."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return keep_file(stream, scope=scope, name=name, now=NOW)


def refusal(content: bytes | BinaryIO, name: str, scope: Scope) -> str:
    """Return the code with which a file is refused, and see that nothing of it stayed."""
    with pytest.raises(FileRefused) as problem:
        keep(content, name, scope)
    assert not [path for path in shelf().folder.rglob("*") if path.is_file()]
    assert not KeptFile.objects.exists()
    return problem.value.code


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **extra: object) -> bytes:
    """Draw a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **extra)
    return out.getvalue()


def office(parts: dict[str, bytes]) -> bytes:
    """Make an office document of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


def test_a_file_comes_back_as_it_was_and_lies_sealed(keeper: None, vault: Path, scope: Scope) -> None:
    kept = keep(PDF, "Тізім «canary».pdf", scope)
    assert b"".join(open_file(kept)) == PDF
    assert (kept.content_type, kept.size, kept.scanned) == ("application/pdf", len(PDF), "not_configured")
    assert file_name(kept) == "Тізім «canary».pdf"
    assert received_sha256(kept) == hashlib.sha256(PDF).digest()
    everything = b"".join(path.read_bytes() for path in vault.rglob("*") if path.is_file())
    row = KeptFile.objects.filter(pk=kept.pk).values().get()
    for secret in (b"canary", hashlib.sha256(PDF).digest()):
        assert secret not in everything
        assert secret not in b"".join(bytes(value) for value in row.values() if isinstance(value, memoryview | bytes))
    assert {path.stat().st_mode & 0o777 for path in shelf().folder.rglob("*") if path.is_file()} == {0o600}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_served_without_where_and_when_it_was_taken(keeper: None, scope: Scope, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "canary-9e: at home"
    exif.get_ifd(0x8825)[2] = (43.0, 15.0, 1.0)
    received = picture(kind, exif=exif.tobytes())
    assert b"canary-9e" in received
    kept = keep(received, f"photo.{'jpg' if kind == 'JPEG' else kind.lower()}", scope)
    served = b"".join(open_file(kept))
    assert b"canary-9e" not in served
    with Image.open(io.BytesIO(served)) as image:
        assert image.size == (40, 20)
        assert not image.getexif()
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)
    assert kept.reencoded
    assert kept.size == len(served)
    assert b"".join(open_file(kept, original=True)) == received
    assert received_sha256(kept) == hashlib.sha256(received).digest()


def test_a_picture_taken_sideways_is_served_upright(keeper: None, scope: Scope) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    served = b"".join(open_file(keep(picture(exif=exif.tobytes()), "a.jpeg", scope)))
    assert Image.open(io.BytesIO(served)).size == (20, 40)


def test_a_script_hidden_in_a_picture_is_not_served(keeper: None, scope: Scope) -> None:
    received = picture(comment=b"<script>alert(1)</script>")
    assert b"<script>" in received
    assert b"<script>" not in b"".join(open_file(keep(received, "a.jpg", scope)))


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that claims 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (PDF, "", "name"),
        (PDF, "a" * 300 + ".pdf", "name"),
        (PDF, "a.pdf\nX: y", "name"),
        (PDF, "a.exe", "type"),
        (PDF, "a", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "type"),
        (b"<html><body>x", "a.html", "type"),
        (b"  <!DOCTYPE html><p>x", "a.jpg", "active"),
        (b"\xef\xbb\xbf<svg onload=alert(1)>", "a.png", "active"),
        (b"hello <script>alert(1)</script>", "a.txt", "active"),
        (b"#!/bin/sh\nrm -rf /\n", "a.txt", "active"),
        (PDF, "a.jpg", "mismatch"),
        (picture("PNG"), "a.jpg", "mismatch"),
        (picture("GIF"), "a.png", "mismatch"),
        (b"MZ\x90\x00" + bytes(200), "a.txt", "mismatch"),
        ("қазақ".encode("utf-16"), "a.txt", "mismatch"),
        (picture() + office(DOCX), "a.jpg", "polyglot"),
        (PDF + office(DOCX), "a.pdf", "polyglot"),
        (picture(comment=PDF), "a.jpg", "polyglot"),
        (picture()[:300], "a.jpg", "damaged"),
        (bomb(), "a.png", "bomb"),
        (office({"readme.txt": b"x"}), "a.docx", "type"),
        (office({**DOCX, "word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (office({**DOCX, "word/media/x": bytes(60_000_000)}), "a.docx", "bomb"),
        (office(DOCX)[:-30], "a.docx", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_not_what_it_says_is_refused_with_a_code(
    keeper: None, scope: Scope, content: bytes, name: str, code: str
) -> None:
    assert refusal(content, name, scope) == code


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        ("Бала айтты: қорқамын.".encode() * 400, "sөz.txt", "text/plain"),
        (
            office(DOCX),
            "C:\\Users\\x\\хат.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"ID3\x03\x00" + bytes(200), "call.MP3", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(50), "film.mp4", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00" + bytes(50), "voice.m4a", "audio/mp4"),
        (b"OggS\x00\x02" + bytes(60), "voice.ogg", "audio/ogg"),
    ],
    ids=["text", "docx", "mp3", "mp4", "m4a", "ogg"],
)
def test_what_people_really_send_is_kept(
    keeper: None, scope: Scope, content: bytes, name: str, content_type: str
) -> None:
    kept = keep(content, name, scope)
    assert kept.content_type == content_type
    assert b"".join(open_file(kept)) == content
    assert "\\" not in file_name(kept)


class Endless(io.RawIOBase):
    """A PDF without end; counts what was read of it."""

    read_bytes = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def read(self, most: int = -1) -> bytes:
        """Return as much as is asked for."""
        first, self.read_bytes = not self.read_bytes, self.read_bytes + most
        return (PDF if first else b"").ljust(most, b" ")


def test_a_file_without_end_is_refused_at_the_bound(keeper: None, scope: Scope, settings: Settings) -> None:
    stream = Endless()
    assert refusal(stream, "a.pdf", scope) == "too_large"  # type: ignore[arg-type]  # it reads, and that is all
    assert stream.read_bytes < settings.ARASHA_FILE_LIMIT + 200_000


def test_uploads_never_pass_through_the_temporary_folder() -> None:
    assert django_settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_downloads_are_attachments_that_cannot_run(keeper: None, scope: Scope) -> None:
    headers = attachment_headers(keep(PDF, 'Хат "1".pdf', scope))
    assert headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A5")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Cache-Control"] == "no-store"


def test_an_erased_facet_takes_its_files_along(keeper: None, scope: Scope) -> None:
    kept = keep(PDF, "a.pdf", scope)
    custody().destroy(scope, NOW)
    for attempt in (open_file, file_name, received_sha256):
        with pytest.raises(KeyErased):
            attempt(kept)


def test_a_file_moved_under_another_row_does_not_open(keeper: None, scope: Scope) -> None:
    first, second = keep(PDF, "a.pdf", scope), keep(PDF, "b.pdf", scope)
    shelf().path(first.id, "served").replace(shelf().path(second.id, "served"))
    with pytest.raises(SealBroken):
        list(open_file(second))
    with pytest.raises(FileLost):
        open_file(first)


def test_the_sweeper_takes_orphans_and_drafts_and_leaves_the_rest(keeper: None, scope: Scope) -> None:
    kept, orphan = keep(PDF, "a.pdf", scope), uuid4()
    shelf().put(orphan, "served", [b"x"])
    draft = shelf().path(orphan, "original.part")
    draft.write_bytes(b"x")
    real = datetime.fromtimestamp(draft.stat().st_mtime, UTC)
    assert sweep_files(now=real + timedelta(hours=23)) == 0
    assert sweep_files(now=real + timedelta(hours=25)) == 1
    assert not draft.exists()
    assert not shelf().path(orphan, "served").exists()
    assert b"".join(open_file(kept)) == PDF


def test_the_daily_task_removes_old_backups_and_orphans(keeper: None, vault: Path, scope: Scope) -> None:
    keep(PDF, "a.pdf", scope)
    name, orphan = back_up_keys(now=NOW), uuid4()
    shelf().put(orphan, "served", [b"x"])
    day = timedelta(days=1)
    real = datetime.fromtimestamp(shelf().path(orphan, "served").stat().st_mtime, UTC)
    vault_daily(timestamp=int((max(real, NOW) + 32 * day).timestamp()))
    assert not (vault / "backups" / name).exists()
    assert not shelf().path(orphan, "served").exists()


def test_every_refusal_has_its_words() -> None:
    raised = {
        code
        for path in Path(rules.__file__).parents[1].rglob("*.py")
        if "tests" not in path.parts
        for code in re.findall(r'(?:FileRefused|Refused|say)\(b?"([a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert raised == set(REFUSALS)
    with translation.override("kk"):
        assert refusal_text("empty") == "Файл бос. Қайта таңдаңыз."
