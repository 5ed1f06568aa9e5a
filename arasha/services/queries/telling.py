"""What somebody who asks for help is told of an offering, in words of their language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import district_code, region_code
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_number, known
from arasha.kernel.worktime.rules.words import NEAR, WEEKDAYS
from arasha.services.queries.finding import Found
from arasha.services.rules import (
    CONDITIONS,
    COSTS,
    FINDINGS,
    KINDS,
    LANGUAGES,
    LEVELS,
    NEEDS,
    SEXES,
    STANDINGS,
    presence,
    service,
    week,
)
from arasha.ui.rules.phones import dialled
from arasha.ui.rules.phones import shown as shown_phone

OLDEST_CHILD = 17
Names = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An offering in words. `there`: "open", "closed" or "unknown"; `dial`: the address that a phone dials;
    `findings` and `level` are for workers. While an emergency holds: `working` says that it is closed or works at a
    distance, `lifted` which conditions are not asked for, which then are none of `conditions`."""

    row: Found
    title: str
    kind: str
    service: str
    level: str
    place: str
    address: str
    phone: str
    dial: str
    there: str
    now: str
    week: list[str]
    ages: str
    sexes: str
    languages: str
    cost: str
    needs: str
    conditions: list[str]
    lifted: list[str]
    findings: list[str]
    standing: str
    working: str
    asked: str

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Return latitude and longitude where they are known."""
        if self.row.latitude is None or self.row.longitude is None:
            return None
        return self.row.latitude, self.row.longitude


def told(rows: Iterable[Found], *, language: str, now: datetime) -> list[Told]:
    """Return what is said of each offering; one query for the names of all places."""
    found = list(rows)
    names = place_names([row.territory for row in found], language)
    return [_told(row, names, known(language), now) for row in found]


def place_names(codes: Iterable[str], language: str) -> dict[str, str]:
    """Return for each code its district and region as one reads them, "Saryagash district, Turkistan region"."""
    lines = {code: [part for part in (district_code(code), region_code(code)) if part] for code in codes}
    units = Territory.objects.in_bulk({part for line in lines.values() for part in line})
    return {
        code: ", ".join(units[part].name(language) for part in line if part in units) for code, line in lines.items()
    }


def _told(row: Found, names: Names, language: str, now: datetime) -> Told:
    kind = KINDS[row.kind].label(language)
    there, words = _presence(row, language, now)
    return Told(
        row=row,
        title=row.name(language) or kind,
        kind=kind,
        service=service(row.service, local(now).date()).label(language),
        level=LEVELS[row.level].label(language),
        place=names[row.territory],
        address=row.address(language),
        phone=shown_phone(row.phone) if row.phone else "",
        dial=dialled(row.phone) if row.phone else "",
        there=there,
        now=words,
        week=[_("day and night")] if row.around_the_clock else week(row.hours, language),
        ages=_ages(row),
        sexes="" if row.sexes == "all" else SEXES[row.sexes].label(language),
        languages=", ".join(LANGUAGES[code].label(language) for code in row.languages if code in LANGUAGES),
        cost=_cost(row, language),
        needs=", ".join(NEEDS[code].label(language) for code in row.needs if code in NEEDS),
        conditions=_conditions([code for code in row.conditions if code not in row.lifted], language),
        lifted=_conditions(row.lifted, language),
        findings=[FINDINGS[code].label(language) for code in row.findings],
        standing="" if row.standing == "open" else STANDINGS[row.standing].label(language),
        working=_working(row),
        asked=format_date(row.verified_on, language) if row.verified_on else "",
    )


def _presence(row: Found, language: str, now: datetime) -> tuple[str, str]:
    """Say whether somebody is there now: a code and words."""
    if row.standing != "open":
        return "closed", STANDINGS[row.standing].label(language)
    if row.works == "closed":
        return "closed", _working(row)
    found = presence(row.hours, now, around_the_clock=row.around_the_clock)
    if found.there is None:
        return "unknown", _("Hours are not known")
    if found.always:
        return "open", _("Open day and night")
    if found.there:
        return "open", _("Open now, %(opens)s–%(closes)s") % {"opens": found.opens, "closes": found.closes}
    day = NEAR[language].get(found.days) or WEEKDAYS[language][found.weekday]
    return "closed", _("Closed now, opens %(day)s %(at)s") % {"day": day, "at": found.opens}


def _working(row: Found) -> str:
    """Say that its body is closed or works at a distance while an emergency holds."""
    return {"closed": _("Closed for now: emergency"), "remote": _("Works at a distance for now")}.get(row.works, "")


def _conditions(codes: Iterable[str], language: str) -> list[str]:
    return [CONDITIONS[code].label(language) for code in codes if code in CONDITIONS]


def _ages(row: Found) -> str:
    if row.age_to <= OLDEST_CHILD or row.age_from > OLDEST_CHILD:
        return _("Aged %(first)s–%(last)s") % {"first": row.age_from, "last": row.age_to}
    if row.age_from:
        return _("From %(first)s years") % {"first": row.age_from}
    return _("All ages")


def _cost(row: Found, language: str) -> str:
    words = COSTS[row.cost].label(language)
    return f"{words}, {format_number(row.price, language)} ₸" if row.price is not None else words
