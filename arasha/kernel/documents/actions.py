"""Making documents: a template of ours, data from anywhere, a PDF as bytes. Nothing is kept, nothing is written."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from django.template.utils import get_app_template_dirs
from django.utils.translation import gettext as _
from django.utils.translation import override

from arasha.kernel.documents.rules import LANGUAGES, TEMPLATE, packed
from arasha.kernel.documents.typesetter import typeset
from arasha.kernel.worktime.queries import instance_kind
from arasha.kernel.worktime.rules.formats import format_stamp

FRAMES: Final = Path(__file__).parent / "templates" / "documents"


def pdf(
    *,
    template: str,
    title: str,
    data: Mapping[str, Any],
    language: str,
    now: datetime,
    printed_by: str = "",
    frame: Literal["frame", "plain"] = "frame",
) -> bytes:
    """Return a document as PDF: the common frame around `<folder>/templates/<folder>/<name>.typ`.

    `template` is written as pages write theirs, `coordination/tonight.typ`. In it `data` is what the caller gave
    (anything that JSON holds, words already in `language`), and stays text whatever it says. `printed_by` names the
    person who takes it; without, the document is the system's. The frame `plain` says nothing of the system, of who
    printed it and when, and shows no title: for a small page that somebody else may find.
    Raises LookupError (no such template), DocumentFailed.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no document is written in {language}")
    source = _source(template, frame)
    with override(language):
        given = {"title": title, "language": language, "words": _words(printed_by, language, now), "data": dict(data)}
    return typeset(source, packed(given), now)


def _words(printed_by: str, language: str, now: datetime) -> dict[str, str]:
    """Return what stands around each page."""
    moment = format_stamp(now, language)
    return {
        "brand": _("Arasha"),
        "strip": "" if instance_kind() == "production" else _("Training data: every person on these pages is made up."),
        "printed": _("Printed by %(who)s · %(moment)s") % {"who": printed_by, "moment": moment}
        if printed_by
        else _("Printed %(moment)s") % {"moment": moment},
        # The typesetter alone knows the numbers.
        "page": _("page {page} of {pages}"),
    }


@cache
def _source(template: str, frame: str) -> str:
    """Return the template behind the frame; both are read from the folders that were installed, nowhere else."""
    if TEMPLATE.fullmatch(template):
        for folder in get_app_template_dirs("templates"):
            path = Path(folder) / template
            if path.is_file():
                around = (FRAMES / f"{frame}.typ").read_text(encoding="utf-8")
                return f"{around}\n{path.read_text(encoding='utf-8')}"
    raise LookupError(f"no document is called {template}")
