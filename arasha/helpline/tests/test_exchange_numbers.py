"""Callers' numbers: kept to ring back where that was wished, and nowhere else, and never as they are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from arasha.helpline import actions, queries
from arasha.helpline.models import Call, CallBack, CallEvent, CallNumber, DaySalt
from arasha.helpline.tests.line import Line
from arasha.helpline.tests.recorded import CALLER, clock, contacts, event, follow, tell
from arasha.kernel.exchange.tests.cast import System
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_missed_call_is_rung_back_when_the_caller_wished_it_and_only_then(exchange: System, line: Line) -> None:
    tell(exchange, [event("offered", caller=CALLER), event("abandoned", 30, caller=CALLER)])
    follow()
    assert contacts() == []
    wished = event("abandoned", 30, call="c2", caller=CALLER, call_back_wished=True)
    tell(exchange, [event("offered", call="c2", caller=CALLER), wished])
    follow()
    (found,) = contacts()
    assert (found.kind, found.state) == ("abandoned", "ended")
    with as_owner():
        assert CallNumber.objects.count() == 0
        assert CallBack.objects.filter(contact=found).count() == 1
    taken = actions.take_call_back(actor=line.operator.enter(), now=datetime.now(UTC))
    assert taken is not None
    ask = queries.number_of(taken)
    assert ask is not None
    assert ask.number == CALLER
    tell(exchange, [wished])
    follow()
    assert len(contacts()) == 1


def test_the_installation_may_ring_every_missed_call_back(exchange: System, settings: Settings) -> None:
    settings.ARASHA_HELPLINE_RING_MISSED = True
    tell(exchange, [event("offered"), event("ended", 30, by="exchange", caller=CALLER)])
    tell(exchange, [event("offered", call="c2"), event("abandoned", 30, call="c2", caller="anonymous")])
    follow()
    assert [row.kind for row in contacts()] == ["missed"]


def test_an_answered_call_leaves_no_number(exchange: System, settings: Settings) -> None:
    settings.ARASHA_HELPLINE_RING_MISSED = True
    tell(exchange, [event("offered", caller=CALLER), event("abandoned", 30, caller=CALLER)])
    with as_owner():
        assert CallNumber.objects.count() == 1
    tell(exchange, [event("answered", 20, extension="201"), event("ended", 31, by="caller", caller=CALLER)])
    follow()
    with as_owner():
        assert (CallNumber.objects.count(), CallBack.objects.count()) == (0, 0)


def test_no_number_lies_anywhere_and_the_marks_go_with_the_day(
    exchange: System, caplog: pytest.LogCaptureFixture
) -> None:
    tell(exchange, [event("offered", caller=CALLER), event("abandoned", 30, caller=CALLER, call_back_wished=True)])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM public.{table} t WHERE t::text LIKE %s", ["%7000000123%"])
            assert cursor.fetchone() == (0,), table
    assert "7000000123" not in caplog.text
    with as_owner():
        assert DaySalt.objects.count() == 1
        assert Call.objects.exclude(mark=None).count() == 1
    follow()
    assert actions.forget_calls(actor=clock(), now=datetime.now(UTC) + timedelta(days=1)) > 0
    with as_owner():
        assert (DaySalt.objects.count(), Call.objects.exclude(mark=None).count()) == (0, 0)
        assert CallEvent.objects.count() == 2
    actions.forget_calls(actor=clock(), now=datetime.now(UTC) + timedelta(days=31))
    with as_owner():
        assert CallEvent.objects.count() == 0
        call = Call.objects.get()
        assert (call.wait, call.external) == (30_000, str(call.pk))
