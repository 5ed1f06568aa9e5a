"""The board's figures as tiles, small multiples and tables: each picture beside its table, both from one count."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.coordination import queries, rules
from arasha.coordination.rules import watching
from arasha.coordination.views.presenting import language
from arasha.kernel.territory.queries import tiles
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_number
from arasha.ui.rules.parts import Multiple, Tile


def body(found: queries.Board, code: str) -> str:
    """Name a kind of body by its function."""
    row = found.functions.get(code)
    return str(getattr(row, f"label_{language()}")) if row else code


def share(figures: rules.Figures) -> str:
    """Write how many of a hundred are late."""
    return format_number(round(figures.rate, 1), language())  # type: ignore[arg-type]  # a number is a number


def places(found: queries.Board) -> list[tuple[str, str, rules.Figures]]:
    """Return code, name and figures of each place, those that count but no longer stand at the end."""
    rows = [(place.pk, place.name(language()), found.by_place.get(place.pk, rules.Figures())) for place in found.places]
    known = {code for code, _name, _figures in rows}
    return rows + [
        (code, found.home.name(language()) if code == found.home.pk else code, figures)
        for code, figures in found.by_place.items()
        if code not in known
    ]


def bodies(found: queries.Board) -> list[str]:
    """Return the kinds of bodies that owe anything, most late first."""
    return sorted(found.by_code, key=lambda code: (-found.by_code[code].late, -found.by_code[code].open, code))


def pictures(found: queries.Board, now: datetime) -> dict[str, Any]:
    """Return everything that the board draws, and the same in tables."""
    scale = max([max(row, default=0) for row in found.weeks.values()] + [f.late for f in found.by_code.values()] + [1])
    return {
        "layout": "nation" if found.home.level == 0 else "region",
        "tiles": list(_tiles(found)) if found.home.level < 2 else [],
        "levels": [(int(row.code), rules.RATES.label(row.code)) for row in rules.RATES],
        "multiples": [_multiple(found, code, scale, now) for code in bodies(found)],
        "scale": scale,
        "units": list(_units(found)),
        "ages": [rules.AGES.label(row.code) for row in rules.AGES],
        "by_age": [(body(found, code), found.by_code[code].late, found.by_code[code].bands) for code in bodies(found)],
        "bands_total": found.whole.bands,
        "child_bands": [
            _("within a week"),
            _("1–2 weeks ago"),
            _("2–4 weeks ago"),
            _("more than a month ago"),
        ],
        "children": [(name, found.children[code]) for code, name in _named(found, found.children)],
        "never": found.never,
        "signal_bands": [_("under 2 hours"), _("2–24 hours"), _("1–3 days"), _("more than 3 days")],
        "signals": [(name, found.signals[code]) for code, name in _named(found, found.signals)],
        "signals_late": found.signals_late,
        "missing": [
            (body(found, row.code), name_of(found, row.place), row.n)
            for row in sorted(found.missing, key=lambda row: -row.n)
        ],
        "paused": found.whole.paused,
        "silent": list(_silent(found, now)),
    }


def name_of(found: queries.Board, code: str) -> str:
    """Name a place of the board."""
    if code == found.home.pk:
        return found.home.name(language())
    return next((place.name(language()) for place in found.places if place.pk == code), code)


def _named(found: queries.Board, rows: Any) -> list[tuple[str, str]]:
    return sorted(((code, name_of(found, code)) for code in rows), key=lambda row: row[1])


def _silent(found: queries.Board, now: datetime) -> Iterator[tuple[str, str, int, str]]:
    for row in found.silent:
        n = watching.days(row.since, now)
        length = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
        yield watching.SILENCES.label(row.rule), f"{reverse('coordination:silences')}?rule={row.rule}", row.n, length


def _tiles(found: queries.Board) -> Iterator[Tile]:
    grid = {tile.kato: tile for tile in tiles()} if found.home.level == 0 else {}
    for code, name, figures in places(found):
        place = grid.get(code)
        yield Tile(
            name=name,
            figure=str(figures.late),
            note="" if place else _("of %(n)s") % {"n": format_number(figures.open, language())},
            level=figures.level,
            url=f"{reverse('coordination:board')}?in={code}",
            column=place.column if place else 0,
            row=place.row + 1 if place else 0,
            short=place.short if place else "",
        )


def _multiple(found: queries.Board, code: str, scale: int, now: datetime) -> Multiple:
    figures, before = found.by_code[code], found.weeks.get(code, [])
    change = figures.late - before[-1] if before else 0
    if not before or not change:
        words = _("as last Friday") if before else ""
    else:
        words = _("%(change)s since last Friday") % {"change": f"{change:+d}".replace("-", "−")}
    note = ""
    if figures.oldest:
        note = _("the longest: %(n)s days") % {"n": (local(now).date() - figures.oldest).days}
    return Multiple(body(found, code), str(figures.late), words, [*before[-11:], figures.late], scale, note)


def _units(found: queries.Board) -> Iterator[dict[str, Any]]:
    """Yield the units of a district with what they owe, most late first."""
    rows = sorted(found.by_unit.items(), key=lambda row: (-row[1].late, -row[1].open))
    for (unit, code), figures in rows if found.home.level >= 2 else []:
        known = found.units.get(unit)
        yield {
            "unit": known.name if known else _("nobody was found"),
            "body": body(found, code),
            "late": figures.late,
            "open": figures.open,
            "paused": figures.paused,
            "oldest": figures.oldest,
        }


def matrix(found: queries.Board) -> dict[str, Any]:
    """Return the table of places, or units, by bodies."""
    heads = bodies(found)
    rows = []
    for code, name, figures in sorted(places(found), key=lambda row: (-row[2].late, row[1])):
        cells = [found.cells.get((code, head), rules.Figures()).late for head in heads]
        link = f"{reverse('coordination:board')}?in={code}" if found.home.level < 2 and len(code) == 9 else ""
        rows.append(
            {
                "name": name,
                "url": link,
                "cells": [(n, min(n, 3)) for n in cells],
                "late": figures.late,
                "open": format_number(figures.open, language()),
                "rate": share(figures),
            }
        )
    return {
        "heads": [body(found, head) for head in heads],
        "rows": rows,
        "sums": [found.by_code[head].late for head in heads],
        "whole": {
            "late": found.whole.late,
            "open": format_number(found.whole.open, language()),
            "rate": share(found.whole),
        },
        "fridays": [format_date(day, language()) for day in found.fridays],
        "weeks": [(body(found, head), found.weeks.get(head) or [0] * len(found.fridays)) for head in heads],
        "weeks_whole": [sum(row[place] for row in found.weeks.values()) for place in range(len(found.fridays))],
    }


def sheet(found: queries.Board) -> Iterator[list[Any]]:
    """Yield the lines of the file for a spreadsheet."""
    ages = [rules.AGES.label(row.code) for row in rules.AGES]
    yield [_("Code"), _("Territory"), _("Body"), _("open in all"), _("late"), _("suspended"), *ages]
    for code, name, _figures in places(found):
        for head in bodies(found):
            figures = found.cells.get((code, head))
            if figures:
                yield [code, name, body(found, head), figures.open, figures.late, figures.paused, *figures.bands]
