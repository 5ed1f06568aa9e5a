"""Who sees what, as a lawyer reads it: part by facet, function by facet with its ground, and the sign-off."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.administration import actions, queries
from arasha.administration.models import SignOff
from arasha.administration.rules.access_tables import differences, grounds
from arasha.administration.views.own import recently
from arasha.administration.views.places_words import label, language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Facet
from arasha.kernel.access.policy import allows, may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Conflict, Refused
from arasha.kernel.access.rules.facets import PARTS
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.parts import State

GRANTED = "granted"


@may("read_access_tables")
@require_safe
def tables(request: StaffRequest) -> HttpResponse:
    """Show the tables as they stand, what differs from what was signed, and who may sign or confirm."""
    found, last = queries.access_tables(), queries.last_signed()
    present = queries.signed(found.digest)
    signs = [one for one in (present, last) if one is not None]
    names = names_of({person for one in signs for person in (one.signed_by_id, one.confirmed_by_id) if person})
    waits = present is not None and present.confirmed_at is None
    own = present is not None and present.signed_by_id == request.actor.user_id
    context = {
        "page_title": _("Who sees what of a file"),
        "state": _state(present),
        "said": _said(present or last, names, request),
        "digest": found.digest,
        "signoff": present,
        "may_sign": present is None and allows(request.actor, "sign_access_tables"),
        "may_confirm": waits and not own and allows(request.actor, "confirm_access_tables"),
        "differences": _differences(last, found),
        "never": last is None,
        **_tables(found),
    }
    return render(request, "administration/access_tables.html", context)


@may("sign_access_tables")
@require_http_methods(["GET", "HEAD", "POST"])
@recently
def sign(request: StaffRequest) -> HttpResponse:
    """Sign the tables as they were read; who comes back from showing the second factor reads them again."""
    if request.method != "POST":
        return redirect("access_tables")
    try:
        actions.sign_tables(actor=request.actor, now=request.now, digest=request.POST.get("digest", "")[:64])
        messages.success(request, _("Signed. Another person must confirm it."))
    except Conflict:
        messages.warning(request, _("The tables changed meanwhile, or are signed already. Read them again."))
    return redirect("access_tables")


@may("confirm_access_tables")
@require_http_methods(["GET", "HEAD", "POST"])
@recently
def confirm(request: StaffRequest) -> HttpResponse:
    """Confirm what another person signed."""
    if request.method != "POST":
        return redirect("access_tables")
    try:
        number = uuid.UUID(request.POST.get("signoff", ""))
    except ValueError:
        raise Http404 from None
    try:
        actions.confirm_signoff(actor=request.actor, now=request.now, signoff=number)
        messages.success(request, _("The tables are signed off."))
    except Conflict:
        messages.warning(request, _("The tables changed meanwhile, or are signed already. Read them again."))
    except Refused:
        messages.warning(request, _("Another person must decide on this."))
    return redirect("access_tables")


def _state(present: SignOff | None) -> State:
    if present is None:
        return State("late", _("not signed off"))
    if present.confirmed_at is None:
        return State("wait", _("signed, waits for a second person"))
    return State("met", _("signed off"))


def _said(sign: SignOff | None, names: Mapping[int, str], request: StaffRequest) -> str:
    """Say who signed and who confirmed, and when."""
    if sign is None:
        return ""
    signed = _("signed by %(name)s, %(at)s") % {
        "name": names.get(sign.signed_by_id, ""),
        "at": format_moment(sign.signed_at, language(), request.now),
    }
    if sign.confirmed_at is None:
        return signed
    confirmed = _("confirmed by %(name)s, %(at)s") % {
        "name": names.get(sign.confirmed_by_id or 0, ""),
        "at": format_moment(sign.confirmed_at, language(), request.now),
    }
    return f"{signed}; {confirmed}"


def _tables(found: queries.AccessTables) -> dict[str, Any]:
    parts = [part for part in PARTS if part != GRANTED]
    matrix = [
        {
            "facet": _facet(facet),
            "sealed": facet.sealed,
            "cells": [(_part(part), _cell(found.tables["parts"][part].get(facet.code, ""))) for part in parts],
        }
        for facet in found.facets
    ]
    functions = []
    for function in found.functions:
        cells = found.tables["functions"][function.code]
        ground = grounds().get(function.code)
        functions.append(
            {
                "label": label(function),
                "writes": [_facet(facet) for facet in found.facets if cells.get(facet.code) == "rw"],
                "reads": [_facet(facet) for facet in found.facets if cells.get(facet.code) == "r"],
                "ground": ground[f"ground_{language()}"] if ground else "",
                "verified_by": ground["verified_by"] if ground else "",
            }
        )
    return {"parts": [_part(part) for part in parts], "matrix": matrix, "functions": functions}


def _differences(last: SignOff | None, found: queries.AccessTables) -> list[dict[str, str]]:
    """Return what differs from what was signed last; nothing when nothing was ever signed."""
    if last is None:
        return []
    facets = {facet.code: _facet(facet) for facet in found.facets}
    functions = {function.code: label(function) for function in found.functions}
    return [
        {
            "row": functions.get(one.row, one.row) if one.table == "functions" else _part(one.row),
            "facet": facets.get(one.facet, one.facet),
            "before": _cell(one.before),
            "after": _cell(one.after),
        }
        for one in differences(last.tables, found.tables)
    ]


def _facet(facet: Facet) -> str:
    return str(getattr(facet, f"label_{language()}"))


def _cell(said: str) -> str:
    return {"r": _("reads"), "rw": _("reads, writes")}.get(said, "–")


def _part(part: str) -> str:
    return {
        "lead": _("leads the file"),
        "partner": _("works on it, too"),
        "obliged": _("owes a duty"),
        "overseeing": _("oversees"),
        "informed": _("is informed"),
        "granted": _("was given one facet"),
    }.get(part, part)
