"""What the state of an act of law is on a day. Pure: no database, no clock."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

IN_FORCE, NOT_YET, REPLACED, NOT_VERIFIED = "in_force", "not_yet_in_force", "replaced", "not_verified"
STATUSES = (IN_FORCE, REPLACED, NOT_VERIFIED)
PRACTICE = "Field practice"  # the kind of an entry that is no act at all, cited so that nobody takes it for one


class FaultyActs(ValueError):
    """The table of acts can't be read; the text names the line and the reason."""


@dataclass(frozen=True)
class ActRow:
    """One line of `data/legal_acts.csv`; `verified_by` is empty until a lawyer has read the act's text."""

    key: str
    kind: str
    number: str
    date_text: str
    status: str
    in_force_from: date | None
    in_force_until: date | None
    replaced_by: str
    name_kk: str
    name_ru: str
    name_en: str
    names_mark: str
    status_as_found: str
    subject: str
    source: str
    verified: str
    verified_by: str


def status_on(day: date, *, status: str, in_force_from: date | None, in_force_until: date | None) -> str:
    """Return the act's state on a day. `in_force_until` is the first day without force.

    An act that nobody could find stays `not_verified` on every day: a date would claim more than is known.
    """
    if status == NOT_VERIFIED:
        return NOT_VERIFIED
    if in_force_from and day < in_force_from:
        return NOT_YET
    if in_force_until and day >= in_force_until:
        return REPLACED
    if status == REPLACED and in_force_until is None:
        return REPLACED
    return IN_FORCE


def read_acts(text: str) -> list[ActRow]:
    """Read the table of acts.

    Raises:
        FaultyActs: a key twice, an unknown status, a date that is none, or a successor that is not in the table.
    """
    rows: dict[str, ActRow] = {}
    for line, raw in enumerate(csv.DictReader(StringIO(text)), start=2):
        try:
            row = _row(raw)
        except (KeyError, ValueError) as wrong:
            raise FaultyActs(f"legal_acts.csv, row {line}: {wrong}") from wrong
        if row.key in rows:
            raise FaultyActs(f"legal_acts.csv, row {line}: the key {row.key} stands twice")
        rows[row.key] = row
    for row in rows.values():
        if row.replaced_by and row.replaced_by not in rows:
            raise FaultyActs(f"legal_acts.csv: {row.key} is replaced by {row.replaced_by}, which is not in the table")
    return list(rows.values())


def _row(raw: dict[str, str]) -> ActRow:
    if raw["status"] not in STATUSES:
        raise ValueError(f"unknown status {raw['status']!r}")
    if not raw["key"] or not raw["name_en"]:
        raise ValueError("an act needs a key and an English name")
    return ActRow(
        **{
            name: raw[name]
            for name in (
                *("key", "kind", "number", "status", "replaced_by", "name_kk", "name_ru", "name_en"),
                *("names_mark", "status_as_found", "source", "verified", "verified_by"),
            )
        },
        date_text=raw["date"],
        subject=raw["subject_and_figures"],
        in_force_from=date.fromisoformat(raw["in_force_from"]) if raw["in_force_from"] else None,
        in_force_until=date.fromisoformat(raw["in_force_until"]) if raw["in_force_until"] else None,
    )
