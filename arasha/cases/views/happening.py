"""What happened, as words and shapes: incidents, who was heard, statements."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from arasha.cases import queries, rules
from arasha.cases.models import IncidentPerson
from arasha.cases.views.presenting import language, moment
from arasha.kernel.access.models import Dossier, Function
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import chain, children_of
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people.models import Allegation
from arasha.people.queries import allegations_of, people_of
from arasha.ui.rules.page import Link

REGION, DISTRICT = 1, 2


def parts_of(dossier: UUID, here: str) -> list[Link]:
    """Return the pages of what happened: before anybody asks, incidents, statements, injuries."""
    pages = (
        ("hearing", _("Before anybody asks")),
        ("happened", _("Incidents")),
        ("statements", _("Who says what")),
        ("injuries", _("Injuries")),
    )
    return [Link(label, reverse(f"cases:{code}", kwargs={"dossier": dossier}), code == here) for code, label in pages]


def point(day: date | None, precision: str) -> str:
    """Write a day as exactly as it is known."""
    if day is None:
        return ""
    if precision == "year":
        return pgettext("a year alone", "%(year)s") % {"year": day.year}
    if precision == "about":
        return _("about %(year)s") % {"year": day.year}
    if precision == "month":
        return date_format(day, "YEAR_MONTH_FORMAT")
    return format_date(day, language())


def when(one: queries.Happened) -> str:
    """Say when it was: on a day, or from when to when and how often."""
    version = one.version
    since = point(version.since, version.since_precision)
    if rules.FREQUENCIES[version.frequency].more["shape"] == rules.EVENT:
        return since or _("the day is not known")
    until = point(version.until, version.until_precision)
    values = {"since": since, "until": until}
    if version.goes_on:
        return _("since %(since)s, still going on") % values if since else _("since nobody knows when, still going on")
    if since and until:
        return _("from %(since)s to %(until)s") % values
    if since:
        return _("since %(since)s; until when is not known") % values
    return _("until %(until)s; since when is not known") % values if until else _("when is not known")


def title(one: queries.Happened) -> str:
    """Name an incident by its acts."""
    words = "; ".join(form.label(language()) for form in one.forms)
    return words[:1].upper() + words[1:]


def label_of(one: queries.Happened) -> str:
    """Name an incident in a list of a form."""
    text = f"{title(one)}, {when(one)}"
    return text if len(text) <= 90 else f"{text[:88]}…"


def shown(one: queries.Happened, dossier: UUID, now: datetime | None) -> dict[str, Any]:
    """Return one incident as its page and the list show it."""
    version = one.version
    frequency = rules.FREQUENCIES.label(version.frequency)
    return {
        "id": one.row.pk,
        "url": reverse("cases:incident", kwargs={"dossier": dossier, "incident": one.row.pk}),
        "title": title(one),
        "when": when(one),
        "frequency": frequency[:1].upper() + frequency[1:],
        "facts": facts(one),
        "place": one.place,
        "words": one.words,
        "old_forms": [form.label(language()) for form in one.forms if form.valid_to is not None],
        "struck": struck(one, now),
        "number": version.number,
        "by": f"{version.unit.name} · {moment(version.recorded_at, now)}",
    }


def struck(one: queries.Happened, now: datetime | None) -> str:
    """Say that an incident was struck, why, by whom and when; nothing while it stands."""
    row = one.row
    if row.struck_at is None:
        return ""
    by = row.struck_by.name if row.struck_by else ""
    return f"{rules.STRIKE_REASONS.label(row.strike_reason)} · {by} · {moment(row.struck_at, now)}"


def facts(one: queries.Happened) -> list[tuple[str, str]]:
    """Return where it was, online or not, who is said to have done it, who was there; what nobody said is left out."""
    version = one.version
    place = Territory.objects.filter(pk=version.territory_id).first() if version.territory_id else None
    rows = [
        (_("Where it happens"), rules.SETTINGS.label(version.setting)),
        (_("In which place"), place.name(language()) if place else ""),
        (_("Who is said to have done it"), ", ".join(rules.SUSPECT_ROLES.label(code) for code in version.relations)),
        (_("Who else was there"), ", ".join(rules.PRESENT.label(code) for code in version.present)),
        (_("Where online"), rules.PLATFORMS.label(version.platform) if version.platform else ""),
        (
            _("Were pictures or films of the child passed on?"),
            rules.ANSWERS.label(version.material) if version.material else "",
        ),
        (_("Is it still online?"), rules.ANSWERS.label(version.still_online) if version.still_online else ""),
    ]
    return [(name, words) for name, words in rows if words]


def codes_of(one: queries.Happened) -> list[tuple[str, str]]:
    """Return what an incident's acts are called in other lists, as it is now."""
    working = [form.code for form in one.forms if form.scheme == rules.WORKING]
    found = []
    for scheme, name in (("official", _("Official list")), ("icd10", _("ICD-10"))):
        targets = queries.mapped(working, scheme, date.max)
        codes = dict.fromkeys(code for form in working for code in targets.get(form, ()))
        if codes:
            found.append((name, ", ".join(codes)))
    return found


