"""Files as strangers send them: with hidden words, two kinds at once, swelling, cut off, harmful."""

import io
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import RectangleObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The test pattern that every scanner knows, in two halves, so that this file is not taken for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def photo(canary: str, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG that says where it was taken, with which telephone and by whom, in every way that there is."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x010E] = f"maker {canary}", f"artist {canary}", f"described {canary}"
    exif[0x8825] = {1: "N", 2: (43.0, 18.0, 7.0), 3: "E", 4: (68.0, 14.0, 51.0), 29: canary}
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><who>{canary}</who></x:xmpmeta>'.encode()
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", exif=exif, xmp=xmp, comment=f"comment {canary}")
    assert canary.encode() in out.getvalue()
    return out.getvalue()


def gifar(canary: str) -> bytes:
    """Return a picture that is an archive as well, with a program in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("Evil.class", canary)
    return photo(canary) + archive.getvalue()


def document(canary: str, *, macros: bool = False, swelling: bool = False) -> bytes:
    """Return a DOCX that names its author."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", f'<Types><Override ContentType="{WORD}"/></Types>')
        packed.writestr("word/document.xml", "<w:document/>")
        packed.writestr(zipfile.ZipInfo("docProps/core.xml"), f"<dc:creator>{canary}</dc:creator>")
        if macros:
            packed.writestr("word/vbaProject.bin", canary)
        if swelling:
            packed.writestr("word/media/zeros.xml", bytes(60_000_000))
    return out.getvalue()


def film(canary: str) -> bytes:
    """Return an MP4 whose tags say who made it and where."""
    tag = b"\xa9xyz" + struct.pack(">HH", len(canary), 0) + canary.encode()
    udta = box(b"udta", struct.pack(">I", len(tag) + 4) + tag)
    return (
        box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41")
        + box(b"moov", box(b"mvhd", bytes(100)) + udta)
        + box(b"mdat", bytes(200_000))
    )


def box(kind: bytes, content: bytes) -> bytes:
    """Return a box of the ISO base media format."""
    return struct.pack(">I", len(content) + 8) + kind + content


def paper(canary: str, pages: int = 2) -> bytes:
    """Return a PDF with an author, a script and an attachment."""
    made = PdfWriter()
    for _ in range(pages):
        made.add_blank_page(200, 300)
    made.add_metadata({"/Author": canary, "/Producer": canary})
    made.add_open_action(JavaScript(f"app.alert('{canary}')"))
    made.add_attachment("notes.txt", canary.encode())
    made.pages[0].mediabox = RectangleObject((0, 0, 200, 300))
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()
