"""Our engine against JavaRosa: 5,000 made-up records a form, of the tests' forms and of the shipped ones."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests.javarosa import running
from arasha.questionnaires.tests.oracle import differences, unexplained
from arasha.questionnaires.tests.tried_forms import TRIED
from arasha.questionnaires.tests.writing import shipped
from benches.figures import Figure

RECORDS = int(os.environ.get("ARASHA_BENCH_RECORDS") or 5000)
SHIPPED = Path(__file__).parents[2] / "arasha" / "questionnaires" / "data" / "forms"


def figures() -> Iterator[Figure]:
    """Count what no reason covers, a form each; another seed each time, which the line names."""
    forms = TRIED | {path.stem: shipped(str(path)) for path in sorted(SHIPPED.glob("*.md"))}
    seed = random.SystemRandom().randrange(10**6)
    with running() as judge:
        for name, xform in forms.items():
            if refused := judge.form(xform):
                yield Figure(f"differences: {name}", 1, 0, "", note=refused[:80])
                continue
            read = read_form(xform)
            left = unexplained(read, differences(read, judge, seed, RECORDS))
            first = f", first: {left[0][1]}" if left else ""
            yield Figure(f"differences: {name}", len(left), 0, "", note=f"{RECORDS:,} records, seed {seed}{first}")
