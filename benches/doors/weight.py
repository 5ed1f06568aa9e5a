"""`python -m benches.doors.weight`: kilobytes of each public page with all that it loads; status 1 over the budget.

Counted: the page, its stylesheet, script and icon, each as gzip makes it at its best, as a phone's first visit gets
them. A page whose words differ in three languages counts in the heaviest.
"""

import gzip
import re
import sys
from pathlib import Path

from benches.doors.pages import every_page
from benches.doors.served import installation

STATIC = Path(__file__).parents[2] / "arasha" / "ui" / "static"
BUDGET = 25 * 1000
FILES = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|woff2))"')


def packed(content: bytes) -> int:
    """Return how many bytes gzip makes of it."""
    return len(gzip.compress(content, 9))


def weight(page: str) -> int:
    """Return the bytes of a page and of every file that it names."""
    files = {re.sub(r"\.[0-9a-f]{8,}(?=\.\w+$)", "", name) for name in FILES.findall(page)}
    return packed(page.encode()) + sum(packed((STATIC / name).read_bytes()) for name in files)


def main() -> int:
    """Print a line for each page, heaviest first."""
    found: dict[str, tuple[int, str]] = {}
    with installation() as address:
        for language in ("kk", "ru", "en"):
            for index, (name, page) in enumerate(every_page(language, address)):
                key = f"{index:02}"
                if weight(page) > found.get(key, (0, ""))[0]:
                    found[key] = (weight(page), f"{name} ({language})")
    heaviest = sorted(found.values(), reverse=True)
    for size, label in heaviest:
        print(f"{size / 1000:6.1f} KB  {label}")
    print(f"heaviest {heaviest[0][0] / 1000:.1f} KB of {BUDGET / 1000:.0f} KB, {len(heaviest)} pages in 3 languages")
    return 1 if heaviest[0][0] > BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
