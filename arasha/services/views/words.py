"""What fields and values of entries are called."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules.formats import format_date, known
from arasha.services import rules
from arasha.services.rules import lines
from arasha.ui.rules import phones

LABELS: dict[str, str | Promise] = {
    "phone": gettext_lazy("Telephone"),
    "around_the_clock": gettext_lazy("Open day and night"),
    "hours": gettext_lazy("Opening hours"),
    "address_kk": gettext_lazy("Address in Kazakh"),
    "address_ru": gettext_lazy("Address in Russian"),
    "mail": gettext_lazy("E-mail"),
    "web": gettext_lazy("Web page"),
    "territory": gettext_lazy("Place"),
    "name_kk": gettext_lazy("The site’s own name in Kazakh"),
    "name_ru": gettext_lazy("The site’s own name in Russian"),
    "name_en": gettext_lazy("The site’s own name in English"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "step_free": gettext_lazy("Reached without steps"),
    "closed_on": gettext_lazy("First day on which it is closed for good"),
    "status": gettext_lazy("How it stands"),
    "service": gettext_lazy("Service of the minimum package"),
    "level": gettext_lazy("Level"),
    "age_from": gettext_lazy("From which age"),
    "age_to": gettext_lazy("To which age"),
    "sexes": gettext_lazy("Whom it takes"),
    "with_parent": gettext_lazy("A child with mother or father"),
    "son_to": gettext_lazy("The oldest son whom a mother may bring"),
    "siblings": gettext_lazy("Brothers and sisters together"),
    "languages": gettext_lazy("Languages"),
    "needs": gettext_lazy("What it helps with"),
    "conditions": gettext_lazy("What it asks for"),
    "served": gettext_lazy("Whose children it takes"),
    "cost": gettext_lazy("Cost"),
    "price": gettext_lazy("Price in tenge"),
    "remote": gettext_lazy("Also by telephone or over the internet"),
    "begins_on": gettext_lazy("First day, if it has not begun"),
    "ends_on": gettext_lazy("Last day, if it is known"),
    "kind": gettext_lazy("What kind of provider"),
    "ownership": gettext_lazy("Who owns it"),
    "funded_until": gettext_lazy("Last day of its grant or contract"),
    "source": gettext_lazy("Where you have this from"),
    "ended_on": gettext_lazy("First day on which it is no more"),
}
CODES = {
    "sexes": rules.SEXES,
    "with_parent": rules.KNOWN,
    "siblings": rules.KNOWN,
    "step_free": rules.KNOWN,
    "cost": rules.COSTS,
    "status": rules.STANDINGS,
    "level": rules.LEVELS,
    "kind": rules.KINDS,
    "ownership": rules.OWNERSHIPS,
    "languages": rules.LANGUAGES,
    "needs": rules.NEEDS,
    "conditions": rules.CONDITIONS,
}
PLACES = {"territory", "served"}


def language() -> str:
    """Return the reader's language."""
    return known((get_language() or "kk")[:2])


def label(name: str) -> str:
    """Return what a field is called."""
    return str(LABELS.get(name, name))


def value(name: str, said: Any) -> str:
    """Return a field's value in words; "not said" where there is none."""
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if said is None or (isinstance(said, Sequence) and not said):
        return _("not said")
    if isinstance(said, date):
        return format_date(said, language())
    return SPECIAL[name](said) if name in SPECIAL else _of_codes(name, said)


def _of_codes(name: str, said: Any) -> str:
    if name in PLACES:
        return ", ".join(map(place, [said] if isinstance(said, str) else said))
    if name in CODES:
        codes = [said] if isinstance(said, str) else said
        return ", ".join(CODES[name].label(code) if code in CODES[name] else code for code in codes)
    return str(said)


def hours(said: Sequence[Sequence[object]]) -> str:
    """Return a week in one line: days with the same hours together."""
    days = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))
    found: list[tuple[str, list[int]]] = []
    for day, text in enumerate(lines(said)):
        if text and found and found[-1][0] == text and found[-1][1][-1] == day - 1:
            found[-1][1].append(day)
        elif text:
            found.append((text, [day]))
    return "; ".join(
        f"{days[those[0]]}{f'–{days[those[-1]]}' if len(those) > 1 else ''} {text}" for text, those in found
    )


def place(kato: str) -> str:
    """Return a territory's name."""
    found = territory(kato)
    return found.name(language()) if found else kato


def service(code: str) -> str:
    """Return a service's name in its newest wording."""
    try:
        return rules.service(code, date.max).label(language())
    except KeyError:
        return code


def differences(stands: Any, typed: Any) -> list[dict[str, str]]:
    """Return where two states of an entry differ, in words: what stands now beside what was typed."""
    return [
        {"label": label(name), "stands": value(name, old), "typed": value(name, new)}
        for name in stands.__dataclass_fields__
        if _plain(old := getattr(stands, name)) != _plain(new := getattr(typed, name))
    ]


def _plain(said: Any) -> Any:
    return [_plain(one) for one in said] if isinstance(said, list | tuple) else said


SPECIAL: dict[str, Callable[[Any], str]] = {"hours": hours, "phone": phones.shown, "service": service}
