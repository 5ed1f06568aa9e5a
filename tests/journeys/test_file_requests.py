"""A father comes to a counter and asks for the file, over HTTP: he gets a letter, nobody says why."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from pypdf import PdfReader

from arasha.cases.models import Case
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.releases.models import FileRequest, Release
from arasha.releases.tests.cast import Desk, make_desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ASKS = {"applicant": "parent", "checked": "document", "way": "in_person", "basis": "none", "incoming": ""}


@pytest.fixture
def desk(db: None) -> Desk:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_desk()


def asked(desk: Desk, **more: Any) -> UUID:
    """Ask at the counter; the answer is the same empty page."""
    said: dict[str, Any] = {"once": uuid4(), "asker": "Ерлан", "child": "Аяру", "wants": "Барлығы"}
    answer = cast.browser_of(desk.counter).post("/requests/new/", ASKS | said | more)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/requests/new/")
    with as_owner():
        return FileRequest.objects.latest("asked_at").pk


def matched(desk: Desk, request: UUID) -> str:
    """Match the request to the girl's file and the father; return how it stands."""
    with as_owner():
        number = Case.objects.get(dossier=desk.dossier).number
    said = {"number": number, "chosen": "yes", "person": str(desk.father)}
    answer = cast.browser_of(desk.team.lead).post(f"/requests/{request}/match/", said)
    assert answer.status_code == 302
    with as_owner():
        return str(Release.objects.get(request=request).state)


def test_a_suspect_father_gets_the_letter_that_everybody_gets_and_the_girl_is_seen_to(desk: Desk) -> None:
    desk.allege_father()
    letter = cast.browser_of(desk.counter).get("/requests/letter.pdf")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(letter.content)).pages)
    assert "Your request has been received" in said
    assert "Аяру" not in said
    assert matched(desk, asked(desk)) == "stopped"
    with as_owner():
        duty = Obligation.objects.get(dossier=desk.dossier, protocol__code="file_asked_in_danger")
    assert duty.unit_id == desk.team.lead.unit.pk
    page = cast.browser_of(desk.team.lead).get(f"/obligations/{duty.pk}/")
    assert page.status_code == 200


def test_a_mother_is_answered_by_two_persons(desk: Desk) -> None:
    request = asked(desk, asker="Әсел")
    assert matched(desk, request) == "matched"
    lead, second, address = cast.browser_of(desk.team.lead), cast.browser_of(desk.second), f"/requests/{request}/"
    lead.post(f"{address}propose/", {"parts": ["story", "plan"], "consent": "yes"})
    page = lead.post(f"{address}decide/", {"agree": "yes"}, follow=True).content.decode()
    assert "Somebody else decides" in page
    second.post(f"{address}decide/", {"agree": "yes"})
    lead.post(f"{address}hand-over/", {"how": "in_person", "receiver": "Ерлан", "proof": "signature"})
    page = second.get(address).content.decode()
    assert "Handed over" in page
    assert "Who reported" in page  # among what is always blacked out


def test_a_courts_letter_is_answered_in_part_by_the_day_that_it_names(desk: Desk) -> None:
    today = domain_now().date()
    days = {"letter_on": f"{today:%d.%m.%Y}", "wanted_on": f"{today + timedelta(days=5):%d.%m.%Y}"}
    court = {"applicant": "court", "basis": "court_order", "checked": "official", "way": "letter"}
    request = asked(desk, **court, **days, asker="Аудандық сот", incoming="12-05/345")
    with as_owner():
        number = Case.objects.get(dossier=desk.dossier).number
    lead, second, address = cast.browser_of(desk.team.lead), cast.browser_of(desk.second), f"/requests/{request}/"
    lead.post(f"{address}match/", {"number": number, "chosen": "yes", "person": ""})
    with as_owner():
        duty = Obligation.objects.get(dossier=desk.dossier, protocol__code="file_request")
    assert (local(duty.due_at).date() - today).days in (4, 5, 6)
    said = {"parts": ["story", "health"], "consent": "not_needed", "withheld": ["plan"], "ground": "too_wide"}
    lead.post(f"{address}propose/", said)
    second.post(f"{address}decide/", {"agree": "yes"})
    paper = lead.post(f"/released/{request}/paper/")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).split())
    for words in ("Ask the child’s clinic about health", "Not given", "The child’s plan"):
        assert words in text
    lead.post(f"{address}hand-over/", {"how": "letter", "receiver": "Сот", "proof": "post"})
    listed = lead.get(f"/requests/year/{today.year}-list.xlsx").content
    (_heads, line) = openpyxl.load_workbook(BytesIO(listed)).active.iter_rows(values_only=True)
    assert (line[3], line[7]) == ("12-05/345", "Given in part")
