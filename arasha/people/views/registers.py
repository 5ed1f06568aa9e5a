"""Registers of other bodies: named, handed in, looked at before anything is written, loaded, taken back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.actions import LookNotRecorded
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.vault.rules import FileRefused
from arasha.kernel.vault.rules.words import refusal_text
from arasha.people import actions, rules
from arasha.people.forms.registers import FileForm, MappingForm, ReadingForm, RegisterForm
from arasha.people.models import Load, RegisterSource
from arasha.people.policy import IMPORT
from arasha.people.queries import registers as queries
from arasha.people.rules.imports import Unreadable, words_for
from arasha.people.views import register_words as words
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty

GET_POST = ["GET", "HEAD", "POST"]
ASKED = {"read", "mapped", "tried"}
KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
STEPS: dict[str, Callable[..., Load]] = {
    "try": actions.try_load,
    "load": actions.start_load,
    "stop": actions.stop_load,
}


@may(IMPORT)
@require_safe
def registers(request: StaffRequest) -> HttpResponse:
    """List the registers of the unit."""
    rows = [
        {
            "url": reverse("people:register", args=[row.pk]),
            "called": row.called,
            "kind": rules.REGISTERS.label(row.kind),
        }
        for row in queries.registers(request.actor)
    ]
    add = Action(_("Add a register"), reverse("people:register_add"))
    nothing = Empty(
        _("No register yet"),
        _("Name a register that your unit keeps or is given, then hand in its file: its children are found like all."),
        [add],
    )
    context = {"page_title": _("Registers"), "rows": rows, "nothing": nothing, "add": add}
    return render(request, "people/registers.html", context)


@may(IMPORT)
@require_http_methods(GET_POST)
def add(request: StaffRequest) -> HttpResponse:
    """Name a register."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        source = actions.arrange_register(actor=request.actor, now=request.now, **form.cleaned_data)
        return redirect("people:register", source=source.pk)
    context = {"page_title": _("Add a register"), "form": form, "back": reverse("people:registers")}
    return render(request, "people/block.html", context, status=422 if form.errors else 200)


@may(IMPORT)
@require_http_methods(GET_POST)
def register(request: StaffRequest, source: UUID) -> HttpResponse:
    """Show a register with its loads, and take in a file."""
    found = _source(request, source)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            load = actions.take_file(actor=request.actor, source=source, stream=file, name=file.name, now=request.now)
            return redirect("people:register_load", source=source, load=load.pk)
        except Unreadable as problem:
            form.add_error("file", words_for(problem.code, get_language() or "kk"))
        except FileRefused as problem:
            form.add_error("file", refusal_text(problem.code))
    request.look(found.dossier_id)
    context = {
        "page_title": found.called,
        "page_meta": rules.REGISTERS.label(found.kind),
        "tabs": _tabs(found),
        "form": form,
        "loads": [words.load_line(load, queries.name_of(load)) for load in queries.loads(found)],
    }
    return render(request, "people/register.html", context, status=422 if form.errors else 200)


@may(IMPORT)
@require_http_methods(GET_POST)
def load(request: StaffRequest, source: UUID, load: UUID) -> HttpResponse:
    """Show a load: its columns before it is loaded, then how far it is, then what came of it."""
    found = _load(request, source, load)
    request.look(found.dossier_id)
    context: dict[str, Any] = {
        "page_title": queries.name_of(found) or _("Sent by another system"),
        "page_meta": f"{found.source.called} · {rules.LOAD_STATES.label(found.state)}",
        "tabs": _tabs(found.source),
        "load": found,
        "counts": words.counts(found),
        "kinds": words.kinds(queries.faults_by_code(found)),
        "may_go_on": found.state == "stopped",
        "may_take_back": found.state in {"loaded", "stopped", "refused"} and found.turn is not None,
    }
    if found.state in words.WORKS:
        return render(request, "people/register_working.html", context | _working(found))
    if found.state in ASKED:
        return _asked(request, found, context)
    headings = (found.mapping or {}).get("headings", [])
    context["faults"] = words.faults(queries.first_faults(found), headings)
    context["refusal"] = words_for(found.refusal, get_language() or "kk") if found.refusal else ""
    return render(request, "people/register_result.html", context)


