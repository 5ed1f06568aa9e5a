"""Which version of a form is to be filled in, and what a version asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from arasha.questionnaires.models import Decision, Version
from arasha.questionnaires.rules.about import About
from arasha.questionnaires.rules.form import Form
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.rules.standing import KEPT, Kind, Life, State

# A version never changes: what was read once is kept by the hash of its XForm.
_READ: dict[str, Form] = {}
_MOST = 200


class VersionNotFound(LookupError):
    """There is no such version for this actor."""


@dataclass(frozen=True)
class Published:
    """A published version with its number in the database, which answers point to."""

    version_id: int
    form: Form
    about: About


def current(code: str, at: datetime) -> Published | None:
    """Return the version of a form that is to be filled in at that moment, None when there is none."""
    row = (
        Version.objects.filter(questionnaire=code, published_at__lte=at)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
        .order_by("-number")
        .defer("source", "xform")
        .first()
    )
    return Published(row.pk, form_of(row.pk), About.from_json(row.about)) if row else None


@dataclass(frozen=True)
class InForce:
    """The version of a form that is filled in now, by what it says of itself; its questions are not read."""

    code: str
    version_id: int
    number: int
    about: About


def in_force(at: datetime) -> dict[str, InForce]:
    """Return every form that is to be filled in at that moment, by its code: the highest number of each."""
    rows = (
        Version.objects.filter(published_at__lte=at)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
        .order_by("questionnaire", "-number")
        .distinct("questionnaire")
        .values_list("questionnaire", "pk", "number", "about")
    )
    return {code: InForce(code, pk, number, About.from_json(about)) for code, pk, number, about in rows}


def form_of(version_id: int) -> Form:
    """Return what a version asks, whatever became of it. Raises VersionNotFound."""
    digest = Version.objects.filter(pk=version_id).values_list("digest", flat=True).first()
    if digest is None:
        raise VersionNotFound
    if digest not in _READ:
        if len(_READ) >= _MOST:
            _READ.clear()
        _READ[digest] = read_form(Version.objects.values_list("xform", flat=True).get(pk=version_id).encode())
    return _READ[digest]


def about_of(version_id: int) -> About:
    """Return what a version says of itself. Raises VersionNotFound."""
    about = Version.objects.filter(pk=version_id).values_list("about", flat=True).first()
    if about is None:
        raise VersionNotFound
    return About.from_json(about)


def version(version_id: int) -> Version:
    """Return a version's row without its long texts. Raises VersionNotFound."""
    row = Version.objects.filter(pk=version_id).defer("source", "xform").first()
    if row is None:
        raise VersionNotFound
    return row


def versions(code: str) -> Sequence[Version]:
    """Return the versions of a form that were ever published, the newest first, without their long texts."""
    return list(Version.objects.filter(questionnaire=code, state__in=KEPT).order_by("-number").defer("source", "xform"))


def newest(code: str) -> Version | None:
    """Return the version with the highest number that was ever published of a form."""
    return Version.objects.filter(questionnaire=code, state__in=KEPT).order_by("-number").defer("xform").first()


def life_of(row: Version) -> tuple[Life, int]:
    """Return what a decision about a version depends on, and how many were taken already."""
    decisions = list(Decision.objects.filter(version=row).order_by("place"))
    others = Version.objects.filter(questionnaire=row.questionnaire_id).exclude(pk=row.pk)
    kept = dict(others.filter(state__in=KEPT).values_list("number", "state"))
    last = decisions[-1] if decisions else None
    life = Life(
        state=State(row.state),
        number=row.number,
        author=row.author_id,
        asked_by=last.user_id if last and last.kind == Kind.ASK else None,
        highest=max(kept, default=0),
        others=sum(1 for state in kept.values() if state == State.PUBLISHED),
    )
    return life, len(decisions)
