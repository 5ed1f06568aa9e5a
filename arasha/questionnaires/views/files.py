"""A form as a file: a version as Excel or Markdown, and the empty template with its help."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.questionnaires import policy
from arasha.questionnaires.rules.books import excel, markdown
from arasha.questionnaires.rules.template import help_rows, template_book
from arasha.questionnaires.views import words
from arasha.questionnaires.views.presenting import allowed, book_of, found

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKDOWN = "text/markdown; charset=utf-8"


@may(policy.PUBLISH)
@require_safe
def file(request: StaffRequest, number: int, kind: str) -> HttpResponse:
    """Give a version's source as a file."""
    volume, _others = found(request, number)
    name = f"{volume.code}-{volume.row.number}.{kind}"
    book = book_of(volume)
    if kind == "xlsx":
        return attachment(excel(book), name, XLSX)
    if kind == "md":
        return attachment(markdown(book).encode(), name, MARKDOWN)
    raise Http404


@may(policy.PUBLISH)
@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """Give the empty template, its help in the reader's language."""
    allowed(request)
    extra = {"help": [(_("Sheet"), _("Column"), _("What to write")), *help_rows(words.language())]}
    return attachment(excel(template_book(), extra=extra), "template.xlsx", XLSX)


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to be saved."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
