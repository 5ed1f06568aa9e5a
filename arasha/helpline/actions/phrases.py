"""Ready phrases: added, changed, retired, put into what an operator writes; the shipped ones loaded."""

import csv
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries, rules
from arasha.helpline.actions.desk import keep_draft
from arasha.helpline.actions.found import held
from arasha.helpline.models import Phrase, PhraseVersion
from arasha.helpline.rules.phrases import THEMES, PhraseWrong, Words, checked_key, checked_words
from arasha.kernel.access.rules import Actor, Refused
from arasha.kernel.journal.actions import OpenAct, act
from arasha.kernel.journal.rules import configuration_stream
from arasha.kernel.worktime.rules import local

SHIPPED: Final = rules.DATA / "phrases.csv"
COUNT: Final = """INSERT INTO helpline_phraseuse (id, unit_id, phrase_id, day, times) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (unit_id, phrase_id, day) DO UPDATE SET times = helpline_phraseuse.times + 1"""


class PhraseNotThere(LookupError):
    """There is no such phrase that the actor may use or change so."""


class PhraseChanged(Exception):
    """Somebody changed the phrase meanwhile: theirs stands."""


def _act(verb: str, phrase: Phrase, now: datetime) -> AbstractContextManager[OpenAct]:
    codes = {"phrase": str(phrase.pk), "level": phrase.level, "version": phrase.version}
    return act(verb=verb, stream=configuration_stream("helpline_phrases"), now=now, codes=codes)


def add_phrase(*, actor: Actor, level: str, key: str, theme: str, words: Mapping[str, str], now: datetime) -> Phrase:
    """Add a phrase of the unit (its supervisor, in all languages) or of the actor's own.

    Raises NotAllowed, PhraseWrong, UnknownCode.
    """
    if not policy.may_answer(actor) or (level == "unit" and not policy.may_supervise(actor)):
        raise policy.NotAllowed
    if level not in {"unit", "own"}:
        raise policy.NotAllowed
    said = checked_words(words, all_languages=level == "unit")
    row = Phrase(id=uuid4(), level=level, key=checked_key(key), theme=THEMES[theme].code)
    row.unit_id = actor.unit_id if level == "unit" else None
    row.owner_id = actor.user_id if level == "own" else None
    try:
        with transaction.atomic(), _act("add_phrase", row, now):
            row.save(force_insert=True)
            _put(row, said, actor.post_id, now)
    except IntegrityError:
        raise PhraseWrong("key", "taken") from None
    return row


def _put(row: Phrase, said: Words, post: int | None, now: datetime) -> None:
    given = {"words_kk": said.kk, "words_ru": said.ru, "words_en": said.en}
    PhraseVersion.objects.create(phrase=row, version=row.version, post_id=post, at=now, **given)


def change_phrase(
    *, actor: Actor, phrase: UUID, theme: str, words: Mapping[str, str], version: int, now: datetime
) -> Phrase:
    """Put a new wording beside the earlier ones; `version` is the one that was looked at.

    Raises NotAllowed, PhraseNotThere, PhraseChanged, PhraseWrong, UnknownCode.
    """
    with transaction.atomic():
        row = _mine(actor, phrase)
        said = checked_words(words, all_languages=row.level == "unit")
        if row.version != version:
            raise PhraseChanged
        row.theme, row.version = THEMES[theme].code, row.version + 1
        with _act("change_phrase", row, now):
            row.save(update_fields=["theme", "version"])
            _put(row, said, actor.post_id, now)
    return row


def retire_phrase(*, actor: Actor, phrase: UUID, now: datetime) -> None:
    """Use a phrase of the unit no more, its wordings stay; an operator's own is deleted. Raises as `change_phrase`."""
    with transaction.atomic():
        row = _mine(actor, phrase)
        with _act("retire_phrase", row, now):
            if row.level == "own":
                row.delete()
            else:
                row.retired_at = now
                row.save(update_fields=["retired_at"])


def _mine(actor: Actor, phrase: UUID) -> Phrase:
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    row = queries.phrases_to_change(actor).select_for_update(of=("self",)).filter(pk=phrase).first()
    if row is None:
        raise PhraseNotThere
    return row


@sensitive_variables()
def put_phrase(
    *, actor: Actor, contact: UUID, phrase: UUID, language: str, form: Mapping[str, object], message: str, now: datetime
) -> str:
    """Put a phrase behind what is half written, and return all of it; for a browser without a script.

    Raises NotAllowed, ContactNotThere, NotYours, ContactEnded, PhraseNotThere.
    """
    with transaction.atomic():
        held(actor, contact)
        said = queries.said_phrase(actor, phrase, language, now)
        if said is None:
            raise PhraseNotThere
        whole = f"{message.rstrip()} {said}".strip()[: rules.MOST_WORDS]
        keep_draft(actor=actor, contact=contact, form=form, message=whole, now=now)
        _count(actor, phrase, now)
    return whole


def count_phrase(*, actor: Actor, contact: UUID, phrase: UUID, now: datetime) -> None:
    """Count that a phrase was put into a message by a script. Raises as `put_phrase`."""
    with transaction.atomic():
        held(actor, contact)
        if queries.said_phrase(actor, phrase, "kk", now) is None:
            raise PhraseNotThere
        _count(actor, phrase, now)


def _count(actor: Actor, phrase: UUID, now: datetime) -> None:
    """Count one use for the unit and the day; an operator's own are not counted: their sum would be one person's."""
    if not Phrase.objects.filter(pk=phrase).exclude(level="own").exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [uuid4(), actor.unit_id, phrase, local(now).date()])


def load_phrases(*, actor: Actor, now: datetime, using: str = "owner") -> int:
    """Bring the country's phrases to what the shipped file says; returns how many changed. Raises Refused."""
    if not (actor.is_system and actor.purpose == "load_reference"):
        raise Refused
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    with transaction.atomic(using=using):
        standing = Phrase.objects.using(using).filter(level="country")
        known = {row.key: row for row in standing}
        changed = sum(_load(row, known.pop(row["key"], None), now, using) for row in wanted)
        gone = [row.pk for row in known.values() if row.retired_at is None]
        standing.filter(pk__in=gone).update(retired_at=now)
    return changed + len(gone)


def _load(given: Mapping[str, str], row: Phrase | None, now: datetime, using: str) -> int:
    said = checked_words({name: given[f"words_{name}"] for name in ("kk", "ru", "en")}, all_languages=True)
    theme, verified = THEMES[given["theme"]].code, given["verified_by"]
    if row is not None:
        latest = PhraseVersion.objects.using(using).get(phrase=row, version=row.version)
        words = Words(latest.words_kk, latest.words_ru, latest.words_en)
        if (words, row.theme, row.verified_by, row.retired_at) == (said, theme, verified, None):
            return 0
        row.version += 1
    else:
        row = Phrase(id=uuid4(), level="country", key=checked_key(given["key"]))
    row.theme, row.verified_by, row.retired_at = theme, verified, None
    row.save(using=using)
    wording = PhraseVersion(phrase=row, version=row.version, at=now)
    wording.words_kk, wording.words_ru, wording.words_en = said.kk, said.ru, said.en
    wording.save(using=using, force_insert=True)
    return 1
