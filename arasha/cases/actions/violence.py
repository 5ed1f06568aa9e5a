"""Taking in lists of forms of violence: the shipped one, and the official table when the ministry has it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connections, transaction

from arasha.cases import policy, rules
from arasha.cases.models import ViolenceEdition, ViolenceForm, ViolenceMapping
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local

DATA = Path(__file__).parents[1] / "data"
MAPPING = "mapping"
MOST_CLOSED = 10  # per cent of what stands: half a table must not end the rest
SHIPPED_SINCE = date(2026, 1, 1)


class OlderEdition(Exception):
    """A table valid from a later day was taken in before; `latest` is that day."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"an edition valid from {latest} was taken in already")
        self.latest = latest


class TooMuchClosed(Exception):
    """The table would end more than a tenth of what stands; `closed` of `standing`."""

    def __init__(self, closed: int, standing: int) -> None:
        super().__init__(f"{closed} of {standing} would be ended")
        self.closed, self.standing = closed, standing


@dataclass(frozen=True)
class Taken:
    """What a table changes, as codes, and whether that was written."""

    added: list[str]
    changed: list[str]
    closed: list[str]
    written: bool

    @property
    def count(self) -> int:
        """How many rows differ."""
        return len(self.added) + len(self.changed) + len(self.closed)


def load_violence(*, actor: Actor, now: datetime, using: str = "owner") -> int:
    """Bring the working list and its mapping to what is shipped; returns how many rows changed.

    Raises NotAllowed, FileFaulty.
    """
    day = max(SHIPPED_SINCE, _latest(using, rules.WORKING) or SHIPPED_SINCE)
    count = 0
    for table, name in ((rules.WORKING, "violence_working.csv"), (MAPPING, "violence_mapping.csv")):
        content = (DATA / name).read_bytes()
        on = max(day, _latest(using, table) or day)
        taken = take_violence(
            actor=actor, table=table, content=content, valid_on=on, dry_run=False, accept=True, now=now, using=using
        )
        count += taken.count
    return count


def take_violence(
    *,
    actor: Actor,
    table: str,
    content: bytes,
    dry_run: bool,
    now: datetime,
    valid_on: date | None = None,
    accept: bool = False,
    using: str = "owner",
) -> Taken:
    """Take in a table (`working`, `official`, `mapping`), valid from a day on; a dry run writes nothing.

    A form that the table no longer holds is ended and one that it words anew becomes a new version: no record that was
    made under an old one changes. The same table again changes nothing. `accept`: also if over a tenth is ended.
    Raises NotAllowed, FileFaulty, OlderEdition, TooMuchClosed.
    """
    if not policy.may_take_lists(actor):
        raise policy.NotAllowed
    day = valid_on or local(now).date()
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("LOCK TABLE public.cases_violenceedition IN SHARE ROW EXCLUSIVE MODE")
        latest = _latest(using, table)
        if latest is not None and latest > day:
            raise OlderEdition(latest)
        if table == MAPPING:
            taken = _mapping(content, day, using, dry_run=dry_run, accept=accept)
        else:
            taken = _forms(table, content, day, using, dry_run=dry_run, accept=accept)
        if taken.written:
            edition = ViolenceEdition(table=table, valid_on=day, taken_at=now)
            edition.digest = hashlib.sha256(content).hexdigest()
            edition.added, edition.changed, edition.closed = (
                len(codes) for codes in (taken.added, taken.changed, taken.closed)
            )
            edition.save(using=using, force_insert=True)
    return taken


def _latest(using: str, table: str) -> date | None:
    rows = ViolenceEdition.objects.using(using).filter(table=table).order_by("-valid_on")
    return rows.values_list("valid_on", flat=True).first()


def _forms(scheme: str, content: bytes, day: date, using: str, *, dry_run: bool, accept: bool) -> Taken:
    wanted = rules.read_forms(content)
    rows = {row.code: row for row in ViolenceForm.objects.using(using).filter(scheme=scheme, valid_to=None)}
    changes = rules.compare(map(_form, rows.values()), wanted)
    _refuse(len(changes.closed), len(rows), accept=accept)
    codes = ([form.code for form in changes.added], [form.code for form in changes.changed], list(changes.closed))
    if not changes.anything or dry_run:
        return Taken(*codes, written=False)
    ended = ViolenceForm.objects.using(using).filter(scheme=scheme, valid_to=None, code__in=codes[1] + codes[2])
    ended.update(valid_to=day)
    for form in (*changes.added, *changes.changed):
        number = ViolenceForm.objects.using(using).filter(scheme=scheme, code=form.code).count() + 1
        row = ViolenceForm(key=f"{scheme}.{form.code}.{number}", scheme=scheme, valid_from=day)
        for name, value in vars(form).items():
            setattr(row, name, value)
        row.save(using=using, force_insert=True)
    return Taken(*codes, written=True)


def _form(row: ViolenceForm) -> rules.Form:
    return rules.Form(row.code, row.name_kk, row.name_ru, row.name_en, row.parent, row.mark, row.verified_by)


def _mapping(content: bytes, day: date, using: str, *, dry_run: bool, accept: bool) -> Taken:
    wanted = rules.read_mapping(content)
    _check_targets(wanted, using)
    schemes = {scheme for _working, scheme, _target in wanted}
    standing = ViolenceMapping.objects.using(using).filter(valid_to=None, scheme__in=schemes)
    known = {(row.working, row.scheme, row.target): row.pk for row in standing}
    closed = [line for line in known if line not in set(wanted)]
    added = [line for line in wanted if line not in known]
    _refuse(len(closed), len(known), accept=accept)
    codes = ([" ".join(line) for line in added], list[str](), [" ".join(line) for line in closed])
    if dry_run or not (added or closed):
        return Taken(*codes, written=False)
    ViolenceMapping.objects.using(using).filter(pk__in=[known[line] for line in closed]).update(valid_to=day)
    ViolenceMapping.objects.using(using).bulk_create(
        [
            ViolenceMapping(working=working, scheme=scheme, target=target, valid_from=day)
            for working, scheme, target in added
        ]
    )
    return Taken(*codes, written=True)


def _check_targets(lines: Iterable[tuple[str, str, str]], using: str) -> None:
    """Refuse what leads from or to a code that does not stand."""
    standing = ViolenceForm.objects.using(using).filter(valid_to=None)
    forms = set(standing.values_list("scheme", "code"))
    faults = []
    for number, (working, scheme, target) in enumerate(lines, start=2):
        if (rules.WORKING, working) not in forms:
            faults.append(rules.Fault(number, "no_such_form", working))
        there = {
            rules.OFFICIAL: (rules.OFFICIAL, target) in forms,
            "concern": target in rules.CONCERNS,
            "icd10": target in rules.ICD10,
        }
        if not there[scheme]:
            faults.append(rules.Fault(number, "no_such_target", target))
    if faults:
        raise rules.FileFaulty(faults)


def _refuse(closed: int, standing: int, *, accept: bool) -> None:
    if not accept and closed * 100 > standing * MOST_CLOSED:
        raise TooMuchClosed(closed, standing)
