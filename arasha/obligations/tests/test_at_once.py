"""Two people decide at the same moment: one of them does it, the other is told. On a database that commits."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.rules import Actor
from arasha.obligations.actions import (
    NotPossibleNow,
    decline,
    grant_time,
    meet,
    refuse_time,
    see,
    waive,
)
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.obligations.tests.committed import committed, counted
from tests.cluster import Cluster
from tests.database import ClonedDatabase

HOUR = timedelta(hours=1)
LATER = NOW + 72 * HOUR
Work = Callable[[Actor, Obligation], object]


@pytest.fixture
def one_duty(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[District, Obligation, ClonedDatabase]]:
    """One duty, committed, and its cast with sessions."""
    with django_db_blocker.unblock(), committed(cluster, cloned_database, _one_report) as (district, obligation):
        yield district, obligation, cloned_database


def _one_report() -> tuple[District, Obligation]:
    district = cast.make_district()
    return district, cast.report(district)


def met(actor: Actor, row: Obligation) -> object:
    return meet(actor=actor, obligation=row.pk, answer="It was done.", now=NOW + HOUR)


def declined(actor: Actor, row: Obligation) -> object:
    return decline(actor=actor, obligation=row.pk, reason="no_people", words="Nobody.", now=NOW + HOUR)


def waived(actor: Actor, row: Obligation) -> object:
    return waive(actor=actor, obligation=row.pk, reason="not_needed", words="Nothing.", now=NOW + HOUR)


def refused(actor: Actor, row: Obligation) -> object:
    return refuse_time(actor=actor, obligation=row.pk, reason="no_ground", now=NOW + HOUR)


def at_once(row: Obligation, *works: tuple[Person, Work]) -> list[type[BaseException] | None]:
    """Let each do its work in a thread and a transaction of its own; both have begun before either goes on."""
    barrier, outcomes = threading.Barrier(len(works)), dict[int, type[BaseException] | None]()

    def run(number: int, who: Person, work: Work) -> None:
        try:
            with transaction.atomic():
                actor = who.enter()
                barrier.wait(60)
                work(actor, row)
            outcomes[number] = None
        except BaseException as failure:
            outcomes[number] = type(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, *work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return [outcomes.get(number, TimeoutError) for number in range(len(works))]


@pytest.mark.parametrize(
    ("first", "second", "who"),
    [
        (met, declined, "inspector"),
        (met, met, "inspector"),
        (declined, declined, "inspector"),
        (met, waived, "coordinator"),
        (declined, waived, "coordinator"),
        (waived, waived, "both"),
    ],
)
def test_of_two_ends_at_the_same_moment_one_happens(
    one_duty: tuple[District, Obligation, ClonedDatabase], first: Work, second: Work, who: str
) -> None:
    district, row, database = one_duty
    people = {
        "inspector": (district.inspector, district.inspector),
        "coordinator": (district.inspector, district.coordinator),
        "both": (district.coordinator, district.coordinator),
    }[who]
    outcomes = at_once(row, (people[0], first), (people[1], second))
    assert outcomes.count(None) == 1, outcomes
    (failure,) = [outcome for outcome in outcomes if outcome is not None]
    # A unit that declined has left the file: what its colleague finds a moment later is not there.
    assert issubclass(failure, NotPossibleNow) or failure.__name__ == "ObligationNotFound"
    verbs = "('meet_obligation', 'decline_obligation', 'waive_obligation')"
    assert counted(database, f"SELECT count(*) FROM journal_act WHERE verb IN {verbs}") == 1
    assert counted(database, "SELECT count(*) FROM obligations_obligation") <= 2


def test_one_request_gets_one_answer(one_duty: tuple[District, Obligation, ClonedDatabase]) -> None:
    district, row, database = one_duty
    with psycopg.connect(database.superuser) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("ALTER TABLE obligations_obligation DISABLE TRIGGER journal_row")
        connection.execute("UPDATE obligations_obligation SET asked_until = %s", [LATER])
        connection.execute("ALTER TABLE obligations_obligation ENABLE ALWAYS TRIGGER journal_row")
    outcomes = at_once(row, (district.coordinator, refused), (district.coordinator, refused))
    assert sorted(outcomes, key=str) == [NotPossibleNow, None]
    assert counted(database, "SELECT count(*) FROM obligations_remark WHERE kind = 'refused_time'") == 1


def test_time_given_twice_at_once_is_given_once(one_duty: tuple[District, Obligation, ClonedDatabase]) -> None:
    district, row, database = one_duty

    def granted(actor: Actor, duty: Obligation) -> object:
        return grant_time(actor=actor, obligation=duty.pk, until=LATER, now=NOW + HOUR)

    outcomes = at_once(row, (district.coordinator, granted), (district.coordinator, granted))
    assert outcomes.count(None) == 1  # the second finds that the moment is no later than what counts
    assert counted(database, "SELECT count(*) FROM obligations_remark WHERE kind = 'granted_time'") == 1


def test_two_who_open_it_at_once_are_one_look_of_the_unit(
    one_duty: tuple[District, Obligation, ClonedDatabase],
) -> None:
    district, row, database = one_duty

    def seen(actor: Actor, duty: Obligation) -> object:
        return see(actor=actor, obligations=[duty.pk], now=NOW + HOUR)

    assert at_once(row, (district.inspector, seen), (district.inspector, seen)) == [None, None]
    assert counted(database, "SELECT count(*) FROM journal_act WHERE verb = 'see_obligations'") == 1
