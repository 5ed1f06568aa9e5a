"""A school register of the demonstration: an education department hands it in, and a few children on it are known.

A room of `web` alone, beside `story`. The worker loads it, as it loads everybody's, once the instance runs.
"""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from arasha.kernel.access.rules import Actor
from arasha.people import actions
from arasha.people.models import PersonName
from arasha.people.queries.registers import table_of
from arasha.people.rules.imports import Mapping as Columns

CHILDREN, KNOWN = 60, 3
HEAD = ("Фамилия", "Имя", "Дата рождения", "Пол", "Школа", "Класс")


def known_children(dossiers: Sequence[Any]) -> list[tuple[str, str, int]]:
    """Return surname, given name and year of birth of children with both names, for a coordinator's own files."""
    names = PersonName.objects.filter(person__role="child", dossier__in=dossiers).exclude(surname="").exclude(given="")
    rows = names.exclude(person__birth_first=None).order_by("recorded_at").select_related("person")
    found = [(row.surname, row.given, row.person.birth_last) for row in rows[:KNOWN]]
    return [(surname, given, last.year) for surname, given, last in found if last]


def hand_in(
    *,
    actor: Actor,
    plan: Mapping[str, Any],
    chance: random.Random,
    known: Sequence[tuple[str, str, int]],
    now: datetime,
) -> None:
    """Begin a register of the actor's unit, hand in its first file and start loading it."""
    source = actions.arrange_register(actor=actor, called=plan["register"], kind="education", now=now)
    content = io.BytesIO(_file(plan, chance, known, now.year))
    load = actions.take_file(actor=actor, source=source.pk, stream=content, name=f"{now.year}.csv", now=now)
    columns = Columns.from_json(load.mapping or {})
    actions.set_mapping(actor=actor, load=load.pk, table=table_of(load), mapping=columns, now=now, complete=False)
    actions.start_load(actor=actor, load=load.pk, now=now)


def _file(plan: Mapping[str, Any], chance: random.Random, known: Sequence[tuple[str, str, int]], year: int) -> bytes:
    """Return the register as such a department has it: semicolons, and a last line that is no child."""
    rows = [_row(chance, surname, given, born) for surname, given, born in known]
    for _number in range(CHILDREN - len(rows)):
        girl = chance.random() < 0.5
        surname = chance.choice(plan["surnames"])
        first = chance.choice(plan["girls" if girl else "boys"])
        rows.append(_row(chance, surname if girl else surname[:-1], first, year - chance.randint(7, 16)))
    chance.shuffle(rows)
    rows.append(("Барлығы", "", "32.13.2014", "", "", str(len(rows))))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def _row(chance: random.Random, surname: str, given: str, born: int) -> tuple[str, ...]:
    day = f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{born}"
    return (surname, given, day, "", f"№ {chance.randint(1, 9)}", f"{chance.randint(1, 9)}{chance.choice('АӘБ')}")
