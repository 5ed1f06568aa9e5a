"""Issuing and withdrawing: by whom, once, and never with a number or a name in the database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import NotThere
from arasha.prevention import actions, queries, rules
from arasha.prevention.models import Certificate, Withdrawal
from arasha.prevention.policy import NotAllowed
from arasha.prevention.tests.conftest import Issuers
from arasha.prevention.tests.issuing import TODAY, issued, said, withdrawn
from arasha.services.tests.directory import acting
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_sent_twice_it_is_one_certificate_with_one_number(issuers: Issuers) -> None:
    ticket = uuid4()
    once, twice = issued(issuers.first, ticket=ticket), issued(issuers.first, ticket=ticket)
    assert (once.row.pk, once.number) == (twice.row.pk, twice.number)
    with pytest.raises(actions.TicketUsed):
        issued(issuers.first, "18/2026", ticket=ticket)


def test_a_line_of_the_register_has_one_certificate(issuers: Issuers) -> None:
    issued(issuers.first)
    with pytest.raises(actions.EntryTaken):
        issued(issuers.second)
    issued(issuers.neighbour)  # another organisation has a register of its own


@pytest.mark.parametrize("entry", ["Асель", "040505500017", "", "1/2/3/4", "17 ", "1" * 7, "١٧"])
def test_neither_a_name_nor_a_personal_number_stands_as_an_entry(issuers: Issuers, entry: str) -> None:
    with pytest.raises(rules.CertificateFaulty):
        issued(issuers.first, entry)


def test_days_that_cant_be_are_refused(issuers: Issuers) -> None:
    with pytest.raises(rules.CertificateFaulty) as caught:
        issued(issuers.first, until=TODAY - timedelta(days=2))
    assert caught.value.faults == [("valid_until", "over")]


def test_who_does_not_issue_does_nothing_and_reads_nothing(issuers: Issuers) -> None:
    made = issued(issuers.first)
    with acting(issuers.school) as actor:
        with pytest.raises(NotAllowed):
            actions.issue(actor=actor, ticket=uuid4(), said=said("9"), now=datetime.now(UTC))
        assert not Certificate.objects.exists()
    with acting(issuers.neighbour) as actor:
        assert not Certificate.objects.exists()
        with pytest.raises(NotThere):
            actions.ask_withdrawal(actor=actor, certificate=made.row.pk, reason="lost", now=datetime.now(UTC))


def test_one_person_withdraws_nothing(issuers: Issuers) -> None:
    made = issued(issuers.first)
    with acting(issuers.first) as actor:
        actions.ask_withdrawal(actor=actor, certificate=made.row.pk, reason="lost", now=datetime.now(UTC))
    with acting(issuers.first) as actor:
        with pytest.raises(actions.SecondPersonNeeded):
            actions.decide_withdrawal(actor=actor, certificate=made.row.pk, withdraw=True, now=datetime.now(UTC))
        # Nor past the action: the database asks the same.
        assert (
            Withdrawal.objects.update(verdict="withdrawn", decided_by=actor.user_id, decided_at=made.row.issued_at) == 0
        )
    with acting(issuers.second) as actor, pytest.raises(actions.AlreadyAsked):
        actions.ask_withdrawal(actor=actor, certificate=made.row.pk, reason="lost", now=datetime.now(UTC))


def test_a_refused_withdrawal_stays_and_another_may_be_asked(issuers: Issuers) -> None:
    made = issued(issuers.first)
    with acting(issuers.first) as actor:
        actions.ask_withdrawal(actor=actor, certificate=made.row.pk, reason="lost", now=datetime.now(UTC))
    with acting(issuers.second) as actor:
        actions.decide_withdrawal(actor=actor, certificate=made.row.pk, withdraw=False, now=datetime.now(UTC))
        assert queries.line(actor, made.row.pk, today=TODAY).state == "valid"
    withdrawn(issuers.second, issuers.first, made.row.pk)
    with acting(issuers.first) as actor:
        assert queries.line(actor, made.row.pk, today=TODAY).state == "withdrawn"
        assert Withdrawal.objects.count() == 2


def test_what_was_issued_is_never_changed(issuers: Issuers) -> None:
    made = issued(issuers.first)
    for change in ("UPDATE prevention_certificate SET valid_until = NULL", "DELETE FROM prevention_certificate"):
        with acting(issuers.first), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with acting(issuers.first):
        assert Certificate.objects.filter(pk=made.row.pk).exists()


def test_the_number_stands_nowhere_in_the_database(issuers: Issuers) -> None:
    made = issued(issuers.first)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM prevention_certificate c")
        rows = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema = 'journal'")
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    assert rows
    assert not any(made.number in row or rules.shown(made.number) in row for row in rows)


def test_lists_are_narrowed(issuers: Issuers) -> None:
    first = issued(issuers.first, "1/2026")
    issued(issuers.first, "2/2026")
    withdrawn(issuers.first, issuers.second, first.row.pk)
    with acting(issuers.second) as actor:
        for asked, wanted in (
            (queries.Asked(), {"1/2026", "2/2026"}),
            (queries.Asked(states=("withdrawn",)), {"1/2026"}),
            (queries.Asked(entry="2/"), {"2/2026"}),
            (queries.Asked(programme="adoptive_parents"), set()),
        ):
            assert {one.row.entry for one in queries.lines(actor, asked, today=TODAY)} == wanted
    assert isinstance(first.row.pk, UUID)
