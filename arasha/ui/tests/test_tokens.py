"""The colours' contrast, computed from the tokens themselves: text 7:1, shapes and borders 3:1, light and dark."""

import re
from pathlib import Path

import pytest

SCSS = Path(__file__).resolve().parents[3] / "assets" / "scss"
TOKENS = (SCSS / "_tokens.scss").read_text(encoding="utf-8")
TEXT, SHAPE = 7.0, 3.0
GROUNDS = ("ground", "surface", "sunken")


def theme(name: str) -> dict[str, str]:
    """Read one list of tokens; dark takes what it does not name from light."""
    lists = {
        found[1]: dict(re.findall(r"--a-([\w-]+): (#[0-9a-f]{6})", found[2]))
        for found in re.finditer(r"@mixin (\w+) \{(.*?)\n\}", TOKENS, re.DOTALL)
    }
    return lists["light"] | lists[name]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "teal") for ground in GROUNDS),
    *((tone, ground, TEXT) for tone in ("amber", "brick", "slate", "moss") for ground in ("ground", "surface")),
    *((tone, f"{tone}-tint", TEXT) for tone in ("teal", "amber", "brick", "slate", "moss")),
    *(("ink", f"{tone}-tint", TEXT) for tone in ("teal", "amber", "brick", "slate", "moss")),
    *(("ink", f"heat-{level}", TEXT) for level in (1, 2, 3)),
    ("on-teal", "teal", TEXT),
    ("on-teal", "teal-2", TEXT),
    ("on-brick", "brick", TEXT),
    ("focus-ink", "focus", TEXT),
    ("visited", "ground", TEXT),
    *((f"{tone}-mark", "surface", SHAPE) for tone in ("amber", "brick", "slate", "moss")),
    *(("line-2", ground, SHAPE) for ground in ("ground", "surface")),
]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast_is_enough(name: str, front: str, back: str, least: float) -> None:
    tokens = theme(name)
    assert contrast(tokens[front], tokens[back]) >= least


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_lock_of_the_front_end_names_no_host() -> None:
    assert "http" not in (SCSS.parent / "package-lock.json").read_text(encoding="utf-8")
