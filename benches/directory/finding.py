"""The finder over 20,000 offerings of 3,000 providers, as the application asks, against the same without a definer.

The bare query names the columns that are needed for one page and knows what is asked: no questions that are not asked,
no function around it. Weight: the first page with the map and a full page of what was found, with their stylesheet and
scripts, packed.
"""

import gzip
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import transaction
from django.test import RequestFactory, override_settings
from django.utils import translation

from arasha.services import queries
from arasha.services.queries import Wanted
from benches.figures import Figure, seconds, side_by_side
from benches.place import Bench
from benches.workers import Worker, worker

OFFERINGS = int(os.environ.get("ARASHA_BENCH_OFFERINGS") or 20_000)
PROVIDERS = max(OFFERINGS * 3 // 20, 1)
ROUNDS = 15
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PLACE = "615400000"
MOST_MS, MOST_KB = 60.0, 40.0
PUT = (Path(__file__).parent / "offerings.sql").read_text(encoding="utf-8")
STATIC = Path(__file__).parents[2] / "arasha" / "ui" / "static"
FILES = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')
QUESTIONS = {
    "a child of six, in Kazakh, one need": Wanted(place=PLACE, age=6, languages=("kk",), needs=("parenting",)),
    "anything at one place": Wanted(place=PLACE),
    "anything in the whole country, by name": Wanted(words="Ұйым 29", order="name"),
}
BARE = """
SELECT s.id, s.phone, s.hours, b.name_kk, o.* FROM services_offering o
  JOIN services_site s ON s.id = o.site_id JOIN services_provider p ON p.id = s.provider_id
  JOIN access_body b ON b.id = p.body_id
 WHERE 6 BETWEEN o.age_from AND o.age_to AND o.languages && '{kk}' AND o.needs && '{parenting}' AND o.status = 'open'
   AND (left(s.territory_id, 2) = '61' OR o.served && '{615400000,610000000,000000000}')
 ORDER BY left(s.territory_id, 4) <> '6154', b.name_kk LIMIT 11"""


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the finder's questions, its counts, and what its pages weigh."""
    who = worker(bench, "coordination_district")
    with bench.superuser() as superuser:
        _ensure(superuser)
        for called, wanted in QUESTIONS.items():
            ours, bare = side_by_side(_asked(who, wanted), _bare(superuser), ROUNDS)
            note = f"{bare * 1000:.1f} ms bare for the first question, {OFFERINGS:,} offerings"
            yield Figure(f"finder: {called}", ours * 1000, MOST_MS, "ms", note=note)
        counted = median(seconds(_counted(who)) for _ in range(ROUNDS))
        yield Figure("finder: what is open by region", counted * 1000, MOST_MS, "ms")
    for called, path in (("with the map", ""), ("with ten places", f"p={PLACE}")):
        yield Figure(f"weight of the finder's page {called}", _weight(path), MOST_KB, "KB")


def _ensure(superuser: "psycopg.Connection[Any]") -> None:
    """Put the offerings down, when they don't lie there yet."""
    row = superuser.execute("SELECT count(*) FROM public.services_offering").fetchone()
    if row is not None and row[0] == OFFERINGS:
        return
    for statement in PUT.format(providers=PROVIDERS, offerings=OFFERINGS).split(";\n"):
        if statement.strip():
            superuser.execute(statement.encode())


def _asked(who: Worker, wanted: Wanted) -> Callable[[], object]:
    def ask() -> None:
        with transaction.atomic():
            who.enter()
            if not queries.find(wanted, now=NOW, limit=11):
                raise AssertionError

    return ask


def _counted(who: Worker) -> Callable[[], object]:
    def ask() -> None:
        with transaction.atomic():
            who.enter()
            queries.counts(now=NOW)

    return ask


def _bare(superuser: "psycopg.Connection[Any]") -> Callable[[], object]:
    def ask() -> None:
        superuser.execute(BARE.encode()).fetchall()

    return ask


def _weight(query: str) -> float:
    """Return the kilobytes of a page in the heaviest language, with every file that it names, packed."""
    from arasha.doors.views import finder  # noqa: PLC0415 - Django is set up by now

    found = []
    urls = override_settings(ROOT_URLCONF="arasha.config.public_urls")
    for language in ("kk", "ru", "en"):
        with urls, translation.override(language), transaction.atomic():
            page = finder.find(RequestFactory().get(f"/help/?{query}&language={language}")).content
        names = {re.sub(r"\.[0-9a-f]{8,}(?=\.\w+$)", "", name) for name in FILES.findall(page.decode())}
        files = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)
        found.append(len(gzip.compress(page, 9)) + files)
    return max(found) / 1000
