"""Phrases as operators find them while they write, and the sums that a supervisor sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from arasha.helpline import policy
from arasha.helpline.models import Phrase, PhraseUse, PhraseVersion
from arasha.helpline.rules.phrases import THEMES, Words, filled, matches
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_time

LEVELS = ("own", "unit", "country")


@dataclass(frozen=True)
class Ready:
    """A phrase with its present words."""

    phrase: Phrase
    words: Words


def phrases(actor: Actor, *, retired: bool = False) -> list[Ready]:
    """Return the phrases that the actor may use: their own first, then the unit's, then the country's."""
    rows = _usable(actor).filter(retired_at__isnull=not retired)
    found = PhraseVersion.objects.filter(phrase__in=rows, version=F("phrase__version")).select_related("phrase")
    ready = [Ready(one.phrase, Words(one.words_kk, one.words_ru, one.words_en)) for one in found]
    themes = [code.code for code in THEMES]
    order = {"own": 0, "unit": 1, "country": 2}
    return sorted(ready, key=lambda one: (order[one.phrase.level], themes.index(one.phrase.theme), one.phrase.key))


def _usable(actor: Actor) -> QuerySet[Phrase]:
    if not policy.may_answer(actor):
        return Phrase.objects.none()
    return Phrase.objects.filter(
        Q(level="country") | Q(level="unit", unit=actor.unit_id) | Q(level="own", owner=actor.user_id)
    )


def find_phrases(actor: Actor, asked: str, limit: int = 12) -> list[Ready]:
    """Return the phrases that answer what was typed: the key exactly, then keys that begin so, then words."""
    ready = phrases(actor)
    scored = [(matches(asked[:100], key=one.phrase.key, about=_about(one)), one) for one in ready]
    found = [pair for pair in scored if pair[0]]
    return [one for _score, one in sorted(found, key=lambda pair: -pair[0])[:limit]]


def _about(one: Ready) -> str:
    theme = THEMES[one.phrase.theme]
    return " ".join([theme.name_kk, theme.name_ru, theme.name_en, one.words.kk, one.words.ru, one.words.en])


def said_phrase(actor: Actor, phrase: UUID, language: str, now: datetime) -> str | None:
    """Return the words of a phrase as they are said now, or None."""
    one = next((ready for ready in phrases(actor) if ready.phrase.pk == phrase), None)
    return as_said(actor, [one], language, now)[0] if one else None


def as_said(actor: Actor, ready: Sequence[Ready], language: str, now: datetime) -> list[str]:
    """Return the words of phrases with the helpline's name and the time put in."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    name = getattr(unit, f"name_{language}", "") or (unit.name_kk if unit else "")
    time = format_time(local(now))
    return [filled(one.words.said(language), helpline=name, time=time) for one in ready]


def phrases_to_change(actor: Actor) -> QuerySet[Phrase]:
    """Return the phrases that the actor may change: their own, and a supervisor's unit's."""
    mine = Q(level="own", owner=actor.user_id)
    if policy.may_supervise(actor):
        mine |= Q(level="unit", unit=actor.unit_id)
    return Phrase.objects.filter(mine, retired_at=None)


def wordings(actor: Actor, phrase: UUID) -> list[PhraseVersion]:
    """Return every wording of a phrase that the actor may use, the latest first."""
    return list(PhraseVersion.objects.filter(phrase__in=_usable(actor), phrase=phrase).order_by("-version"))


def phrase_uses(actor: Actor, since: date) -> list[tuple[Phrase, int]]:
    """Return how often the actor's unit used each phrase since a day, as sums; nothing for who does not supervise."""
    if not policy.may_supervise(actor):
        return []
    sums = PhraseUse.objects.filter(unit=actor.unit_id, day__gte=since).values("phrase").annotate(sum=Sum("times"))
    counted = {row["phrase"]: row["sum"] for row in sums}
    rows = _usable(actor).exclude(level="own").filter(pk__in=counted)
    return sorted(((row, counted[row.pk]) for row in rows), key=lambda pair: (-pair[1], pair[0].key))
