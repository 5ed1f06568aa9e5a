"""Finding help: what anybody may learn of the directory, across protection."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from arasha.kernel.worktime.rules import local
from arasha.services.rules import findings, open_at

FIND = """SELECT * FROM services.find(%s::timestamp, %s, %s::text[], %s::text[], %s::text[], %s::integer, %s,
 %s::text[], %s, %s::text[], %s, %s, %s::uuid, %s::integer, %s::integer)"""
# The same function for each of several offerings: one way across protection, and one round to the database.
SHOWN = """SELECT f.* FROM unnest(%s::uuid[]) AS w(id) CROSS JOIN LATERAL services.find(%s::timestamp, %s, %s::text[],
 %s::text[], %s::text[], %s::integer, %s, %s::text[], %s, %s::text[], %s, %s, w.id, 1, 0) AS f"""
MOST = 200
OPEN = ("open",)
ORDERS = ("name", "kind", "service", "asked")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for. Empty means: no matter. `place` is a KATO code, at the finest the child's own district
    for the public; `words` is part of a name; `remote`: only what is given by telephone or over the internet too.
    `order`: one of ORDERS, "-" before it for the other way round; "": the nearest first, there what is open now.
    """

    place: str = ""
    needs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    age: int | None = None
    sex: str = ""
    languages: tuple[str, ...] = ()
    words: str = ""
    standings: tuple[str, ...] = OPEN
    remote: bool = False
    order: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """An offering as anybody may know it. Of a protected one: telephone, region and what it does, never who or where.

    `standing`: open, paused, closed, planned, ended; `stale`: nobody has asked there for six months; `nearness`: 0 (the
    same place) to 4 (serves the whole region or country).
    """

    offering: UUID
    site: UUID
    provider: UUID | None
    protected: bool
    kind: str
    ownership: str
    service: str
    level: str
    name_kk: str
    name_ru: str
    name_en: str
    territory: str
    address_kk: str
    address_ru: str
    latitude: Decimal | None
    longitude: Decimal | None
    phone: str
    mail: str
    web: str
    around_the_clock: bool
    hours: list[Any]
    step_free: str
    age_from: int
    age_to: int
    sexes: str
    siblings: str
    with_parent: str
    son_to: int | None
    languages: list[str]
    needs: list[str]
    conditions: list[str]
    served: list[str]
    cost: str
    price: int | None
    remote: bool
    begins_on: date | None
    ends_on: date | None
    verified_on: date | None
    standing: str
    stale: bool
    nearness: int
    works: str = ""
    lifted: list[str] = field(default_factory=list)

    def name(self, language: str) -> str:
        """Return the site's name in a language, "" for a protected one."""
        return str(getattr(self, f"name_{language}", "") or self.name_kk or self.name_ru or self.name_en)

    def address(self, language: str) -> str:
        """Return the address: in Russian where the reader's language is not Kazakh and there is one."""
        first, second = (self.address_kk, self.address_ru) if language == "kk" else (self.address_ru, self.address_kk)
        return first or second

    def is_open(self, moment: datetime) -> bool | None:
        """Say whether somebody is there at the moment by the hours; None where nobody has said any."""
        return open_at(self.hours, moment, around_the_clock=self.around_the_clock)

    @property
    def findings(self) -> list[str]:
        """What the way in which it takes children costs them, as codes."""
        return findings(
            conditions=[code for code in self.conditions if code not in self.lifted],
            sexes=self.sexes,
            siblings=self.siblings,
            with_parent=self.with_parent,
            son_to=self.son_to,
        )


COLUMNS = [one.name for one in fields(Found)]


def find(wanted: Wanted, *, now: datetime, limit: int = 50, offset: int = 0) -> list[Found]:
    """Return what fits, the nearest first, then open before paused, and where there is a place, who is there now.

    Then lately verified before stale, then by name; whoever is closed while an emergency holds comes last. One query,
    as the public's role or the staff's. At most 200 at once; ask for one more than you show to know whether there are
    more.
    """
    return every(wanted, now=now, limit=min(limit, MOST), offset=offset)


def every(wanted: Wanted, *, now: datetime, limit: int, offset: int = 0) -> list[Found]:
    """Return what `find` finds, as many at once as the caller says: for files and other systems, never for a page."""
    return _rows((*_asked(wanted, now), None, limit, offset))


def shown(offering: UUID, *, now: datetime) -> Found | None:
    """Return one offering as anybody may know it, also when it is closed; None when there is none."""
    values = (_clock(now), *[None] * 9, False, "", offering, 1, 0)
    return next(iter(_rows(values)), None)


def shown_all(offerings: Iterable[UUID], *, now: datetime) -> dict[UUID, Found]:
    """Return several offerings as anybody may know them, closed ones too, by one query; others are missing."""
    wanted = list(dict.fromkeys(offerings))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, (wanted, _clock(now), *[None] * 9, False, ""))
        return {row.offering: row for row in (_found(values) for values in cursor.fetchall())}


def _asked(wanted: Wanted, now: datetime) -> tuple[Any, ...]:
    return (
        *(_clock(now), wanted.place or None, _list(wanted.needs), _list(wanted.services), _list(wanted.kinds)),
        *(wanted.age, wanted.sex or None, _list(wanted.languages), _pattern(wanted.words), _list(wanted.standings)),
        *(wanted.remote, wanted.order),
    )


def counts(*, now: datetime) -> dict[str, int]:
    """Return how many open offerings each region has, by its code. What is protected is in no count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT region, offerings FROM services.counts(%s)", [local(now).date()])
        return dict(cursor.fetchall())


def district_counts(region: str, *, now: datetime) -> dict[str, int]:
    """Return how many open offerings lie in each district of a region, by its code; nothing protected is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT district, offerings FROM services.district_counts(%s, %s)", [region, local(now).date()])
        return dict(cursor.fetchall())


def _clock(now: datetime) -> datetime:
    """Return the country's clock, in no zone."""
    return local(now).replace(tzinfo=None)


def _rows(values: tuple[Any, ...]) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(FIND, values)
        return [_found(row) for row in cursor.fetchall()]


def _found(row: tuple[Any, ...]) -> Found:
    return Found(**dict(zip(COLUMNS, _read(row), strict=True)))


def _read(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The driver hands jsonb over as text here, as Django asks it to."""
    place = COLUMNS.index("hours")
    hours = json.loads(row[place]) if isinstance(row[place], str) else row[place]
    return (*row[:place], hours, *row[place + 1 :])


def _list(codes: tuple[str, ...]) -> list[str] | None:
    return list(codes) or None


def _pattern(words: str) -> str | None:
    """Return the words as a pattern of LIKE, their own signs taken literally."""
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%" if escaped else None
