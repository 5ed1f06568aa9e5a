"""The sealer's minute runs in a true system context and leaves nothing unsealed."""

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from arasha.kernel.access import actions, tasks
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal import queries, rules
from arasha.kernel.worktime.queries import domain_now
from tests.database import ClonedDatabase


def test_the_minute_seals_what_was_done_and_sends_it_out(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path
) -> None:
    settings.ARASHA_KEYS, settings.ARASHA_SEALS = tmp_path / "keys", tmp_path / "seals"
    settings.ARASHA_SEAL_COPY = settings.ARASHA_SEAL_MAIL = ""
    with django_db_blocker.unblock(), cloned_database.as_default():
        actions.install_secret()
        with (
            actions.system("sweep"),
            journal.act(verb="sweep", stream=rules.system_stream("sweeper"), now=domain_now()),
        ):
            pass
        assert queries.oldest_unsealed() is not None
        tasks.seal(timestamp=0)
        assert queries.oldest_unsealed() is None
        assert [path.name for path in tmp_path.glob("seals/seal-*")] == ["seal-000000000001.txt"]
        (tmp_path / "seals").rename(tmp_path / "gone")
        (tmp_path / "seals").write_text("a file, no folder")
        with (
            actions.system("sweep"),
            journal.act(verb="sweep", stream=rules.system_stream("sweeper"), now=domain_now()),
        ):
            pass
        with pytest.raises(tasks.SealsNotSentOut, match="folder"):
            tasks.seal(timestamp=0)
        report = queries.verify(state=True, folders=[tmp_path / "gone"])
    assert [finding for finding in report.findings if not finding.is_notice] == []
    assert (report.unsealed, report.seals_not_outside) == (0, 1)
