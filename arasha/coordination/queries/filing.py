"""The forms of a file: what may be begun, is half written, was handed in; each as far as one's facets reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from arasha.coordination import policy, rules
from arasha.kernel.access.queries import names_of, visible_dossiers
from arasha.kernel.access.rules import Actor, Facet
from arasha.plans.queries import child_age
from arasha.questionnaires import queries as forms
from arasha.questionnaires.models import Response
from arasha.questionnaires.queries import InForce
from arasha.questionnaires.rules.about import About


@dataclass(frozen=True)
class Filled:
    """One filling-in with what its form says of itself. `in_force`: that form as it is filled in now, if it still is.

    `by` and `at`: who handed it in and when; of a draft, who kept it last. `own`: the actor's unit writes it.
    """

    row: Response
    about: About
    in_force: InForce | None
    by: str
    at: datetime
    own: bool

    @property
    def replaced(self) -> bool:
        """Whether a newer version of the form is filled in now."""
        return self.in_force is not None and self.in_force.version_id != self.row.version_id


@dataclass(frozen=True)
class FileForms:
    """What the page shows; each list in the order of the kinds of forms."""

    offered: list[InForce]
    drafts: list[Filled]
    handed_in: list[list[Filled]]

    @property
    def sealed(self) -> set[Facet]:
        """The sealed facets of which something is shown."""
        rows = [*self.drafts, *(one for chain in self.handed_in for one in chain)]
        return {facet for one in rows if (facet := Facet(one.row.facet)).sealed}


def forms_link(dossier: UUID) -> str:
    """Return the address of a file's forms."""
    return f"/files/{dossier}/forms/"


def filled_link(response: UUID) -> str:
    """Return the address of one filling-in."""
    return f"/files/forms/{response}/"


def offered(actor: Actor, dossier: UUID, now: datetime) -> list[InForce]:
    """Return the forms that the actor may begin in a file: in force, hosted here, and theirs by facet, age and
    function."""
    found = [one for one in forms.in_force(now).values() if rules.is_filled_here(one.code, one.about.kind)]
    named = [one for one in found if one.about.filled_in_by(actor.functions)]
    writes = {code: policy.may_fill_in(actor, dossier, code) for code in {one.about.facet for one in named}}
    age = child_age(dossier, now) if any(one.about.ages for one in named) else None
    return sorted((one for one in named if writes[one.about.facet] and one.about.suits(age)), key=_place)


def _place(one: InForce) -> tuple[int, str]:
    return rules.rank(one.about.kind), one.code


def file_forms(actor: Actor, dossiers: list[UUID], now: datetime) -> FileForms:
    """Return the forms of a file and of the signals' files that it grew from; new ones begin in the first."""
    rows = [row for one in dossiers for row in forms.responses_of(one)]
    found = _filled(actor, rows, now)
    drafts = [one for one in found if one.row.state == "draft"]
    done = [one for one in found if one.row.submitted_at is not None]
    return FileForms(offered(actor, dossiers[0], now), sorted(drafts, key=_by_kind), _chains(done))


def filled(actor: Actor, response: UUID, now: datetime) -> Filled | None:
    """Return one filling-in that is there for the actor, or None: also one that another page hosts."""
    row = forms.response(response)
    if row is None or not visible_dossiers(actor).filter(pk=row.dossier_id).exists():
        return None
    return next(iter(_filled(actor, [row], now)), None)


def _filled(actor: Actor, rows: Iterable[Response], now: datetime) -> list[Filled]:
    abouts = {row.pk: About.from_json(row.version.about) for row in rows}
    kept = [row for row in rows if rules.is_filled_here(row.code, abouts[row.pk].kind)]
    standing = forms.in_force(now) if kept else {}
    last = forms.last_kept(row.pk for row in kept if row.state == "draft")
    who = {row.pk: last.get(row.pk) or _handed_in(row) for row in kept}
    names = names_of({user for user, _at in who.values()})
    return [
        Filled(
            row,
            abouts[row.pk],
            standing.get(row.code),
            names.get(who[row.pk][0], ""),
            who[row.pk][1],
            row.unit_id == actor.unit_id,
        )
        for row in kept
    ]


def _handed_in(row: Response) -> tuple[int, datetime]:
    """Return who handed a response in and when; of one that never was, who began it."""
    return row.submitted_by_id or row.begun_by_id, row.submitted_at or row.begun_at


def _by_kind(one: Filled) -> tuple[int, str, float]:
    return rules.rank(one.about.kind), one.row.code, -one.at.timestamp()


def _chains(done: list[Filled]) -> list[list[Filled]]:
    """Return what was handed in, form by form, the newest first."""
    chains: dict[str, list[Filled]] = {}
    for one in sorted(done, key=_by_kind):
        chains.setdefault(one.row.code, []).append(one)
    return list(chains.values())
