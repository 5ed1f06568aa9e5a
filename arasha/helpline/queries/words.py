"""The sealed words of contacts: what was said, half-written forms, numbers to ring."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.helpline.models import CallBack, Contact, Draft, Message, PassOn
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Scope, Sealed

FACETS: Mapping[str, Facet] = {
    "helpline_message": Facet.NARRATIVE,
    "helpline_passon": Facet.NARRATIVE,
    "helpline_draft": Facet.NARRATIVE,
    "helpline_callback": Facet.CONTACTS,
    "helpline_matter": Facet.NARRATIVE,
    "helpline_smsline": Facet.CONTACTS,
}


@dataclass(frozen=True)
class Said:
    """One piece of a contact: `words` is None where they were erased; `by` names who of us, empty for theirs."""

    id: UUID
    direction: str
    at: datetime
    words: str | None
    by: str
    delivery: str


@dataclass(frozen=True)
class Passed:
    """That a service took a contact over: `who` is None where it was erased."""

    service: str
    at: datetime
    who: str | None


@dataclass(frozen=True)
class Content:
    """What an operator has half written: the fields of the form, and the message."""

    form: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    number: int = 0
    kept_at: datetime | None = None

    def to_json(self) -> str:
        """Return what is sealed of it."""
        return json.dumps({"form": dict(self.form), "message": self.message}, ensure_ascii=False)


@dataclass(frozen=True)
class Ask:
    """What whoever rings back must know: the number, and how to ring safely."""

    number: str
    how: str = ""

    def to_json(self) -> str:
        """Return what is sealed of it."""
        return json.dumps({"number": self.number, "how": self.how}, ensure_ascii=False)


def place_of(dossier: UUID, table: str) -> dict[str, Any]:
    """Return where words of a table lie sealed: under a key of the contact's file."""
    return {"scope": Scope("dossier", dossier, FACETS[table].name.lower()), "table": table, "column": "sealed"}


@sensitive_variables()
def opened(rows: Sequence[Any]) -> dict[UUID, str | None]:
    """Open the sealed columns of rows of one or several of these tables."""
    sealed = [
        Sealed(bytes(row.sealed), row=str(row.pk), **place_of(row.dossier_id, row._meta.db_table)) for row in rows
    ]
    return {row.pk: words for row, words in zip(rows, open_many(sealed), strict=True)}


@sensitive_variables()
def words_of(message: Message) -> str | None:
    """Return the words of one message, for the channel that sends it; None where they were erased."""
    return opened([message])[message.pk]


@sensitive_variables()
def talk_of(contact: Contact) -> list[Said]:
    """Return what was said in a contact, the eldest first, as far as who acts may read it."""
    rows = list(Message.objects.filter(contact=contact).select_related("post").order_by("number"))
    words = opened(rows)
    names = names_of({row.post.holder_id for row in rows if row.post and row.post.holder_id})
    return [
        Said(
            row.pk,
            row.direction,
            row.at,
            words[row.pk],
            names.get(row.post.holder_id or 0, row.post.title) if row.post else "",
            row.delivery,
        )
        for row in rows
    ]


@sensitive_variables()
def draft_of(actor: Actor, contact: Contact) -> Content:
    """Return what the actor has half written in a contact; where they have nothing, what a lost operator left of the
    form."""
    rows = list(Draft.objects.filter(contact=contact).exclude(sealed=b"").order_by("-kept_at"))
    own = next((row for row in rows if row.user_id == actor.user_id), None)
    row = own or next(iter(rows), None)
    if row is None or not (words := opened([row])[row.pk]):
        return Content()
    kept = json.loads(words)
    if own is None:
        return Content(kept["form"])
    return Content(kept["form"], kept["message"], own.number, own.kept_at)


@sensitive_variables()
def number_of(call_back: CallBack) -> Ask | None:
    """Return whom to ring and how, for who may read it; None where it was erased."""
    words = opened([call_back])[call_back.pk]
    return Ask(**json.loads(words)) if words else None


@sensitive_variables()
def passed_of(contact: Contact) -> list[Passed]:
    """Return who took a contact over, the eldest first."""
    rows = list(PassOn.objects.filter(contact=contact).order_by("at", "id"))
    words = opened(rows)
    return [Passed(row.service, row.at, json.loads(text)["who"] if (text := words[row.pk]) else None) for row in rows]
