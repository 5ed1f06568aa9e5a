"""What a chunk of a register writes: rows and facts for the database's function, sealed on the way there."""

import json
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from arasha.people.actions.sealing import fingerprint
from arasha.people.rules import registers as rules
from arasha.people.rules.imports import RowFault
from arasha.people.rules.registers import Decided, Outcome

KINDS: Final = (
    "people",
    "names",
    "papers",
    "contacts",
    "addresses",
    "attendances",
    "rows",
    "changed",
    "seen",
    "faults",
)
PLACES: Final = {"papers": Facet.DOCUMENTS, "contacts": Facet.CONTACTS, "addresses": Facet.CONTACTS}
TABLES: Final = {"papers": "people_paper", "contacts": "people_contact", "addresses": "people_address"}


class Writing:
    """What is to be written, by table. Bytes stand as the database reads them."""

    def __init__(self, register: UUID, today: date) -> None:
        """Take the file of the register's people."""
        self.said: dict[str, Any] = {kind: [] for kind in KINDS}
        self.counts = self.said["counts"] = {"new": 0, "same": 0, "changed": 0, "rejected": 0}
        self._today = today
        self._scopes = {
            kind: Scope(kind="dossier", key=register, facet=facet.name.lower()) for kind, facet in PLACES.items()
        }

    def reject(self, faults: list[RowFault]) -> None:
        """Note what is wrong with a row that goes back."""
        self.counts["rejected"] += 1
        self._faults(faults)

    @sensitive_variables()
    def take(self, decided: Decided, *, write: bool) -> None:
        """Take one row for what it is; without `write` it is only counted."""
        told = decided.told
        if decided.outcome is Outcome.TWICE:
            self.reject([RowFault.of(told.number, 0, "key_twice")])
            return
        self.counts[decided.outcome.value] += 1
        self._faults(told.said.warnings)
        if not write:
            return
        if decided.outcome is Outcome.SAME:
            if decided.standing is not None and decided.standing.id is not None:
                self.said["seen"].append(decided.standing.id)
        elif decided.outcome is Outcome.NEW:
            self._new(decided)
        else:
            self._changed(decided)

    def _faults(self, faults: Any) -> None:
        self.said["faults"] += [{"row": each.row_number, "column": each.column, "code": each.code} for each in faults]

    def _new(self, decided: Decided) -> None:
        said, person = decided.told.said, uuid4()
        about = self._about(decided)
        self.said["people"].append({"id": str(person), "role": rules.role_of(said, self._today), **about})
        self.said["rows"].append({"person": str(person), **self._row(decided, self._facts(decided, person))})

    def _changed(self, decided: Decided) -> None:
        standing = decided.standing
        if standing is None or standing.person is None:
            raise ValueError("a changed row has a person")
        about = self._about(decided)
        row = self._row(decided, self._facts(decided, standing.person))
        self.said["changed"].append({"id": standing.id, **row, **about})

    def _about(self, decided: Decided) -> dict[str, Any]:
        """Return what stands on the person; None for what the row doesn't say, which then stays as it was."""
        said, parts = decided.told.said, decided.differing
        birth = said.birth if "birth" in parts else None
        return {
            "called": rules.name_of(said).written[: rules.MOST["called"]] if "name" in parts else None,
            "sex": said.sex if "sex" in parts else None,
            "birth_first": birth.first.isoformat() if birth else None,
            "birth_last": birth.last.isoformat() if birth else None,
            "birth_how": rules.birth_how(said) if birth else None,
        }

    def _row(self, decided: Decided, facts: dict[str, UUID]) -> dict[str, Any]:
        standing = decided.standing
        before = dict(zip(rules.FACTS, standing.facts, strict=True)) if standing and standing.facts else {}
        better = standing is None or decided.told.sure
        key = decided.told if better else standing
        kept = [facts.get(name) or before.get(name) for name in rules.FACTS]
        return {
            "key": _bytes(key.key if key else b""),
            "also": _bytes(decided.told.also or (standing.also if standing else b"")),
            "sure": key.sure if key else False,
            "parts": _bytes(rules.packed(rules.merged(decided))),
            "facts": [str(fact) if fact else None for fact in kept],
        }

    @sensitive_variables()
    def _facts(self, decided: Decided, person: UUID) -> dict[str, UUID]:
        """Write the facts that a row says anew, and return their ids."""
        said, parts = decided.told.said, decided.differing
        made: dict[str, UUID] = {}
        if "name" in parts:
            name = rules.name_of(said)
            surname, given, father = (key[:100] for key in name.keys)
            words = {"surname": name.surname, "given": name.given, "patronymic": name.patronymic}
            keys = {"surname_key": surname, "given_key": given, "father_key": father}
            made["name"] = self._plain("names", person, **words, **keys)
        for part, kind, number in (
            ("iin", "iin" if said.iin else "other", said.iin or said.iin_said),
            ("document", "other", said.document_number),
            ("citizenship", "citizenship", ""),
        ):
            if part in parts:
                words = {"number": number} if number else {"country": said.citizenship}
                found = fingerprint("iin", number) if kind == "iin" else None
                made[part] = self._sealed("papers", person, words, kind=kind, fingerprint=_bytes(found))
        if "contact" in parts:
            phone = rules.phone_found(said)
            found = fingerprint("phone", phone) if phone else None
            made["contact"] = self._sealed("contacts", person, {"value": said.phone}, fingerprint=_bytes(found))
        if "address" in parts:
            line = ", ".join(part for part in (said.address, said.territory) if part)
            made["address"] = self._sealed("addresses", person, {"line": line}, territory=said.kato)
        if "school" in parts:
            group = said.class_name[: rules.MOST["group"]]
            made["school"] = self._plain("attendances", person, kind="school", called=said.school, group=group)
        if "clinic" in parts:
            made["clinic"] = self._plain("attendances", person, kind="clinic", called=said.clinic, group="")
        return made

    def _plain(self, table: str, person: UUID, **words: str) -> UUID:
        fact = uuid4()
        self.said[table].append({"id": str(fact), "person": str(person), **words})
        return fact

    @sensitive_variables()
    def _sealed(self, table: str, person: UUID, words: dict[str, str], **plain: Any) -> UUID:
        fact = uuid4()
        text = json.dumps({name: word for name, word in words.items() if word}, ensure_ascii=False)
        sealed = seal_text(text, scope=self._scopes[table], table=TABLES[table], column="sealed", row=fact)
        self.said[table].append({"id": str(fact), "person": str(person), "sealed": _bytes(sealed), **plain})
        return fact


def _bytes(value: bytes | None) -> str | None:
    """Return bytes as the database reads them out of a document."""
    return None if value is None else f"\\x{value.hex()}"
