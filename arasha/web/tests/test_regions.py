"""Three made-up regions: every body is there but one, which is missing on purpose; the story reaches the present."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead
from arasha.web import demonstration
from arasha.web.regions import whole
from tests.cluster import Cluster
from tests.database import ClonedDatabase, as_owner

FILES = 24
WEEKS = timedelta(weeks=8)
STATES = (
    "SELECT state, count(*) FROM obligations_obligation GROUP BY 1 UNION ALL"
    " SELECT 'signal ' || state, count(*) FROM signals_signal GROUP BY 1 UNION ALL"
    " SELECT 'load ' || state, count(*) FROM people_load GROUP BY 1 UNION ALL"
    " SELECT 'families', count(DISTINCT dossier_id) FROM people_kinship UNION ALL"
    " SELECT 'allegations', count(*) FROM people_allegation"
)


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((demonstration.DATA / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.django_db
def test_every_district_of_three_regions_has_every_body_but_the_one_that_is_missing() -> None:
    regions = read("demonstration_regions.yaml")
    plan = whole(read("demonstration.yaml"), regions)
    have = Counter(
        (body["territory"], function)
        for body in plan["bodies"]
        for unit in body["units"]
        for function in unit["functions"]
    )
    offices = regions["level"]["district"]
    places = Territory.objects.filter(parent__in=regions["regions"], level=2).values_list("kato", flat=True)
    wanted = {(place, office["function"]) for place in places for office in offices}
    assert len(places) == 29
    assert wanted - set(have) == {("613900000", "guardianship")}
    assert {at: number for at, number in have.items() if number > 1} == {}
    logins = {post["login"] for body in plan["bodies"] for unit in body["units"] for post in unit["posts"]}
    assert 40 <= len(logins) <= 55


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Any) -> Path:
    """A state folder that is not there yet, as on a machine whose PostgreSQL is another's."""
    settings.STATE = tmp_path / "state"
    return tmp_path / "state"


@contextmanager
def played(cluster: Cluster, blocker: DjangoDbBlocker, *, stop: int = 0) -> Iterator[dict[str, int]]:
    """Play a short story in a database of its own, or its first steps; returns how many there are of each state."""
    database = ClonedDatabase.made(cluster)
    try:
        with blocker.unblock(), database.as_default():
            declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), behind=WEEKS)
            story = demonstration.make_regions(files=FILES)
            for step, _words in enumerate(story, start=1):
                if step == stop:
                    story.close()
                    call_command("demonstrate", "regions")
                    break
            assert timedelta(0) <= clock_ahead() < timedelta(seconds=30)
        with psycopg.connect(database.superuser) as superuser:
            yield {str(state): int(str(number)) for state, number in superuser.execute(STATES).fetchall()}
    finally:
        cluster.drop(database.name)


def test_the_story_ends_at_the_present_with_files_in_many_states(
    cluster: Cluster, django_db_blocker: DjangoDbBlocker, state: Path
) -> None:
    with played(cluster, django_db_blocker) as first:
        assert "second factor" in (state / "accounts.txt").read_text(encoding="utf-8")
        assert {"met", "met_late", "overdue", "open", "signal waiting", "signal case"} <= set(first)
        assert sum(number for state, number in first.items() if state.startswith("signal ")) == FILES + 4 + 6
        assert first["families"] > 2
        assert first["allegations"] > 0
        assert first["load loading"] == 1


def test_a_story_that_was_interrupted_goes_to_the_present_and_is_not_told_twice(
    cluster: Cluster, django_db_blocker: DjangoDbBlocker
) -> None:
    with played(cluster, django_db_blocker, stop=3) as found:
        assert 0 < sum(number for state, number in found.items() if state.startswith("signal ")) < FILES


@pytest.mark.django_db
def test_the_story_is_not_made_where_the_clock_began_at_the_present() -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    with pytest.raises(CommandError, match="began eight weeks ago"):
        call_command("demonstrate", "regions")
    assert not demonstration.is_made()
