"""Installations that can be backed up, lost and restored: a database with true logins and folders of its own."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import yaml
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from arasha.administration.tests.people import Member
from arasha.config.backup import making
from arasha.config.postgres import roles
from arasha.config.postgres.place import SUPERUSER
from arasha.kernel.access import actions as access
from arasha.kernel.access import looks
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import dossier_stream, system_stream
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.rules import Scope
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.signals.actions import Report, report_signal
from arasha.web import demonstration
from arasha.web.actions import make_district
from tests.cluster import Cluster
from tests.database import ClonedDatabase

PLACE = "615400000"
PDF = b"%%PDF-1.7\n1 0 obj <<>> endobj\n%s\n%%%%EOF\n"
WANTED = ("polyclinic-2", "police-saryagash", "department-saryagash")
INSTANCE = "arasha.example.kz"


@dataclass(frozen=True)
class Told:
    """One report: its dossier, how the child was called, and a letter kept with it."""

    dossier: UUID
    called: str
    file: UUID


@dataclass
class Installation:
    """One installation."""

    folder: Path
    database: ClonedDatabase
    more: dict[str, Any] = field(default_factory=dict)

    def paths(self) -> dict[str, Any]:
        """Return the settings that lead here."""
        return {
            "STATE": self.folder,
            "STATIC_ROOT": self.folder / "static",
            "ADDRESS": f"https://{INSTANCE}",
            "ARASHA_KEYS": self.folder / "keys",
            "ARASHA_KEY_STORE": self.folder / "keystore",
            "ARASHA_KEY_STORE_URL": "",
            "ARASHA_KEY_SERVER": "",
            "ARASHA_ERASURE_LEDGER": self.folder / "erasures" / "ledger.jsonl",
            "ARASHA_KEY_BACKUPS": self.folder / "key-backups",
            "ARASHA_FILES": self.folder / "files",
            "ARASHA_SEALS": self.folder / "seals",
            "ARASHA_SEAL_COPY": str(self.folder / "second"),
            "ARASHA_BACKUPS": self.folder / "backups",
            "ARASHA_BACKUP_DATABASE_URL": self.database.backup,
            **self.more,
        }

    @contextmanager
    def used(self) -> Iterator[None]:
        """Let Django and the vault work here; what looks write goes over their own connection."""
        before, looks.channel = looks.channel, looks.own_connection
        brought = {"ARASHA_DATABASE_URL": self.database.app, "ARASHA_OWNER_DATABASE_URL": self.database.owner}
        try:
            with override_settings(**self.paths()), self.database.as_default(), variables(brought):
                yield
        finally:
            looks.channel = before

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Ask as the superuser, past every protection."""
        with psycopg.connect(self.database.superuser, autocommit=True) as superuser:
            cursor = superuser.execute(statement.encode(), arguments or None)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def variables(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while."""
    from unittest import mock  # noqa: PLC0415

    with mock.patch.dict("os.environ", values):
        yield


def man() -> dict[str, Member]:
    """Declare the database and seat a few made-up people in it."""
    worktime.declare_instance(kind="training", actor=INSTALLATION, now=domain_now(using="owner"))
    plan = yaml.safe_load((demonstration.DATA / "demonstration.yaml").read_text(encoding="utf-8"))
    plan["bodies"] = [body for body in plan["bodies"] if body["code"] in WANTED]
    for body in plan["bodies"]:
        for unit in body["units"]:
            unit.pop("parent", None)
            unit["posts"] = unit["posts"][:1]
    with access.system("demonstration") as actor:
        seats = make_district(actor=actor, plan=plan, now=domain_now())
    return {
        seat.login: Member(
            seat.account.user_id, seat.login, seat.account.password, seat.account.totp_secret, seat.post_id
        )
        for seat in seats
    }


def tell(doctor: Member, called: str) -> Told:
    """Let the doctor report a child, and keep a letter in its file."""
    token = uuid4().hex
    access.begin_session(user_id=doctor.user_id, token=token, expires_at=domain_now().replace(year=2099))
    report = Report(
        door="health", territory=PLACE, concerns=["physical"], safe_now="no", suspect_has_access="yes",
        child_called=called, narrative=f"What happened to {called}",
    )  # fmt: skip
    with transaction.atomic():
        signal = report_signal(actor=access.enter(token, doctor.post_id), report=report, now=domain_now())
    access.end_session(token=token)
    dossier: UUID = signal.dossier_id
    with access.system("test"), journal.act(verb="keep", stream=dossier_stream(dossier), now=domain_now()):
        kept = vault.keep_file(
            BytesIO(PDF % called.encode()), scope=Scope("dossier", dossier, "concern"), name="a.pdf", now=domain_now()
        )
    return Told(dossier, called, kept.pk)


def erase(told: Told) -> int:
    """Erase what was said of a child, as a court ordered; return the act's number."""
    scopes = [Scope("dossier", told.dossier, facet) for facet in ("concern", "narrative", "identity")]
    now = domain_now()
    with (
        access.system("erase") as actor,
        connection.cursor() as cursor,
        journal.erasing(scopes=scopes, stream=dossier_stream(told.dossier), now=now) as opened,
    ):
        cursor.execute("UPDATE signals_signal SET child_called = '' WHERE dossier_id = %s", [told.dossier])
        for scope in scopes:
            vault.erase(scope, actor=actor, now=now, legal_basis="court")
    return opened.id


def seal() -> None:
    """Seal and send out, as the worker does each minute."""
    with access.system("seal"):
        journal.seal_once(now=domain_now())
    with access.system("seal"):
        assert journal.export_seals() == []


def note(name: str) -> None:
    """Write one act that stands for a day's work."""
    with access.system("test"), journal.act(verb="work", stream=system_stream(name), now=domain_now()):
        pass


@dataclass
class Story:
    """An installation that was backed up and lived on: what stood then, and what came after."""

    installation: Installation
    people: dict[str, Member]
    backup: str
    kept: Told
    erased: Told
    later: Told
    erasing_act: int

    def lost(self, folder: Path, database: ClonedDatabase, *, but: tuple[str, ...] = ()) -> Installation:
        """Return a new installation where of the old one only backups, keys and key backups were kept, and `but`."""
        for name in ("keys", "key-backups", "backups", "second", *but):
            shutil.copytree(self.installation.folder / name, folder / name, copy_function=shutil.copy2)
        return Installation(folder, database)


def live(installation: Installation) -> Story:
    """Let an installation live: two children told of, a backup; then one is erased and a third one told of."""
    with installation.used():
        vault.make_keys()
        access.install_secret()
        (installation.folder / "second").mkdir()
        people = man()
        kept, erased = tell(people["doctor"], "Тимур Сақталған"), tell(people["doctor"], "Айша Өшірілген")
        seal()
        note("unsealed when the backup was made")
        made = making.make(lambda _text: None)
        act = erase(erased)
        later = tell(people["doctor"], "Кейінгі Бала")
        seal()
        return Story(installation, people, made.folder.name, kept, erased, later, act)


@contextmanager
def empty_database(cluster: Cluster) -> Iterator[ClonedDatabase]:
    """Give a database as `arasha db roles` makes it, with true logins."""
    name = f"clone_{uuid4().hex[:12]}"
    with psycopg.connect(cluster.place.url(SUPERUSER, "postgres"), autocommit=True) as superuser:
        superuser.execute(roles.create_database(name, superuser.info.server_version // 10_000).encode())
    with psycopg.connect(cluster.place.url(SUPERUSER, name), autocommit=True) as superuser:
        superuser.execute("SET client_min_messages = warning")
        roles.apply_database(superuser, name)
    logins = {
        role: cluster.place.url(f"arasha_{role}", name) for role in ("app", "public", "owner", "reader", "backup")
    }
    try:
        yield ClonedDatabase(name=name, **logins, superuser=cluster.place.url(SUPERUSER, name))
    finally:
        cluster.drop(name)


def with_database(installation: Installation, database: ClonedDatabase) -> Installation:
    """Return the installation with another database."""
    return replace(installation, database=database)


def content_of(kept: UUID) -> bytes:
    """Return a kept file's content."""
    from arasha.kernel.vault.queries import open_file  # noqa: PLC0415

    return b"".join(open_file(KeptFile.objects.using("owner").get(pk=kept)))


__all__ = ["INSTANCE", "Installation", "Story", "Told", "settings"]
