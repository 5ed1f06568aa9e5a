"""`make check`: what a reviewer should not have to look for."""

from checks import run_all, tracked

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
