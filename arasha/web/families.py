"""The families of the demonstration's children: written down by whoever leads a file, as a caseworker would in time.

A room of `web` alone, beside `story`. Everything is made up; the telephones are of a range that nobody is given.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from arasha.kernel.access.rules import Actor, Facet
from arasha.people import actions, policy, queries
from arasha.people.models import Person, PersonName
from arasha.people.rules import Described, Name, SaidSuspect, birth_said

HOME, ELSEWHERE = 1, 2
FATHERS = {"father": 11, "stepfather": 4, "": 5}


@dataclass
class Family:
    """One child's family while it is written down."""

    actor: Actor
    dossier: UUID
    now: datetime
    chance: random.Random
    plan: Mapping[str, Any]

    def write(self, *, school: int | None) -> None:
        """Write down whom the child lives with and what surrounds them."""
        child = queries.child_of(self.dossier)
        if child is None or not policy.visible_to(self.actor).filter(pk=child.pk).exists():
            return
        self._talking(child)
        self._lives(child, HOME)
        surname = self._surname(child)
        mother = self._adult("mother", surname, child, HOME)
        self._contact(mother)
        self._man(child, mother, surname)
        self._others(child, mother, surname)
        self._around(child, school)

    def _surname(self, child: Person) -> str:
        """Return the family's surname in the form that women bear."""
        known = PersonName.objects.filter(person=child).exclude(surname="").values_list("surname", flat=True).first()
        surname = known or str(self.chance.choice(self.plan["surnames"]))
        return f"{surname}а" if surname.endswith("в") else surname

    def _talking(self, child: Person) -> None:
        language, signs = self.chance.choice(["kazakh", "kazakh", "russian"]), self.chance.random() < 0.04
        given: dict[str, Any] = {"languages": ["sign", language] if signs else [language]}
        given |= {"ways": ["signs"] if signs else ["speech"], "interpreter": "sign" if signs else "none"}
        worker = self.chance.choice(["either", "either", "woman"])
        actions.note_communication(actor=self.actor, person=child.pk, worker=worker, now=self.now, **given)

    def _adult(self, kind: str, surname: str, child: Person, home: int) -> Person:
        """Write down an adult of the family: women's surnames end in -а, men's without it."""
        woman = kind in {"mother", "grandmother"}
        names = self.plan["women" if woman else "men"]
        name = Name(surname if woman else surname.removesuffix("а"), self.chance.choice(names), "")
        years = self._age(child) + (
            self.chance.randint(38, 50) if kind == "grandmother" else self.chance.randint(19, 30)
        )
        sex, birth = "girl" if woman else "boy", birth_said(age=years, on=self.now.date())
        role = "carer" if home == HOME else "kin"
        person = self._register(role, Described(name=name, sex=sex, birth=birth))
        self._related(person, child, kind)
        self._lives(person, home)
        return person

    def _age(self, child: Person) -> int:
        return self.now.year - child.birth_last.year if child.birth_last else 10

    def _register(self, role: str, described: Described) -> Person:
        given: dict[str, Any] = {"dossier": self.dossier, "role": role, "described": described}
        return actions.register(actor=self.actor, now=self.now, **given)

    def _related(self, person: Person, other: Person, kind: str) -> None:
        actions.relate(actor=self.actor, person=person.pk, other=other.pk, kind=kind, now=self.now)

    def _lives(self, person: Person, home: int) -> None:
        actions.settle(actor=self.actor, person=person.pk, household=home, now=self.now)

    def _contact(self, mother: Person) -> None:
        number = f"+7 700 000 {self.chance.randint(10, 99)} {self.chance.randint(10, 99)}"
        safe = self.chance.choice(["safe", "at_times", "no_trace", "unknown"])
        given: dict[str, Any] = {"kind": "phone", "whose": "mother", "safe": safe, "value": number}
        given |= {"when": self.plan["when_to_ring"] if safe == "at_times" else ""}
        actions.keep_contact(actor=self.actor, person=mother.pk, now=self.now, **given)
        told: dict[str, Any] = {"matter": "told", "allowed": True, "reason": "safe_parent"}
        actions.set_standing(actor=self.actor, person=mother.pk, now=self.now, **told)

    def _man(self, child: Person, mother: Person, surname: str) -> None:
        """Write down the father or stepfather, where there is one."""
        kind = self.chance.choices(list(FATHERS), weights=list(FATHERS.values()))[0]
        if kind:
            together = kind == "stepfather" or self.chance.random() < 0.7
            man = self._adult(kind, surname, child, HOME if together else ELSEWHERE)
            self._related(man, mother, "spouse" if together else "former_spouse")

    def _others(self, child: Person, mother: Person, surname: str) -> None:
        """Write down brothers and sisters, and a grandmother: at home, or where the child could go."""
        for _number in range(self.chance.choice([0, 1, 1, 2, 3])):
            girl = self.chance.random() < 0.5
            first = self.chance.choice(self.plan["girls" if girl else "boys"])
            name = Name(surname if girl else surname.removesuffix("а"), first, "")
            age = max(1, self._age(child) + self.chance.choice([-5, -3, -2, 2]))
            birth = birth_said(age=min(age, 17), on=self.now.date())
            other = self._register("sibling", Described(name=name, sex="girl" if girl else "boy", birth=birth))
            self._related(other, child, "sibling")
            self._related(mother, other, "mother")
            self._lives(other, HOME)
        if self.chance.random() < 0.4:
            self._adult("grandmother", surname, child, self.chance.choice([HOME, ELSEWHERE]))

    def _around(self, child: Person, school: int | None) -> None:
        for system, strength, flow in self.chance.sample(SURROUNDINGS, k=self.chance.randint(2, 5)):
            given: dict[str, Any] = {"system": system, "called": "", "strength": strength, "flow": flow}
            actions.note_surrounding(actor=self.actor, person=child.pk, now=self.now, **given)
        if school is not None and policy.may_add(self.dossier, Facet.EDUCATION):
            group = f"{self.chance.randint(1, 11)}{self.chance.choice('АӘБ')}"
            given = {"kind": "school", "place": school, "group": group}
            actions.keep_attendance(actor=self.actor, person=child.pk, now=self.now, **given)


def allege(*, actor: Actor, dossier: UUID, chance: random.Random, plan: Mapping[str, Any], now: datetime) -> None:
    """Write down whom the child named: a man of the file, or somebody known by a nickname alone."""
    if not policy.may_add(dossier, Facet.JUSTICE):
        return
    men = [one for one in queries.people_of(actor, dossier) if one.role in {"carer", "kin"} and one.sex == "boy"]
    if men and chance.random() < 0.7:
        said = SaidSuspect(role=chance.choice(["parent", "step_parent"]), person=men[0].pk)
    else:
        said = SaidSuspect(role=chance.choice(["neighbour", "relative"]), nickname=chance.choice(plan["nicknames"]))
    source = chance.choice(["child", "child", "family", "witness"])
    actions.allege(actor=actor, dossier=dossier, suspect=said, source=source, now=now)


SURROUNDINGS = [
    ("school", "strong", "both"),
    ("school", "stressful", "from"),
    ("clinic", "usual", "to"),
    ("neighbours", "usual", "both"),
    ("kin", "strong", "to"),
    ("kin", "broken", "none"),
    ("payments", "usual", "to"),
    ("work", "weak", "to"),
    ("friends", "usual", "both"),
    ("leisure", "weak", "to"),
]
