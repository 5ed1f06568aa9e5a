"""The paper of a release on its page: agreed parts only, the same bytes, 404 for who may not."""

import io
from datetime import UTC, datetime
from uuid import UUID

import pypdf
import pytest

from arasha.coordination import rules
from arasha.kernel.access.models import Unit
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.releases.actions import decide
from arasha.releases.rules import PARTS, Own, Withheld
from arasha.releases.tests.cast import NOW, Desk, make_desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db
# Acts that a reader of the paper must never learn of.
NEVER = ("report_signal", "take_signal", "bar_person", "break_glass", "keep_words", "hear_child", "stop_release")


@pytest.fixture
def desk(db: None) -> Desk:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_desk()


def test_a_second_print_gives_the_same_bytes_and_strangers_find_nothing(desk: Desk) -> None:
    request = desk.given().request_id
    address = f"/released/{request}/paper/"
    for stranger in (desk.counter, desk.team.outsider, desk.team.teacher):
        assert cast.browser_of(stranger).post(address).status_code == 404
    lead = cast.browser_of(desk.team.lead)
    first, second = lead.post(address), lead.post(address)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert first.content == second.content
    assert first.content.startswith(b"%PDF")


def printed(desk: Desk, request: UUID) -> str:
    """Let the second person agree, print the paper and return its words."""
    decide(actor=desk.second.enter(), request=request, agree=True, now=NOW)
    paper = cast.browser_of(desk.team.lead).post(f"/released/{request}/paper/")
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages)


def test_the_paper_holds_the_agreed_part_alone_and_nobodys_name(desk: Desk) -> None:
    text = printed(desk, desk.proposed(parts=["story"]).request_id)
    assert "What happened, in plain words" in text
    assert "Help was begun" in text
    with as_owner():
        names = [str(unit.name) for unit in Unit.objects.all()]
    for hidden in ("Ерлан", "The child’s plan", *names):
        assert hidden not in text


def test_a_childs_copy_speaks_to_the_child_and_tells_nothing_of_what_waits(desk: Desk) -> None:
    release = desk.matched(desk.asked(applicant="child_helped"), person=None)
    lead, address = cast.browser_of(desk.team.lead), f"/requests/{release.request_id}/"
    said = {"consent": "not_needed", "parts": ["story"], "waits": ["health"], "why": "too_heavy"}
    assert "Say who goes through" in lead.post(f"{address}propose/", said, follow=True).content.decode()
    lead.post(f"{address}propose/", {**said, "helper": "Айгүл"})
    text = printed(desk, release.request_id)
    assert "We began to help you" in text
    page = lead.get(address).content.decode()
    for staff_see in ("Айгүл", "About health", "It is too heavy for the child now"):
        assert staff_see in page
        assert staff_see not in text
    assert "health" not in text.lower()


def test_nothing_is_printed_of_what_was_not_agreed_or_for_a_suspect(desk: Desk) -> None:
    lead = cast.browser_of(desk.team.lead)
    proposed = desk.proposed()
    assert lead.post(f"/released/{proposed.request_id}/paper/").status_code == 404
    given = desk.given()
    desk.allege_father()
    assert lead.post(f"/released/{given.request_id}/paper/").status_code == 302


def test_what_the_paper_may_say_is_a_short_list_of_known_acts_and_parts() -> None:
    for row in rules.RELEASED:
        assert row.code in rules.PHRASES
        assert row.more["part"] in PARTS
        assert row.code in rules.RELEASED_CHILD
    assert {row.code for row in PARTS} <= {row.code for row in rules.RELEASED_CHILD}
    assert not set(NEVER) & {row.code for row in rules.RELEASED}
    assert not [row.code for row in rules.RELEASED if "{" in rules.RELEASED.label(row.code)]


@pytest.mark.parametrize(
    ("applicant", "said"),
    [("court", "Ask the child’s clinic about health"), ("child_helped", "Ask your doctor at the clinic")],
)
def test_a_health_part_without_listed_acts_sends_to_the_clinic(desk: Desk, applicant: str, said: str) -> None:
    release = desk.matched(desk.asked(applicant=applicant), person=None)
    text = printed(desk, desk.proposed(release, parts=["health", "education"], own=Own("Айгүл")).request_id)
    assert said in " ".join(text.split())
    assert text.count("Nothing is written here") == 1  # of school


def test_that_the_clinic_is_asked_is_said_of_known_parts_and_is_not_verified() -> None:
    for none in (rules.RELEASED_NONE, rules.RELEASED_NONE_CHILD):
        assert {row.code for row in none} == {"health"} <= {row.code for row in PARTS}
        assert {row.more["verified_by"] for row in none} == {""}


@pytest.mark.parametrize(("applicant", "told"), [("court", True), ("parent", False)])
def test_a_state_body_reads_what_is_kept_back_and_nobody_else_does(desk: Desk, applicant: str, *, told: bool) -> None:
    release = desk.matched(desk.asked(applicant=applicant), person=None)
    kept = Withheld(("education",), "too_wide")
    text = printed(desk, desk.proposed(release, parts=["story"], withheld=kept).request_id)
    for said in ("Not given", "About school", "More is asked than the basis allows"):
        assert (said in text) is told
