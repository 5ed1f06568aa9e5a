"""Bodies, their structure and what is proposed of it as words and shapes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.administration import queries
from arasha.administration.rules.structure import Do, Step, words
from arasha.administration.views.places_words import hours, label, language
from arasha.kernel.access.models import Body, Function, Unit
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules import phones

NOTHING = "–"
LONGEST_LIST = 200


def choices(which: str) -> list[tuple[str, str]]:
    """Return sectors or kinds of bodies as choices."""
    return [(word.code, str(getattr(word, f"name_{language()}"))) for word in words(which)]


def word(which: str, code: str) -> str:
    """Return a sector or kind in the reader's language; one that the list lacks as it stands."""
    return dict(choices(which)).get(code, code)


def phone(unit: Unit) -> str:
    """Return the unit's telephone as people write it."""
    return phones.shown(unit.phone) if unit.phone else ""


def bodies(found: Sequence[Body]) -> list[dict[str, Any]]:
    """Return bodies as lines of a list; `number` was counted by the query."""
    return [
        {
            "body": one,
            "kind": word("kind", one.kind),
            "place": one.territory.name(language()),
            "units": getattr(one, "number", 0),
        }
        for one in found
    ]


def body(found: Body, units: Sequence[Unit], given: Mapping[int, Sequence[Function]]) -> dict[str, Any]:
    """Return a body's page."""
    return {
        "body": found,
        "page_title": found.name,
        "page_meta": word("kind", found.kind),
        "facts": [
            (_("Code"), found.code),
            (_("Sector"), word("sector", found.sector)),
            (_("Its territory"), found.territory.name(language())),
            (_("Its address is protected"), _("yes") if found.protected else _("no")),
        ],
        "units": [_line(unit, given.get(unit.pk, [])) for unit in units],
    }


def _line(unit: Unit, given: Iterable[Function]) -> dict[str, Any]:
    return {
        "unit": unit,
        "functions": ", ".join(label(function) for function in given),
        "hours": hours(unit),
        "phone": phone(unit),
        "above": unit.parent.name if unit.parent else "",
        "ended": format_date(unit.valid_to, language()) if unit.valid_to else "",
        "below": [],
    }


def tree(found: queries.Tree, given: Mapping[int, Sequence[Function]]) -> dict[str, Any]:
    """Return the picture of a structure."""

    def drawn(branches: Sequence[queries.Branch]) -> list[dict[str, Any]]:
        return [_line(one.unit, given.get(one.unit.pk, [])) | {"below": drawn(one.below)} for one in branches]

    return {
        "page_title": _("Bodies and units: %(place)s") % {"place": found.place.name(language())},
        "bodies": [
            {"body": one, "kind": word("kind", one.kind), "units": drawn(branches)} for one, branches in found.bodies
        ],
        "places": [
            {
                "name": place.name(language()),
                "url": f"{reverse('structure')}?place={place.pk}",
                "number": ngettext("%(n)s body", "%(n)s bodies", number) % {"n": number},
            }
            for place, number in found.below
        ],
        "cut": found.cut,
    }


def steps(kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return proposed steps in words, with what stands there now where something is to change."""
    read = [Step.from_json(one) for one in kept]
    units = {
        unit.code: unit for unit in Unit.objects.filter(code__in=[one.unit for one in read]).select_related("parent")
    }
    known = queries.bodies_by_code([one.body for one in read])
    codes = {str(one.values["territory_id"]) for one in read if one.values.get("territory_id")}
    codes |= {unit.territory_id for unit in units.values()} | {one.territory_id for one in known.values()}
    places = {place.pk: place.name(language()) for place in Territory.objects.filter(pk__in=codes)}
    return [_step(one, units.get(one.unit), known.get(one.body), places) for one in read]


def _step(one: Step, unit: Unit | None, found: Body | None, places: Mapping[str, str]) -> dict[str, Any]:
    code = one.unit or one.body
    before: Mapping[str, Any] = {}
    if one.do == Do.CHANGE_UNIT and unit is not None:
        before = queries.unit_values(unit)
    elif one.do == Do.CHANGE_BODY and found is not None:
        before = queries.body_values(found)
    name = one.values.get(f"name_{language()}") if one.do in {Do.ADD_BODY, Do.ADD_UNIT} else ""
    name = name or (unit.name if one.unit and unit else found.name if found and not one.unit else code)
    rows = [
        {
            "label": field_label(field),
            "before": shown(field, before.get(field), places),
            "after": shown(field, value, places),
        }
        for field, value in one.values.items()
    ]
    if one.successor:
        rows.append({"label": _("Takes over"), "before": "", "after": one.successor})
    return {"title": f"{heading(one.do)}: {name}", "code": code, "rows": rows, "changes": bool(before)}


def heading(do: str) -> str:
    """Say what a step does."""
    return {
        Do.ADD_BODY.value: _("New body"),
        Do.CHANGE_BODY.value: _("Body changes"),
        Do.ADD_UNIT.value: _("New unit"),
        Do.CHANGE_UNIT.value: _("Unit changes"),
        Do.END_UNIT.value: _("Unit ends"),
        Do.ADD_POST.value: _("New post"),
    }[str(do)]


def field_label(field: str) -> str:
    """Return how a field of a step is called."""
    return {
        "name_kk": _("Name in Kazakh"),
        "name_ru": _("Name in Russian"),
        "name_en": _("Name in English"),
        "title_kk": _("Title in Kazakh"),
        "title_ru": _("Title in Russian"),
        "title_en": _("Title in English"),
        "rank": _("This post answers for the unit"),
        "sector": _("Sector"),
        "kind": _("Kind of body"),
        "territory_id": _("Its territory"),
        "protected": _("Its address is protected"),
        "around_the_clock": _("Works round the clock"),
        "opens": _("Opens at"),
        "closes": _("Closes at"),
        "phone": _("Telephone"),
        "parent": _("Supervised by"),
        "valid_from": _("Stands from"),
        "valid_to": _("Is no more from"),
    }.get(field, field)


def shown(field: str, value: Any, places: Mapping[str, str]) -> str:
    """Return a value of a step as a person reads it."""
    if field in {"protected", "around_the_clock", "rank"}:
        return _("yes") if value else _("no")
    if value in (None, ""):
        return NOTHING
    text = str(value)
    if field in {"valid_from", "valid_to"}:
        return format_date(date.fromisoformat(text), language())
    written = {"territory_id": places.get(text, text), "opens": text[:5], "closes": text[:5]}
    if field in {"sector", "kind"}:
        return word(field, text)
    return phones.shown(text) if field == "phone" else written.get(field, text)


def summary(kept: Sequence[Mapping[str, Any]]) -> str:
    """Say in one line what is proposed."""
    if len(kept) == 1:
        return str(steps(kept)[0]["title"])
    return ngettext("%(n)s change of bodies and units", "%(n)s changes of bodies and units", len(kept)) % {
        "n": len(kept)
    }
