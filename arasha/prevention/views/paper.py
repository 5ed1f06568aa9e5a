"""A certificate on paper, with a code that leads to the page where its number is checked."""

from datetime import date, datetime
from typing import Final

import segno
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules.formats import format_date
from arasha.prevention import rules
from arasha.prevention.models import Certificate

# In the process that serves the public.
CHECK: Final = "/certificate/"


@sensitive_variables()
def given(row: Certificate, number: str, holder: str, language: str, now: datetime) -> HttpResponse:
    """Return the paper as PDF. The code on it holds the page's address alone: a number in an address stays in logs."""
    where = settings.PUBLIC_ADDRESS + CHECK
    with override(language):
        data = {
            "holder": holder,
            "programme": rules.PROGRAMMES[row.programme].label(language),
            "number": rules.shown(number),
            "facts": _facts(row, language),
            "number_label": _("Number of the certificate"),
            "how": _("Whether this certificate counts is answered here, by its number:"),
            "where": where,
            "code": ["".join("1" if one else "0" for one in line) for line in segno.make(where, error="m").matrix],
            "signature": _("Signature"),
            "seal": _("Seal"),
        }
        title = _("Certificate")
    made = pdf(template="prevention/certificate.typ", title=title, data=data, language=language, now=now)
    headers = {
        "Content-Disposition": 'attachment; filename="certificate.pdf"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _facts(row: Certificate, language: str) -> list[tuple[str, str]]:
    def day(one: date) -> str:
        return format_date(one, language)

    facts = [
        (_("Issued by"), getattr(row.body, f"name_{language}") or row.body.name_kk),
        (_("Line of the register"), row.entry),
        (_("Finished on"), day(row.completed_on)),
    ]
    return [*facts, *([(_("Counts until"), day(row.valid_until))] if row.valid_until else [])]
