"""Supervision: what two people wrote is theirs alone, whoever asks; that they met, or did not, their head sees."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import Person
from arasha.workforce import actions, policy, queries
from arasha.workforce.models import Reflection, Supervision
from arasha.workforce.rules import Faulty, SessionSaid
from arasha.workforce.tests.cast import FRIDAY, Office, clock
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOSTILE = '<script>alert(1)</script>"'
LIST = "/workforce/supervision/"


def plan(office: Office, at: datetime = FRIDAY + DAY, *, now: datetime = FRIDAY) -> Supervision:
    said = SessionSaid(office.worker.user, office.colleague.user, at)
    return actions.plan_supervision(actor=office.worker.enter(), said=said, now=now)


def write(who: Person, row: Supervision, words: str = "Шаршадым") -> Reflection:
    return actions.write_reflection(actor=who.enter(), session=row.pk, words=words, now=FRIDAY, ticket=uuid4())


def codes(who: Person) -> set[str]:
    return {notice.code for notice in own(who.enter())}


def test_the_database_shows_a_note_to_the_two_and_to_nobody_else(office: Office) -> None:
    row = plan(office)
    note = write(office.worker, row)
    write(office.colleague, row, "Бірге ойланайық")
    for who in (office.worker, office.colleague):
        found = queries.reflections(who.enter(), row)
        assert {words for _, words in found} == {"Шаршадым", "Бірге ойланайық"}
    district = office.district
    for who in (office.head, office.third, office.stranger, district.coordinator, district.doctor):
        actor = who.enter()
        assert not Reflection.objects.exists()
        assert queries.reflections(actor, row) == []
        with pytest.raises(actions.NotThere):
            write(who, row)
    clock()
    assert not Reflection.objects.exists()
    office.head.enter()
    assert Supervision.objects.filter(pk=row.pk).exists()
    office.stranger.enter()
    assert not Supervision.objects.filter(pk=row.pk).exists()
    office.worker.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reflection.objects.filter(pk=note.pk).update(written_at=FRIDAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reflection.objects.filter(pk=note.pk).delete()


def test_no_act_says_what_was_written(office: Office) -> None:
    row = plan(office)
    write(office.worker, row)
    with as_owner():
        acts = Act.objects.filter(verb__in=["plan_supervision", "write_reflection"])
        assert [act.codes.keys() for act in acts] == [{"unit", "session"}] * 2


def test_only_one_of_the_two_plans_and_only_with_a_colleague(office: Office) -> None:
    said = SessionSaid(office.worker.user, office.colleague.user, FRIDAY + DAY)
    with pytest.raises(policy.NotAllowed):
        actions.plan_supervision(actor=office.head.enter(), said=said, now=FRIDAY)
    foreign = SessionSaid(office.worker.user, office.stranger.user, FRIDAY + DAY)
    with pytest.raises(actions.NotThere):
        actions.plan_supervision(actor=office.worker.enter(), said=foreign, now=FRIDAY)
    for at in (FRIDAY, FRIDAY + 400 * DAY):
        with pytest.raises(Faulty):
            plan(office, at)
    row = plan(office)
    assert "supervision_planned" in codes(office.colleague)
    again = actions.plan_supervision(actor=office.worker.enter(), said=said, now=FRIDAY, ticket=row.pk)
    assert again.pk == row.pk


def test_a_session_is_moved_once_and_settled_once_after_it_began(office: Office) -> None:
    row = plan(office)
    with pytest.raises(actions.SessionOver):
        actions.settle_supervision(actor=office.worker.enter(), session=row.pk, state="kept", now=FRIDAY)
    later = FRIDAY + 2 * DAY
    fresh = actions.move_supervision(actor=office.colleague.enter(), session=row.pk, starts_at=later, now=FRIDAY)
    assert fresh.follows_id == row.pk
    with pytest.raises(actions.SessionOver):
        actions.move_supervision(actor=office.worker.enter(), session=row.pk, starts_at=later, now=FRIDAY)
    for who in (office.head, office.stranger):
        with pytest.raises(actions.NotThere):
            actions.settle_supervision(actor=who.enter(), session=fresh.pk, state="kept", now=later)
    actions.settle_supervision(actor=office.worker.enter(), session=fresh.pk, state="kept", now=later)
    with pytest.raises(actions.SessionOver):
        actions.settle_supervision(actor=office.colleague.enter(), session=fresh.pk, state="missed", now=later)


def test_missed_twice_in_a_row_is_told_to_the_head_and_once_is_not(office: Office) -> None:
    for number in (1, 2):
        at = FRIDAY + number * DAY
        row = plan(office, at)
        actions.settle_supervision(actor=office.worker.enter(), session=row.pk, state="missed", now=at)
        assert ("supervision_missed" in codes(office.head)) is (number == 2)


def test_the_clock_reminds_both_once_a_day_before(office: Office) -> None:
    plan(office, FRIDAY + DAY + HOUR)
    assert actions.remind_supervision(actor=clock(), now=FRIDAY) == 0
    assert actions.remind_supervision(actor=clock(), now=FRIDAY + HOUR) == 1
    assert actions.remind_supervision(actor=clock(), now=FRIDAY + HOUR) == 0
    for who in (office.worker, office.colleague):
        assert "supervision_tomorrow" in codes(who)
    with pytest.raises(policy.NotAllowed):
        actions.remind_supervision(actor=office.head.enter(), now=FRIDAY)


def test_the_pages_show_notes_to_the_two_and_dates_to_the_head(office: Office) -> None:
    browser = cast.browser_of(office.worker)
    said = {"once": str(uuid4()), "other": office.colleague.user, "role": "worker", "clock": "10:00"}
    assert browser.post(f"{LIST}new/", said | {"day": "01.01.2020"}).status_code == 422
    said["day"] = f"{domain_now().date() + 3 * DAY:%d.%m.%Y}"
    there = browser.post(f"{LIST}new/", said).headers["Location"]
    assert browser.post(f"{LIST}new/", said).headers["Location"] == there
    note = {"once": str(uuid4()), "words": HOSTILE}
    for _ in range(2):
        assert browser.post(there, note).status_code == 302
    body = cast.browser_of(office.colleague).get(there).content.decode()
    assert body.count("&lt;script&gt;") == 1
    assert HOSTILE not in body
    assert browser.post(there, {"once": "x", "words": ""}).status_code == 422
    head = cast.browser_of(office.head)
    listed = head.get(LIST).content.decode()
    assert "Sessions of others in the unit" in listed
    assert there not in listed
    assert "Sessions of others" not in cast.browser_of(office.third).get(LIST).content.decode()
    for who in (office.head, office.third, office.stranger, office.district.coordinator):
        for page in (there, f"{there}move/"):
            assert cast.browser_of(who).get(page).status_code == 404
            assert cast.browser_of(who).post(page, note).status_code == 404
        assert cast.browser_of(who).post(f"{there}settle/", {"state": "kept"}).status_code == 404
    assert browser.post(f"{there}settle/", {"state": "x"}).status_code == 302
    moved = browser.post(f"{there}move/", {"day": said["day"], "clock": "12:30"})
    assert moved.status_code == 302
    assert moved.headers["Location"] != there
    assert "moved" in browser.get(f"{LIST}?shown=past").content.decode()
