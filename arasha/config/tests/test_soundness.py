"""Whoever runs an installation learns what is wrong, why, and what to do; whoever does not, learns nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from arasha.config import handing
from arasha.config.soundness import database, deployment, figures, public
from arasha.config.soundness import settings as asked
from arasha.kernel.messages import actions as messages
from arasha.kernel.vault.actions import add_key, make_keys
from arasha.kernel.worktime.models import Instance
from arasha.web import queries
from tests.database import as_owner


@pytest.fixture
def sound(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with which nothing is wrong but what a single machine cannot have."""
    settings.ARASHA_KEYS, settings.ARASHA_PUBLIC_KEYS = tmp_path / "keys", tmp_path / "public-keys"
    settings.ARASHA_KEY_STORE = tmp_path / "keystore"
    make_keys()
    handing.copy_keys(tmp_path / "medium")
    settings.STATE, settings.HTTPS, settings.ADDRESS = tmp_path / "state", True, "https://arasha.example.kz"
    settings.PUBLIC_HOSTS, settings.PUBLIC_ADDRESS = ["tell.example.kz"], "https://tell.example.kz"
    settings.ALLOWED_HOSTS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = ["arasha.example.kz"], 1
    settings.EMAIL_HOST, settings.SMTP_SECURITY, settings.ARASHA_CLAMD = "mail.example.kz", "starttls", "127.0.0.1:3310"
    settings.ARASHA_SEAL_COPY, settings.ARASHA_SEAL_MAIL = str(tmp_path), ""
    settings.ARASHA_KEY_SERVER, settings.ARASHA_METRICS_TOKEN = "/run/arasha/keys", ""
    settings.ARASHA_BACKUPS = tmp_path / "backups"
    return settings


def ids(findings: Any) -> list[str]:
    """Return what was found."""
    return sorted(str(finding.id) for finding in findings)


def test_an_installation_that_is_set_up_well_is_told_nothing(sound: Settings) -> None:
    assert ids([*asked.reach(), *asked.channels(), *asked.keys()]) == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("HTTPS", False, ["arasha.D001"]),
        ("ALLOWED_HOSTS", ["localhost"], ["arasha.D002"]),
        ("ALLOWED_HOSTS", ["*"], ["arasha.D002"]),
        ("ADDRESS", "http://127.0.0.1:8000", ["arasha.D003"]),
        ("ADDRESS", "https://localhost", ["arasha.D003"]),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, ["arasha.D004"]),
        ("EMAIL_HOST", "", ["arasha.D010"]),
        ("SMTP_SECURITY", "none", ["arasha.D011"]),
        ("ARASHA_CLAMD", "", ["arasha.D012"]),
        ("ARASHA_SEAL_COPY", "", ["arasha.D013"]),
        ("ARASHA_SEAL_COPY", "/nowhere/at/all", ["arasha.D014"]),
        ("ARASHA_KEY_SERVER", "", ["arasha.D022"]),
    ],
)
def test_each_thing_that_is_wrong_is_named_and_mended(sound: Settings, name: str, value: Any, found: list[str]) -> None:
    setattr(sound, name, value)
    findings = [*asked.reach(), *asked.channels(), *asked.keys()]
    assert ids(findings) == found
    assert all(finding.hint and len(str(finding.msg)) > 30 for finding in findings)


@pytest.mark.parametrize("leads_to", ["https://arasha.example.kz", "http://127.0.0.1:8000"])
def test_slips_that_would_lead_to_no_page_of_the_public_are_named(sound: Settings, leads_to: str) -> None:
    assert ids(public.printed()) == []
    assert public.printed in deployment.ASKED
    sound.PUBLIC_ADDRESS = leads_to
    assert ids(public.printed()) == ["arasha.D067"]


