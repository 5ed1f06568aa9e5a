"""What the pages of plans share: the reader's language, the tabs of a file, the file itself."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.queries import reads_plan
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans.queries.handed_in import HandedIn
from arasha.ui.rules.page import Link

# Pages that a service sees too which knows the file by a referral alone.
ASKED_OF_US = frozenset({"places", "referrals", "risk"})


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def said(words: Mapping[str, str]) -> str:
    """Return the reader's language of words that stand in three, with a capital."""
    text = words.get(language()) or words["kk"]
    return capital(text)


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def opened(request: StaffRequest, dossier: UUID) -> Dossier:
    """Return the file, with the look recorded. Raises Http404."""
    found = cases.file(request.actor, dossier)
    if found is None:
        raise Http404
    request.look(dossier)
    return found


def tabs(dossier: UUID, here: str) -> list[Link]:
    """Return the pages about a file's risk and plans, the file first; those of the whole plan for who reads it."""
    whole = here not in ASKED_OF_US or reads_plan(dossier)
    pages = [
        ("risk", _("Risk")),
        *((("child_plan", _("Individual plan")), ("safety_plan", _("Safety plan"))) if whole else ()),
        *((("eligibility", _("Entitled to")),) if whole else ()),
        ("places", _("Services")),
        ("referrals", _("Referrals")),
    ]
    kwargs = {"dossier": dossier}
    links = [Link(label, reverse(f"plans:{name}", kwargs=kwargs), name == here) for name, label in pages]
    return [Link(_("The file"), cases.link(dossier)), *links]


def source_words(source: HandedIn, now: datetime) -> str:
    """Return from which form something is known: its title and version, who handed it in for which unit, and when."""
    version = _("version %(number)s") % {"number": source.number}
    unit, when = source.reading.response.unit.name, format_moment(source.at, language(), now)
    return " · ".join(
        part for part in (source.about.titled(language()), version, unit, source.reading.by, when) if part
    )
