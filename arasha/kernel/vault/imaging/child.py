"""The child process: reads a file from standard input, writes the result to standard output.

Run as a script, it imports nothing of Arasha. Everything it needs is loaded before it takes its own rights away:
after that it can open no file and no socket, start no process, and has no network.
"""

import codecs
import ctypes
import importlib
import io
import os
import resource
import sys
import warnings
import zipfile

from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

MOST_PIXELS = 50_000_000
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
MOST_ENTRIES = 5_000
MOST_UNPACKED = 500_000_000
MOST_RATIO = 200
MOST_PAGES = 60
PAGE_PIXELS = 1_500_000
PAGE_SCALE = 1.8
REFUSED = 3
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
NO_NEW_PRIVILEGES = 38
NOBODY = 65_534
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/workbook.xml",
    "application/vnd.oasis.opendocument.text": "content.xml",
}


class Refused(Exception):
    """The file is not for keeping; the argument is the code."""


def give_up_rights() -> None:
    """Leave the network, root and every right to open or start anything."""
    library = ctypes.CDLL(None, use_errno=True)
    # Where the kernel forbids a network of one's own: no file descriptor means no socket either.
    if os.geteuid() == 0:
        library.unshare(NEW_NETWORK)
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    else:
        library.unshare(NEW_USER | NEW_NETWORK)
    library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def warm_up(content_type: str) -> None:
    """Draw a tiny picture of our own: decoders load parts of themselves only when they work."""
    if content_type == PDF:
        importlib.import_module("pypdfium2")
        tiny = io.BytesIO()
        Image.init()
        Image.new("RGB", (20, 20)).save(tiny, "PDF", save_all=True, append_images=[Image.new("RGB", (20, 20))])
        rasterise(tiny.getvalue(), content_type)
    if content_type not in FORMATS:
        return
    Image.init()
    tiny, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGBA" if content_type != "image/jpeg" else "RGB", (2, 3)).save(tiny, FORMATS[content_type], exif=exif)
    redraw(tiny.getvalue(), content_type)


def redraw(content: bytes, content_type: str) -> bytes:
    """Return the first picture of the file, upright, its pixels and nothing else."""
    kind = FORMATS[content_type]
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=[kind]) as found:
        if found.width * found.height > MOST_PIXELS:
            raise Refused("bomb")
        found.load()
        upright = ImageOps.exif_transpose(found)
    alpha = kind != "JPEG" and ("A" in upright.getbands() or "transparency" in upright.info)
    pixels = upright.convert("RGBA" if alpha else "RGB")
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    drawn = io.BytesIO()
    clean.save(drawn, kind, **({} if kind == "PNG" else {"quality": 90}))
    return drawn.getvalue()


def rasterise(content: bytes, content_type: str) -> bytes:
    """Return a document of pictures of the pages: no words, links, scripts, attachments or authors."""
    document = sys.modules["pypdfium2"].PdfDocument(content)
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused("long" if len(document) else "damaged")
    pages = []
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        scale = min(PAGE_SCALE, (PAGE_PIXELS / max(1.0, width * height)) ** 0.5)
        pages.append(page.render(scale=scale).to_pil().convert("RGB"))
        page.close()
    drawn = io.BytesIO()
    pages[0].save(drawn, "PDF", save_all=True, append_images=pages[1:], resolution=72 * PAGE_SCALE, quality=80)
    return drawn.getvalue()


def look_into(content: bytes, content_type: str) -> bytes:
    """Read a container's list of contents; nothing is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        entries = container.infolist()
    names = {entry.filename for entry in entries}
    if MAIN_PARTS[content_type] not in names:
        raise Refused("type")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs", ".ps1", ".jar")) for name in names) or any(
        name.startswith(("Basic/", "Scripts/")) for name in names
    ):
        raise Refused("macros")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * len(content) + 1_000_000):
        raise Refused("bomb")
    return b""


TASKS = {"image": redraw, "pages": rasterise, "container": look_into}


def main() -> int:
    """Do one task; the exit status is 0, or 3 with the refusal's code on standard output."""
    task, content_type = sys.argv[1:]
    warm_up(content_type)
    for name in ("ascii", "latin-1", "utf-16", "cp437"):  # loaded while files can still be opened
        codecs.lookup(name)
    give_up_rights()
    content = sys.stdin.buffer.read()
    warnings.simplefilter("error")
    try:
        answer = TASKS[task](content, content_type)
    except Refused as refusal:
        return say(str(refusal).encode(), REFUSED)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return say(b"bomb", REFUSED)
    except Exception:  # whatever a decoder makes of a stranger's bytes
        return say(b"damaged", REFUSED)
    return say(answer, 0)


def say(answer: bytes, status: int) -> int:
    """Write the answer and return the status."""
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
