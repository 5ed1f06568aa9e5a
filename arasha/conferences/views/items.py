"""The page of one item: papers, who is there, the child's voice, what is decided, the minutes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.cases import queries as cases
from arasha.conferences import policy, queries
from arasha.conferences.forms import (
    AttendanceForm,
    ConfirmForm,
    DecisionForm,
    DissentForm,
    MinutesForm,
    PutOffForm,
    VoiceForm,
)
from arasha.conferences.models import Item, Seat
from arasha.conferences.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_read
from arasha.kernel.access.rules import Facet
from arasha.ui.rules.page import Link


@signed_in
@require_safe
def item(request: StaffRequest, item: UUID) -> HttpResponse:
    """Show one item to who is invited; each opening is a look at the file."""
    return shown_item(request, found(request, item))


def found(request: StaffRequest, item: UUID) -> Item:
    """Return an item with the look at its file recorded. Raises Http404."""
    row = queries.item_of(request.actor, item)
    if row is None:
        raise Http404
    request.look(row.dossier_id)
    return row


def shown_item(
    request: StaffRequest, row: Item, wrong: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render an item's page; `wrong` are forms as they were filled in wrongly, by name."""
    case = cases.of_dossiers([row.dossier_id]).get(row.dossier_id)
    seats = queries.seats_of(row.pk)
    quorum = queries.quorum_of(row, seats)
    heard = queries.voice_of(row.pk)
    versions = queries.minutes_of(row.pk)
    context: dict[str, Any] = {
        "page_title": words.child(case),
        "page_meta": " · ".join(part for part in (case.number if case else "", words.title(row.sitting)) if part),
        "before": [
            Link(_("Case conferences"), reverse("conferences:list")),
            Link(words.title(row.sitting), queries.sitting_link(row.sitting_id)),
        ],
        "one": words.on_agenda(row, case),
        "item_id": row.pk,
        "sitting": words.line(row.sitting),
        "papers": _papers(row),
        "seats": [words.seat(seat) for seat in seats],
        "quorum": quorum,
        "voice": words.voice(heard),
        "decisions": [words.decided(one, request.now) for one in queries.decisions_of(row.pk)],
        "earlier": [words.decided(one, request.now) for one in queries.earlier(row)],
        "minutes": versions,
        "may_print": policy.may_print(request.actor, row),
    }
    forms = _forms(request, row, seats, heard.row.revision if heard else 0, versions[0].number if versions else 0)
    return render(request, "conferences/item.html", context | forms | (wrong or {}), status=status)


def _forms(request: StaffRequest, row: Item, seats: list[Seat], revision: int, version: int) -> dict[str, Any]:
    """Return the forms that the reader is offered."""
    keeps, runs = policy.keeps_item(request.actor, row), row.sitting.state != "called_off"
    open_ = runs and row.state in {"on", "decided"}
    found: dict[str, Any] = {"keeps": keeps}
    if policy.may_hear_child(request.actor, row) and runs:
        found["voice_form"] = VoiceForm(people=queries.colleagues(row, request.now), seen=revision)
    if policy.may_differ(request.actor, row):
        found["dissent_form"] = DissentForm
        found["differs"] = True
    if not keeps:
        return found
    if open_ and not version:
        found["attendance_form"] = AttendanceForm(seats=seats)
    if runs and row.state == "on":
        found["put_off_form"] = PutOffForm(auto_id="off_%s")
    if open_:
        found["decision_form"] = DecisionForm(units=units_of(seats))
        found["to_confirm"] = [
            words.decided(one, request.now)
            | {"form": ConfirmForm(initial={"decision": one.row.pk}, auto_id=f"confirm_{one.row.pk}_%s")}
            for one in queries.to_confirm(row)
        ]
    if row.state in {"decided", "put_off"}:
        found["minutes_form"] = MinutesForm(seen=version, auto_id="minutes_%s")
    return found


def units_of(seats: list[Seat]) -> list[tuple[int, str]]:
    """Return the units to which a decision may give something to do."""
    return [(seat.unit_id, seat.unit.name) for seat in seats if seat.standing != "aside"]


def _papers(row: Item) -> list[Link]:
    """Return the papers that the reader's part in the file opens: each body sees what it may read, and no more."""
    dossier = row.dossier_id
    pages = (
        (Facet.CONCERN, _("Risk"), reverse("plans:risk", args=[dossier])),
        (Facet.OBLIGATIONS, _("Assessment together"), reverse("plans:assessment", args=[dossier])),
        (Facet.PLAN, _("Safety plan"), reverse("plans:safety_plan", args=[dossier])),
        (Facet.PLAN, _("Services"), reverse("plans:places", args=[dossier])),
        (Facet.CONCERN, _("What happened"), cases.link(dossier, "happened")),
    )
    there = [Link(label, url) for facet, label, url in pages if may_read(dossier, facet)]
    return [Link(_("The file"), cases.link(dossier)), *there]
