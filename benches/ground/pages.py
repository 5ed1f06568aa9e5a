"""How much a staff page in Kazakh weighs: a first visit with all that it asks for, and a later one.

Asked through the whole WSGI application with gzip, signed in as a coordinator. A font file counts when its
unicode-range meets the letters that the page shows, as browsers decide it; a later visit is the HTML alone, the rest
being kept by name for ever.
"""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from django.core.management import call_command
from django.test import Client

from benches.figures import Figure
from benches.place import Bench
from benches.workers import browser_of, worker

FACE = re.compile(r"@font-face\s*{([^}]*)}")
ADDRESS = re.compile(r"url\([\"']?([^\"')]+)")
RANGE = re.compile(r"unicode-range:\s*([^;}]+)")


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the first page of a staff member."""
    call_command("catalogues", "compile", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    browser = browser_of(worker(bench, "coordination_district"))
    page, text = _fetch(browser, "/")
    html = text.decode()
    if 'lang="kk"' not in html:
        raise RuntimeError("the page is not in Kazakh")
    weights = {"html": page}
    for address in _asked(html):
        weight, content = _fetch(browser, address)
        weights[address] = weight
        if address.endswith(".css"):
            for font in _fonts(content.decode(), html, address):
                weights[font] = _fetch(browser, font)[0]
    note = f"{len(weights)} files: HTML {page / 1000:.1f} kB, the rest kept by the browser"
    yield Figure("first visit of a staff page", sum(weights.values()) / 1000, 150, "kB gz", note=note)
    yield Figure("later visit", page / 1000, 30, "kB gz")


def _fetch(browser: Client, address: str) -> tuple[int, bytes]:
    """Return how many bytes an answer has on the wire, and its content."""
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    body = answer.getvalue()  # of files, too, which are streamed
    if answer.headers.get("Content-Encoding") == "gzip":
        return len(body), gzip.decompress(body)
    return len(body), body


def _asked(html: str) -> list[str]:
    """Return the styles and scripts that the page loads, and the fonts that it preloads."""
    found = re.findall(r"<script[^>]+src=\"([^\"]+)\"", html)
    for link in re.findall(r"<link[^>]+>", html):
        kind, address = re.search(r"rel=\"([^\"]+)\"", link), re.search(r"href=\"([^\"]+)\"", link)
        if kind and address and kind[1] in {"stylesheet", "icon", "preload", "manifest"}:
            found.append(address[1])
    return list(dict.fromkeys(unescape(address) for address in found))


def _fonts(css: str, html: str, base: str) -> list[str]:
    """Return the font files whose letters stand on the page."""
    letters = {ord(letter) for letter in unescape(re.sub(r"<[^>]+>", "", html))}
    fonts = []
    for face in FACE.findall(css):
        address, ranges = ADDRESS.search(face), RANGE.search(face)
        if address and (ranges is None or any(_within(ranges[1], letter) for letter in letters)):
            fonts.append(urljoin(base, address[1]))
    return list(dict.fromkeys(fonts))


def _within(ranges: str, letter: int) -> bool:
    for part in ranges.replace("U+", "").replace("u+", "").split(","):
        first, _, last = part.strip().partition("-")
        if int(first.replace("?", "0"), 16) <= letter <= int((last or first).replace("?", "F"), 16):
            return True
    return False
