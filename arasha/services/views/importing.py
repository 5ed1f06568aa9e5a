"""Tables of the directory: handed in and looked through, loaded with progress, given back where they are wrong."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere
from arasha.services import actions
from arasha.services.forms.importing import TableForm
from arasha.services.models import Load
from arasha.services.policy import KEEP, NotAllowed
from arasha.services.queries import exchange as queries
from arasha.services.rules.exchange import template as template_of
from arasha.services.rules.exchange.tables import LIMITS
from arasha.services.views import importing_words as words
from arasha.services.views.listing import tabs
from arasha.ui.rules.sheets import KINDS, SheetUnreadable

STEPS = {"load": actions.start_load, "stop": actions.stop_load}


@may(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def tables(request: StaffRequest) -> HttpResponse:
    """Show what was handed in, and take a table."""
    form = TableForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if form.is_valid():
        content = form.cleaned_data["file"].read(LIMITS.largest + 1)
        try:
            table = actions.take_table(
                actor=request.actor, content=content, source=form.cleaned_data["source"], now=request.now
            )
            return redirect("directory_exchange:load", table=table)
        except SheetUnreadable as problem:
            form.add_error("file", words.unreadable(problem))
        except NotAllowed:
            raise Http404 from None
    context = {
        "page_title": _("Load tables into the directory"),
        "tabs": tabs("tables"),
        "form": form,
        "loads": [words.line(load) for load in queries.loads(request.actor)],
    }
    return render(request, "services/import.html", context, status=422 if form.errors else 200)


@may(KEEP)
@require_safe
def load(request: StaffRequest, table: UUID) -> HttpResponse:
    """Show how far a table is, what loading would do or did, and what is wrong in it."""
    found = _load(request, table)
    context: dict[str, Any] = {
        "page_title": _("Table from “%(source)s”") % {"source": found.source},
        "page_meta": words.state(found),
        "load": found,
        "counts": words.counts(found),
    }
    if found.state in words.WORKS:
        return render(request, "services/import_working.html", context | _working(found))
    context |= {
        "kinds": words.kinds(queries.fault_counts(found)),
        "faults": words.faults(queries.first_faults(found), found),
        "may_load": found.state in {"tried", "stopped"} and found.total > found.rows_rejected,
    }
    return render(request, "services/import_result.html", context)


@may(KEEP)
@require_safe
def progress(request: StaffRequest, table: UUID) -> HttpResponse:
    """Show how far a table is, as a part of its page; when it is done, the page is asked for anew."""
    found = _load(request, table)
    if found.state not in words.WORKS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "services/parts/import_progress.html", _working(found))


@may(KEEP)
@require_POST
def step(request: StaffRequest, table: UUID, what: str) -> HttpResponse:
    """Load a table that was looked through, go on with it, or stop."""
    if what not in STEPS:
        raise Http404
    try:
        STEPS[what](actor=request.actor, load_id=table, now=request.now)
    except actions.LoadNotReady:
        messages.error(request, _("This can’t be done now: the table has gone on, or is done. Look at it again."))
    except (NotThere, NotAllowed):
        raise Http404 from None
    return redirect("directory_exchange:load", table=table)


@may(KEEP)
@require_POST
@sensitive_variables()
def rejected(request: StaffRequest, table: UUID) -> HttpResponse:
    """Give the rows that were not taken, in the format of their file, with the reason beside each."""
    found = _load(request, table)
    heads = (_("Column with the error"), _("What is wrong"))
    content = actions.give_rejected(
        actor=request.actor, load_id=table, words=heads, language=get_language() or "kk", now=request.now
    )
    return _file(content, found.kind, "rejected")


@may(KEEP)
@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """Give an empty workbook with all columns and code lists."""
    return _file(template_of(get_language() or "kk"), "xlsx", "directory-template")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)


def _working(found: Load) -> dict[str, Any]:
    return {"progress": words.progress(found), "renew": reverse("directory_exchange:progress", args=[found.pk])}


def _load(request: StaffRequest, table: UUID) -> Load:
    try:
        return queries.load(request.actor, table)
    except NotThere:
        raise Http404 from None