@sensitive_variables()
def _asked(request: StaffRequest, found: Load, context: dict[str, Any]) -> HttpResponse:
    """Show what the columns of a file hold, and take what was corrected."""
    looked = queries.looked(found)
    posted = request.POST if request.method == "POST" else None
    form = MappingForm(posted, looked=looked, complete=found.complete)
    if form.is_valid():
        actions.set_mapping(
            actor=request.actor,
            load=found.pk,
            table=looked.table,
            mapping=form.mapping(),
            complete=form.cleaned_data["complete"],
            now=request.now,
        )
        wanted = request.POST.get("step", "")
        if wanted in {"try", "load"}:
            _step(request, found, wanted)
        return redirect("people:register_load", source=found.source_id, load=found.pk)
    language = get_language() or "kk"
    context |= {
        "form": form,
        "reading": ReadingForm(looked=looked),
        "unsure": not looked.table.encoding_sure,
        "about": words.number(found.about or looked.table.about),
        "wrong": [words_for(fault.code, language) for fault in looked.faults if not form.is_bound],
        "faults": words.faults(queries.first_faults(found), looked.table.headings),
        "tried": found.state == "tried",
    }
    return render(request, "people/register_columns.html", context, status=422 if form.errors else 200)


@may(IMPORT)
@require_POST
def reading(request: StaffRequest, source: UUID, load: UUID) -> HttpResponse:
    """Read a file in another encoding, or another of its sheets."""
    found = _load(request, source, load)
    form = ReadingForm(request.POST, looked=queries.looked(found))
    if form.is_valid():
        found.encoding = form.cleaned_data.get("encoding", found.encoding)
        found.sheet = form.cleaned_data.get("sheet", found.sheet)
        try:
            table = queries.table_of(found)
            actions.choose_reading(
                actor=request.actor,
                load=load,
                encoding=found.encoding,
                sheet=found.sheet,
                table=table,
                now=request.now,
            )
        except Unreadable as problem:
            messages.error(request, words_for(problem.code, get_language() or "kk"))
        except actions.LoadNotReady:
            _not_now(request)
    return redirect("people:register_load", source=source, load=load)


@may(IMPORT)
@require_POST
def step(request: StaffRequest, source: UUID, load: UUID, what: str) -> HttpResponse:
    """Try a file out, load it, or stop."""
    found = _load(request, source, load)
    if what not in STEPS:
        raise Http404
    _step(request, found, what)
    return redirect("people:register_load", source=source, load=load)


@may(IMPORT)
@require_safe
def progress(request: StaffRequest, source: UUID, load: UUID) -> HttpResponse:
    """Show how far a load is, as a part of its page; when it is done, the page is asked for anew."""
    found = _load(request, source, load)
    if found.state not in words.WORKS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "people/parts/register_progress.html", _working(found))


@may(IMPORT)
@require_http_methods(GET_POST)
def take_back(request: StaffRequest, source: UUID, load: UUID) -> HttpResponse:
    """Ask once more, then take a load back whole."""
    found = _load(request, source, load)
    page = reverse("people:register_load", args=[source, load])
    if request.method == "POST":
        try:
            actions.take_back_load(actor=request.actor, load=load, now=request.now)
        except actions.LoadNotReady:
            messages.error(
                request, _("A later load stands on this one, or one is at work. Take the later one back first.")
            )
        return redirect(page)
    context = {
        "page_title": _("Take this load back?"),
        "page_meta": found.source.called,
        "counts": words.counts(found),
        "back": page,
    }
    return render(request, "people/register_take_back.html", context)


@may(IMPORT)
@require_POST
@sensitive_variables()
def rejected(request: StaffRequest, source: UUID, load: UUID) -> HttpResponse:
    """Give out the file of the rows that were not taken; it is noted as an export."""
    found = _load(request, source, load)
    try:
        request.look(found.dossier_id, kind="export")
        name, content = actions.give_out_rejected(
            actor=request.actor, load=load, language=get_language() or "kk", now=request.now
        )
    except LookNotRecorded:
        messages.error(request, _("The access log does not answer, so that nothing is given out now."))
        return redirect("people:register_load", source=source, load=load)
    except actions.RegisterNotThere:
        raise Http404 from None
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]], headers=headers)


def _step(request: StaffRequest, found: Load, what: str) -> None:
    try:
        STEPS[what](actor=request.actor, load=found.pk, now=request.now)
    except actions.LoadNotReady:
        _not_now(request)


def _not_now(request: StaffRequest) -> None:
    messages.error(
        request, _("This can’t be done now: another file of this register is at work, or this one was gone on with.")
    )


def _working(found: Load) -> dict[str, Any]:
    address = reverse("people:register_progress", args=[found.source_id, found.pk])
    return {"progress": words.progress(found), "renew": address, "live": True}


def _source(request: StaffRequest, source: UUID) -> RegisterSource:
    found = queries.register(request.actor, source)
    if found is None:
        raise Http404
    return found


def _load(request: StaffRequest, source: UUID, load: UUID) -> Load:
    found = queries.load(request.actor, source, load)
    if found is None:
        raise Http404
    return found


def _tabs(found: RegisterSource) -> list[Link]:
    return [
        Link(_("Registers"), reverse("people:registers")),
        Link(found.called, reverse("people:register", args=[found.pk]), current=True),
    ]
