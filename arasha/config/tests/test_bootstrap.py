"""What `make` calls before there is an environment: it says what is missing, and does nothing twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BOOTSTRAP = ROOT / "deploy" / "bootstrap"


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(BOOTSTRAP)!r})\n{code}"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_browser_is_named_where_it_may_not_be_installed(tmp_path: Path) -> None:
    done = python("import os; os.geteuid = lambda: 1000\nimport browser; browser.find_or_install()", PATH=str(tmp_path))
    assert done.returncode == 1
    assert "The browser tests need Chromium. Install the package `chromium`" in done.stderr


def test_a_named_browser_that_is_no_program_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, BOOTSTRAP, "browser"],
        env={**os.environ, "ARASHA_CHROMIUM": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "which is no program" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_is_named(tmp_path: Path) -> None:
    done = python("sys.version_info = (3, 9)\nimport environment; environment._python()", PATH=str(tmp_path))
    assert "Arasha needs Python 3.11 or newer" in done.stderr


def test_a_python_without_venv_is_named_where_nothing_may_be_installed() -> None:
    code = (
        "import os, environment; os.geteuid = lambda: 1000\n"
        "class Failed: returncode, stdout = 1, '3.11'\n"
        "environment.subprocess.run = lambda *a, **k: Failed\n"
        "environment._make_venv(sys.executable)"
    )
    done = python(code)
    assert "This Python cannot make environments. Install the package `python3.11-venv`" in done.stderr


def test_without_nodejs_the_locks_own_is_used(tmp_path: Path) -> None:
    code = (
        "import assets\nfrom pathlib import Path\n"
        f"assets.VENV = Path({sys.prefix!r})\nwords, folder = assets._npm()\n"
        "print(assets._node_version(words[0]), Path(words[1]).name)"
    )
    done = python(code, PATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    version, npm = done.stdout.split()
    assert (int(version) >= 20, npm) == (True, "npm-cli.js")


@pytest.mark.parametrize("change", ["touched", "changed"])
def test_assets_are_built_when_a_source_has_changed_and_only_then(tmp_path: Path, change: str) -> None:
    code = f"""
import assets, ground
from pathlib import Path
root = Path({str(tmp_path)!r})
assets.ROOT = ground.ROOT = root
assets.ASSETS, assets.MODULES, assets.BUILT = root / "assets", root / "assets/node_modules", root / "built"
assets.MODULES.mkdir(parents=True)
assets.BUILT.mkdir()
(assets.ASSETS / "package.json").write_text("{{}}")
(assets.ASSETS / "package-lock.json").write_text("{{}}")
(assets.ASSETS / "a.css").write_text("a")
calls = []
assets.run = lambda command, what, *_: calls.append(what)
assets.build_assets()
(assets.ASSETS / "a.css").write_text("a" if {change!r} == "touched" else "b")
assets.build_assets()
print(calls)
"""
    done = python(code)
    assert done.returncode == 0, done.stderr
    builds = ["npm ci", "npm run build"] + ["npm run build"] * (change == "changed")
    assert done.stdout.splitlines()[-1] == str(builds)
