"""One person: square, circle or diamond, with the name beneath; and how the names need room."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from arasha.people.rules.family import Member
from arasha.people.rules.picture import LINE_HEIGHT, Area, Box, Line, Round, Shape, column, width_of, wrapped

HALF = 22  # of a symbol
DOUBLE = 5  # how far within it the second line of the child stands
BELOW = 4  # between symbol and name
LEAST, MOST = 80, 152


@dataclass(frozen=True, slots=True)
class Label:
    """The lines under a symbol, each with its class, and how much room they take."""

    lines: Sequence[tuple[str, str]]
    width: int

    @property
    def height(self) -> int:
        """Return from the middle of the symbol to the end of the words."""
        return HALF + BELOW + LINE_HEIGHT * len(self.lines)


def label(member: Member, note: str = "") -> Label:
    """Return name, birth and a note in lines: no narrower than a symbol looks well, no wider than rows can bear."""
    words = [*member.called.split(), *member.born.split(), *note.split()]
    room = min(max([LEAST, *(width_of(word) for word in words)]), MOST)
    texts = (("g-name", member.called), ("g-born", member.born), ("g-born", note))
    lines = [(style, line) for style, text in texts for line in wrapped(text, room)]
    return Label(lines, max([2 * HALF, *(width_of(line) for _style, line in lines)]) + 4)


def symbol(member: Member, words: Label, x: int, y: int) -> list[Shape]:
    """Return a person about a middle: double for the child, crossed out for who has died."""
    style = f"g-person g-person--{sex_of(member)}{' g-person--index' if member.is_index else ''}"
    drawn = [outline(member, style, x, y, HALF)]
    if member.is_index:
        drawn.append(outline(member, "g-double", x, y, HALF - DOUBLE))
    if member.died:
        drawn += crossed_out(member, x, y, HALF)
    return [*drawn, *column(words.lines, x, y + HALF + BELOW, member.key)]


def sex_of(member: Member) -> str:
    """Return girl, boy or unknown; whatever else was written is not known."""
    return member.sex if member.sex in ("girl", "boy") else "unknown"


def top_at(member: Member, away: int) -> int:
    """Return how far above its middle a symbol begins, so many px beside the middle."""
    away = min(abs(away), HALF)
    if member.sex == "boy":
        return HALF
    return isqrt(HALF * HALF - away * away) if member.sex == "girl" else HALF - away


def crossed_out(member: Member, x: int, y: int, half: int) -> list[Shape]:
    """Return the cross over who has died, no larger than the symbol."""
    reach = half if member.sex == "boy" else half * 7 // 10 if member.sex == "girl" else half // 2
    return [
        Line("g-died", ((x - reach, y - reach * slope), (x + reach, y + reach * slope)), member.key)
        for slope in (1, -1)
    ]


def outline(member: Member, style: str, x: int, y: int, half: int) -> Shape:
    """Return the square of a man, the circle of a woman, the diamond of whose sex is not known."""
    if member.sex == "boy":
        return Box(style, x - half, y - half, 2 * half, 2 * half, owner=member.key)
    if member.sex == "girl":
        return Round(style, x, y, half, member.key)
    return Area(style, ((x, y - half), (x + half, y), (x, y + half), (x - half, y)), member.key)
