"""`make security`: what can be judged without running the system.

Ruff's S rules judge line by line in `make check`; the three that are left to it here each have their reason
beside the line. Advisory databases are asked by nobody here: a closed network can't reach them.
"""

from checks import run_all, tracked

TESTED_ELSEWHERE = "B108,B608,B703"
NOT_TEXT = (".lock", ".csv", ".po", ".woff2", ".png", "package-lock.json", "uv.txt")
own = [name for name in tracked() if not name.endswith(NOT_TEXT) and "/tests/" not in f"/{name}"]

run_all(
    "make security",
    {
        "bandit": ["bandit", "-q", "-ll", "-r", "arasha", "deploy", "-x", "*/tests/*", "--skip", TESTED_ELSEWHERE],
        "secrets": ["detect-secrets-hook", *own],
        "packages": ["python", "-m", "pip", "check"],
        # Schemathesis against a running server, with each scope of other systems.
        "interface": ["pytest", "-q", "-n", "0", "-m", "long", "arasha/web/tests/test_api_fuzz.py"],
        "materials": ["python", "deploy/sbom.py"],  # var/sbom.cdx.json
    },
)
