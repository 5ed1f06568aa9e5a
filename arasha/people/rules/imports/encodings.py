"""Which encoding a text is in: found by the letters that come out of it, never by replacing what doesn't fit.

Kazakh stands in Windows' page for Kazakh (KZ-1048, STRK 1048-2002) or in PTCP154; both have other letters where
windows-1251 has Ukrainian and Serbian ones. Where no such byte occurs, all three say the same, and it is windows-1251.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from arasha.people.rules.imports.faults import Unreadable

LONGEST_LINE: Final = 100_000
HEAD: Final = 65_536
KEPT: Final = 1_500
KEPT_BYTES: Final = 1_000
MARKS: Final = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
SINGLE: Final = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
KNOWN: Final = ("utf-8", "utf-16-le", "utf-16-be", *SINGLE)
# Bytes that say the same in windows-1251, KZ-1048 and PTCP154.
SHARED: Final = bytes(
    byte for byte in range(256) if len({bytes([byte]).decode(codec, "ignore") for codec in SINGLE[:3]}) == 1
)
ASCII: Final = bytes(range(128))
UTF8_SHARE: Final = 0.9
# A line of which no more than this is lost in UTF-8 is in UTF-8, and broken.
BROKEN_SHARE: Final = 0.25
# So many bytes beyond ASCII are no UTF-8 by chance; two may be: ЖҚ in capitals, in KZ-1048.
SURELY_UTF8: Final = 8
MIXED_SHARE, MIXED_LINES = 0.02, 3
RUBBISH: Final = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x00\x1a\x1b")
RUBBISH_SHARE: Final = 0.01
NUL_SHARE: Final = 0.05
UTF16_SHARE: Final = 0.95
MOST_ZEROS: Final = 0.75
SURE: Final = 0.05

# How well a letter fits a Russian or Kazakh table; what stands in none of these is a letter of another language.
WEIGHTS: Final = (
    dict.fromkeys("аеиноустрлкмвдбыія", 1.0) | dict.fromkeys("гжзйпхчшюьёәғқңөұү", 0.6) | dict.fromkeys("цщэфъһ", 0.1)
)
FOREIGN: Final = -2.0
WORD: Final = re.compile(r"[^\W\d_]+")
# Signs that a table in Cyrillic holds; any other sign beyond ASCII speaks against the encoding.
SIGNS: Final = re.compile("[^\\w\\s\x00-\x7f«»„“”‘’‚…–—№•§°]")
VOWELS, CONSONANTS = "аоұыеәөүіиуёэюя", "бвгғджзйкқлмнңпрстфхһцчшщ"
UNLIKELY: Final = re.compile(
    # Kazakh: ғ and қ go with back vowels, stand beside a vowel, and ә beside no other vowel; words don't begin with ң
    rf"ғ[әөүіе]|[әөүіе]ғ|қ[әөүі]|\b[{CONSONANTS}]ғ|[{CONSONANTS}]ғ[{CONSONANTS}]|\bғ[{CONSONANTS}]|\bң"
    rf"|[аоұыеәөүіёэюя]ә|ә[аоұыәөүіёэюя]|[{VOWELS}]{{4}}|[{CONSONANTS}]{{5}}|\b[ьъы]"
)
HUMPS: Final = re.compile("[а-яёәғқңөұүһі][А-ЯЁӘҒҚҢӨҰҮҺІ]")


@dataclass(frozen=True, slots=True)
class Encoded:
    """An encoding, whether it is beyond doubt, the mark at the file's beginning, and how many lines there are."""

    codec: str
    sure: bool
    mark: bytes
    lines: int


def find_encoding(stream: BinaryIO, chosen: str = "") -> Encoded:
    """Return the likeliest encoding of a text, or the one that a person chose, reading all of it once.

    Raises Unreadable, also for a choice that is not one of `KNOWN`.
    """
    if chosen and chosen not in KNOWN:
        raise Unreadable("encoding_unknown")
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise Unreadable("empty")
    mark, codec = next(((mark, codec) for mark, codec in MARKS if head.startswith(mark)), (b"", ""))
    if chosen and chosen != codec:
        mark, codec = b"", chosen
    elif not mark:
        codec = _utf16(head)
    if not codec.startswith("utf-16"):
        _refuse_rubbish(head)
    stream.seek(len(mark))
    if chosen or codec.startswith("utf-16"):
        return Encoded(codec, True, mark, sum(block.count(b"\n") for block in iter(lambda: stream.read(HEAD), b"")))
    return _by_lines(stream, mark)


def _refuse_rubbish(head: bytes) -> None:
    rubbish = len(head) - len(head.translate(None, RUBBISH))
    if rubbish > RUBBISH_SHARE * len(head) or head.count(0) > NUL_SHARE * len(head):
        raise Unreadable("not_a_table")


def _utf16(head: bytes) -> str:
    """Return which UTF-16 a text without a mark is in, "" for none: every other byte is then 0 or, Cyrillic, 4."""
    for codec, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if (
            high.count(0)
            and head.count(0) < MOST_ZEROS * len(head)
            and (high.count(0) + high.count(4)) >= UTF16_SHARE * len(high)
        ):
            return codec
    return ""


def _by_lines(stream: BinaryIO, mark: bytes) -> Encoded:
    lines = high = valid = surely = first_wrong = 0
    telling: list[bytes] = []
    plain: list[bytes] = []
    for lines, line in enumerate(_lines(stream), start=1):
        if line.isascii():
            continue
        high += 1
        beyond_ascii = len(line.translate(None, ASCII))
        lost = len(line) - len(line.decode("utf-8", "ignore").encode())
        surely += not lost and beyond_ascii >= SURELY_UTF8
        if lost <= beyond_ascii * BROKEN_SHARE:
            valid += 1
            continue
        first_wrong = first_wrong or lines
        kept = telling if line.translate(None, SHARED) else plain
        if len(kept) < KEPT:
            kept.append(line[:KEPT_BYTES])
    if mark or valid >= UTF8_SHARE * high:  # places where it breaks are faults of their rows
        return Encoded("utf-8", True, mark, lines)
    if surely >= MIXED_LINES and surely > MIXED_SHARE * high:
        raise Unreadable("encodings_mixed", first_wrong)
    codec, sure = _single(b"".join(telling) + b"".join(plain[: KEPT // 5]))
    return Encoded(codec, sure, b"", lines)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE * 4), b""), start=1):
        if len(line) == LONGEST_LINE * 4:
            raise Unreadable("row_too_long", number)
        yield line


def _single(text: bytes) -> tuple[str, bool]:
    scores = {codec: _score(text, codec) for codec in SINGLE}
    best, second = sorted(scores, key=lambda codec: -scores[codec])[:2]
    said = {codec: text.decode(codec, "surrogateescape") for codec in (best, second)}
    return best, said[best] == said[second] or scores[best] - scores[second] > SURE


def _score(text: bytes, codec: str) -> float:
    """Return how well the letters fit, a letter's mean: 1 at best, below 0 for rubbish."""
    said = text.decode(codec, "surrogateescape")
    lower = said.lower()
    letters = high = 0.0
    for letter in set(lower):
        if letter.isalpha() and not letter.isascii():
            count = lower.count(letter)
            high += count
            letters += count * WEIGHTS.get(letter, FOREIGN)
    against = len(SIGNS.findall(said)) + len(UNLIKELY.findall(lower)) + len(HUMPS.findall(said))
    return (letters - 2 * against) / max(high, 1.0)