def heard_lines(dossier: UUID) -> list[str]:
    """Say on which days the child was heard, how, and by which kinds of units; never the words, nor the unit."""
    known = {row.pk: row for row in Function.objects.all()}
    lines = []
    for one in queries.heard(dossier):
        kinds = ", ".join(getattr(known[code], f"label_{language()}") for code in one.kinds if code in known)
        how = rules.SAYING.label(one.how)
        asked = rules.ASKED.label(one.asked)
        lines.append(" · ".join(part for part in (format_date(one.said_on, language()), how, asked, kinds) if part))
    return lines


def places_for(found: Dossier) -> list[tuple[str, str]]:
    """Return the places of the file's district, and the other districts of its region, as choices."""
    above = {unit.level: unit for unit in chain(found.territory_id)}
    near = children_of(above[DISTRICT].pk, language=language()) if DISTRICT in above else []
    around = children_of(above[REGION].pk, language=language()) if REGION in above else []
    first = [above[DISTRICT]] if DISTRICT in above else []
    units = {unit.pk: unit for unit in (*first, *near, *around)}
    return [(unit.pk, unit.name(language())) for unit in units.values()]


def people_for(actor: Actor, dossier: UUID) -> list[Any]:
    """Return who of the file may be said to have to do with an incident, as grouped choices."""
    groups: list[Any] = []
    if may_write(dossier, Facet.JUSTICE):
        rows = allegations_of(dossier)
        alleged = [(f"suspect {one.row.pk}", called(one.person, _known_as(one.row), one.row.role)) for one in rows]
        groups.append((_("Who is said to have done it"), alleged))
    if may_write(dossier, Facet.IDENTITY):
        known = [person for person in people_of(actor, dossier) if person.role != "child" and person.ended_at is None]
        for part, heading in (("witness", _("Saw it")), ("harmed", _("Was harmed too"))):
            groups.append((heading, [(f"{part} {one.pk}", one.called or _("name not known")) for one in known]))
    return [(heading, choices) for heading, choices in groups if choices]


def _known_as(row: Allegation) -> str:
    return row.called or row.nickname or row.place_called


def called(person: Any, words: str, role: str) -> str:
    """Name somebody of whom a file knows a name, a nickname or a place, with what they are to the child."""
    name = (person.called if person else "") or words or _("name not known")
    return f"{name} ({rules.SUSPECT_ROLES.label(role)})"


def linked(one: IncidentPerson) -> dict[str, Any]:
    """Return somebody who has to do with an incident as a line."""
    parts = {
        "suspect": pgettext("incident", "said to have done it"),
        "witness": pgettext("incident", "saw it"),
        "harmed": pgettext("incident", "was harmed too"),
    }
    row = one.allegation
    if row is not None:
        name = called(row.person if row.person_id else None, _known_as(row), row.role)
    else:
        name = (one.person.called if one.person else "") or _("name not known")
    return {"id": one.pk, "name": name, "part": parts[one.part], "may_end": may_write(one.dossier_id, Facet(one.facet))}


def counted_title(count: int) -> str:
    """Say how many incidents are written down."""
    if not count:
        return _("What happened: nothing is written down yet")
    words = ngettext("What happened: %(n)s incident", "What happened: %(n)s incidents", count)
    return words % {"n": count}


def choices_of(found: Sequence[queries.Happened]) -> list[tuple[str, str]]:
    """Return incidents that stand as choices."""
    return [(str(one.row.pk), label_of(one)) for one in found if one.row.struck_at is None]
