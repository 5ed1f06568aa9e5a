"""Bringing in a form: kept as a draft when nothing is wrong with it, else every fault at its place."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from openpyxl.utils import get_column_letter

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.questionnaires import actions, policy
from arasha.questionnaires.forms import ImportForm
from arasha.questionnaires.rules.books import Book, Fault, Reading, Unreadable, excel, markdown, read, read_text
from arasha.questionnaires.rules.conversion import FaultyForm
from arasha.questionnaires.rules.lint.words import refusal, sentence
from arasha.questionnaires.views import words
from arasha.questionnaires.views.files import XLSX, attachment
from arasha.questionnaires.views.presenting import allowed
from arasha.ui.rules.page import Link

MOST_SHOWN = 200


@may(policy.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Take a form as a draft, or say what is wrong with it and keep what was handed in."""
    allowed(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm(initial=_begin(request))
    faults: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        try:
            reading = read(form.content())
            made = actions.draft(actor=request.actor, reading=reading, now=request.now)
        except Unreadable as unreadable:
            form.add_error("file" if request.FILES else "text", refusal(unreadable.code, words.language()))
        except policy.NotAllowed:
            raise Http404 from None
        except FaultyForm as faulty:
            faults = _said(faulty)
            _keep(form, faulty.book)
        except actions.NumberTaken as taken:
            faults = _said(FaultyForm([_taken(reading, taken.highest)], reading.book))
            _keep(form, reading.book)
        else:
            _tell(request, reading)
            return redirect("questionnaires:page", number=made.pk)
    context = {
        "page_title": _("Bring in a form"),
        "trail": words.trail(Link(_("Bring in a form"), "", current=True)),
        "form": form,
        "faults": faults[:MOST_SHOWN],
        "more": max(0, len(faults) - MOST_SHOWN),
    }
    return render(request, "questionnaires/import.html", context, status=422 if form.is_bound else 200)


@may(policy.PUBLISH)
@require_POST
def faults(request: StaffRequest) -> HttpResponse:
    """Give what stands in the field as an Excel workbook, each faulty cell marked and commented."""
    allowed(request)
    form = ImportForm({"text": request.POST.get("text", "")})
    if not form.is_valid():
        raise Http404
    try:
        reading = read_text(form.cleaned_data["text"])
        found = actions.faults_of(actor=request.actor, reading=reading)
    except Unreadable:
        raise Http404 from None
    said = [(fault, sentence(fault, words.language())) for fault in found]
    rows = [(_("Sheet"), _("Row"), _("Column"), _("What is wrong"))]
    rows += [(fault.sheet, str(fault.row or ""), fault.column, text) for fault, text in said]
    return attachment(excel(reading.book, said=said, extra={"faults": rows}), "faults.xlsx", XLSX)


def _begin(request: StaffRequest) -> dict[str, str]:
    """Return the text of the version that `from` in the address names, to be changed."""
    number = request.GET.get("from", "")
    if not number.isascii() or not number.isdigit():
        return {}
    row = policy.visible_to(request.actor).filter(pk=int(number[:15])).first()
    return {"text": row.source} if row else {}


def _keep(form: ImportForm, book: Book) -> None:
    """Let what was read stand in the field: it is mended there, and the file need not be chosen again."""
    form.data = {**form.data, "text": markdown(book)}


def _said(faulty: FaultyForm) -> list[dict[str, str]]:
    """Return the faults as rows of a table, the grave ones first."""
    ordered = sorted(faulty.faults, key=lambda fault: fault.is_notice)
    return [
        {
            "sheet": fault.sheet,
            "row": str(fault.row or ""),
            "cell": _cell(faulty.book, fault),
            "column": fault.column,
            "said": sentence(fault, words.language()),
            "notice": "yes" if fault.is_notice else "",
        }
        for fault in ordered
    ]


def _cell(book: Book, fault: Fault) -> str:
    """Return the cell as Excel names it: B7."""
    heads = book.sheet(fault.sheet).heads
    if not fault.row or fault.column not in heads:
        return ""
    return f"{get_column_letter(heads.index(fault.column) + 1)}{fault.row}"


def _taken(reading: Reading, highest: int) -> Fault:
    rows = reading.book.sheet("settings").rows
    values = {"version": reading.book.setting("version"), "next": str(highest + 1)}
    return Fault("version_taken", "settings", rows[0].number if rows else 0, "version", values)


def _tell(request: StaffRequest, reading: Reading) -> None:
    messages.success(request, _("The form is kept as a draft. Somebody else publishes it."))
    notices = [fault for fault in reading.faults if fault.is_notice]
    for fault in notices[:5]:
        messages.info(request, f"{fault.sheet} {fault.row or ''}: {sentence(fault, words.language())}")
