"""Files of made-up children for browser tests: told by the district's doctor, opened and led by its coordinator."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.actions import enter
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.signals.actions import open_case_from, report_signal
from arasha.signals.rules import Report
from arasha.web.actions import Seat
from arasha.web.stage import begin

DISTRICT = "615400000"


def acting(seat: Seat) -> Actor:
    """Act as somebody of the district, until the transaction ends."""
    return enter(begin(seat), seat.post_id)


def file_of(seats: Mapping[str, Seat], called: str, *, age: int = 12, sex: str = "girl") -> UUID:
    """Let the doctor tell of a child and the coordinator open its case; returns the dossier."""
    report = Report(
        door="health",
        territory=DISTRICT,
        concerns=["neglect"],
        safe_now="yes",
        suspect_has_access="no",
        child_called=called,
        child_age=age,
        child_sex=sex,
    )
    with transaction.atomic():
        signal = report_signal(actor=acting(seats["doctor"]), report=report, now=domain_now())
    with transaction.atomic():
        case = open_case_from(actor=acting(seats["coordinator"]), signal=signal.pk, now=domain_now())
        dossier: UUID = case.dossier_id
    return dossier