def test_public_pages_that_are_set_up_well_are_told_nothing(sound: Settings) -> None:
    assert ids([*public.names(), *public.reach(), *public.keys()]) == []
    assert public.names in deployment.ASKED


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("PUBLIC_HOSTS", ["localhost", "127.0.0.1"], ["arasha.D060"]),
        ("PUBLIC_HOSTS", ["*"], ["arasha.D060"]),
        ("PUBLIC_HOSTS", ["arasha.example.kz"], ["arasha.D061"]),
        ("HTTPS", False, ["arasha.D062"]),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, ["arasha.D063"]),
        ("ARASHA_PUBLIC_KEYS", Path("/nowhere/at/all"), ["arasha.D064"]),
    ],
)
def test_each_thing_that_is_wrong_with_public_pages_is_named_and_mended(
    sound: Settings, name: str, value: Any, found: list[str]
) -> None:
    setattr(sound, name, value)
    findings = [*public.names(), *public.reach(), *public.keys()]
    assert ids(findings) == found
    assert all(finding.hint and len(str(finding.msg)) > 30 for finding in findings)


@pytest.mark.django_db
def test_the_public_process_is_asked_for_its_own_and_as_whom_it_logs_in(sound: Settings) -> None:
    sound.SERVES, sound.ARASHA_CLAMD = "public", ""
    assert ids(deployment.check_deployment(None)) == ["arasha.D066"], "the tests log in as somebody else"


def test_keys_beside_data_or_open_to_others_are_found(sound: Settings) -> None:
    sound.ARASHA_BACKUPS = sound.ARASHA_KEYS / "backups"
    assert ids(asked.keys()) == ["arasha.D020"]
    sound.ARASHA_BACKUPS = Path("/nowhere")
    sound.ARASHA_KEYS.chmod(0o755)
    try:
        assert ids(asked.keys()) == ["arasha.D020"]
    finally:
        sound.ARASHA_KEYS.chmod(0o700)


