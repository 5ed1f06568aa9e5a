"""Published versions."""

from dataclasses import dataclass
from functools import lru_cache

from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.about import About
from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.reading import read_form


@dataclass(frozen=True)
class Published:
    version_id: int
    form: Form
    about: About


def current(code: str, at: object) -> Published | None:
    row = Version.objects.filter(questionnaire=code, state="published").order_by("-number").first()
    return Published(row.pk, read_form(row.xform.encode()), About.from_json(row.about)) if row else None


def form_of(version_id: int) -> Form:
    return read_form(Version.objects.get(pk=version_id).xform.encode())
