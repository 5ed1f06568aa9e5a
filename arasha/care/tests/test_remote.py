"""A talk at a distance counts only in an emergency, with the child alone and the safe word right; else they meet."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from arasha.care import actions, policy, queries
from arasha.care.models import SafeWord, VisitMade
from arasha.care.rules import Faulty
from arasha.care.tests.cast import House
from arasha.emergency import actions as emergencies
from arasha.emergency.rules import EmergencySaid
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TALK = {"door": "remote", "home": "not_looked", "alone": "yes", "word": "yes"}
WORD = "Көк шәйнек"


def declare(house: House) -> UUID:
    today: date = local(NOW).date()
    said = EmergencySaid(DISTRICT, "epidemic", "Order 5", today, today + timedelta(days=9))
    return emergencies.declare(actor=house.team.district.coordinator.enter(), ticket=uuid4(), said=said, now=NOW)


def agree(house: House, who: Person, word: str = WORD, *, ticket: UUID | None = None, now: datetime = NOW) -> UUID:
    given: dict[str, Any] = {"dossier": house.dossier, "word": word, "ticket": ticket or uuid4(), "now": now}
    return actions.agree_safe_word(actor=who.enter(), **given)


def seen_at(house: House) -> datetime | None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT max(seen_at) FROM coordination.file_seen WHERE dossier = %s", [house.dossier])
        found: datetime | None = cursor.fetchone()[0]
        return found


def test_a_child_alone_who_says_the_word_was_seen(house: House) -> None:
    declare(house)
    agree(house, house.team.lead)
    visit = house.ask(urgency="days")
    house.went(visit, house.guardian, **TALK)
    assert house.owed(visit.pk)["visit_days"][1] == "met"
    assert seen_at(house) == NOW


@pytest.mark.parametrize("wrong", [{"alone": "no"}, {"word": "no"}])
def test_else_it_is_kept_does_not_count_and_the_meeting_is_owed(house: House, wrong: dict[str, str]) -> None:
    declare(house)
    agree(house, house.team.lead)
    visit = house.ask(urgency="days")
    made = house.went(visit, house.guardian, **TALK | wrong)
    assert made.seen == "not_seen"
    assert house.owed(visit.pk) == {"visit_days": (house.guardian.unit.pk, "open")}
    assert seen_at(house) is None
    house.team.lead.enter()
    ((tried,),) = [one.tried for one in queries.visits_of(house.dossier)]
    assert (tried.facts, tried.alone, tried.word) == (
        "Үй жылы",
        *(TALK | wrong)["alone"].split(),
        (TALK | wrong)["word"],
    )


def test_where_nobody_owed_a_visit_any_more_one_is_owed_within_hours(house: House) -> None:
    declare(house)
    agree(house, house.team.lead)
    visit = house.ask(urgency="days")
    house.went(visit, house.guardian)
    house.went(visit, house.guardian, **TALK | {"word": "no"})
    assert house.owed(visit.pk)["visit_today"] == (house.inspector.unit.pk, "open")
    house.went(visit, house.guardian, **TALK | {"word": "no"})
    assert len(house.owed(visit.pk)) == 2


def test_a_word_that_nobody_agreed_on_beforehand_is_never_right(house: House) -> None:
    declare(house)
    visit = house.ask(urgency="days")
    assert house.went(visit, house.guardian, **TALK).seen == "not_seen"
    agree(house, house.team.lead, now=NOW + timedelta(minutes=1))
    assert house.went(visit, house.guardian, **TALK).seen == "not_seen"


def test_without_an_emergency_the_child_is_met(house: House) -> None:
    agree(house, house.team.lead)
    visit = house.ask(urgency="days")
    with pytest.raises(Faulty) as refused:
        house.went(visit, house.guardian, **TALK)
    assert refused.value.faults == [("door", "in_person")]
    emergency = declare(house)
    with pytest.raises(Faulty):
        house.went(visit, house.guardian, **TALK | {"alone": "", "word": "perhaps"})
    emergencies.end_early(actor=house.team.district.coordinator.enter(), emergency=emergency, now=NOW)
    with pytest.raises(Faulty):
        house.went(visit, house.guardian, **TALK)
    with as_owner():
        assert not VisitMade.objects.exists()


def test_the_word_is_agreed_once_sealed_and_read_by_who_reads_the_plan(house: House) -> None:
    ticket = agree(house, house.team.lead)
    agree(house, house.team.lead, "басқа", ticket=ticket)
    agree(house, house.team.lead, "Қызыл алма", now=NOW + timedelta(hours=1))
    house.team.lead.enter()
    found = queries.safe_word(house.dossier)
    assert found is not None
    assert found.word == "Қызыл алма"
    with as_owner():
        assert SafeWord.objects.count() == 2
        assert WORD.encode() not in b"".join(bytes(row.sealed) for row in SafeWord.objects.all())
        assert Act.objects.filter(verb="agree_safe_word").count() == 2
    for other in (house.barred, house.team.teacher, house.team.outsider):
        other.enter()
        assert queries.safe_word(house.dossier) is None
        with pytest.raises((actions.NotThere, policy.NotAllowed)):
            agree(house, other)


@pytest.mark.parametrize("word", [" ", "x" * 101, "a\x00b"])
def test_what_is_no_word_is_refused(house: House, word: str) -> None:
    with pytest.raises(Faulty):
        agree(house, house.team.lead, word)


def test_the_page_folds_the_word_away_and_is_not_there_for_others(house: House) -> None:
    here = f"/files/{house.dossier}/safe-word/"
    lead = cast.browser_of(house.team.lead)
    form = {"once": str(uuid4()), "word": WORD}
    for _twice in range(2):
        assert lead.post(here, form).status_code == 302
    page = lead.get(here).content.decode()
    assert WORD in page.partition("govuk-details__summary")[2].partition("</details>")[0]
    assert lead.post(here, {"once": str(uuid4()), "word": ""}).status_code == 422
    assert here in lead.get(f"/files/{house.dossier}/entry/").content.decode()
    for other in (house.barred, house.team.teacher, house.team.outsider):
        assert cast.browser_of(other).get(here).status_code == 404
        assert cast.browser_of(other).post(here, form).status_code == 404
    assert WORD not in lead.get(f"/files/{house.dossier}/entry/").content.decode()
