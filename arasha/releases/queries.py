"""What is asked of files, and how it stands."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import open_bytes, open_text
from arasha.kernel.vault.rules import KeyErased, Scope
from arasha.obligations.models import Obligation
from arasha.people.queries import child_of
from arasha.people.rules import Birth
from arasha.releases import policy, rules
from arasha.releases.models import FileRequest, OwnCopy, Paper, Receipt, Release
from arasha.releases.rules import Own

OPEN = tuple(row.code for row in rules.STATES if row.more["open"] == "yes")
COORDINATION = "coordination_district"
WORDS = ("asker", "child", "wants", "incoming")


class Place(TypedDict):
    """Where the vault keeps the words of a request."""

    scope: Scope
    table: str
    column: str


@dataclass(frozen=True)
class Words:
    """What a request says; empty where it was lawfully erased."""

    asker: str = ""
    child: str = ""
    wants: str = ""
    incoming: str = ""


def place(request: UUID) -> Place:
    """Return where the vault keeps a request's words: under a key of its own, for it lies in no file."""
    return {"scope": Scope("person", request, "documents"), "table": "releases_filerequest", "column": "sealed"}


def kept(name: str, dossier: UUID) -> Place:
    """Return where the vault keeps a `paper`, or the name on a `receipt` or `owncopy`: under the file's own key."""
    return {"scope": Scope("dossier", dossier, "obligations"), "table": f"releases_{name}", "column": "sealed"}


def paper_of(row: Release) -> bytes:
    """Return the PDF that was kept for a release. Raises Paper.DoesNotExist, KeyErased."""
    paper = Paper.objects.get(release=row)
    return open_bytes(bytes(paper.sealed), row=paper.pk, **kept("paper", row.dossier_id))


def receipt_of(row: Release) -> tuple[str, str] | None:
    """Return who received what was given, and the code of what shows it; None where nothing was written down."""
    found = Receipt.objects.filter(release=row).first()
    if found is None:
        return None
    try:
        name = open_text(bytes(found.sealed), row=found.pk, **kept("receipt", row.dossier_id))
    except KeyErased:
        name = ""
    return name, found.proof


def unmatched(due: date, rung: int) -> QuerySet[FileRequest]:
    """Return requests to be answered by this day or before that nobody matched, and that did not climb to this rung."""
    found = FileRequest.objects.filter(state="taken", release=None, due_on__lte=due).exclude(climbs__rung=rung)
    return found.select_related("unit__parent").order_by("due_on", "id")


def own_copy_of(row: Release) -> Own | None:
    """Return how the child gets their own copy, as it was said last; None where no child asks for it."""
    found = OwnCopy.objects.filter(release=row).order_by("-at", "-id").first()
    if found is None:
        return None
    try:
        helper = open_text(bytes(found.sealed), row=found.pk, **kept("owncopy", row.dossier_id))
    except KeyErased:
        helper = ""
    return Own(helper, tuple(found.waits.split()), found.why)


def paper_link(request: UUID) -> str:
    """Return the address where the paper of a request is made and printed: a page above this folder."""
    return f"/released/{request}/paper/"


def words_of(row: FileRequest) -> Words:
    """Open what a request says."""
    try:
        return Words(**json.loads(open_text(bytes(row.sealed), row=row.pk, **place(row.pk))))
    except KeyErased:
        return Words()


def requests(actor: Actor, *, state: str = "", applicant: str = "") -> QuerySet[FileRequest]:
    """Return the requests that are there for the actor, the newest first; `stands` is how each stands."""
    found = policy.visible_to(actor).annotate(stands=Coalesce("release__state", "state"))
    found = found.select_related("release", "unit", "from_unit")
    if state == "open":
        found = found.filter(stands__in=OPEN)
    elif state:
        found = found.filter(stands=state)
    return (found.filter(applicant=applicant) if applicant else found).order_by("-asked_at", "id")


def request_of(actor: Actor, request: UUID) -> FileRequest | None:
    """Return one request that is there for the actor, or None."""
    return requests(actor).filter(pk=request).first()


