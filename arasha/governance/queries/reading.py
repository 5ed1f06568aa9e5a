"""Pilots with how they stand today. How one stands follows from its steps, so lists are chosen after reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from arasha.governance import policy
from arasha.governance.models import Description, Pilot, Step
from arasha.governance.rules import Ran, Standing, standing, urgency
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import NATION, fold

PAGE = 50
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to: a territory, a state, the unit that answers, words of title, aim or money."""

    area: str = NATION
    state: str = ""
    unit: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One pilot: what it is by its last description, where, and how it stands."""

    pilot: Pilot
    said: Description
    places: list[Territory]
    stands: Standing

    def text(self, field: str, language: str) -> tuple[str, str]:
        """Return (words, language) of `title` or `aim`: in this language, else in the first that there is."""
        found = {one: str(getattr(self.said, f"{field}_{one}")) for one in (language, *LANGUAGES)}
        return next(((words, one) for one, words in found.items() if words), ("", language))


def every(actor: Actor, *, today: date) -> list[Line]:
    """Return all pilots, those first whose money ended without a decision, then those due soonest.

    All of them: some hundreds in a country. Raises nothing; whoever may read none gets none.
    """
    return sorted(_lines(actor, None, today), key=lambda one: (urgency(one.stands), str(one.pilot.pk)))


def line(actor: Actor, pilot: UUID, *, today: date) -> Line:
    """Return one pilot. Raises NotThere."""
    found = _lines(actor, pilot, today)
    if not found:
        raise NotThere
    return found[0]


def narrowed(found: Iterable[Line], asked: Asked) -> list[Line]:
    """Return those that fit. A territory's pilots lie within it, or reach beyond it and cover it."""
    area = Territory.objects.filter(pk=asked.area).first() if asked.area != NATION else None
    words = fold(asked.words)
    return [
        one
        for one in found
        if (area is None or any(_meet(area, place) for place in one.places))
        and (not asked.state or one.stands.state == asked.state)
        and (not asked.unit or one.said.unit_id == asked.unit)
        and (not words or words in fold(_words(one.said)))
    ]


def steps_of(actor: Actor, pilot: UUID) -> list[Step]:
    """Return a pilot's whole run, the first step first."""
    rows = Step.objects.filter(pilot__in=policy.visible_to(actor).filter(pk=pilot))
    return list(rows.select_related("unit").order_by("number"))


def _lines(actor: Actor, pilot: UUID | None, today: date) -> list[Line]:
    rows = policy.visible_to(actor)
    if pilot is not None:
        rows = rows.filter(pk=pilot)
    described = Description.objects.select_related("unit", "step").order_by("step__number")
    # Of steps no more than the standing needs: their words are long.
    run = Step.objects.only("pilot", "number", "kind", "on", "until", "decision", "corrects").order_by("number")
    found = list(rows.prefetch_related(Prefetch("steps", run), Prefetch("descriptions", described)))
    last = {one.pk: list(one.descriptions.all())[-1] for one in found if one.descriptions.all()}
    places = Territory.objects.in_bulk({code for one in last.values() for code in one.territories})
    return [
        Line(one, last[one.pk], [places[code] for code in last[one.pk].territories], _stands(one, today))
        for one in found
        if one.pk in last
    ]


def _stands(row: Pilot, today: date) -> Standing:
    steps = (
        Ran(one.pk, one.number, one.kind, one.on, one.until, one.decision, one.corrects_id) for one in row.steps.all()
    )
    return standing(steps, today=today)


def _meet(area: Territory, place: Territory) -> bool:
    return f"{place.path}.".startswith(f"{area.path}.") or f"{area.path}.".startswith(f"{place.path}.")


def _words(said: Description) -> str:
    texts = (said.title_kk, said.title_ru, said.title_en, said.aim_kk, said.aim_ru, said.aim_en, said.money)
    return " ".join(texts)
