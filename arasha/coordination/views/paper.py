"""Pages that are taken along: the same words as on the screen, as a PDF."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from arasha.coordination import rules
from arasha.coordination.views import presenting, telling
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules.formats import format_stamp

SHAPES = {"done": "met", "late": "late", "waiting": "open", "noticed": "wait"}


def story(teller: telling.Teller, items: Sequence[rules.Entry | rules.Silence], who: str) -> bytes:
    """Return a file's time line, oldest first."""
    page = teller.page
    return pdf(
        template="coordination/story.typ",
        title=_("Time line: %(child)s") % {"child": presenting.child(page.matter)},
        data={
            "meta": presenting.meta(page, teller.now),
            "heads": [_("When"), "", _("What")],
            "items": [_item(item, teller) for item in reversed(items)],
            "note": _("Who reported is not shown here, and is known to nobody who can print this."),
        },
        language=telling.language(),
        now=teller.now,
        printed_by=who,
    )


def _item(item: rules.Entry | rules.Silence, teller: telling.Teller) -> dict[str, Any]:
    if isinstance(item, rules.Silence):
        return {"gap": telling.silence_words(item, teller)}
    return {
        "gap": "",
        "at": format_stamp(item.at, telling.language()),
        "mark": SHAPES[item.tone],
        "words": item.sentence,
    }


def answer(content: bytes, name: str) -> HttpResponse:
    """Return a PDF that the browser saves and never keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
