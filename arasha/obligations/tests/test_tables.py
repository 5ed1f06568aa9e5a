"""The tables are protected and journalled as their models declare."""

import importlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from arasha.kernel.journal.models import Act, Change
from arasha.obligations.actions import meet, sweep_batch
from arasha.obligations.models import Answer, Escalation, Evidence, Gap, Obligation, Remark
from arasha.obligations.queries import owed_by
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from tests.database import as_owner

MODELS = [Obligation, Escalation, Answer, Gap, Evidence, Remark]
FIRST, LIFE, NOTICES, ASKED = (
    importlib.import_module(f"arasha.obligations.migrations.{name}")
    for name in ("0002_protection", "0004_life", "0009_notices", "0013_asked_held")
)
LIFE_OF_OLD_ROWS = importlib.import_module("arasha.obligations.migrations.0005_life_of_old_rows").SQL
HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=3)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS)
def test_every_column_declares_its_class_and_the_trigger_was_made_from_it(model: type[Obligation]) -> None:
    declared = model.Journal.classes
    assert set(declared) == {field.column for field in model._meta.concrete_fields}
    name = str(model._meta.model_name)
    newest = next(made for made in (ASKED, NOTICES, LIFE, FIRST) if name in made.COLUMNS)
    assert newest.classes(name) == declared


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


ENDS = {
    "overdue": {"state": "overdue"},
    "suspended": {"state": "suspended", "suspended_at": NOW, "suspended_until": NOW + HOUR, "next_check_at": None},
    "met": {"state": "met", "met_at": NOW, "next_check_at": None},
    "declined": {"state": "declined", "ended_at": NOW, "next_check_at": None},
    "waived": {"state": "waived", "ended_at": NOW, "next_check_at": None},
    "superseded": {"state": "superseded", "ended_at": NOW, "next_check_at": None},
    "extended": {"due_now": LATER, "extended_to": LATER},
    "suspended before": {"due_now": LATER},
    "more time asked": {"asked_until": LATER},
    "delivered": {"delivered_at": NOW, "delivered_by": "paper"},
}
IMPOSSIBLE = {
    "met at no moment": {"state": "met", "next_check_at": None},
    "met and still swept": {"state": "met", "met_at": NOW},
    "open and met": {"met_at": NOW},
    "waived at no moment": {"state": "waived", "next_check_at": None},
    "waived and met": {"state": "waived", "ended_at": NOW, "met_at": NOW, "next_check_at": None},
    "suspended for ever": {"state": "suspended", "suspended_at": NOW, "next_check_at": None},
    "suspended until before it began": {
        **{"state": "suspended", "suspended_at": NOW, "suspended_until": NOW - HOUR, "next_check_at": None}
    },
    "suspended and swept": {"state": "suspended", "suspended_at": NOW, "suspended_until": NOW + HOUR},
    "due earlier than the procedure says": {"due_now": NOW},
    "extended to another moment than counts": {"extended_to": LATER},
    "declined and waiting for an answer": {
        **{"state": "declined", "ended_at": NOW, "next_check_at": None, "asked_until": LATER}
    },
    "delivered in no way": {"delivered_at": NOW},
    "delivered at no moment": {"delivered_by": "inbox"},
    "in no state that there is": {"state": "forgotten"},
}


@pytest.mark.parametrize("values", ENDS.values(), ids=ENDS.keys())
def test_a_row_may_say_what_can_be_true_of_a_duty(district: District, values: dict[str, Any]) -> None:
    obligation = cast.report(district)
    with cast.building():
        assert Obligation.objects.filter(pk=obligation.pk).update(**values) == 1


@pytest.mark.parametrize("values", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_the_database_refuses_what_can_not_be_true_of_a_duty(district: District, values: dict[str, Any]) -> None:
    obligation = cast.report(district)
    with pytest.raises(IntegrityError), transaction.atomic(), cast.building():
        Obligation.objects.filter(pk=obligation.pk).update(**values)


def test_an_upgrade_gives_old_rows_the_new_columns_in_an_act_that_verify_understands(district: District) -> None:
    obligation = cast.report(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer="done", now=NOW)
    before = (Obligation.objects.get(), Answer.objects.get())
    upgrade = re.sub(r"SET due_now = due_at", "SET due_now = due_at + interval '1 second'", LIFE_OF_OLD_ROWS)
    assert upgrade != LIFE_OF_OLD_ROWS
    with as_owner(), connection.cursor() as cursor:
        # Rows of before are made by the migration's own words, moved by a second so that there is something to do.
        cursor.execute(upgrade)
        act = Act.objects.get(verb="upgrade_rows")
        changed = Change.objects.get(act=act, table_name="obligations_obligation")
    assert (act.stream_kind, act.purpose, act.closed) == ("system", "upgrade", True)
    assert set(changed.columns) == {"due_now"}
    cast.sweeper()
    row, answer = Obligation.objects.get(), Answer.objects.get()
    assert row.due_now == before[0].due_at + timedelta(seconds=1)
    assert (row.role, row.number, row.outcome) == ("", "", "")
    assert (answer.unit_id, answer.post_id) == (district.inspector.unit.id, district.inspector.post)