def test_keys_that_were_not_copied_since_they_changed_are_found(sound: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "medium" / "arasha-keys"
    copied = [path for path in copy.rglob("*") if path.is_file()]
    assert {path.name: path.read_bytes() for path in handing.key_files()} == {
        path.name: path.read_bytes() for path in copied
    }
    assert {path.name for path in (copy / "public").iterdir()} >= {"codes-0001.key", "pages-0001.key"}
    assert [copy.stat().st_mode & 0o777, *{path.stat().st_mode & 0o777 for path in copied}] == [0o700, 0o600]
    add_key("general")
    assert ids(asked.keys()) == ["arasha.D024"]
    with pytest.raises(CommandError, match="is there already"):
        call_command("vault", "copy-rings", to=tmp_path / "medium")
    call_command("vault", "copy-rings", to=tmp_path / "another")
    assert ids(asked.keys()) == []


@pytest.mark.parametrize("where", ["ARASHA_BACKUPS", "ARASHA_KEY_BACKUPS", "ARASHA_FILES", "ARASHA_KEYS"])
def test_keys_are_not_copied_to_where_they_must_not_lie(sound: Settings, where: str) -> None:
    with pytest.raises(CommandError, match="may not lie inside one another"):
        call_command("vault", "copy-rings", to=getattr(sound, where) / "below")
    assert not (getattr(sound, where) / "below").exists()


def test_no_backup_and_an_old_one_are_found(sound: Settings) -> None:
    assert {"arasha.D031", "arasha.D033"} <= set(ids(asked.backups()))
    old = sound.ARASHA_BACKUPS / "2026-01-01T000000Z"
    old.mkdir(parents=True)
    (old / "manifest.json").write_text("{}")
    sound.ARASHA_BACKUPS.chmod(0o755)
    assert {"arasha.D032", "arasha.D035"} <= set(ids(asked.backups()))
    assert "arasha.D031" not in ids(asked.backups())


@pytest.fixture
def production(db: None, sound: Settings) -> None:
    """A production instance in the test's own transaction."""
    with as_owner():
        Instance.objects.create(kind="production", declared_at=figures.database_now())


@pytest.mark.usefixtures("production")
def test_the_database_is_asked_for_its_logs_its_roles_and_what_was_reviewed() -> None:
    # The tests' role logs in as somebody else, and their PostgreSQL lies on a socket.
    assert set(ids(database.database())) <= {"arasha.D044"}
    assert "log_statement" in database.LOGGING


@pytest.mark.usefixtures("production")
def test_a_door_that_nobody_reviewed_is_found() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE POLICY everything ON public.signals_signal TO arasha_app USING (true)")
    assert "arasha.D048" in ids(database.database())


@pytest.mark.django_db
def test_an_instance_with_made_up_people_is_not_for_real_ones(sound: Settings) -> None:
    with as_owner():
        Instance.objects.create(kind="training", declared_at=figures.database_now())
    assert "arasha.D041" in ids(database.database())


def test_a_database_that_does_not_answer_is_one_finding(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> str:
        raise DatabaseError

    monkeypatch.setattr(database, "instance_kind", silent)
    assert ids(database.database()) == ["arasha.D040"]
    assert deployment.ASKED


def scrape(**more: Any) -> Any:
    """Ask for the figures."""
    return Client(HTTP_HOST="arasha.example.kz", **more).get("/-/metrics")


@pytest.fixture
def working(db: None, sound: Settings) -> None:
    """An installation in which everything ran just now."""
    with as_owner():
        Instance.objects.create(kind="training", declared_at=figures.database_now())
    for timer in queries.timers():
        messages.note_run(timer=timer)


@pytest.mark.usefixtures("working")
def test_the_figures_are_what_a_scraper_reads(sound: Settings) -> None:
    sound.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    answer = scrape()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert values["arasha_up"] == "1"
    assert float(values['arasha_queue_age_seconds{queue="timers"}']) == 0
    assert float(values['arasha_timer_age_seconds{timer="sweep"}']) < 3600
    assert float(values["arasha_sweep_lag_seconds"]) == 0
    assert float(values['arasha_disk_free_bytes{place="files"}']) > 0
    assert len([line for line in lines if line.startswith("# TYPE arasha_queue_age_seconds ")]) == 1


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(
    ("proxies", "more"),
    [
        (1, {}),
        (0, {"REMOTE_ADDR": "10.1.2.3"}),
        (0, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}),
        (0, {"HTTP_FORWARDED": "for=127.0.0.1"}),
        (0, {"REMOTE_ADDR": ""}),
    ],
)
def test_to_everybody_else_the_address_is_not_there(sound: Settings, proxies: int, more: dict[str, Any]) -> None:
    sound.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert scrape(**more).status_code == 404


@pytest.mark.usefixtures("working")
def test_a_token_opens_from_anywhere_and_nothing_else_does_then(sound: Settings) -> None:
    sound.ARASHA_METRICS_TOKEN = "a long random word"
    for wrong in ("", "Bearer", "Bearer another", "a long random word", "Bearer Ұзын сөз"):
        assert scrape(HTTP_AUTHORIZATION=wrong).status_code == 404
    assert scrape(HTTP_AUTHORIZATION="Bearer a long random word", REMOTE_ADDR="10.1.2.3").status_code == 200


def status() -> tuple[int, dict[str, Any]]:
    told = StringIO()
    try:
        call_command("status", "--json", stdout=told)
    except SystemExit as end:
        return int(end.code or 0), json.loads(told.getvalue())
    return 0, json.loads(told.getvalue())


@pytest.mark.usefixtures("working")
def test_status_says_what_to_do() -> None:
    code, told = status()
    assert code == 1
    assert told["mend"] == {}
    assert "There is no backup" in told["backups"][0][0]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM message_pulse WHERE timer = 'seal'")
    assert "systemctl status arasha-work" in status()[1]["mend"]["seal"]
    plain = StringIO()
    with pytest.raises(SystemExit):
        call_command("status", stdout=plain)
    assert "not ok  seal" in plain.getvalue()
