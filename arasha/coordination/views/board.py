"""The board: what is late where and with whom, in figures; and the rows behind them as far as they may be opened."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.coordination import queries, rules
from arasha.coordination.views import charts, presenting
from arasha.coordination.views.presenting import language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25
BESIDE = 5


def asked_place(request: StaffRequest) -> str:
    """Return the territory in the address; one that does not exist is no page."""
    code = request.GET.get("in", "")
    # A code that is none (also with a null byte in it) never reaches the database.
    if code and not (code.isascii() and code.isdigit() and Territory.objects.filter(pk=code).exists()):
        raise Http404
    return code


@may("see_board")
@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Show the territory's figures: tiles, bodies on one scale, ages, children nobody has seen, missing bodies."""
    place = asked_place(request)
    found = queries.board(request.actor, request.now, place)
    context = head(request, found, place, "board") | charts.pictures(found, request.now) | beside(request)
    return render(request, "coordination/board.html", context)


@may("see_board")
@require_safe
def table(request: StaffRequest) -> HttpResponse:
    """Show the same figures as a table by place, or by unit, and body."""
    place = asked_place(request)
    found = queries.board(request.actor, request.now, place)
    return render(
        request, "coordination/board_table.html", head(request, found, place, "board_table") | charts.matrix(found)
    )


@may("see_board")
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """Give the figures as a file for a spreadsheet: counts alone, and no cell that a spreadsheet would run."""
    found = queries.board(request.actor, request.now, asked_place(request))
    written = io.StringIO()
    lines = csv.writer(written)
    for row in charts.sheet(found):
        lines.writerow([rules.neutral(str(cell)) for cell in row])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"board-{found.home.pk}-{local(request.now):%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@may("see_board")
@require_safe
def late(request: StaffRequest) -> HttpResponse:
    """List what is late, one by one, in the files that are open to the reader, the longest silence first."""
    place, code, age = asked_place(request), request.GET.get("body", ""), request.GET.get("age", "")
    if (age and age not in rules.AGES) or (code and not code.isidentifier()):
        raise Http404
    found = queries.board(request.actor, request.now, place)
    rows = queries.late_rows(request.actor, request.now, place=place, code=code, age=age)
    shown = page_of(rows, moment="due_now", size=PAGE, asked=request.GET.dict())
    known = names(request, shown.rows)
    keep = _said(("in", place), ("body", code), ("age", age))
    context = head(request, found, place, "board_late") | {
        "rows": [presenting.duty(row, known, request.now) for row in shown.rows],
        "previous": _kept(shown.previous, keep),
        "following": _kept(shown.following, keep),
        "bodies": [
            Link(_("All bodies"), _address("board_late", place, age=age), not code),
            *(
                Link(charts.body(found, key), _address("board_late", place, body=key, age=age), key == code)
                for key in sorted(found.by_code, key=lambda key: -found.by_code[key].late)
                if found.by_code[key].late
            ),
        ],
        "ages": [
            Link(_("However long"), _address("board_late", place, body=code), not age),
            *(
                Link(
                    rules.AGES.label(row.code), _address("board_late", place, body=code, age=row.code), row.code == age
                )
                for row in rules.AGES
            ),
        ],
        "closed": _("Only files on which your unit is stand here one by one; the figures count all."),
        "nothing": Empty(
            _("Nothing that is late stands in a file open to you"),
            _("A silence comes to you, with its file, when it has climbed to your rung."),
        ),
    }
    return render(request, "coordination/board_late.html", context)


@may("see_board")
@require_safe
def unseen(request: StaffRequest) -> HttpResponse:
    """List the children whom nobody has seen for a week and more, the longest first."""
    place = asked_place(request)
    found = queries.board(request.actor, request.now, place)
    rows = list(queries.unseen(request.actor, request.now)[: PAGE * 4])
    context = head(request, found, place, "board_unseen") | {
        "rows": presenting.unseen(rows, names(request, rows), request.now),
        "closed": _("Only files on which your unit is stand here one by one; the figures count all."),
        "nothing": Empty(
            _("Every child in the files open to you was seen within a week"),
            _("A child stands here when a week has passed without anybody seeing them."),
        ),
    }
    return render(request, "coordination/board_unseen.html", context)


def head(request: StaffRequest, found: queries.Board, place: str, here: str) -> dict[str, Any]:
    """Return title, line above it and tabs of the board's pages."""
    name = found.home.name(language())
    count, late = sum(sum(row[1:]) for row in found.children.values()), found.whole.late
    labels = {
        "board": _("Picture"),
        "board_table": _("Table"),
        "board_late": _("Late, one by one"),
        "board_unseen": _("Nobody has seen: %(n)s") % {"n": count},
    }
    return {
        "page_title": title(found),
        "page_meta": f"{name} · {format_moment(request.now, language())}",
        "tabs": [Link(label, _address(key, place), key == here) for key, label in labels.items()],
        "download": _address("board_download", place),
        "back": _address("board", "") if place else "",
        "late": late,
        "place_name": name,
    }


def title(found: queries.Board) -> str:
    """Say how much is late, and whether that is more or fewer than last Friday."""
    late = found.whole.late
    words = ngettext("%(n)s obligation is late", "%(n)s obligations are late", late) % {"n": late}
    if not late:
        words = _("No obligation is late")
    if found.last_friday is None or late == found.last_friday:
        return words
    change = late - found.last_friday
    more = _("%(words)s, %(n)s more than last Friday") if change > 0 else _("%(words)s, %(n)s fewer than last Friday")
    return more % {"words": words, "n": abs(change)}


def beside(request: StaffRequest) -> dict[str, Any]:
    """Return the silences that have climbed to the reader's unit, and which of them have nowhere further to climb."""
    rows = list(queries.climbed_to(request.actor)[: BESIDE + 1])
    known = names(request, rows)
    return {
        "climbed": [presenting.climbed(row, known, request.now) for row in rows[:BESIDE]],
        "climbed_more": len(rows) > BESIDE,
    }


def names(request: StaffRequest, rows: Sequence[Any]) -> dict[UUID, queries.Matter]:
    """Return what the rows' files are about; for the nation nothing: it reads no name."""
    return {} if request.actor.scope == "nation" else queries.matters([row.dossier_id for row in rows])


def _address(name: str, place: str, **more: str) -> str:
    query = _said(("in", place), *more.items())
    address = reverse(f"coordination:{name}")
    return f"{address}?{urlencode(query)}" if query else address


def _said(*given: tuple[str, str]) -> dict[str, str]:
    return {name: value for name, value in given if value}


def _kept(address: str, keep: dict[str, str]) -> str:
    return f"{address}&{urlencode(keep)}" if address and keep else address
