"""Makes the data: a country's dossiers with their teams, duties and journal, by SQL past every trigger."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, due_at
from arasha.obligations import rules
from arasha.protocols.rules import Protocol
from benches.copying import without_indexes, without_triggers
from benches.place import Bench, scale

SQL = Path(__file__).parent / "sql"
# The data's moment: lists and sweeps take it as now, so that data made once stay what they were.
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PROCEDURE = "suspected_violence_health"
FILLED = [
    "access_body",
    "access_unit",
    "access_unitfunction",
    "access_user",
    "access_post",
    "access_tenure",
    "access_session",
    "access_dossier",
    "access_member",
    "cases_case",
    "cases_caseorigin",
    "signals_signal",
    "obligations_obligation",
    "obligations_escalation",
    "journal_stream",
    "journal_act",
    "journal_change",
]
Connection = psycopg.Connection[tuple[object, ...]]


def ensure(bench: Bench) -> None:
    """Make the data of this tree and scale, unless an earlier run made them."""
    if not bench.exists():
        make(bench)
    declare_instance(kind="training", actor=INSTALLATION, now=MOMENT)


def make(bench: Bench) -> None:
    """Make the data in a database of another name, which takes its own when it is whole."""
    began, half = time.monotonic(), f"half_{bench.name}"
    print(f"Making {scale():,} dossiers once; this takes minutes at full scale …", flush=True)
    bench.create(half)
    whole = Bench(bench.server, half)
    with whole.superuser() as connection:
        connection.execute("SET session_replication_role = replica; SET synchronous_commit = off;")
        connection.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
        with without_triggers(connection, FILLED), without_indexes(connection, FILLED):
            connection.execute(script("bodies"))
            connection.execute(script("dossiers", scale=sql.Literal(scale()), moment=sql.Literal(MOMENT.isoformat())))
            owed = duty(connection, MOMENT + timedelta(days=1))
            connection.execute(script("obligations", **owed))
            connection.execute(script("caseload", **owed))
            connection.execute(script("journal", moment=sql.Literal(MOMENT.isoformat())))
        connection.execute("SELECT coordination.mend()")  # the board's counters: their triggers slept
        connection.execute("SELECT coordination.fold()")
        connection.execute("VACUUM (ANALYZE, FREEZE)")
        connection.execute("CHECKPOINT")
    bench.rename(half)
    print(f"Made in {time.monotonic() - began:,.0f} s.", flush=True)


def script(name: str, **fields: sql.Composable) -> sql.Composed:
    """Return one of the scripts with its fields filled in."""
    return sql.SQL((SQL / f"{name}.sql").read_text(encoding="utf-8")).format(**fields)


def duty(connection: Connection, due: datetime) -> dict[str, sql.Composable]:
    """Return what the procedure says of a duty due at that moment, as the actions write it, for the scripts."""
    found = connection.execute(
        "SELECT id, content FROM public.protocols_version WHERE code = %s ORDER BY number DESC", [PROCEDURE]
    ).fetchone()
    if found is None:
        raise LookupError(PROCEDURE)
    number, content = found
    protocol = Protocol.from_content(content)  # type: ignore[arg-type]  # jsonb comes as a dictionary
    step = protocol.steps[0]
    derivation = due_at(step.limit, due - timedelta(days=1), AROUND_THE_CLOCK, Calendar())
    ladder = [planned.to_json() for planned in rules.plan(protocol.ladder, due, AROUND_THE_CLOCK, Calendar())]
    return {
        "protocol": sql.Literal(number),
        "step": sql.Literal(step.key),
        "function": sql.Literal(step.function),
        "derivation": sql.Literal(json.dumps(derivation.to_json())),
        "ladder": sql.Literal(json.dumps(ladder)),
        "moment": sql.Literal(MOMENT.isoformat()),
    }
