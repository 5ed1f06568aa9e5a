"""`python -m benches.people.registers_load [--persons N] [--rows N]`: how quickly a register is loaded and compared.

The database is Arasha's own, with every trigger, journal and row security, durable commits, the corpus's persons in it
(derived tables filled by the set, else filling would take hours) and one unit's register of made-up rows: half of them
are persons of the corpus as another register has them, half are strangers. Timed is what the worker does, from the
kept file to the last compared row; then the same file once more, and, with --profile, where Python's part goes.
"""

import argparse
import cProfile
import csv
import gc
import io
import os
import pstats
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server
from benches.people.corpus import Corpus, Person
from benches.people.naming import RUSSIAN
from benches.place import SETTINGS, Bench, folder

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PLACE = "615400000"
HEAD = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "ИИН", "Телефон", "Адрес", "Школа", "Класс")
SEXES = {"girl": "ж", "boy": "м"}
COUNTED = {"track_functions": "all"}
FUNCTIONS = """SELECT schemaname || '.' || funcname, calls, total_time::int, self_time::int
  FROM pg_stat_user_functions ORDER BY self_time DESC LIMIT 16"""
DERIVED = """
INSERT INTO people_personidentity (person_id, identity, sealed) SELECT id, gen_random_uuid(), false FROM people_person;
INSERT INTO people_entry
       (id, person_id, dossier_id, surname_key, given_key, father_key, birth_first, birth_last, hidden)
SELECT n.id, p.id, p.dossier_id, n.surname_key, n.given_key, n.father_key, p.birth_first, p.birth_last, false
  FROM people_personname n JOIN people_person p ON p.id = n.person_id;
INSERT INTO people_word (word, roles)
SELECT k.word, bit_or(k.role) FROM people_entry e
 CROSS JOIN LATERAL (VALUES (e.surname_key, 1::smallint), (e.given_key, 2::smallint), (e.father_key, 4::smallint))
       AS k (word, role) WHERE k.word <> '' GROUP BY k.word;
"""


def main(words: list[str]) -> int:
    """Load a register twice and print rows a second."""
    parser = argparse.ArgumentParser(prog="python -m benches.people.registers_load", description=__doc__)
    parser.add_argument("--persons", type=int, default=200_000, help="how many persons are known already")
    parser.add_argument("--rows", type=int, default=100_000, help="how many rows the register has")
    parser.add_argument("--profile", action="store_true", help="show where Python's part of the time goes")
    said = parser.parse_args(words)
    with running(profile=said.profile) as bench:
        os.environ.update(bench.variables(bench.name))
        import django  # noqa: PLC0415 - its settings are read from the variables above

        django.setup()
        print(f"load average {os.getloadavg()[0]:.1f}")
        corpus = Corpus(said.persons + said.rows)
        seconds = filled(bench, corpus, said.persons)
        print(f"{said.persons:,} persons known, filled in {seconds:.0f} s")
        measure(corpus, said)
        told(bench)
        if said.profile:
            with bench.superuser() as connection:
                for row in connection.execute(FUNCTIONS.encode()).fetchall():
                    print("function {}: {} calls, {} ms, {} ms of its own".format(*row))
    return 0


@contextmanager
def running(*, profile: bool) -> Iterator[Bench]:
    """Start PostgreSQL with a fresh database of this tree; a profile counts what its functions take, too."""
    server = Server(Place(folder() / "loads"), SETTINGS | {"autovacuum": "on"} | (COUNTED if profile else {}))
    server.start()
    bench = Bench(server, "half_registers")
    try:
        bench.create(bench.name)
        yield bench
    finally:
        server.stop()


