"""Who the special ways need besides the cast: prosecutor, ombudsperson, a school, and a desk that refused."""

from dataclasses import dataclass
from typing import Any

from arasha.kernel.access.models import Post
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, District, Person
from arasha.protocols.models import ProtocolVersion
from arasha.signals import actions
from arasha.signals.models import Signal
from tests.database import as_owner


@dataclass(frozen=True)
class Around:
    """A prosecutor, the ombudsperson, a school's psychologist, and the police desk that refused."""

    prosecutor: Person
    ombudsperson: Person
    school: Person
    desk: Person


def make_around() -> Around:
    """Make them; the desk serves the district with the inspection's function but is asked second."""
    with cast.building():
        return Around(
            cast.seat(cast.make_unit("prosecution", DISTRICT, "prosecution")),
            cast.seat(cast.make_unit("ombudsperson", NATION, "ombudsperson")),
            cast.seat(cast.make_unit("school", DISTRICT, "education_school")),
            cast.seat(cast.make_unit("desk", DISTRICT, "women_children_police")),
        )


def told(door: str = "health", **said: Any) -> actions.Report:
    """Return a short report."""
    given: dict[str, Any] = {
        "door": door,
        "territory": DISTRICT,
        "concerns": ["physical"],
        "safe_now": "yes",
        "suspect_has_access": "no",
        "child_called": "Аяру Серікқызы",
        "child_age": 9,
        "child_sex": "girl",
    }
    return actions.Report(**{**given, **said})


def reported(by: Person, door: str = "health", *, at: Any = NOW, **said: Any) -> Signal:
    """Let somebody report, and end the transaction that opened the file."""
    signal = actions.report_signal(actor=by.enter(), report=told(door, **said), now=at)
    cast.end_opening(signal.dossier_id)
    return signal


def owed(signal: Signal) -> dict[tuple[str, str], Obligation]:
    """Return the signal's duties by procedure and step."""
    with as_owner():
        codes = dict(ProtocolVersion.objects.values_list("pk", "code"))
        rows = Obligation.objects.select_related("unit").filter(dossier=signal.dossier_id)
        return {(codes[row.protocol_id], row.step): row for row in rows}


def seat_too(person: Person, unit: Any) -> None:
    """Give somebody a seat in a second unit."""
    with cast.building():
        titles = {"title_kk": "қызметкер", "title_ru": "сотрудник", "title_en": "worker"}
        Post.objects.create(unit=unit, holder_id=person.user, since=cast.LONG_AGO, **titles)


__all__ = ["Around", "District", "make_around", "owed", "reported", "seat_too", "told"]
