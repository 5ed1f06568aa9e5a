"""Several children are referred at once: each for itself, once, and who can't be is named with the reason."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from arasha.cases.actions import open_case
from arasha.kernel.access.actions import TeamMember
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.people.rules import Described, birth_said, parted
from arasha.plans import actions
from arasha.plans.models import Referral
from arasha.plans.rules import referral as rules
from arasha.plans.tests.district import TODAY, Team
from arasha.plans.tests.referred import Service, send, service
from arasha.services.models import Provider
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def another(team: Team, called: str, lead: cast.Person | None = None) -> UUID:
    """Open one more case of the coordinator's."""
    lead = lead or team.lead
    lead.enter()
    signal = cast.open_file(TeamMember("lead", unit_id=lead.unit.pk))
    child = Described(name=parted(called), kind="said", sex="boy", birth=birth_said(age=11, on=TODAY))
    case = open_case(actor=lead.enter(), signal_dossier=signal, territory=DISTRICT, child=child, now=NOW)
    cast.end_opening(case.dossier_id)
    dossier: UUID = case.dossier_id
    return dossier


@pytest.fixture
def centre(team: Team) -> Service:
    return service(team, "Отбасы орталығы")


def to_all(centre: Service, **changes: Any) -> actions.ToAll:
    given: dict[str, Any] = {
        "offering": centre.offered,
        "unit": centre.worker.unit.pk,
        "purpose": "psychological",
        "reads_days": 180,
        "words": "Топтық сабақ",
    }
    return actions.ToAll(**given | changes)


def several(team: Team, centre: Service, children: list[actions.Child], ticket: UUID | None = None) -> Any:
    given: dict[str, Any] = {"children": children, "to_all": to_all(centre), "ticket": ticket or uuid4(), "now": NOW}
    return actions.send_several(actor=team.lead.enter(), **given)


def agreed(dossier: UUID, **more: Any) -> actions.Child:
    return actions.Child(dossier=dossier, **{"consent": "child"} | more)


def bar_centre(centre: Service, dossier: UUID) -> None:
    with cast.building():
        from arasha.kernel.access.models import Bar  # noqa: PLC0415  built past every right

        body = Provider.objects.get(sites__offerings=centre.offered).body
        Bar.objects.create(dossier_id=dossier, body=body, since=cast.LONG_AGO, reason="suspect")


def test_each_child_is_referred_for_itself_and_one_that_is_barred_holds_no_other_up(
    team: Team, centre: Service
) -> None:
    files = [team.dossier, another(team, "Нұрлан"), another(team, "Дана"), another(team, "Ерлан")]
    bar_centre(centre, files[1])
    children = [agreed(files[0]), agreed(files[1]), agreed(files[2], consent=""), agreed(files[3], urgency="today")]
    ticket = uuid4()
    result = several(team, centre, children, ticket)
    assert list(result.sent) == [files[0]]
    assert result.left == {files[1]: "barred", files[2]: "consent", files[3]: "why"}
    # Sent once more with the same page, mended: who was sent stays one, the others follow.
    mended = [agreed(files[0]), agreed(files[2]), agreed(files[3], urgency="today", why="not_safe")]
    again = several(team, centre, mended, ticket)
    assert len(again.sent) == 3
    assert again.sent[files[0]] == result.sent[files[0]]
    with as_owner():
        assert Referral.objects.count() == 3
        assert Obligation.objects.filter(protocol__code="referral").count() == 3


def test_only_files_that_the_unit_leads_go_through_and_fifty_at_most(team: Team, centre: Service) -> None:
    send(team, centre)
    foreign = another(team, "Басқа", team.district.region)
    result = several(team, centre, [agreed(foreign), agreed(team.dossier), agreed(uuid4())])
    assert result.sent == {}
    assert sorted(result.left.values()) == ["already", "not_there", "not_there"]
    given: dict[str, Any] = {
        "children": [agreed(team.dossier)],
        "to_all": to_all(centre),
        "ticket": uuid4(),
        "now": NOW,
    }
    assert list(actions.send_several(actor=team.doctor.enter(), **given).left.values()) == ["not_there"]
    with pytest.raises(actions.TooManyAtOnce):
        several(team, centre, [agreed(uuid4()) for _turn in range(rules.MOST_AT_ONCE + 1)])


def test_the_pages_lead_from_choosing_to_what_went_through(team: Team, centre: Service) -> None:
    second, third = another(team, "Нұрлан"), another(team, "Дана")
    bar_centre(centre, third)
    browser = cast.browser_of(team.lead)
    here = f"/plans/referrals/several/?offering={centre.offered}"
    page = browser.get(here).content.decode()
    for called in ("Аяру", "Нұрлан", "Дана"):
        assert called in page
    sheet = browser.get(f"{here}&file={team.dossier}&file={second}&file={third}").content.decode()
    assert "may not be asked for this child" in sheet
    once = re.search(r'name="once" value="([^"]+)"', sheet)
    assert once
    sent = {
        "offering": str(centre.offered),
        "file": [str(team.dossier), str(second), str(third)],
        "once": once[1],
        "unit": str(centre.worker.unit.pk),
        "purpose": "psychological",
        "words": "<script>alert(1)</script>",
        "reads_days": "180",
        f"agreed_{team.dossier}": "child_and_adult",
    }
    bad = browser.post("/plans/referrals/several/", sent | {"words": ""})
    assert bad.status_code == 422
    for _turn in range(2):
        done = browser.post("/plans/referrals/several/", sent).content.decode()
        assert "nobody said who agrees" in done
        assert "/plans/referrals/" in done
    with as_owner():
        assert Referral.objects.count() == 1


def test_who_leads_nothing_finds_no_child_there(team: Team, centre: Service) -> None:
    page = cast.browser_of(team.doctor).get(f"/plans/referrals/several/?offering={centre.offered}&file={team.dossier}")
    assert "Аяру" not in page.content.decode()
    assert cast.browser_of(team.lead).get("/plans/referrals/several/?offering=x").status_code == 404