def filled(bench: Bench, corpus: Corpus, persons: int) -> float:
    """Put the corpus's persons into the tables as if they had been written down long ago; return the seconds."""
    from arasha.kernel.vault.actions import make_keys  # noqa: PLC0415
    from arasha.people.actions.sealing import fingerprint  # noqa: PLC0415

    make_keys()
    began = time.perf_counter()
    with bench.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        for trigger, table in (("journal_row", "person"), ("journal_row", "personname"), ("journal_row", "paper"),
                               ("journal_row", "personidentity")):  # fmt: skip
            connection.execute(f"ALTER TABLE people_{table} DISABLE TRIGGER {trigger}".encode())
        left = persons
        for block in corpus.blocks():
            some = block[:left]
            for table, lines in _lines(some, fingerprint).items():
                with connection.cursor().copy(table.encode()) as copy:
                    copy.write("".join(lines))
            left -= len(some)
            if not left:
                break
        connection.execute(DERIVED.encode())
        for trigger, table in (("journal_row", "person"), ("journal_row", "personname"), ("journal_row", "paper"),
                               ("journal_row", "personidentity")):  # fmt: skip
            connection.execute(f"ALTER TABLE people_{table} ENABLE ALWAYS TRIGGER {trigger}".encode())
        connection.execute("VACUUM ANALYZE")
        connection.execute("SELECT pg_stat_reset()")
    return time.perf_counter() - began


def _lines(persons: list[Person], fingerprint: Any) -> dict[str, list[str]]:
    people: list[str] = []
    names: list[str] = []
    papers: list[str] = []
    for one in persons:
        first, last = one.birth or (r"\N", r"\N")
        how = "day" if one.birth else "unknown"
        called = f"{one.surname} {one.given} {one.father}".strip()
        at = "2025-01-01"
        people.append(f"{one.id}\t{one.dossier}\tchild\t{called}\t{one.sex}\t{first}\t{last}\t{how}\tf\t{at}\n")
        words = "\t".join((one.surname, one.given, one.father, *one.keys))
        names.append(f"{uuid4()}\t{one.dossier}\t{one.id}\t{at}\tdocument\t{words}\n")
        if one.iin:
            hashed = fingerprint("iin", one.iin).hex()
            papers.append(f"{uuid4()}\t{one.dossier}\t{one.id}\t{at}\tiin\t\t\\\\x{hashed}\n")
    return {
        "COPY people_person (id, dossier_id, role, called, sex, birth_first, birth_last, birth_how, died, recorded_at)"
        " FROM STDIN": people,
        "COPY people_personname (id, dossier_id, person_id, recorded_at, kind, surname, given, patronymic,"
        " surname_key, given_key, father_key) FROM STDIN": names,
        "COPY people_paper (id, dossier_id, person_id, recorded_at, kind, reason, fingerprint) FROM STDIN": papers,
    }


