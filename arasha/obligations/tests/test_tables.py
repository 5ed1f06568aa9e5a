"""The tables are protected and journalled as their models declare."""

import importlib

import pytest
from django.db import connection

from arasha.kernel.journal.models import Act
from arasha.obligations.actions import meet, sweep_batch
from arasha.obligations.models import Answer, Escalation, Gap, Obligation
from arasha.obligations.queries import owed_by
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from tests.database import as_owner

MODELS = [Obligation, Escalation, Answer, Gap]
MIGRATION = importlib.import_module("arasha.obligations.migrations.0002_protection")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS)
def test_every_column_declares_its_class_and_the_trigger_was_made_from_it(model: type[Obligation]) -> None:
    declared = model.Journal.classes
    assert set(declared) == {field.column for field in model._meta.concrete_fields}
    assert MIGRATION.classes(model._meta.model_name) == declared


@pytest.mark.parametrize("model", MODELS)
def test_row_security_is_forced_and_nobody_but_the_definer_deletes(model: type[Obligation]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity, has_table_privilege('arasha_app', oid, 'DELETE'),"
            " has_table_privilege('arasha_public', oid, 'SELECT'), has_table_privilege('arasha_reader', oid, 'SELECT')"
            " FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        assert cursor.fetchone() == (True, True, False, False, False)


def test_who_owes_reads_what_happened_to_it_and_who_reported_reads_nothing(district: District) -> None:
    obligation = cast.report(district)
    sweep_batch(actor=cast.sweeper(), now=obligation.due_at.replace(day=25))
    actor = district.inspector.enter()
    meet(actor=actor, obligation=obligation.id, answer="done", now=NOW)
    mine = Act.objects.filter(stream_key=str(obligation.dossier_id)).order_by("seq")
    assert [act.verb for act in mine if act.codes.get("facet") == 7] == [
        "raise_obligation",
        "obligation_overdue",
        "meet_obligation",
    ]
    district.doctor.enter()
    assert not Act.objects.filter(stream_key=str(obligation.dossier_id)).exists()


def test_due_obligations_are_found_by_their_partial_index(district: District) -> None:
    cast.report(district)
    cast.sweeper()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        due = Obligation.objects.filter(next_check_at__lt=NOW).order_by("next_check_at")[:100]
        plan = due.select_for_update(skip_locked=True, of=("self",)).explain()
    assert "obligation_check" in plan


def test_a_unit_finds_what_it_owes_by_one_index(district: District) -> None:
    cast.report(district)
    actor = district.inspector.enter()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "obligation_owed" in owed_by(actor).explain()


def test_the_owner_of_the_tables_reads_past_policies_only_as_definer(district: District) -> None:
    cast.report(district)
    with as_owner():
        assert Obligation.objects.count() == 1
