"""Somebody hands in a form: it stands as a draft, nobody is asked it, and somebody else publishes it."""

import json
from datetime import datetime

from django.db import transaction

from arasha.kernel.access.rules import Actor, Conflict
from arasha.kernel.journal.actions import act
from arasha.questionnaires import policy, queries
from arasha.questionnaires.actions.calling import STREAM, call
from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.books import Fault, Reading, read_text
from arasha.questionnaires.rules.conversion import Converted, FaultyForm, convert


class NumberTaken(ValueError):
    """A version of the form with this number, or a higher one, is published; `highest` says which."""

    def __init__(self, highest: int) -> None:
        super().__init__(str(highest))
        self.highest = highest


def draft(*, actor: Actor, reading: Reading, now: datetime) -> Version:
    """Keep a form that was read as a draft of the number that it gives itself.

    Raises:
        NotAllowed: the post writes no forms.
        FaultyForm: something is wrong with it; all faults with their places.
        NumberTaken: it needs a higher number.
    """
    if not policy.may_publish(actor):
        raise policy.NotAllowed
    code = reading.book.setting("form_id")
    newest = queries.newest(code)
    converted = convert(reading, read_text(newest.source).book if newest else None)
    if newest and converted.number <= newest.number:
        raise NumberTaken(newest.number)
    with transaction.atomic():
        try:
            with transaction.atomic(), act(verb="draft_form", stream=STREAM, now=now, codes=codes_of(converted)):
                made = _insert(converted, now)
        except Conflict as taken:
            newest = queries.newest(code)
            raise NumberTaken(newest.number if newest else converted.number) from taken
        return Version.objects.get(pk=made)


def faults_of(*, actor: Actor, reading: Reading) -> list[Fault]:
    """Return what is wrong with a form that was read; nothing is written. Raises NotAllowed."""
    if not policy.may_publish(actor):
        raise policy.NotAllowed
    newest = queries.newest(reading.book.setting("form_id"))
    try:
        convert(reading, read_text(newest.source).book if newest else None)
    except FaultyForm as faulty:
        return list(faulty.faults)
    return []


def codes_of(converted: Converted) -> dict[str, str | int]:
    """Return what an act says of a form."""
    return {"form": converted.code, "version": converted.number, "sha256": converted.digest}


def _insert(converted: Converted, now: datetime) -> int:
    about = json.dumps(converted.about.to_json())
    texts = (converted.source, converted.xform, converted.digest)
    return int(call("draft", converted.code, converted.number, *texts, about, now))
