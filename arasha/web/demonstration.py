"""The demonstration: one made-up district, and a few made-up reports that have already had their first hours.

A room of `web` alone: it plays the parts of several people one after another, as no page does.
"""

import os
from collections.abc import Generator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from arasha.coordination.actions import write_weeks
from arasha.kernel.access.actions import end_session, enter, system
from arasha.kernel.access.models import Body
from arasha.kernel.worktime.actions import advance_clock
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead, domain_now, instance_kind
from arasha.obligations.tasks import sweep
from arasha.signals.actions import Report, report_signal
from arasha.web.actions import Seat, make_district
from arasha.web.contacts import take_contacts
from arasha.web.directory import enter_directory
from arasha.web.pilots import enter_pilots
from arasha.web.promised import enter_infrastructure
from arasha.web.regions import whole
from arasha.web.sittings import call_sittings
from arasha.web.stage import Stage, begin
from arasha.web.story import Story
from arasha.web.worked import Worked

DATA = Path(__file__).parent / "data"
LEAST = timedelta(weeks=1)
PLACE = "615400000"
REPORTER = "doctor"


class NotForProduction(Exception):
    """A production instance has no demonstration."""


class BeginsNow(Exception):
    """The story of weeks needs a clock that began weeks ago; this instance's did not."""


def is_made() -> bool:
    """Say whether the instance has bodies already, made up or not."""
    with system("demonstration"):
        return Body.objects.exists()


def make() -> Sequence[Seat]:
    """Make the district and play its first hours; the training clock moves on as the story does.

    Where the clock began weeks ago, a few children's cases are worked before. Raises NotForProduction.
    """
    if instance_kind() == "production":
        raise NotForProduction
    plan = _read("demonstration.yaml")
    with system("demonstration") as actor:
        seats = make_district(actor=actor, plan=plan, now=domain_now())
        enter_directory(actor=actor, plan=_read("demonstration_directory.yaml"), now=domain_now())
    reports = _read("demonstration_reports.yaml")
    if clock_ahead() <= -LEAST:
        _weeks_of_work(Stage(seats, _read("demonstration_story.yaml"), _begin_of(reports)))
    _first_hours(seats, reports)
    catch_up()
    take_contacts(seats, _read("demonstration_contacts.yaml"))
    enter_pilots(seats, _read("demonstration_pilots.yaml"))
    enter_infrastructure(seats, _read("demonstration_infrastructure.yaml"))
    call_sittings(seats)
    return seats


def _begin_of(reports: Sequence[dict[str, Any]]) -> datetime:
    """Return when the first hours begin that end in the real present."""
    return domain_now() - clock_ahead() - timedelta(hours=max(report["hours_before"] for report in reports))


def _weeks_of_work(stage: Stage) -> None:
    """Let the children whose cases are worked have their weeks, where the clock began in the past."""
    Worked(stage, _read("demonstration_worked.yaml")).begin()
    for _moment in stage.run():
        pass
    stage.leave()


def _first_hours(seats: Sequence[Seat], reports: Sequence[dict[str, Any]]) -> None:
    """Let the doctor of Saryagash tell of the children whom nobody has answered for yet."""
    doctor = next(seat for seat in seats if seat.login == REPORTER)
    before = timedelta(0)
    for report in reports:
        hours = timedelta(hours=report["hours_before"])
        if before:
            _let_pass(before - hours)
        before = hours
        _report(doctor, {name: said for name, said in report.items() if name != "hours_before"})
    _let_pass(before)


def make_regions(*, files: int | None = None) -> Generator[str, None, Sequence[Seat]]:
    """Make three regions and play their story up to the real present; yields how far it is, returns the seats.

    The clock must have begun in the past, with the instance's declaration. Raises NotForProduction, BeginsNow.
    """
    if instance_kind() == "production":
        raise NotForProduction
    if clock_ahead() > -LEAST:
        raise BeginsNow
    plan, words = (
        whole(_read("demonstration.yaml"), _read("demonstration_regions.yaml")),
        _read("demonstration_story.yaml"),
    )
    with system("demonstration") as actor:
        seats = make_district(actor=actor, plan=plan, now=domain_now())
        enter_directory(actor=actor, plan=_read("demonstration_directory.yaml"), now=domain_now())
    write_accounts(seats)  # before the story: killed half way, its people can still sign in
    yield f"{len({seat.login for seat in seats})} made-up people sit in {len(seats)} posts of three regions"
    reports = _read("demonstration_reports.yaml")
    story = Story(seats, words | ({"files": files} if files else {}), _begin_of(reports))
    Worked(story, _read("demonstration_worked.yaml")).begin()
    yield from story.play()
    _first_hours(seats, reports)
    catch_up()
    with system("count") as actor:  # the Fridays of the weeks that were told, as the hour's task writes those that pass
        write_weeks(actor=actor, now=domain_now())
    take_contacts(seats, _read("demonstration_contacts.yaml"))
    enter_pilots(seats, _read("demonstration_pilots.yaml"))
    enter_infrastructure(seats, _read("demonstration_infrastructure.yaml"))
    call_sittings(seats)
    return seats


def catch_up() -> bool:
    """Bring a clock that was left in the past, by a story that was interrupted, to the present; say whether it was."""
    ahead = clock_ahead()
    if ahead >= timedelta(0):
        return False
    _let_pass(-ahead)
    return True


def write_accounts(seats: Sequence[Seat]) -> Path:
    """Write logins, passwords and second factors of the made-up people where only the installer reads them."""
    path = Path(settings.STATE) / "accounts.txt"
    path.parent.mkdir(parents=True, exist_ok=True)  # nobody made it where PostgreSQL is somebody else's
    people = list({seat.login: seat for seat in reversed(seats)}.values())[::-1]  # each once, with the first post
    width = max(len(seat.login) for seat in people)
    lines = ["Made-up people of this installation. Sign in by one click on the sign-in page, or:"]
    lines += [
        f"  {seat.login:{width}}  {seat.account.password}  second factor {seat.account.totp_secret}  {seat.title}"
        for seat in people
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def _report(doctor: Seat, words: dict[str, Any]) -> None:
    token = begin(doctor)
    with transaction.atomic():
        actor = enter(token, doctor.post_id)
        report_signal(actor=actor, report=Report(door="health", territory=PLACE, **words), now=domain_now())
    end_session(token=token)


def _let_pass(time: timedelta) -> None:
    """Move the training clock on and let silence climb, as the minute's sweep would."""
    advance_clock(by=time, actor=INSTALLATION, now=domain_now())
    sweep(domain_now())


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
