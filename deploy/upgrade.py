"""`python deploy/upgrade.py [COMMIT]`: the version before, its data, and then this version over them.

The version before is the last tag `v*` before this commit, or the commit named. Its `arasha prepare` and demonstration
run in a copy of its tree, with this environment's packages, on a PostgreSQL of this run's own. Then this tree prepares
the same database, twice; the journal is verified against every row, people sign in and read their pages, and the
version before must refuse to prepare what it does not know any more.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from checks import ROOT

sys.path.insert(0, str(ROOT))
from arasha.config import secrets
from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server

# Until there is a tag: the first installation that was shown.
FIRST = "c22d4a04eaffad3e1b65bb781cfea37a89c3f85c"  # pragma: allowlist secret
BUILT = Path("arasha") / "ui" / "static" / "built"  # not in git
PEOPLE = ("doctor", "inspector", "coordinator", "administrator")
COUNTS = """SELECT (SELECT count(*) FROM journal_act), (SELECT count(*) FROM access_dossier),
  (SELECT count(*) FROM signals_signal), (SELECT count(*) FROM obligations_obligation)"""
SMOKE = r"""
import os, re, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings"
import django
django.setup()
from django.test import Client
from arasha.administration.models import Persona
from arasha.kernel.access.actions import system
with system("sign_in"):
    people = {p.user.login: p.user_id for p in Persona.objects.select_related("user")}
seen = 0
for login in sys.argv[1:]:
    browser = Client(HTTP_HOST="localhost")
    assert browser.post(f"/sign-in/as/{people[login]}/").status_code == 302, login
    waiting, done = ["/post/", "/"], set()
    while waiting and len(done) < 25:
        address = waiting.pop(0)
        if address in done:
            continue
        done.add(address)
        answer = browser.get(address)
        assert answer.status_code in (200, 302, 403), (login, answer.resolver_match.route, answer.status_code)
        if answer.status_code == 200 and not answer.streaming:
            waiting += re.findall(r'href="(/[a-z0-9/-]*)"', answer.content.decode())
    assert browser.get("/").status_code == 200, login
    seen += len(done)
print(f"{seen} pages read by {len(sys.argv) - 1} people")
"""


class Failed(Exception):
    """A step did not go as it must."""


def main() -> None:
    """Upgrade, and say how it went; exit with status 1 at the first step that fails."""
    try:
        commit = version_before(sys.argv[1] if len(sys.argv) > 1 else "")
        with place() as folder:
            upgrade(commit, folder)
    except Failed as problem:
        sys.exit(f"upgrade: {problem}")


def version_before(named: str) -> str:
    """Return the commit to come from: the one named, the last tag before this commit, or the first installation."""
    if named:
        wanted = named
    else:
        tags = git(
            "tag", "--list", "v*", "--merged", "HEAD", "--no-contains", "HEAD", "--sort=-version:refname"
        ).split()
        wanted = tags[0] if tags else FIRST
    try:
        return git("rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}").strip()
    except subprocess.CalledProcessError:
        raise Failed(f"{wanted} is not in this checkout's history; fetch all of it (git fetch --unshallow).") from None


def git(*words: str) -> str:
    """Return what git says."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603, S607


@contextmanager
def place() -> Iterator[Path]:
    """Give a folder that PostgreSQL's account can reach, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="arasha-upgrade-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def upgrade(commit: str, folder: Path) -> None:
    """Prepare with the version before, then with this one, and look at what came of it."""
    before = tree_of(commit, folder / "before")
    state = folder / "state"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")},
        **{"ARASHA_STATE": str(state), "ARASHA_INSTANCE_KIND": "training", "PYTHONDONTWRITEBYTECODE": "1"},
    }
    server = Server(Place(state))
    server.start()
    try:
        secrets.make(state / "keys" / "secret_key")
        arasha(before, environment, "prepare")
        arasha(before, environment, "journal", "seal")
        arasha(before, environment, "journal", "verify", "--state")
        python(before, environment, SMOKE, *PEOPLE)
        there = counts(server)
        print(
            f"{commit[:7]}: {there[0]} entries, {there[1]} files, {there[2]} signals, {there[3]} obligations",
            flush=True,
        )
        told = arasha(ROOT, environment, "prepare")
        print("\n".join(f"  {line}" for line in told.splitlines()), flush=True)
        if "migrations applied" in told:
            refuse(before, environment)
        if "migrations applied" in arasha(ROOT, environment, "prepare"):
            raise Failed("the second `arasha prepare` found something to migrate")
        if counts(server)[1:] != there[1:]:
            raise Failed("files, signals or obligations are not as many as before")
        arasha(ROOT, environment, "journal", "verify", "--state")
        print(python(ROOT, environment, SMOKE, *PEOPLE).strip(), flush=True)
    finally:
        server.stop()
    print(f"upgraded from {commit[:7]}")


def refuse(before: Path, environment: Mapping[str, str]) -> None:
    """Let the version before meet the database of this one; raises Failed when it does not refuse it."""
    if "class LaterDatabase" not in (before / "arasha" / "config" / "preparation.py").read_text(encoding="utf-8"):
        return  # it does not know how to
    try:
        arasha(before, environment, "prepare")
    except Failed as refusal:
        if "later version of Arasha" in str(refusal):
            return
        raise
    raise Failed("the version before prepared a later database")


def tree_of(commit: str, folder: Path) -> Path:
    """Return the tree of a commit, with the built assets of this one."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603, S607
    subprocess.run(["tar", "--extract", "--file=-"], cwd=folder, input=archive, check=True)  # noqa: S607
    if (ROOT / BUILT).is_dir():
        shutil.copytree(ROOT / BUILT, folder / BUILT)
    return folder


def arasha(tree: Path, environment: Mapping[str, str], *words: str) -> str:
    """Run a command of a tree's arasha and return what it says; raises Failed."""
    return run([sys.executable, "-m", "arasha", *words], tree, environment, " ".join(words))


def python(tree: Path, environment: Mapping[str, str], code: str, *words: str) -> str:
    """Run code with a tree's arasha."""
    return run([sys.executable, "-c", code, *words], tree, environment, "reading pages")


def run(command: list[str], tree: Path, environment: Mapping[str, str], what: str) -> str:
    """Run with the tree's package before the environment's own."""
    done = subprocess.run(  # noqa: S603
        command, cwd=tree, env={**environment, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        whose = "this version's" if tree == ROOT else "the version before's"
        raise Failed(f"{whose} `{what}` ended with status {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def counts(server: Server) -> tuple[int, ...]:
    """Return how much of each there is."""
    with server.connect("arasha") as connection:
        return tuple(connection.execute(COUNTS).fetchone() or ())


if __name__ == "__main__":
    main()
