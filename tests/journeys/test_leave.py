"""A worker who leads leaves on Friday: first on leave, with notes; then for good, and no child is without somebody."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from arasha.cases.actions import care_for_leads
from arasha.cases.models import Case
from arasha.kernel.access.models import Post
from arasha.kernel.messages.queries import own
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.workforce import actions
from arasha.workforce.rules import Faulty
from arasha.workforce.tests.cast import FRIDAY, Office, clock, has, make_office
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Office:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_office()


def database_now() -> datetime:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT worktime.now()")
        found: datetime = cursor.fetchone()[0]
    return found


def test_a_worker_plans_leave_writes_what_the_child_fears_and_the_colleague_reads_it(office: Office) -> None:
    file = office.case()
    browser = cast.browser_of(office.worker)
    today = domain_now().date()
    said = {"once": "00000000-0000-4000-8000-000000000002", "worker": office.worker.user}
    said |= {"first_on": f"{today:%d.%m.%Y}", "last_on": f"{today + timedelta(days=9):%d.%m.%Y}"}
    there = browser.post("/workforce/leave/new/", said | {"substitute": office.colleague.user}).headers["Location"]
    words = {"seen": "0", "fears": "Өгей әкесінен қорқады", "never": "Үйге қоңырау шалмаңыз"}
    assert browser.post(f"{there}of/{file}/", words).status_code == 302
    assert actions.begin_leaves(actor=clock(), now=domain_now()) == 1
    assert has(file) == office.colleague.user
    read = cast.browser_of(office.colleague).get(there).content.decode()
    assert words["fears"] in read
    assert words["never"] in read
    assert "away now" in cast.browser_of(office.head).get("/workforce/caseload/").content.decode()
    assert browser.post(there).status_code == 302
    assert actions.end_leaves(actor=clock(), now=domain_now()) in {0, 1}
    assert actions.end_leaves(actor=clock(), now=domain_now() + timedelta(days=10)) in {0, 1}
    assert has(file) == office.worker.user


def test_who_leaves_for_good_leaves_no_child_behind(office: Office) -> None:
    files = [office.case() for _ in range(3)]
    with cast.building():
        Post.objects.filter(pk=office.worker.post).update(holder=None)
    now = database_now()
    care_for_leads(actor=clock(), now=now)
    assert {has(file) for file in files} == {office.head.user}
    told = [notice for notice in own(office.head.enter()) if notice.code == "cases_to_assign"]
    assert len(told) == 1
    browser = cast.browser_of(office.head)
    assert browser.get(told[0].link).status_code == 200
    here = f"/workforce/caseload/?worker={office.head.user}"
    page = browser.get(here).content.decode()
    assert len(re.findall(r'name="dossiers"', page)) == 3
    given: dict[str, Any] = {"worker": office.third.user, "dossiers": [str(file) for file in files]}
    assert "3 cases were given" in browser.post(here, given, follow=True).content.decode()
    assert {has(file) for file in files} == {office.third.user}
    care_for_leads(actor=clock(), now=now)
    assert {has(file) for file in files} == {office.third.user}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_every_open_case_has_exactly_one_unit_and_somebody_present(office: Office, seed: int) -> None:
    chance, people = Random(seed), [office.worker, office.colleague, office.third]  # noqa: S311 - a test's dice
    files = [office.case(of=chance.choice(people)) for _ in range(5)]
    now = FRIDAY
    for _ in range(12):
        now += timedelta(hours=chance.randint(1, 40))
        _something(office, chance, files, now)
        actions.end_leaves(actor=clock(), now=now)
        actions.begin_leaves(actor=clock(), now=now)
        with as_owner():
            leads = list(Case.objects.filter(dossier__in=files).values_list("lead_unit", "lead_user"))
        present = {person.user for person in [*people, office.head]}
        assert len(leads) == len(files)
        assert {unit for unit, _ in leads} == {office.worker.unit.pk}
        assert {user for _, user in leads} <= present


def _something(office: Office, chance: Random, files: list[UUID], now: datetime) -> None:
    """Let a head give a case on, or somebody plan a leave; what is refused changes nothing."""
    people = [office.worker, office.colleague, office.third]
    if chance.random() < 0.5:
        file = chance.choice(files)
        given: dict[str, Any] = {"worker": chance.choice(people).user, "instead_of": has(file), "now": now}
        actions.give_cases(actor=office.head.enter(), dossiers=[file], **given)
        return
    away, stands_in = chance.sample(people, 2)
    first = (now - FRIDAY).days + chance.randint(0, 2)
    with suppress(actions.LeaveStands, Faulty):
        office.plan(worker=away, substitute=stands_in, first=first, last=first + chance.randint(0, 4))
