"""`python -m benches.doors.reading`: how hard the children's texts are to read; status 1 beyond a bound.

Three figures for each group of texts and language: the mean number of words in a sentence, the longest sentence, and
the share of long words (more letters than `LONG`). The first and the last are what most readability formulas are made
of; for Russian and English the long words stand for those of three or more syllables.

**No validated formula for Kazakh exists.** Kazakh joins endings, so that its words are longer and its sentences shorter
for the same thing. Its bounds are set so that the glossary's words for children of about 9 pass and the page for
professionals does not; they want a child psychologist's eye. A figure within its bound says that nothing is obviously
too hard, not that a child of nine understands it: for that, children must be asked.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[2] / "arasha" / "doors" / "data"
LANGUAGES = ("kk", "ru", "en")
LONG = {"kk": 10, "ru": 9, "en": 7}
# Mean words in a sentence, words of the longest, share of long words: for children of about 9, and from 12 on.
CHILDREN = {"kk": (6.0, 12, 0.06), "ru": (7.0, 13, 0.08), "en": (8.0, 14, 0.08)}
YOUTHS = {"kk": (7.0, 15, 0.12), "ru": (8.0, 17, 0.12), "en": (9.0, 18, 0.12)}
GROUPS: dict[str, tuple[str, tuple[str, ...], dict[str, tuple[float, int, float]]]] = {
    "a child is asked": ("child", ("questions", "before", "after"), CHILDREN),
    "a child chats": ("", ("chat",), CHILDREN),
    "a child reads: children": ("", ("pages/children",), CHILDREN),
    "a child reads: easy": ("", ("pages/easy",), CHILDREN),
    "a friend is asked": ("friend", ("questions", "before", "after"), YOUTHS),
    "a teenager reads: teenagers": ("", ("pages/teenagers",), YOUTHS),
    "a boy reads: boys": ("", ("pages/boys",), YOUTHS),
}
# Not for children: it must be beyond a child's bound, or the measure tells nothing.
CONTRAST = ("pages/professionals",)


def sentences(found: Any, teller: str, language: str, inside: bool) -> Iterator[str]:
    """Yield the sentences of a file's texts for a teller (unset: for everybody)."""
    if isinstance(found, list):
        for inner in found:
            yield from sentences(inner, teller, language, inside)
    elif isinstance(found, dict) and language in found:
        if inside:
            yield from (part for part in re.split(r"[.!?…:]+\s*", found[language]) if part.strip())
    elif isinstance(found, dict):
        for name, inner in found.items():
            yield from sentences(inner, teller, language, inside or name == teller)


def measure(texts: list[str], language: str) -> tuple[float, int, float]:
    """Return mean words in a sentence, words of the longest, and the share of long words."""
    words = [re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text) for text in texts]
    every = [word for sentence in words for word in sentence]
    long = sum(len(word) > LONG[language] for word in every)
    return len(every) / len(texts), max(map(len, words)), long / len(every)


def line(group: str, teller: str, names: tuple[str, ...], language: str, bounds: tuple[float, int, float]) -> bool:
    """Print a group's figures in a language; return whether one is beyond its bound."""
    files = [yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")) for name in names]
    texts = [text for file in files for text in sentences(file, teller, language, not teller)]
    mean, longest, long = measure(texts, language)
    beyond = mean > bounds[0] or longest > bounds[1] or long > bounds[2]
    print(
        f"{group:28} {language}  {len(texts):3} sentences  {mean:4.1f} words (≤ {bounds[0]:4.1f})"
        f"  longest {longest:2} (≤ {bounds[1]})  {long:4.0%} long (≤ {bounds[2]:.0%}){'  BEYOND' if beyond else ''}"
    )
    return beyond


def main() -> int:
    """Print a line for each group and language."""
    over = sum(
        line(group, teller, names, language, bounds[language])
        for group, (teller, names, bounds) in GROUPS.items()
        for language in LANGUAGES
    )
    told = sum(line("for contrast: professionals", "", CONTRAST, each, CHILDREN[each]) for each in LANGUAGES)
    return 1 if over or told < len(LANGUAGES) else 0


if __name__ == "__main__":
    sys.exit(main())