def register(corpus: Corpus, persons: int, rows: int) -> bytes:
    """Return a register as a file: at even places somebody who is known already, at odd ones a stranger.

    In windows-1251 with semicolons, Kazakh names in Russian letters as such lists have them; one row in a hundred has a
    birth that can't be.
    """
    chance = Random("register")  # noqa: S311 - a register, no secret
    everybody = (one for block in corpus.blocks() for one in block)
    known = list(islice(everybody, persons))
    strangers = everybody
    picked = iter(chance.sample(known, rows // 2))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEAD)
    for place in range(rows):
        one = next(strangers) if place % 2 else next(picked)
        day = f"{one.birth[0]:%d.%m.%Y}" if one.birth else ""
        day = "31.02.2015" if place % 100 == 99 else day
        iin = one.iin if chance.random() < 0.7 else ""
        phone = f"8701{chance.randrange(10**7):07d}" if chance.random() < 0.5 else ""
        writer.writerow(
            [one.surname, one.given, one.father, day, SEXES[one.sex], iin, phone,
             f"Абай к., {chance.randrange(300)}", f"№ {chance.randrange(60)}", f"{1 + place % 11}А"]
        )  # fmt: skip
    return out.getvalue().translate(RUSSIAN).encode("cp1251")


def measure(corpus: Corpus, said: argparse.Namespace) -> None:
    """Load the register twice and say how quickly."""
    from arasha.people.actions.loading import run_load  # noqa: PLC0415

    content = register(corpus, said.persons, said.rows)
    gc.collect()
    gc.freeze()  # the corpus is the bench's; the worker would not have it
    print(f"a register of {said.rows:,} rows, {len(content) / 2**20:.1f} MB")
    who = somebody()
    source = arranged(who)
    for title in ("first load", "second load of the same file"):
        load = handed_in(who, source, content)
        profile = cProfile.Profile()
        began, cpu, served = time.perf_counter(), time.process_time(), _server_seconds()
        if said.profile:
            profile.enable()
        run_load(load=load, moment=lambda: NOW)
        profile.disable()
        seconds = time.perf_counter() - began
        cpu, served, average = time.process_time() - cpu, _server_seconds() - served, os.getloadavg()[0]
        print(f"{title}: {seconds:.1f} s, {said.rows / seconds:,.0f} rows/s; processor: worker {cpu:.1f} s, server"
              f" {served:.1f} s, together {said.rows / (cpu + served):,.0f} rows/s; load average {average:.1f}",
              flush=True)  # fmt: skip
        if said.profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)


def _server_seconds() -> float:
    """Return the processor seconds of the worker's backend until now."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        words = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def somebody() -> Any:
    """Make a unit with the right and somebody who sits there, as the installation."""
    from django.db import connections, transaction  # noqa: PLC0415

    from arasha.kernel.access.actions import begin_session, enter, enter_system  # noqa: PLC0415
    from arasha.kernel.access.models import Body, Post, Unit, UnitFunction, User  # noqa: PLC0415
    from arasha.kernel.journal.actions import act  # noqa: PLC0415
    from arasha.kernel.journal.rules import system_stream  # noqa: PLC0415

    token, ago = uuid4().hex, datetime(2020, 1, 1, tzinfo=UTC)
    names = {f"name_{language}": "bench" for language in ("kk", "ru", "en")}
    since = date(2020, 1, 1)
    with transaction.atomic(using="owner"):
        enter_system("bench", using="owner")
        with act(verb="build_bench", stream=system_stream("bench"), now=NOW, using="owner"):
            body = Body(code="bench", sector="state", kind="state", territory_id=PLACE, valid_from=since, **names)
            body.save(using="owner")
            unit = Unit(body=body, code="bench", territory_id=PLACE, valid_from=since, around_the_clock=True, **names)
            unit.save(using="owner")
            served = UnitFunction(unit=unit, function_id="social_protection", territory_id=PLACE, since=ago)
            served.save(using="owner")
            user = User(login="bench", name="Bench")
            user.save(using="owner")
            titles = {"title_kk": "b", "title_ru": "b", "title_en": "b"}
            post = Post(unit=unit, holder=user, since=ago, **titles)
            post.save(using="owner")
    connections["owner"].close()
    begin_session(user_id=user.pk, token=token, expires_at=datetime(2099, 1, 1, tzinfo=UTC))
    return lambda: enter(token, post.pk)


def arranged(who: Any) -> UUID:
    """Begin the register."""
    from django.db import transaction  # noqa: PLC0415

    from arasha.people import actions  # noqa: PLC0415

    with transaction.atomic():
        return actions.arrange_register(actor=who(), called="Тізім", kind="social_protection", now=NOW).pk


def handed_in(who: Any, source: UUID, content: bytes) -> UUID:
    """Hand in the file and let it be loaded."""
    from django.db import transaction  # noqa: PLC0415

    from arasha.people import actions  # noqa: PLC0415
    from arasha.people.queries.registers import table_of  # noqa: PLC0415
    from arasha.people.rules.imports import Mapping  # noqa: PLC0415

    with transaction.atomic():
        load = actions.take_file(actor=who(), source=source, stream=io.BytesIO(content), name="list.csv", now=NOW)
        mapping = Mapping.from_json(load.mapping or {})
        actions.set_mapping(actor=who(), load=load.pk, table=table_of(load), mapping=mapping, complete=False, now=NOW)
        actions.start_load(actor=who(), load=load.pk, now=NOW)
    return load.pk


def told(bench: Bench) -> None:
    """Print what came of it, as the superuser counts."""
    with bench.superuser() as connection:
        for title, query in {
            "people": "SELECT count(*) FROM people_person",
            "rows of the register": "SELECT count(*) FROM people_registerrow",
            "joined": "SELECT count(*) - count(DISTINCT identity) FROM people_personidentity",
            "to review": "SELECT count(*) FROM people_match",
            "journal rows": "SELECT count(*) FROM journal_change",
            "loads": "SELECT string_agg(state || ' ' || rows_new || ' ' || rows_same || ' ' || rows_changed || ' '"
            " || rows_rejected, '; ') FROM people_load",
        }.items():
            found = connection.execute(query.encode()).fetchone()
            print(f"{title}: {found[0] if found else ''}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
