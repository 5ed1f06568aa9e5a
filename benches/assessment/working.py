"""How long the engine works on a record of 60 questions."""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter, process_time

from arasha.questionnaires.rules.engine import evaluate
from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.paging import pages_of, present
from arasha.questionnaires.tests.oracle import Author, judge_day
from arasha.questionnaires.tests.writing import choices, form
from arasha.questionnaires.tests.writing import question as q
from benches.figures import Figure

RECORDS, BUDGET = 1000, 5.0


def sixty() -> Form:
    """Return a form of 60 asked questions: choices with points, conditions, a cascade, a repeat, dates, sums."""
    lists = choices("scale", "never", "some", "often", points={"never": "0", "some": "1", "often": "3"})
    regions = {f"d{at}": f"r{at % 20}" for at in range(220)}
    lists += choices("regions", *(f"r{at}" for at in range(20))) + choices("districts", *regions, region=regions)
    scored = [
        q("select_one scale", f"s{at}", relevant=f"${{s{at - 1}}} != ''" if at % 3 == 2 else "") for at in range(40)
    ]
    points = [
        q(
            "calculate",
            f"p{at}",
            calculation=f"number(coalesce(instance('scale')/root/item[name = ${{s{at}}}]/points, 0))",
        )
        for at in range(40)
    ]
    rest = [
        q("select_one regions", "region"), q("select_one districts", "district", choice_filter="region = ${region}"),
        q("date", "born", constraint=". <= today()"), q("date", "seen", constraint=". >= ${born} and . <= today()"),
        *(q("text", f"t{at}", constraint="regex(., '[^<>]*')") for at in range(6)),
        *(q("integer", f"n{at}", constraint=". >= 0 and . < 100") for at in range(4)),
        q("begin_group", "more", relevant="${total} > 10"), *(q("text", f"m{at}", required="yes") for at in range(3)),
        q("end_group"), q("begin_repeat", "members"), q("text", "name", required="yes"), q("integer", "age"),
        q("select_multiple scale", "how"), q("end_repeat"),
        q("calculate", "adults", calculation="count(${members}[./age >= 18])"),
        q("calculate", "total", calculation=" + ".join(f"${{p{at}}}" for at in range(40))),
        q("note", "told", label="${total} points, ${adults} adults"),
    ]  # fmt: skip
    return form([*scored, *points, *rest], lists)


def figures() -> Iterator[Figure]:
    """Measure evaluating, and drawing a page."""
    read, now = sixty(), datetime.now(UTC)
    today = judge_day(now)
    author = Author(read, 1)
    records = [author.record(today) for _ in range(RECORDS)]
    for record in records[:50]:
        evaluate(read, record, today=today, now=now)
    walls, processor = [], process_time()
    for record in records:
        began = perf_counter()
        evaluate(read, record, today=today, now=now)
        walls.append((perf_counter() - began) * 1000)
    mean = (process_time() - processor) / RECORDS * 1000
    walls.sort()
    asked = sum(1 for each in read.questions() if each.kind not in {"calculate", "note"})
    yield Figure("engine: a record, median", statistics.median(walls), BUDGET, "ms", note=f"{asked} questions asked")
    yield Figure("engine: a record, processor time", mean, BUDGET, "ms")
    yield Figure("engine: a record, p95", walls[int(RECORDS * 0.95)], BUDGET, "ms")
    pages = pages_of(read)
    began = perf_counter()
    for record in records[:100]:
        present(read, record, pages[0], "kk", today=today, now=now)
    yield Figure(
        "page shown, mean", (perf_counter() - began) * 10, BUDGET * 4, "ms", note="of all 60 questions at once"
    )
