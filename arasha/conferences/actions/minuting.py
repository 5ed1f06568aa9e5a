"""The minutes of an item: the chair confirms them, a correction is the next version, each printing is an act."""

import json
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import place
from arasha.conferences import policy, queries, rules
from arasha.conferences.actions.agenda import kept_item, locked, told
from arasha.conferences.actions.errors import ItemChanged, NotThere
from arasha.conferences.models import Item, Minutes
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text


@sensitive_variables("words", "content")
def sign_minutes(*, actor: Actor, item: UUID, words: str, now: datetime, seen: int = 0, reason: str = "") -> Minutes:
    """Confirm the minutes of an item as they stand now, with what was said in the chair's words.

    `seen`: the number of the version that the page showed, 0 for none; a later one is a correction with its reason.
    Raises NotThere; NotAllowed; ItemChanged: nothing was decided yet, or a colleague was faster; Faulty; UnknownCode.
    """
    if len(words) > rules.LONGEST:
        raise rules.Faulty(("words", "long"))
    row = kept_item(actor, item)
    why = rules.CORRECTIONS[reason].code if seen else ""
    made = Minutes(id=uuid4(), item=row, dossier_id=row.dossier_id, number=seen + 1, signed_at=now, reason=why)
    made.chair_id, made.unit_id = cast(int, actor.user_id), cast(int, actor.unit_id)
    codes = told(row) | {"minutes": str(made.pk)}
    with transaction.atomic(), act(verb="sign_minutes", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        row = locked(row.pk)
        newest = Minutes.objects.filter(item=row).order_by("-number").first()
        if row.state not in {"decided", "put_off"} or (newest.number if newest else 0) != seen:
            raise ItemChanged
        content = json.dumps(_content(row, words.strip()), ensure_ascii=False)
        here = place(row.dossier_id, Facet.OBLIGATIONS, "conferences_minutes")
        made.sealed = seal_text(content, row=str(made.pk), **here)
        made.save(force_insert=True)
    return made


def print_minutes(*, actor: Actor, minutes: UUID, now: datetime) -> Minutes:
    """Take a version of the minutes along on paper. Raises NotThere; NotAllowed: who holds or leads prints them."""
    row = Minutes.objects.select_related("item__sitting").filter(pk=minutes).first()
    if row is None or queries.item_of(actor, row.item_id) is None:
        raise NotThere
    if not policy.may_print(actor, row.item):
        raise policy.NotAllowed
    codes = told(row.item) | {"unit": actor.unit_id, "minutes": str(row.pk)}
    with transaction.atomic(), act(verb="print_minutes", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        pass
    return row


def _content(item: Item, words: str) -> dict[str, Any]:
    """Return what the minutes hold. The child's words are not among it: they are put in for whoever may hear them."""
    seats = queries.seats_of(item.pk)
    quorum = queries.quorum_of(item, seats)
    return {
        "words": words,
        "seats": [[seat.unit_id, seat.standing, seat.reason] for seat in seats],
        "quorum": [quorum.counted, quorum.present, quorum.needed],
        "state": item.state,
        "put_off": item.left_out,
        "decisions": [
            {
                "id": str(one.row.pk),
                "number": one.row.number,
                "unit": one.row.unit_id,
                "by_when": one.row.by_when.isoformat(),
                "text": one.words or "",
                "without_quorum": one.row.without_quorum,
                "dissents": [[said.row.unit_id, said.words or ""] for said in one.dissents],
            }
            for one in queries.decisions_of(item.pk)
        ],
        "confirmed": [[row.number, row.item.sitting.number, row.verdict] for row in queries.confirmed_in(item.pk)],
    }