def of_file(actor: Actor, dossier: UUID) -> QuerySet[FileRequest]:
    """Return the requests about one file, the newest first."""
    return requests(actor).filter(release__dossier=dossier)


def answering(territory: str, now: datetime) -> Unit | None:
    """Return the coordination that answers requests taken down in a territory."""
    return body_for(COORDINATION, territory, now)


def in_danger(dossier: UUID, person: UUID | None, applicant: str) -> bool:
    """Say whether nothing may be given to this person of the file, whatever the reader may read of why.

    Where an adult asks whom nobody found in the file, they may be whoever is alleged in it, whoever that is.
    """
    if person is None and rules.APPLICANTS[applicant].more["ask"] not in ("parent", "other"):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT releases.in_danger(%s::uuid, %s::uuid)", [dossier, person])
        (found,) = cursor.fetchone() or (True,)
    return bool(found)


def birth_of(dossier: UUID) -> Birth | None:
    """Return between which days the child of a file was born, where the file knows."""
    child = child_of(dossier)
    if child is None or child.birth_first is None or child.birth_last is None:
        return None
    return Birth(child.birth_first, child.birth_last)


def duties(row: Release) -> list[Obligation]:
    """Return what is owed because of a request."""
    return list(Obligation.objects.filter(dossier=row.dossier_id, about=row.pk))


def link(request: UUID) -> str:
    """Return the address of a request's page."""
    return f"/requests/{request}/"


def asked_in(duty: Obligation) -> str:
    """Return the address of the request behind a duty, where it is there for whoever acts; else nothing."""
    found = Release.objects.filter(pk=duty.about).values_list("request_id", flat=True).first() if duty.about else None
    return link(found) if found else ""


@dataclass(frozen=True)
class Counted:
    """How many requests of one kind there were in a year, on one basis, and how they ended; small numbers hidden."""

    applicant: str
    basis: str
    asked: str
    given: str
    partly: str
    refused: str
    days: str


def of_year(actor: Actor, of: int) -> QuerySet[FileRequest]:
    """Return the requests of state bodies that went to the actor's unit in a year, the newest first."""
    bodies = [row.code for row in rules.APPLICANTS if rules.of_a_body(row.code)]
    first, last = date(of, 1, 1), date(of, 12, 31)
    return requests(actor).filter(
        unit=actor.unit_id or 0, applicant__in=bodies, asked_at__date__gte=first, asked_at__date__lte=last
    )


def year(actor: Actor, of: int) -> list[Counted]:
    """Count the requests of state bodies that went to the actor's unit in a year, by kind of body and basis.

    Days are whole days on average, shown only where five or more were answered.
    """
    rows = list(of_year(actor, of))
    groups = Counter((row.applicant, row.basis) for row in rows)
    return [_counted(group, [row for row in rows if (row.applicant, row.basis) == group]) for group in sorted(groups)]


def _counted(group: tuple[str, str], rows: list[FileRequest]) -> Counted:
    counts = Counter(outcome(row) for row in rows)
    given, partly, refused = (rules.hidden(counts[code]) for code in ("given", "partly", "refused"))
    return Counted(*group, rules.hidden(len(rows)), given, partly, refused, _days(rows))


def outcome(row: FileRequest) -> str:
    """Return how a request ended, as a table that leaves the house says it: a code of the outcomes.

    Whether there was no file, a refusal or a danger is one word there: nobody learns from it what the files hold.
    """
    stands = row.stands  # type: ignore[attr-defined]  # annotated by `requests`
    if stands == "handed":
        return "partly" if row.release.withheld else "given"
    if stands in ("refused", "never", "no_file", "stopped"):
        return "refused"
    return "withdrawn" if stands == "withdrawn" else "open"


def ended(row: FileRequest) -> datetime | None:
    """Return when a request ended, in its file or without one."""
    release: Release | None = getattr(row, "release", None)
    return release.ended_at if release else row.ended_at


def _days(rows: Iterable[FileRequest]) -> str:
    taken = [(end - row.asked_at).days for row in rows if (end := ended(row)) is not None]
    return str(round(sum(taken) / len(taken))) if len(taken) >= rules.FEWEST else ""
