"""Pages that are taken along: the same words as on the screen, as a PDF."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.coordination import queries, rules
from arasha.coordination.views import presenting, telling
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_stamp
from arasha.questionnaires.queries import reading_of
from arasha.questionnaires.rules.engine import evaluate
from arasha.questionnaires.rules.printing import Part, printed

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


@sensitive_variables()
def filled(one: queries.Filled, now: datetime, who: str) -> tuple[bytes, str] | None:
    """Return a form on paper with the file's name, or None: nothing of it is printed.

    What goes home with a child says nothing of the system, and stands in the language in which it was written.
    """
    frame: Literal["frame", "plain"] = "plain" if rules.paper_frame(one.about.kind) == "plain" else "frame"
    tongue = one.row.language if frame == "plain" else presenting.language()[:2]
    parts = _printed(one, tongue)
    if not parts:
        return None
    unit = f"{one.row.unit.name} · {format_stamp(one.at, tongue)}"
    content = pdf(
        template="coordination/filled_home.typ" if frame == "plain" else "coordination/filled.typ",
        title="–" if frame == "plain" else one.about.titled(tongue),
        data={
            "meta": unit,
            "parts": [{"title": part.title, "lines": [list(line) for line in part.lines]} for part in parts],
            "note": _("What the form’s authors marked as not to be printed is left out."),
        },
        language=tongue,
        now=now,
        printed_by=who,
        frame=frame,
    )
    return content, "list.pdf" if frame == "plain" else f"form-{local(now):%Y-%m-%d}.pdf"


def has_paper(one: queries.Filled) -> bool:
    """Say whether anything of a form is printed."""
    return bool(_printed(one, presenting.language()[:2]))


@sensitive_variables()
def _printed(one: queries.Filled, tongue: str) -> tuple[Part, ...]:
    read = reading_of(one.row.pk)
    if read is None or read.answers is None:
        return ()
    worked = evaluate(read.form, read.answers, today=local(one.at).date(), now=one.at, language=tongue)
    return printed(read.form, worked, tongue)
