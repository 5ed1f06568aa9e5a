"""Institutions: each has a police unit and a team or stands first on the list; who says it, who sees it."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from arasha.institutions import actions, policy, queries, rules
from arasha.institutions.models import Contact
from arasha.institutions.rules import ContactSaid
from arasha.kernel.access.models import Unit
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SEATS = ("psychologist", "nurse", "deputy_head")


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
    return make_team()


@pytest.fixture
def inspector(team: Team) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("inspection of the district", DISTRICT, "juvenile_inspection"))


def keep(who: Person, school: Unit, police: int | None, seats: tuple[str, ...] = SEATS, **more: object) -> Contact:
    said, given = ContactSaid(police=police, team=seats), {"now": NOW} | more
    return actions.keep_contact(actor=who.enter(), institution=school.pk, said=said, **given)  # type: ignore[arg-type]


def stands(who: Person, school: Unit, days: int = 0) -> str:
    rows = queries.institutions(who.enter(), NOW + timedelta(days=days))
    return str(queries.ORDER[rows.get(pk=school.pk).stands])


def test_every_school_has_one_or_stands_on_the_list_of_those_that_have_none(team: Team, inspector: Person) -> None:
    school, lead = team.teacher.unit, team.lead
    assert stands(lead, school) == "none"
    assert school.pk in {row.pk for row in queries.institutions(lead.enter(), NOW, standings=("none",))}
    keep(lead, school, inspector.unit.pk, ())
    assert stands(lead, school) == "no_team"
    keep(lead, school, inspector.unit.pk, now=NOW + timedelta(minutes=1))
    assert stands(lead, school) == "kept"
    assert school.pk not in {row.pk for row in queries.institutions(lead.enter(), NOW, standings=("none",))}
    assert stands(lead, school, days=366) == "stale"
    counts = queries.counted(lead.enter(), NOW + timedelta(days=1))
    assert counts["kept"] == 1
    assert counts["none"] == queries.institutions(lead.enter(), NOW, standings=("none",)).count() > 0


def test_the_school_says_it_itself_and_the_police_unit_hears_once(team: Team, inspector: Person) -> None:
    school = team.teacher.unit
    for minutes in (0, 1):
        keep(team.teacher, school, inspector.unit.pk, now=NOW + timedelta(minutes=minutes))
    with as_owner():
        assert Notice.objects.filter(code="institution_answered_for").count() == 1
        assert Act.objects.filter(verb="keep_contact").count() == 2
        assert Contact.objects.filter(institution=school).count() == 2


def test_nobody_else_says_who_answers_for_a_school(team: Team, inspector: Person) -> None:
    school = team.teacher.unit
    with pytest.raises(actions.NotThere):
        keep(team.outsider, school, inspector.unit.pk)
    with pytest.raises(policy.NotAllowed):
        keep(inspector, school, inspector.unit.pk)
    inspector.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO institutions_contact (id, institution_id, police_id, team, at, unit_id, user_id)"
            " VALUES (%s, %s, %s, '{}', %s, %s, %s)",
            [uuid4(), school.pk, inspector.unit.pk, NOW, inspector.unit.pk, inspector.user],
        )


@pytest.mark.parametrize(
    ("police", "seats", "field"),
    [("own", SEATS, "police"), ("none", (), "police"), ("right", ("nurse",), "team"), ("right", ("x", *SEATS), "team")],
)
def test_what_cannot_stand_is_refused(
    team: Team, inspector: Person, police: str, seats: tuple[str, ...], field: str
) -> None:
    unit = {"own": team.teacher.unit.pk, "none": None, "right": inspector.unit.pk}[police]
    with pytest.raises(rules.Faulty) as fault:
        keep(team.lead, team.teacher.unit, unit, seats)
    assert fault.value.name == field


def test_sent_twice_it_is_one_entry_and_none_is_changed(team: Team, inspector: Person) -> None:
    ticket = uuid4()
    rows = [keep(team.lead, team.teacher.unit, inspector.unit.pk, ticket=ticket) for _ in range(2)]
    assert rows[0].pk == rows[1].pk
    team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.filter(pk=ticket).update(team=[])


def test_pages_list_one_and_those_of_a_file(team: Team, inspector: Person) -> None:
    school, browser = team.teacher.unit, cast.browser_of(team.lead)
    page = browser.get("/institutions/").content.decode()
    assert school.name in page
    assert "Has no contact unit" in page
    address = f"/institutions/{school.pk}/"
    sent = {"once": str(uuid4()), "police": str(inspector.unit.pk), "team": list(SEATS)}
    assert browser.post(address, {"police": "", "team": ["nurse"]}).status_code == 422
    assert browser.post(address, sent).status_code == 302
    assert inspector.unit.name in browser.get(address).content.decode()
    table = list(csv.reader(io.StringIO(browser.get("/institutions/list.csv").content.decode("utf-8-sig"))))
    (line,) = [row for row in table if row[0] == school.name]
    assert line[3] == inspector.unit.name
    near = browser.get(f"/files/{team.dossier}/institutions/").content.decode()
    assert school.name in near
    assert inspector.unit.name in near
    assert cast.browser_of(team.teacher).get(address).status_code == 200
    assert cast.browser_of(team.outsider).get(address).status_code == 404
    assert cast.browser_of(team.outsider).get(f"/files/{team.dossier}/institutions/").status_code == 404
    assert cast.browser_of(inspector).post(address, sent).status_code == 404


def test_words_of_no_list_and_other_territories_are_no_page(team: Team) -> None:
    browser = cast.browser_of(team.lead)
    assert browser.get("/institutions/?standing=x&after=-1").status_code == 200
    for asked in ("000000000", "100000000", "x", "%00"):
        assert browser.get(f"/institutions/?in={asked}").status_code == 404
        assert browser.get(f"/institutions/list.csv?in={asked}").status_code == 404
    assert browser.get("/institutions/999999999/").status_code == 404


def test_a_protected_institution_is_there_for_its_own_people_alone(team: Team, inspector: Person) -> None:
    school = team.teacher.unit
    with cast.building():
        type(school.body).objects.filter(pk=school.body_id).update(protected=True)
    browser, address = cast.browser_of(team.lead), f"/institutions/{school.pk}/"
    assert browser.get(address).status_code == 404
    for page in ("/institutions/", "/institutions/list.csv", f"/files/{team.dossier}/institutions/"):
        assert school.name not in browser.get(page).content.decode()
    assert cast.browser_of(team.teacher).get(address).status_code == 200


def test_the_ticket_of_another_entry_is_no_entry(team: Team, inspector: Person) -> None:
    ticket = uuid4()
    keep(team.lead, team.teacher.unit, inspector.unit.pk, ticket=ticket)
    with pytest.raises(actions.NotThere):
        keep(team.lead, team.outsider.unit, inspector.unit.pk, ticket=ticket)
