"""What a chunk of a register writes: rows and facts for the database's function, sealed on the way there."""

import json
from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from arasha.people.actions.sealing import fingerprint
from arasha.people.rules import registers as rules
from arasha.people.rules.imports import RowFault, Said
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


class Draft:
    """The facts that a row makes of a person, by table, and their ids; it touches no database but the key store's."""

    def __init__(self, told: rules.Told, parts: Container[str], person: UUID, register: UUID) -> None:
        """Make the facts of these parts."""
        self.person, self.rows, self.facts = person, list[tuple[str, dict[str, Any]]](), dict[str, UUID]()
        self._register = register
        self._name(told.said, parts)
        self._papers(told.said, parts)
        self._reach(told.said, parts)

    @sensitive_variables()
    def _name(self, said: Said, parts: Container[str]) -> None:
        if "name" in parts:
            name = rules.name_of(said)
            surname, given, father = (key[:100] for key in name.keys)
            words = {"surname": name.surname, "given": name.given, "patronymic": name.patronymic}
            keys = {"surname_key": surname, "given_key": given, "father_key": father}
            self._plain("name", "names", **words, **keys)

    @sensitive_variables()
    def _papers(self, said: Said, parts: Container[str]) -> None:
        if "iin" in parts and said.iin:
            found = fingerprint("iin", said.iin)
            self._sealed("iin", "papers", {"number": said.iin}, kind="iin", fingerprint=_bytes(found))
        elif "iin" in parts:
            self._sealed("iin", "papers", {"number": said.iin_said}, kind="other", fingerprint=None)
        if "document" in parts:
            self._sealed("document", "papers", {"number": said.document_number}, kind="other", fingerprint=None)
        if "citizenship" in parts:
            words = {"country": said.citizenship}
            self._sealed("citizenship", "papers", words, kind="citizenship", fingerprint=None)

    @sensitive_variables()
    def _reach(self, said: Said, parts: Container[str]) -> None:
        if "contact" in parts:
            phone = rules.phone_found(said)
            found = fingerprint("phone", phone) if phone else None
            self._sealed("contact", "contacts", {"value": said.phone}, fingerprint=_bytes(found))
        if "address" in parts:
            line = ", ".join(part for part in (said.address, said.territory) if part)
            self._sealed("address", "addresses", {"line": line}, territory=said.kato)
        if "school" in parts:
            group = said.class_name[: rules.MOST["group"]]
            self._plain("school", "attendances", kind="school", called=said.school, group=group)
        if "clinic" in parts:
            self._plain("clinic", "attendances", kind="clinic", called=said.clinic, group="")

    def _plain(self, part: str, table: str, **words: str) -> None:
        fact = self.facts[part] = uuid4()
        self.rows.append((table, {"id": str(fact), "person": str(self.person), **words}))

    @sensitive_variables()
    def _sealed(self, part: str, table: str, words: dict[str, str], **plain: Any) -> None:
        fact = self.facts[part] = uuid4()
        text = json.dumps({name: word for name, word in words.items() if word}, ensure_ascii=False)
        scope = Scope(kind="dossier", key=self._register, facet=PLACES[table].name.lower())
        sealed = _bytes(seal_text(text, scope=scope, table=TABLES[table], column="sealed", row=fact))
        self.rows.append((table, {"id": str(fact), "person": str(self.person), "sealed": sealed, **plain}))


class Writing:
    """What is to be written, by table. Bytes stand as the database reads them."""

    def __init__(self, register: UUID, today: date, drafts: Mapping[int, Draft]) -> None:
        """Take the file of the register's people, and what was made ready of rows in the hope that they are new."""
        self.said: dict[str, Any] = {kind: [] for kind in KINDS}
        self.counts = self.said["counts"] = {"new": 0, "same": 0, "changed": 0, "rejected": 0}
        self._register, self._today, self._drafts = register, today, drafts

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
        told = decided.told
        draft = self._drafts.get(told.number) or Draft(told, decided.differing, uuid4(), self._register)
        about, person = self._about(decided), str(draft.person)
        self.said["people"].append({"id": person, "role": rules.role_of(told.said, self._today), **about})
        self.said["rows"].append({"person": person, **self._row(decided, self._put(draft))})

    def _changed(self, decided: Decided) -> None:
        standing = decided.standing
        if standing is None or standing.person is None:
            raise ValueError("a changed row has a person")
        about = self._about(decided)
        draft = Draft(decided.told, decided.differing, standing.person, self._register)
        self.said["changed"].append({"id": standing.id, **self._row(decided, self._put(draft)), **about})

    def _put(self, draft: Draft) -> dict[str, UUID]:
        for table, row in draft.rows:
            self.said[table].append(row)
        return draft.facts

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


def _bytes(value: bytes | None) -> str | None:
    """Return bytes as the database reads them out of a document."""
    return None if value is None else f"\\x{value.hex()}"


def drafts(chunk: Iterable[rules.Told | list[RowFault]], register: UUID) -> dict[int, Draft]:
    """Make rows ready in the hope that they are new, by row number: it can be done beside the database's work."""
    told = (row for row in chunk if isinstance(row, rules.Told))
    return {row.number: Draft(row, rules.Decided(row, Outcome.NEW).differing, uuid4(), register) for row in told}
