"""The software bill of materials: every locked package with version, hashes and licence, as CycloneDX 1.6."""

import base64
import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from checks import ROOT

TARGET = ROOT / "var" / "sbom.cdx.json"
PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def python_packages(lock: Path) -> list[dict[str, Any]]:
    """Return the packages of a hash-pinned lock."""
    found: list[dict[str, Any]] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if named := PACKAGE.match(line):
            name, version = named[1].lower().replace("_", "-"), named[2]
            found.append(component(name, version, f"pkg:pypi/{name}@{version}", licence_of(name)))
        elif found:
            found[-1]["hashes"] += [{"alg": "SHA-256", "content": value} for value in HASH.findall(line)]
    return found


def web_packages(lock: Path) -> list[dict[str, Any]]:
    """Return the packages of npm's lock; none of them runs on the server."""
    found = []
    for path, told in sorted(json.loads(lock.read_text(encoding="utf-8"))["packages"].items()):
        name = path.rpartition("node_modules/")[2]
        if not name or "version" not in told:
            continue
        entry = component(
            name, told["version"], f"pkg:npm/{name.replace('@', '%40')}@{told['version']}", told.get("license")
        )
        algorithm, _, value = told.get("integrity", "").partition("-")
        if algorithm == "sha512":
            entry["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(value).hex()}]
        found.append(entry)
    return found


def component(name: str, version: str, purl: str, licence: str | None) -> dict[str, Any]:
    """Return one package."""
    entry: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if licence:
        entry["licenses"] = [{"license": {"name": licence}}]
    return {**entry, "hashes": []}


def licence_of(name: str) -> str | None:
    """Return what an installed package says of its licence, at most a line of it."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    words = told.get("License-Expression") or told.get("License") or ""
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    return words.splitlines()[0][:120] if words.strip() else next(iter(classified), None)


def main() -> None:
    """Write the bill; exit with status 1 when a package is in it without a hash."""
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "arasha" / "__init__.py").read_text(encoding="utf-8"))
    assert version is not None  # noqa: S101
    packages = python_packages(ROOT / "requirements.lock") + web_packages(ROOT / "assets" / "package-lock.json")
    bare = [entry["purl"] for entry in packages if not entry["hashes"]]
    if bare or not packages:
        sys.exit(f"sbom: without a hash in the lock: {', '.join(bare) or 'everything'}")
    own = {"type": "application", "name": "arasha", "version": version[1], "bom-ref": f"pkg:pypi/arasha@{version[1]}"}
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": own}}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        json.dumps({**bill, "components": packages}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(f"{len(packages)} packages in {TARGET.relative_to(ROOT)}")


main()
