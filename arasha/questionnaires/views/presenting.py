"""A version's page: what it says of itself, its questions in every language side by side, what became of it."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Facet
from arasha.questionnaires import policy, queries
from arasha.questionnaires.models import Version
from arasha.questionnaires.queries import Volume
from arasha.questionnaires.rules.books import LANGUAGES, Book, read_text
from arasha.questionnaires.rules.lint import Item, Outline, outline
from arasha.questionnaires.views import words
from arasha.ui.rules.page import Link

RULES = ("relevant", "constraint", "calculation", "choice_filter", "default", "repeat_count")


def allowed(request: StaffRequest) -> None:
    """Raise Http404 for posts that don't serve the nation: the right alone is not enough."""
    if not policy.may_publish(request.actor):
        raise Http404


def found(request: StaffRequest, number: int) -> tuple[Volume, list[Volume]]:
    """Return the version that the address names, and all of its form. Raises Http404."""
    allowed(request)
    answer = queries.volume(request.actor, number, request.now)
    if answer is None:
        raise Http404
    return answer


def book_of(volume: Volume) -> Book:
    """Return a version's source."""
    return read_text(Version.objects.values_list("source", flat=True).get(pk=volume.row.pk)).book


def shown(request: StaffRequest, volume: Volume, others: list[Volume]) -> dict[str, Any]:
    """Return what a version's page shows beside the decision."""
    survey = outline(book_of(volume))
    title = volume.about.titled(words.language())
    return {
        "volume": volume,
        "page_title": title,
        "page_meta": _("Form %(code)s, version %(number)s") % {"code": volume.code, "number": volume.row.number},
        "trail": words.trail(Link(title, "", current=True)),
        "standing": words.tag_of(volume),
        "kind": words.KINDS[volume.about.kind],
        "facet": _facet(volume.about.facet),
        "about": [(name, [text.get(code, "") for code in LANGUAGES]) for name, text in _about(volume)],
        "questions": [_question(item, survey) for item in survey.nodes()],
        "history": words.history(volume, queries.records(volume.row)),
        "versions": [_other(volume, one) for one in others if one.row.pk != volume.row.pk],
        "urls": {kind: words.address("file", volume, kind) for kind in ("xlsx", "md")},
        "decide": words.address("decide", volume),
        "try_url": words.address("trying", volume),
    }


def _facet(code: str) -> str:
    return str(getattr(Facet.objects.get(code=code), f"label_{words.language()}"))


def _about(volume: Volume) -> list[tuple[str, Any]]:
    about = volume.about
    return [(_("Title"), about.title), (_("What for"), about.purpose), (_("Source"), about.source)]


def _question(item: Item, survey: Outline) -> dict[str, Any]:
    row = item.row
    return {
        "name": item.name,
        "depth": len(item.above),
        "kind": words.TYPES[item.kind],
        "group": item.kind.startswith("begin_"),
        "required": row.get("required") not in {"", "no", "false", "false()"},
        "texts": [_texts(item, survey, code) for code in LANGUAGES],
        "rules": [(words.COLUMNS[head], row.get(head)) for head in RULES if row.get(head)],
    }


def _texts(item: Item, survey: Outline, code: str) -> dict[str, Any]:
    row, said = item.row, LANGUAGES[code]
    messages = [row.get(f"{head}::{said}") for head in ("required_message", "constraint_message")]
    choices = survey.lists.get(item.list_name, ()) if item.list_name else ()
    return {
        "language": code,
        "label": row.get(f"label::{said}"),
        "hint": row.get(f"hint::{said}"),
        "messages": [text for text in messages if text],
        "choices": [(choice.get("name"), choice.get(f"label::{said}")) for choice in choices],
    }


def _other(volume: Volume, other: Volume) -> tuple[Link, tuple[str, str], Link]:
    label = _("version %(number)s") % {"number": other.row.number}
    return (
        Link(label, words.address("page", other)),
        words.tag_of(other),
        Link(_("Show the differences"), words.address("difference", volume, other.row.pk)),
    )
