"""A unit outside the team is asked for a part: found by function and facet, near ones first, barred ones never."""

from datetime import timedelta

import pytest

from arasha.kernel.access.models import Bar, Body, Member, Unit, UnitFunction
from arasha.kernel.access.rules import Facet, matrix
from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.plans import actions, queries, rules
from arasha.plans.tests.district import BY_WHEN, Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
# Two other districts: of the child's region, and of another.
NEXT = "611600000"
FAR = "751110000"


def found(team: Team, discipline: str = "education", *, name: str = "") -> list[tuple[str, bool]]:
    team.lead.enter()
    case = queries.case_of(team.lead.enter(), team.dossier)
    assert case is not None
    rows = queries.outside(case, rules.discipline(discipline), NOW, name=name)
    return [(one.unit.code.rpartition(" ")[0], one.near) for one in rows]


def seated(code: str, place: str, *functions: str) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit(code, place, *functions))


def ask(team: Team, who: Person, discipline: str = "education") -> None:
    actions.ask_part(
        actor=team.lead.enter(),
        dossier=team.dossier,
        discipline=discipline,
        unit=who.unit.pk,
        by_when=BY_WHEN,
        now=NOW,
    )


def address(team: Team) -> str:
    return f"/plans/{team.dossier}/assessment/outside/"


def test_the_childs_district_comes_first_then_the_region_and_others_are_left_out(team: Team) -> None:
    seated("a school next door", NEXT, "education_school")
    seated("a school far away", FAR, "education_school")
    assert found(team) == [("another school", True), ("a school next door", False)]


def test_who_is_on_the_file_or_could_not_write_the_part_is_not_offered(team: Team) -> None:
    seated("a shelter of papers", DISTRICT, "helpline")
    names = [name for name, _near in found(team)]
    assert names == ["another school"]
    assert found(team, "health") == []
    assert found(team, name="ANOTHER") == [("another school", True)]
    assert found(team, name="no such name") == []


@pytest.mark.parametrize("how", ["barred", "protected", "ended"])
def test_a_barred_a_protected_and_a_closed_unit_are_neither_offered_nor_asked(team: Team, how: str) -> None:
    team.open()
    unit = team.outsider.unit
    with cast.building():
        if how == "barred":
            Bar.objects.create(dossier_id=team.dossier, body_id=unit.body_id, since=cast.LONG_AGO, reason="suspect")
        elif how == "protected":
            Body.objects.filter(pk=unit.body_id).update(protected=True)
        else:
            UnitFunction.objects.filter(unit=unit).update(until=NOW - timedelta(days=1))
    assert found(team) == []
    with pytest.raises(actions.UnitNotAskable):
        ask(team, team.outsider)
    with as_owner():
        assert not Member.objects.filter(dossier=team.dossier, unit=unit).exists()


def test_asking_makes_the_unit_a_partner_that_reads_what_the_page_said(team: Team) -> None:
    team.open()
    unit = team.outsider.unit
    case = queries.case_of(team.lead.enter(), team.dossier)
    assert case is not None
    (one,) = queries.outside(case, rules.discipline("education"), NOW)
    ask(team, team.outsider)
    with as_owner():
        member = Member.objects.get(dossier=team.dossier, unit=unit)
        (row,) = Act.objects.filter(verb="ask_part")
    assert (member.part, member.reason) == ("partner", "assessment")
    assert row.codes["unit"] == unit.pk
    reads = matrix.of_functions()["education_school"][0]
    assert one.reads == member.reads & reads
    assert not one.reads & (1 << Facet.HEALTH)
    assert queries.read(team.outsider.enter(), team.dossier, NOW) is not None


def test_a_unit_that_only_oversees_is_not_drawn_in(team: Team) -> None:
    team.open()
    with cast.building():
        unit = Unit.objects.get(pk=team.outsider.unit.pk)
        Member.objects.create(
            dossier_id=team.dossier, unit=unit, part="overseeing", reads=1, writes=0, since=NOW, reason="test"
        )
    assert found(team) == []
    with pytest.raises(actions.UnitNotAskable):
        ask(team, team.outsider)


def test_the_page_offers_says_what_is_read_and_asks(team: Team) -> None:
    team.open()
    browser = cast.browser_of(team.lead)
    shown = browser.get(address(team), {"discipline": "education"}, headers={"Accept-Language": "en"})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert team.outsider.unit.name in text
    sent = {"discipline": "education", "unit": str(team.outsider.unit.pk)}
    day = {"by_when": "07.12.2099"}
    wrong = browser.post(address(team), sent | day)
    assert wrong.status_code == 422
    assert team.outsider.unit.name in wrong.content.decode()
    for bad in ({"unit": "x"}, {"unit": "999999"}, {"discipline": "none"}, {}):
        assert browser.post(address(team), sent | bad if bad else {}).status_code == 422


@pytest.mark.parametrize("who", ["doctor", "teacher", "outsider"])
def test_for_who_does_not_lead_there_is_no_such_page(team: Team, who: str) -> None:
    team.open()
    person: Person = getattr(team, who)
    browser = cast.browser_of(person)
    assert browser.get(address(team)).status_code == 404
    assert browser.post(address(team), {"discipline": "education"}).status_code == 404


def test_without_an_assessment_there_is_no_such_page(team: Team) -> None:
    assert cast.browser_of(team.lead).get(address(team)).status_code == 404
