"""`make check`: what a reviewer should not have to look for."""

import os

from checks import run_all, tracked

# Without a database: whether one runs here must not matter.
for name in ("ARASHA_DATABASE_URL", "ARASHA_OWNER_DATABASE_URL"):
    os.environ[name] = "postgresql://nobody@/none?host=/nonexistent"

CHECKS: dict[str, list[object]] = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--quiet", "--check", "."],
    "types": ["mypy", "--no-error-summary", "arasha", "tests", "conftest.py"],
    "layers": ["lint-imports", "--no-cache"],
    "migrations": ["arasha", "makemigrations", "--check", "--dry-run"],
    "catalogues": ["arasha", "catalogues", "check"],
}
if tracked("*.html"):  # djlint takes an empty list for an error
    CHECKS["templates"] = ["djlint", "--quiet", "--lint", "arasha"]

run_all("make check", CHECKS)
