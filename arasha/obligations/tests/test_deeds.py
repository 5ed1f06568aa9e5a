"""What can be done with an obligation from its page, as each of the cast does it in the browser."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from arasha.kernel.access.models import Body, Post
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations import queries
from arasha.obligations.models import Answer, Evidence, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import District, Six
from arasha.obligations.views.deeds import DEEDS
from tests.database import as_owner

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training() -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")


def reported(district: District) -> Obligation:
    """Report now, because requests take their moment from the clock."""
    row = cast.report(district, at=datetime.now(UTC))
    cast.end_opening(row.dossier_id)
    return row


def do(browser: Client, row: Obligation, deed: str, **fields: Any) -> HttpResponse:
    response = browser.post(f"{queries.link(row.pk)}{deed}/", fields)
    assert isinstance(response, HttpResponse)
    return response


def shown(browser: Client, row: Obligation) -> str:
    response = browser.get(queries.link(row.pk))
    assert response.status_code == 200
    return text_of(response)


def text_of(response: Any) -> str:
    main = response.content.decode().split('<main class="a-main" id="main">')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main))).replace("\u00a0", " ")


def in_days(days: int) -> str:
    return f"{local(datetime.now(UTC)) + timedelta(days=days):%d.%m.%Y}"


def test_time_is_asked_by_one_and_given_by_the_other_with_the_reason_before_both(district: District) -> None:
    row = reported(district)
    inspector, coordinator = cast.browser_of(district.inspector), cast.browser_of(district.coordinator)
    asked = do(inspector, row, "ask", reason="child_away", words="She is in Shymkent.", until=in_days(4), clock="12:00")
    assert asked.status_code == 302
    words = shown(coordinator, row)
    for part in ("More time is asked for", "the child is away for now", "She is in Shymkent.", "Give this time"):
        assert part in words, part
    assert "Give this time" not in shown(inspector, row)
    assert do(coordinator, row, "grant", until=in_days(3), clock="9:30").status_code == 302
    assert "More time was given – worker" in shown(inspector, row)
    row = cast.fresh(row)
    assert f"{local(row.due_now):%d.%m.%Y %H:%M}" == f"{in_days(3)} 09:30"
    assert row.due_at < row.due_now == row.extended_to


def test_a_request_is_refused_with_a_reason(district: District) -> None:
    row = reported(district)
    do(cast.browser_of(district.inspector), row, "ask", reason="child_away", until=in_days(4))
    coordinator = cast.browser_of(district.coordinator)
    assert do(coordinator, row, "refuse", reason="child_can_not_wait").status_code == 302
    assert "the child can't wait" in shown(coordinator, row)


def test_who_declines_comes_to_the_list_and_the_page_is_not_there_any_more(district: District) -> None:
    row = reported(district)
    browser = cast.browser_of(district.inspector)
    response = do(browser, row, "decline", reason="other_place", words="She lives in Keles.")
    assert (response.status_code, response.headers["Location"]) == (302, "/obligations/")
    assert "went on to another body" in text_of(browser.get("/obligations/"))
    assert browser.get(queries.link(row.pk)).status_code == 404
    words = shown(cast.browser_of(district.coordinator), row)
    assert f"Owed now by: {district.coordinator.unit.name_en}" in words
    assert "She lives in Keles." in words


def test_time_is_suspended_and_runs_again(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.coordinator)
    assert do(browser, row, "suspend", reason="in_hospital", until=in_days(9)).status_code == 302
    assert "its time stands still" in shown(browser, row)
    assert do(browser, row, "resume", reason="over").status_code == 302
    assert "Time runs again" in shown(browser, row)


def test_a_duty_is_waived_taken_back_and_passed_on(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.coordinator)
    assert do(browser, row, "waive", reason="not_needed", words="He is grown up.").status_code == 302
    assert "need not be done" in shown(browser, row)
    assert do(browser, row, "reopen", reason="not_true_any_more", words="He is not.").status_code == 302
    assert cast.fresh(row).state == "open"
    unit = district.region.unit.pk
    assert do(browser, row, "pass-on", unit=unit, words="You have the people.").status_code == 302
    assert cast.fresh(row).state == "superseded"


def test_a_refuge_is_not_among_the_units_that_a_duty_may_pass_to(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.coordinator)
    with cast.building():
        hidden = cast.make_unit("refuge", cast.REGION, "juvenile_inspection")
    assert hidden.name_en in shown(browser, row), "any other unit of this function is offered"
    with cast.building():
        Body.objects.filter(pk=hidden.body_id).update(protected=True)
    assert hidden.name_en not in shown(browser, row)
    assert do(browser, row, "pass-on", unit=hidden.pk, words="Take it.").status_code == 422
    assert cast.fresh(row).state == "open"


def test_an_answer_comes_with_files_that_leave_as_attachments_only(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.inspector)
    file = SimpleUploadedFile("visit.txt", b"She was at home.\n", content_type="text/html")
    assert do(browser, row, "meet", answer="Seen at home.", proofs=file).status_code == 302
    assert "visit.txt" in shown(browser, row)
    with as_owner():
        proof = Evidence.objects.get()
    address = f"{queries.link(row.pk)}evidence/{proof.pk}/"
    response = cast.browser_of(district.coordinator).get(address)
    assert b"".join(response) == b"She was at home.\n"
    assert "attachment" in response.headers["Content-Disposition"]
    for outsider in (district.neighbour, district.doctor):
        assert cast.browser_of(outsider).get(address).status_code == 404
    assert browser.get(f"{queries.link(row.pk)}evidence/{uuid4()}/").status_code == 404


def test_a_file_of_a_forbidden_kind_keeps_the_words_and_records_nothing(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.inspector)
    file = SimpleUploadedFile("visit.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")
    response = do(browser, row, "meet", answer="Seen at home.", proofs=file)
    assert response.status_code == 422
    assert "Seen at home." in response.content.decode()
    with as_owner():
        assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("deed", "fields", "error"),
    [
        ("ask", {"reason": "", "until": "31.03.2031"}, "Choose a reason."),
        ("ask", {"reason": "other", "until": "31.03.2031", "words": ""}, "say it in your own words"),
        ("ask", {"reason": "child_away", "until": "31.03.2020"}, "Choose a moment later"),
        ("ask", {"reason": "child_away", "until": "the day after"}, "Until"),
        ("ask", {"reason": "child_away", "until": "31.03.2031", "clock": "25:00"}, "Write a time of day"),
        ("decline", {"reason": "no_people", "words": ""}, "say it in your own words"),
        ("decline", {"reason": "'; DROP TABLE", "words": "x"}, "Reason"),
        ("decline", {"reason": "no_people", "words": "x" * 20_001}, "This is too long"),
    ],
)
def test_a_faulty_form_comes_back_open_with_what_was_typed(
    district: District, deed: str, fields: dict[str, str], error: str
) -> None:
    row = reported(district)
    response = do(cast.browser_of(district.inspector), row, deed, **fields)
    assert response.status_code == 422
    assert error in text_of(response)
    assert cast.fresh(row).state == "open"


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_what_is_not_ones_own_to_do_is_a_page_that_is_not_there(district: District, deed: str) -> None:
    row = reported(district)
    for outsider in (district.doctor, district.neighbour, district.police_head, district.region):
        assert do(cast.browser_of(outsider), row, deed, answer="x", reason="other", words="x").status_code == 404
    owing = {"meet", "ask", "decline"}
    wrong = district.coordinator if deed in owing else district.inspector
    response = do(
        cast.browser_of(wrong),
        row,
        deed,
        **{"answer": "x", "reason": REASON.get(deed, ""), "words": "x", "until": in_days(5), "by": "paper"},
        unit=district.region.unit.pk,
    )
    assert response.status_code in {404, 422}
    assert cast.fresh(row).state == "open"


REASON = {"ask": "child_away", "decline": "no_people", "waive": "not_needed", "suspend": "in_hospital"} | {
    "refuse": "no_ground",
    "resume": "over",
    "reopen": "no_answer_in_it",
}


def test_a_deed_that_nobody_knows_and_a_duty_that_is_not_there_are_not_found(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.inspector)
    assert do(browser, row, "erase").status_code == 404
    assert browser.post(f"/obligations/{uuid4()}/meet/", {"answer": "x"}).status_code == 404
    assert browser.get(f"{queries.link(row.pk)}meet/").status_code == 302


def test_a_post_that_ended_while_the_page_was_open_records_nothing(district: District) -> None:
    row, browser = reported(district), cast.browser_of(district.inspector)
    assert "Record that it is met" in shown(browser, row)
    with cast.building():
        Post.objects.filter(pk=district.inspector.post).update(until=datetime.now(UTC) - HOUR)
    response = do(browser, row, "meet", answer="Too late for me.")
    assert response.status_code == 404  # who sits nowhere finds nothing
    with as_owner():
        assert not Answer.objects.exists()


def test_opening_the_page_is_seen_once_and_only_by_who_owes_it(district: District) -> None:
    row = reported(district)
    shown(cast.browser_of(district.coordinator), row)
    assert cast.fresh(row).seen_at is None
    browser = cast.browser_of(district.inspector)
    shown(browser, row)
    first = cast.fresh(row).seen_at
    assert first is not None
    shown(browser, row)
    assert cast.fresh(row).seen_at == first


def test_where_every_rung_was_empty_the_page_and_the_nations_list_say_so(district: District) -> None:
    from arasha.kernel.access.models import Unit, UnitFunction  # noqa: PLC0415

    above = [person.unit.id for person in (district.coordinator, district.region, district.nation)]
    with cast.building():
        Unit.objects.filter(pk=district.inspector.unit.id).update(parent=None)
        UnitFunction.objects.filter(unit__in=above).update(territory_id="611600000")
    row = cast.report(district, at=datetime.now(UTC) - 30 * HOUR)
    cast.sweep(datetime.now(UTC))
    assert list(queries.climbed_to_nobody(district.nation.enter())) == [row]
    assert not queries.climbed_to_nobody(district.neighbour.enter()).exists()
    assert "nobody above was told" in shown(cast.browser_of(district.coordinator), row)


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def listed(browser: Client, query: str = "") -> str:
    response = browser.get(f"/obligations/{query}")
    assert response.status_code == 200
    return text_of(response)


def test_the_list_shows_what_is_owed_and_is_narrowed_by_codes(district: District, six: Six) -> None:
    now = datetime.now(UTC)
    rows = cast.report_to_six(district, from_moment=now, now=now)
    browser = cast.browser_of(district.inspector)
    words = listed(browser)
    assert "thing of tell_inspection" in words
    assert "thing of go_there" in words
    assert "thing of tell_guardianship" not in words
    narrowed = browser.get("/obligations/?step=go_there").content.decode()
    assert narrowed.count("Do go_there") == 1
    assert "Do tell_inspection" not in narrowed
    assert "Nothing here" in listed(browser, "?state=late")
    assert "Nothing here" in listed(browser, "?due=past&state=open")
    assert "Do go_there" in listed(browser, "?state=nonsense&due=never&sort=password&step=%00'")
    ids = [str(rows[step].pk) for step in ("go_there", "tell_inspection")]
    noted = browser.post("/obligations/seen/", {"obligation": [*ids, "nonsense", str(uuid4())]}, follow=True)
    assert "2 obligations noted as seen." in text_of(noted)
    assert cast.fresh(rows["go_there"]).seen_at is not None


def test_the_list_goes_on_page_by_page_and_loses_nothing(district: District) -> None:
    now = datetime.now(UTC)
    rows = [cast.report(district, at=now + number * timedelta(seconds=1)) for number in range(30)]
    browser = cast.browser_of(district.inspector)
    first = browser.get("/obligations/").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = browser.get(f"/obligations/{following[1].replace('&amp;', '&')}").content.decode()
    found = [str(row.pk) for row in rows if f"/obligations/{row.pk}/" in first + second]
    assert len(found) == 30
    assert not [row for row in rows if f"/obligations/{row.pk}/" in first and f"/obligations/{row.pk}/" in second]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_list_and_the_page_of_who_decides_speak_the_readers_language(district: District, language: str) -> None:
    row = reported(district)
    do(cast.browser_of(district.inspector), row, "ask", reason="child_away", until=in_days(4))
    browser = cast.browser_of(district.coordinator, language=language)
    words = shown(browser, row) + listed(cast.browser_of(district.inspector, language=language))
    for english in ("More time", "Decide", "Give", "Reason", "Nothing", "What your", "Seen", "supervise"):
        assert english not in words, english
