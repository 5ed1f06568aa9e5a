"""What a picture is made of: lines, shapes and words in whole pixels, each with a class of the stylesheet.

A template writes them as SVG; nothing here knows of SVG, and a document may draw the same list with other means.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeAlias

LINE_HEIGHT = 18
PORTRAIT = 680  # px between the margins of an upright A4 page
# How wide a letter runs in Golos Text 500 at 13 px, rounded up, measured in its font; what is not named is `ELSE`.
ELSE = 10
WIDTHS = {
    letter: width
    for width, letters in {
        4: " .,:;'’|іІijlI",
        6: "гғrft-()/1",
        7: "авзстхчьэұүГҒacksxzJL7",
        8: "бдеёийклнопруцъяәқңөһЕЁЗТҰbdeghnopquvyEFSTZ02345689",
        9: "мАБВКЛРСУХЧЬЭЯӘҮҺABCDGKPRVXY",
        11: "жшщМФmwM",
        13: "ыЫЮЖШЩW№",
    }.items()
    for letter in letters
}
Point: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `owner` says whose it is where that is one person."""

    kind: ClassVar[str] = "line"
    style: str
    points: tuple[Point, ...]
    owner: str = ""

    @property
    def path(self) -> str:
        """Return the points as SVG reads them; figures are never grouped or given a comma of a language."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Area(Line):
    """A closed shape with corners: a diamond, an outline, the head of an arrow."""

    kind: ClassVar[str] = "area"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, `round` being the radius of its corners."""

    kind: ClassVar[str] = "box"
    style: str
    x: int
    y: int
    width: int
    height: int
    round: int = 0
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A circle about its centre."""

    kind: ClassVar[str] = "round"
    style: str
    x: int
    y: int
    radius: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its base line, `anchor` where `x` lies in it, `width` how wide it is at the most."""

    kind: ClassVar[str] = "words"
    style: str
    x: int
    y: int
    words: str
    width: int
    anchor: str = "middle"
    owner: str = ""


Shape: TypeAlias = Line | Area | Box | Round | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes from back to front; `odd` names what could not be drawn."""

    width: int
    height: int
    shapes: Sequence[Shape]
    odd: Sequence[Any] = ()

    @property
    def legend(self) -> frozenset[str]:
        """Return the classes that occur, so that only what is there is explained."""
        return frozenset(name for shape in self.shapes for name in shape.style.split())

    @property
    def wide(self) -> bool:
        """Whether the picture is printed on a page of its own that lies on its side."""
        return self.width > PORTRAIT and self.width > self.height


def moved(shape: Shape, dx: int, dy: int) -> Shape:
    """Return a shape elsewhere."""
    if isinstance(shape, Line):  # and Area
        return replace(shape, points=tuple((x + dx, y + dy) for x, y in shape.points))
    return replace(shape, x=shape.x + dx, y=shape.y + dy)


def bounds(shape: Shape) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what a shape covers, strokes aside."""
    match shape:
        case Box():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Round():
            return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
        case Words():
            left = shape.x - {"start": 0, "middle": shape.width // 2, "end": shape.width}[shape.anchor]
            return left, shape.y - 13, left + shape.width, shape.y + 4
    across, down = [x for x, _y in shape.points], [y for _x, y in shape.points]
    return min(across), min(down), max(across), max(down)


def width_of(words: str) -> int:
    """Return how many px words take at the most."""
    return sum(WIDTHS.get(letter, ELSE) for letter in words)


def wrapped(words: str, room: int) -> list[str]:
    """Return words in lines no wider than `room` px; a word that is wider is parted with a hyphen, never cut."""
    lines: list[str] = []
    for word in words.split():
        first, *rest = _parted(word, room)
        joined = f"{lines[-1]} {first}" if lines else first
        if lines and width_of(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(first)
        lines += rest
    return lines


def _parted(word: str, room: int) -> Iterator[str]:
    """Yield a word's pieces, about as long as each other; it is parted at its own hyphen where it has one."""
    while (width := width_of(word)) > room:
        count = -(-width // (room - WIDTHS["-"]))
        own = word.rfind("-", 1, _fitting(word, room)) + 1
        end = max(_fitting(word, min(width // count + ELSE, room - WIDTHS["-"])), 1)
        yield word[:own] if own else word[:end] + "-"
        word = word[own or end :]
    if word:
        yield word


def _fitting(word: str, room: int) -> int:
    width = 0
    for place, letter in enumerate(word):
        width += WIDTHS.get(letter, ELSE)
        if width > room:
            return place
    return len(word)


def column(lines: Iterable[tuple[str, str]], x: int, top: int, owner: str = "") -> list[Words]:
    """Return lines of (style, words) under each other about `x`, the first beginning at `top`."""
    return [
        Words(style, x, top + 13 + LINE_HEIGHT * place, words, width_of(words), owner=owner)
        for place, (style, words) in enumerate(lines)
    ]
