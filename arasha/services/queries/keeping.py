"""The directory as its keepers look it through: one line an offering, where they keep it."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.services.rules import ACTS

PAGE = 50
GRANT_ENDS_SOON = timedelta(days=60)
SORTS = {
    "name": "name",
    "place": "place",
    "kind": "kind",
    "service": "service",
    "verified": "verified_on NULLS FIRST",
    "ends": "funded_until NULLS LAST",
}
# Row security keeps apart what is protected; here it is only asked where the entry lies.
STANDING = """services.standing(
  o.status, o.begins_on, least(o.ends_on, p.funded_until), s.closed_on, p.ended_on, %(day)s)"""
STALE = "o.verified_on IS NULL OR o.verified_on < (%(day)s::date - interval '6 months')::date"
LINES = f"""
SELECT p.id AS provider, s.id AS site, o.id AS offering,
       p.protected OR coalesce(s.protected, false) AS protected, p.kind,
       CASE %(language)s WHEN 'ru' THEN b.name_ru WHEN 'en' THEN b.name_en ELSE b.name_kk END AS name,
       CASE %(language)s WHEN 'ru' THEN s.name_ru WHEN 'en' THEN s.name_en ELSE s.name_kk END AS site_name,
       CASE %(language)s WHEN 'ru' THEN t.name_ru WHEN 'en' THEN t.name_en ELSE t.name_kk END AS place,
       o.service, o.verified_on, p.funded_until,
       {STANDING} AS standing,
       o.id IS NOT NULL AND ({STALE}) AS stale,
       (SELECT count(*) FROM services_proposal r WHERE r.site_id = s.id AND NOT EXISTS (
          SELECT FROM services_decision d WHERE d.proposal_id = r.id AND d.field = 'rest')) AS proposals
  FROM services_provider p
  JOIN access_body b ON b.id = p.body_id
  LEFT JOIN services_site s ON s.provider_id = p.id
  LEFT JOIN services_offering o ON o.site_id = s.id
  JOIN territory_territory t ON t.kato = coalesce(s.territory_id, b.territory_id)
 WHERE %(own)s = ANY (string_to_array(t.path, '.')) AND (%(at)s = '' OR %(at)s = ANY (string_to_array(t.path, '.')))
   AND (%(words)s = ''
        OR concat_ws(' ', b.name_kk, b.name_ru, b.name_en, s.name_kk, s.name_ru, s.name_en) ILIKE %(words)s)
"""  # noqa: S608 - put together of constants
FILTERED = """SELECT * FROM ({lines}) l
 WHERE (%(kinds)s::text[] = '{{}}' OR kind = ANY (%(kinds)s))
   AND (%(standings)s::text[] = '{{}}' OR standing = ANY (%(standings)s))
   AND (NOT %(stale)s OR stale AND standing NOT IN ('closed', 'ended'))
   AND (NOT %(ending)s OR funded_until BETWEEN %(day)s AND %(ends)s)
   AND (NOT %(waiting)s OR proposals > 0)
 ORDER BY {order}, name, provider, site, service, offering LIMIT %(limit)s OFFSET %(offset)s"""
STANDINGS = f"""
SELECT o.id, {STANDING},
       {STALE}
  FROM services_offering o JOIN services_site s ON s.id = o.site_id JOIN services_provider p ON p.id = s.provider_id
 WHERE p.id = %(provider)s"""  # noqa: S608 - put together of constants
REMIND = f"""
SELECT DISTINCT f.unit_id FROM access_unitfunction f JOIN access_unit u ON u.id = f.unit_id
 WHERE f.function_id IN ('coordination_district', 'coordination_region') AND f.since <= %(now)s
   AND (f.until IS NULL OR f.until > %(now)s) AND (u.valid_to IS NULL OR u.valid_to > %(day)s)
   AND EXISTS (
     SELECT FROM services_site s JOIN territory_territory t ON t.kato = s.territory_id
       JOIN services_provider p ON p.id = s.provider_id
       LEFT JOIN services_offering o ON o.site_id = s.id
      WHERE CASE f.function_id WHEN 'coordination_region' THEN s.protected AND s.territory_id = f.territory_id
                 ELSE f.territory_id = ANY (string_to_array(t.path, '.')) END
        AND (({STALE})
             AND {STANDING}
                 NOT IN ('closed', 'ended')
             OR EXISTS (SELECT FROM services_proposal r WHERE r.site_id = s.id AND NOT EXISTS (
                  SELECT FROM services_decision d WHERE d.proposal_id = r.id AND d.field = 'rest'))))
 ORDER BY 1"""  # noqa: S608 - put together of constants


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the directory a keeper wants to see; empty means all that they keep."""

    kinds: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    stale: bool = False
    ending: bool = False
    waiting: bool = False
    place: str = ""
    words: str = ""
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One offering as the list shows it; a provider without a site, or a site without an offering, is a line too."""

    provider: UUID
    site: UUID | None
    offering: UUID | None
    protected: bool
    kind: str
    name: str
    site_name: str | None
    place: str
    service: str | None
    verified_on: date | None
    funded_until: date | None
    standing: str | None
    stale: bool
    proposals: int


@dataclass(frozen=True)
class Done:
    """One act of an entry's history."""

    at: datetime
    verb: str
    unit: int | None
    person: int | None


def kept(actor: Actor, asked: Asked, *, language: str, now: datetime, offset: int = 0) -> list[Line]:
    """Return the lines that a keeper asked for, one more than a page holds when there are more. One query."""
    day = local(now).date()
    column = SORTS[asked.sort]
    order = column.replace(" NULLS", " DESC NULLS") if asked.descending else column
    order += " DESC" if asked.descending and "DESC" not in order else ""
    values: dict[str, Any] = {
        "language": language,
        "day": day,
        "own": actor.territory,
        "at": asked.place,
        "words": f"%{_literal(asked.words)}%" if asked.words else "",
        "kinds": list(asked.kinds),
        "standings": list(asked.standings),
        "stale": asked.stale,
        "ending": asked.ending,
        "waiting": asked.waiting,
        "ends": day + GRANT_ENDS_SOON,
        "limit": PAGE + 1,
        "offset": offset,
    }
    names = [one.name for one in fields(Line)]
    with connection.cursor() as cursor:
        cursor.execute(FILTERED.format(lines=LINES, order=order), values)
        heads = [one[0] for one in cursor.description]
        rows = [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]
    return [Line(**{name: row[name] for name in names}) for row in rows]


def standings_of(provider: UUID, now: datetime) -> dict[UUID, tuple[str, bool]]:
    """Return how a provider's offerings stand on the day, each with whether it is to be asked again. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS, {"provider": provider, "day": local(now).date()})
        return {offering: (standing, stale) for offering, standing, stale in cursor.fetchall()}


def acts_of_provider(provider: UUID, *, limit: int = 50) -> list[Done]:
    """Return what was done to a provider's entries, newest first, for who keeps them; nothing for others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM services.acts_of(%s, %s, %s)", [provider, [one.code for one in ACTS], limit])
        return [Done(*row) for row in cursor.fetchall()]


def units_to_remind(now: datetime) -> list[int]:
    """Return the units in whose keeping something is to be asked again or decided; of protected sites, the region's."""
    with connection.cursor() as cursor:
        cursor.execute(REMIND, {"now": now, "day": local(now).date()})
        return [row[0] for row in cursor.fetchall()]


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
