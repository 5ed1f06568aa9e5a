"""What a class's answers may show: coarse shares, and only where nobody can be reckoned out of them.

A share stands as a code: `under10`, `about10` … `about90`, `over90`; where these would tell exactly how many a small or
large one is, in steps of twenty (`from10` … `from70`); where those would, too, the question is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

LEAST: Final = 10
BAND: Final = 5
FEW, ALIKE = "few", "alike"
Coarse = Callable[[int, int], str]
# A question's shares by choice, or the reason why there are none.
Shown = dict[str, str] | str


def tens(count: int, total: int) -> str:
    """Return a share in steps of ten."""
    if count * 10 < total:
        return "under10"
    if count * 10 > total * 9:
        return "over90"
    return f"about{(count * 20 + total) // (total * 2) * 10}"


def twenties(count: int, total: int) -> str:
    """Return a share in steps of twenty."""
    if count * 10 < total:
        return "under10"
    if count * 10 > total * 9:
        return "over90"
    return f"from{min(70, (count * 100 // total - 10) // 20 * 20 + 10)}"


def band(total: int) -> int:
    """Return the lower end of the band in which a number of answers is told: 10 for 10 to 14, 15 for 15 to 19."""
    return total // BAND * BAND


def shares(counts: Mapping[str, int], unsaid: str) -> Shown:
    """Return what may be shown of one question's counts by choice, those who did not say among them.

    `few`: fewer than ten said something. `alike`: any shares would tell exactly how many gave a rare answer.
    """
    total = sum(counts.values())
    if total - counts[unsaid] < LEAST:
        return FEW
    for coarse in (tens, twenties):
        shown = {choice: coarse(count, total) for choice, count in counts.items()}
        if not any(_tells(shown, choice, band(total), unsaid, coarse) for choice in shown):
            return shown
    return ALIKE


def _tells(shown: Mapping[str, str], choice: str, lowest: int, unsaid: str, coarse: Coarse) -> bool:
    """Say whether a share that is held back can be reckoned out of the others: whether anybody, or everybody."""
    if shown[choice] not in {"under10", "over90"}:
        return False
    found = set()
    for total in range(lowest, lowest + BAND):
        ranges = {name: _range(code, total, coarse) for name, code in shown.items()}
        ranges[unsaid] = [count for count in ranges[unsaid] if total - count >= LEAST]
        others = [counts for name, counts in ranges.items() if name != choice]
        if all(others):
            least, most = sum(min(counts) for counts in others), sum(max(counts) for counts in others)
            fits = [count for count in ranges[choice] if least <= total - count <= most]
            found |= {count == (0 if shown[choice] == "under10" else total) for count in fits}
    return found != {True, False}


def _range(code: str, total: int, coarse: Coarse) -> list[int]:
    return [count for count in range(total + 1) if coarse(count, total) == code]


def counted(places: Iterable[int], choices: Iterable[str], unsaid: str) -> dict[str, int]:
    """Return how often each choice was made, by its place from 1; 0 is `unsaid`."""
    names = [unsaid, *choices]
    counts = dict.fromkeys([*names[1:], unsaid], 0)
    for place in places:
        counts[names[place]] += 1
    return counts
