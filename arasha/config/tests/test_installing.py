"""A production instance gets its first administrators from whoever installs it, once and never one alone."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from arasha.administration.tests.people import Member, sign_in
from arasha.kernel.journal import queries as journal
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from tests.database import ClonedDatabase

TWO = ("--person", "first", "Бірінші Әкімші", "--person", "second", "Екінші Әкімші")


@pytest.fixture
def production(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A new production instance."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        worktime.declare_instance(kind="production", actor=INSTALLATION, now=domain_now(using="owner"))
        cache.clear()
        yield


def install(*words: str) -> list[str]:
    """Call the command and return its lines."""
    told = StringIO()
    call_command("administrators", "--body", "Комитет", *words, stdout=told)
    return told.getvalue().splitlines()


@pytest.mark.usefixtures("production")
def test_two_administrators_are_seated_and_sign_in_and_the_journal_knows() -> None:
    lines = install(*TWO)
    words = lines[0].split()
    assert (words[0], words[1], len(lines)) == ("first", "password", 3)
    browser = sign_in(Member(0, "first", words[2], words[-1], 0), Client())
    assert browser.get("/account/").status_code == 200
    report = journal.verify(state=True, folders=[])
    assert not report.failed


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (TWO[:3], "at least two administrators"),
        (("--person", "one", "A", "--person", "one", "B"), "with different logins"),
    ],
)
def test_one_alone_is_refused(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        install(*words)
    install(*TWO)


@pytest.mark.usefixtures("production")
def test_it_is_done_once() -> None:
    install(*TWO)
    with pytest.raises(CommandError, match="There are bodies already"):
        install("--person", "third", "C", "--person", "fourth", "D")
