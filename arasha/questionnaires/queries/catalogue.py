"""The shelf of forms: every version with where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.questionnaires import policy
from arasha.questionnaires.models import Decision, Version
from arasha.questionnaires.rules.about import About
from arasha.questionnaires.rules.standing import KEPT, State


@dataclass(frozen=True)
class Volume:
    """One version: what it says of itself, and where it stands.

    `standing` is the state, with "current" for the published version that is filled in now, "replaced" for one that a
    newer one took the place of, and "overtaken" for a draft whose number is published.
    """

    row: Version
    about: About
    standing: str
    author: str = ""

    @property
    def code(self) -> str:
        """The form's code."""
        return self.row.questionnaire_id


@dataclass(frozen=True)
class Record:
    """One decision with the name and the post of who took it."""

    decision: Decision
    name: str
    post: str


def may_publish_forms(actor: Actor) -> bool:
    """Say whether the actor writes and publishes forms."""
    return policy.may_publish(actor)


def shelf(actor: Actor, at: datetime, *, code: str = "") -> list[Volume]:
    """Return the versions that the actor may read, in order of code, the newest of each first."""
    rows = policy.visible_to(actor).defer("source", "xform").select_related("author_post")
    if code:
        rows = rows.filter(questionnaire=code)
    found = sorted(rows, key=lambda row: (row.questionnaire_id, -row.number, -row.pk))
    names = names_of({row.author_id for row in found if row.author_id})
    return [
        Volume(row, About.from_json(row.about), _standing(row, found, at), names.get(row.author_id or 0, ""))
        for row in found
    ]


def volume(actor: Actor, version_id: int, at: datetime) -> tuple[Volume, list[Volume]] | None:
    """Return one version and all of its form, or None when there is no such version for the actor."""
    row = policy.visible_to(actor).defer("source", "xform").filter(pk=version_id).first()
    if row is None:
        return None
    others = shelf(actor, at, code=row.questionnaire_id)
    return next(((one, others) for one in others if one.row.pk == version_id), None)


def records(row: Version) -> list[Record]:
    """Return the decisions about a version, oldest first, with who took them."""
    decisions = list(Decision.objects.filter(version=row).order_by("place").select_related("post"))
    names = names_of({decision.user_id for decision in decisions})
    return [Record(decision, names.get(decision.user_id, ""), decision.post.title) for decision in decisions]


def newest_titles(codes: Iterable[str], language: str) -> dict[str, str]:
    """Return what forms are called now, by code."""
    rows = Version.objects.filter(questionnaire__in=set(codes), state__in=KEPT).order_by("number")
    return {code: About.from_json(about).titled(language) for code, about in rows.values_list("questionnaire", "about")}


def _standing(row: Version, siblings: Iterable[Version], at: datetime) -> str:
    same = [other for other in siblings if other.questionnaire_id == row.questionnaire_id]
    highest = max((other.number for other in same if other.state in KEPT), default=0)
    if row.state == State.DRAFT:
        return "overtaken" if row.number <= highest else "draft"
    if row.state != State.PUBLISHED:
        return row.state
    in_force = max(other.number for other in same if other.state == State.PUBLISHED)
    return "current" if row.number == in_force and (row.published_at is None or row.published_at <= at) else "replaced"
