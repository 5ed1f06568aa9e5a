"""How long it takes from a form's source to a form that can be filled in: read, lint, convert, compile."""

from collections.abc import Iterator
from pathlib import Path

from arasha.questionnaires.rules.books import read
from arasha.questionnaires.rules.conversion import convert
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests.sources import FORM
from benches.figures import Figure, seconds

BUDGET = 2.0
QUESTIONS = 300
SHIPPED = Path(__file__).parents[2] / "arasha" / "questionnaires" / "data" / "forms"


def figures() -> Iterator[Figure]:
    """Measure a form of 300 questions, and the slowest of those that are shipped."""
    convert(read(FORM.encode()))  # what is loaded once is not counted
    yield Figure(f"publish a form of {QUESTIONS} questions", _published(_large()), BUDGET, "s")
    times = {path.stem: _published(path.read_bytes()) for path in sorted(SHIPPED.glob("*.md"))}
    if times:
        slowest = max(times, key=lambda name: times[name])
        yield Figure("publish a shipped form, the slowest", times[slowest], BUDGET, "s", note=slowest)


def _published(source: bytes) -> float:
    read_form.cache_clear()
    return seconds(lambda: convert(read(source)))


def _large() -> bytes:
    """Return the source of a form of many questions in three languages."""
    head, _, rest = FORM.partition("| survey |")
    names = [
        "type",
        "name",
        *(f"label::{each}" for each in ("Kazakh (kk)", "Russian (ru)", "English (en)")),
        "relevant",
    ]
    rows = [f"| | {' | '.join(names)} |"]
    for at in range(QUESTIONS):
        relevant = f"${{q{at - 1}}} = 'yes'" if at else ""
        rows.append(f"| | select_one yes_no | q{at} | Сұрақ {at} | Вопрос {at} | Question {at} | {relevant} |")
    return f"{head}| survey |\n{chr(10).join(rows)}\n\n| choices |{rest.partition('| choices |')[2]}".encode()
