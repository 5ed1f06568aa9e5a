"""Allegations as words: on a person's page, and on the pages of their own."""

from typing import Any, Final

from django.utils.translation import gettext as _

from arasha.kernel.access.rules import Facet
from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people import policy, queries, rules
from arasha.people.models import Person
from arasha.people.views import words

TONES: Final = {"alleged": "unsure", "unfounded": "neutral", "established": "late"}


def status(code: str) -> str:
    """Return where an allegation stands."""
    return words.capital(rules.ALLEGATION_STATES.label(code))


def of_person(person: Person) -> dict[str, Any]:
    """Return what is alleged of a person of a file, for their page; nothing for who doesn't read justice."""
    if not policy.may_see(person.dossier_id, Facet.JUSTICE):
        return {}
    found = [one for one in queries.allegations_of(person.dossier_id) if one.row.person_id == person.pk]
    return {
        "alleged": [
            {
                "termed": words.capital(one.termed),
                "status": status(one.status),
                "tone": TONES[one.status],
                "source": source(one.states[0]),
            }
            for one in found
        ],
        "may_allege": policy.may_add(person.dossier_id, Facet.JUSTICE),
        "decide_anew": queries.to_decide_anew(person.pk),
    }


def called(one: queries.Alleged) -> str:
    """Return what they are called, as far as it is known."""
    return words.called(one.person) if one.person else one.row.called or one.row.nickname or _("Name not known")


def facts(one: queries.Alleged) -> list[tuple[str, str]]:
    """Return what is known of somebody as pairs of label and words."""
    row = one.row
    place = territory(row.territory) if row.territory else None
    shown = [
        (_("Who they are to the child"), rules.SUSPECT_ROLES.label(row.role)),
        (_("What they are called by others"), row.nickname),
        (_("Place"), " · ".join(part for part in (row.place.name if row.place else "", row.place_called) if part)),
        (_("District"), place.name(words.language()) if place else ""),
        (_("Looks and age"), one.looks or ""),
        (_("Day of the harm"), format_date(row.since, words.language()) if row.since else ""),
    ]
    return [(label, said) for label, said in shown if said]


def source(state: queries.State) -> str:
    """Return by whom or what something is known, and the day."""
    day = format_date(state.row.source_day, words.language()) if state.row.source_day else ""
    return " · ".join(part for part in (rules.ALLEGATION_SOURCES.label(state.row.source), day) if part)


def change(state: queries.State) -> dict[str, str]:
    """Return one change of an allegation as a line of its history."""
    row = state.row
    return {
        "status": status(row.status),
        "source": source(state),
        "by": " · ".join(part for part in (row.decided_by, row.unit.name if row.unit else "") if part),
        "when": format_date(local(row.recorded_at).date(), words.language()),
        "why": state.why or "",
    }
