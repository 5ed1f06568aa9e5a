"""A file's forms: offered by data, read by facet, handed in once; a screening that finds danger rings at once."""

import pytest

from arasha.coordination import actions, queries, rules
from arasha.coordination.tests.filing_cast import CALM, DANGER, begun, handed_in, put_in_force, written
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Facet, Refused
from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import ANSWERS, OURS, YN, Team, make_team, small
from arasha.questionnaires import actions as answering
from arasha.questionnaires.models import Response, Version
from arasha.questionnaires.rules.lint.sheets import KINDS
from arasha.questionnaires.tests.answering_cast import publish
from arasha.signals.models import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(district: cast.District) -> Team:
    """A case of a girl of 13, with its team, and forms of the first days in force."""
    made = make_team(district=district)
    put_in_force("suicide_risk", "suicide_safety_plan", "bullying_follow_up", "satisfaction_child")
    return made


def offered(team: Team, who: Person) -> list[str]:
    return [one.code for one in queries.offered(who.enter(), team.dossier, NOW)]


def rings(team: Team) -> bool:
    with cast.building():
        return Watch.objects.filter(dossier=team.dossier, ended_at=None).exists()


def verbs(team: Team) -> list[str]:
    with cast.building():
        return list(Act.objects.filter(stream_key=str(team.dossier)).order_by("seq").values_list("verb", flat=True))


def test_every_kind_of_form_is_described() -> None:
    assert {row.code for row in rules.FORM_KINDS} == set(KINDS)


def test_a_unit_is_offered_what_its_facets_let_it_write_and_no_form_of_another_page(team: Team) -> None:
    assert offered(team, team.doctor) == ["suicide_risk", "suicide_safety_plan"]
    assert offered(team, team.teacher) == ["bullying_follow_up"]
    assert offered(team, team.outsider) == []


def test_what_a_mother_says_alone_is_begun_without_a_grant_and_is_there_for_nobody_else(team: Team) -> None:
    put_in_force("mother_asked_alone")
    for who in (team.teacher, team.outsider):
        assert "mother_asked_alone" not in offered(team, who)
    row = begun(team.nurse, team.dossier, "mother_asked_alone")
    assert Facet(row.facet) is Facet.ADULT_SAFETY
    shown = {}
    for name, who in (("nurse", team.nurse), ("doctor", team.doctor), ("lead", team.lead)):
        page = queries.file_forms(who.enter(), [team.dossier], NOW)
        shown[name] = [one.row.code for one in page.drafts]
    assert shown == {"nurse": ["mother_asked_alone"], "doctor": [], "lead": []}


def test_a_form_that_a_ministry_publishes_is_offered_without_a_change_of_ours(team: Team) -> None:
    with cast.building():
        publish("ministry_of_health", small(), YN, facet="health")
    assert "ministry_of_health" in offered(team, team.doctor)
    assert "ministry_of_health" not in offered(team, team.lead)


@pytest.mark.parametrize(
    ("about", "fits"),
    [
        ({"ages": "10-17"}, True),
        ({"ages": "0-12"}, False),
        ({"functions": "social_protection health_care"}, True),
        ({"functions": "social_protection"}, False),
    ],
)
def test_a_form_says_for_whom_and_by_whom_it_is_filled_in(team: Team, about: dict[str, str], *, fits: bool) -> None:
    put_in_force("suicide_risk", version=OURS + 1, **about)
    assert ("suicide_risk" in offered(team, team.doctor)) is fits


def test_what_is_not_offered_is_not_begun(team: Team) -> None:
    for who, code in (
        (team.teacher, "suicide_risk"),
        (team.outsider, "suicide_risk"),
        (team.doctor, "satisfaction_child"),
        (team.doctor, "assessment_health"),
        (team.doctor, "no_such_form"),
    ):
        with pytest.raises(actions.FormNotOffered):
            begun(who, team.dossier, code)


def test_begun_twice_by_one_press_is_begun_once_and_again_after_a_word(team: Team) -> None:
    first = begun(team.doctor, team.dossier, "suicide_risk")
    assert begun(team.doctor, team.dossier, "suicide_risk").pk == first.pk
    assert begun(team.nurse, team.dossier, "suicide_risk").pk != first.pk
    written(team.doctor, first, CALM)
    assert begun(team.doctor, team.dossier, "suicide_risk").pk != first.pk


def test_a_screening_with_danger_rings_in_the_act_of_handing_in(team: Team) -> None:
    handed_in(team.doctor, team.dossier, "suicide_risk", DANGER)
    assert rings(team)
    assert verbs(team)[-2:] == ["submit_response", "watch_over"]


def test_where_the_alarm_cannot_be_set_nothing_is_handed_in(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    response = begun(team.doctor, team.dossier, "suicide_risk")
    revision = written(team.doctor, response, DANGER)

    def fails(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("arasha.coordination.actions.filing.watch_over", fails)
    with pytest.raises(RuntimeError):
        actions.hand_in_form(actor=team.doctor.enter(), response=response.pk, revision=revision, now=NOW)
    with cast.building():
        assert Response.objects.get(pk=response.pk).state == "draft"


def test_a_calm_screening_rings_for_nobody_and_one_where_nothing_is_known_does(team: Team) -> None:
    handed_in(team.doctor, team.dossier, "suicide_risk", CALM)
    assert not rings(team)
    assert "watch_over" not in verbs(team)
    handed_in(team.doctor, team.dossier, "suicide_risk", {"now": {"harm_today": "no"}})
    assert rings(team)


def test_a_correction_to_a_higher_level_rings_and_one_to_a_lower_silences_nothing(team: Team) -> None:
    response = handed_in(team.doctor, team.dossier, "suicide_risk", CALM)
    for answers in (DANGER, CALM):
        newer = answering.correct(actor=team.doctor.enter(), response=response.pk, now=NOW).response
        revision = written(team.doctor, newer, answers)
        response = actions.hand_in_form(actor=team.doctor.enter(), response=newer.pk, revision=revision, now=NOW)
        assert rings(team)
    answering.withdraw(actor=team.doctor.enter(), response=response.pk, reason="by_mistake", now=NOW)
    assert rings(team)


def test_handing_in_is_refused_to_others_and_for_a_form_of_another_page(team: Team) -> None:
    response = begun(team.doctor, team.dossier, "suicide_risk")
    revision = written(team.doctor, response, DANGER)
    for who in (team.lead, team.teacher, team.outsider):
        with pytest.raises(answering.ResponseNotThere):
            actions.hand_in_form(actor=who.enter(), response=response.pk, revision=revision, now=NOW)
    assert not rings(team)
    team.open()
    part = team.begin(team.ask("health", team.doctor), team.doctor)
    assert part.response_id is not None
    assert queries.filled(team.doctor.enter(), part.response_id, NOW) is None
    with pytest.raises(answering.ResponseNotThere):
        actions.hand_in_form(actor=team.doctor.enter(), response=part.response_id, revision=1, now=NOW)


def test_what_lies_under_a_facet_that_one_cannot_read_is_neither_listed_nor_counted(team: Team) -> None:
    draft = begun(team.doctor, team.dossier, "suicide_risk")
    done = handed_in(team.doctor, team.dossier, "suicide_safety_plan", {"mine": {"signs": "үнсіз қаламын"}})
    found = queries.file_forms(team.doctor.enter(), [team.dossier], NOW)
    assert [one.row.pk for one in found.drafts] == [draft.pk]
    assert [[one.row.pk for one in chain] for chain in found.handed_in] == [[done.pk]]
    found = queries.file_forms(team.teacher.enter(), [team.dossier], NOW)
    assert (found.drafts, found.handed_in) == ([], [])
    for row in (draft, done):
        assert queries.filled(team.teacher.enter(), row.pk, NOW) is None


def test_who_is_barred_or_left_finds_neither_the_list_nor_a_form(team: Team) -> None:
    draft = begun(team.nurse, team.dossier, "suicide_risk")
    pages = [f"/files/{team.dossier}/forms/", f"/files/forms/{draft.pk}/", f"/files/forms/{draft.pk}/withdraw/"]
    browser = cast.browser_of(team.nurse)
    assert [browser.get(page).status_code for page in pages] == [200, 200, 200]
    team.bar(team.nurse)
    assert [browser.get(page).status_code for page in pages] == [404, 404, 404]
    assert browser.post(f"/files/forms/{draft.pk}/save/", {"page": "now"}).status_code == 404
    assert browser.post(f"/files/{team.dossier}/forms/begin/", {"form": "suicide_risk"}).status_code == 404
    doctor = cast.browser_of(team.doctor)
    assert doctor.get(pages[1]).status_code == 200
    with cast.building():
        Member.objects.filter(dossier=team.dossier, unit=team.doctor.unit).update(ended_at=NOW)
    assert [doctor.get(page).status_code for page in pages] == [404, 404, 404]


def test_a_colleague_of_another_unit_reads_what_was_handed_in_and_opens_no_draft(team: Team) -> None:
    draft = begun(team.doctor, team.dossier, "suicide_risk")
    lead = cast.browser_of(team.lead)
    listed = lead.get(f"/files/{team.dossier}/forms/").content.decode()
    assert team.doctor.unit.name_en in listed
    assert str(draft.pk) not in listed
    assert lead.get(f"/files/forms/{draft.pk}/").status_code == 404
    done = handed_in(team.doctor, team.dossier, "suicide_risk", DANGER)
    page = lead.get(f"/files/forms/{done.pk}/").content.decode()
    assert "What now happens" in page
    assert "in danger now" in page
    assert "/correct/" not in page
    for deed in ("correct", "withdraw", "newer", "copy", "save"):
        assert lead.post(f"/files/forms/{done.pk}/{deed}/", {"reason": "twice"}).status_code == 404


def test_a_draft_is_carried_over_and_a_form_out_of_force_is_told(team: Team) -> None:
    draft = begun(team.doctor, team.dossier, "suicide_risk")
    written(team.doctor, draft, CALM)
    browser = cast.browser_of(team.doctor)
    put_in_force("suicide_risk", version=OURS + 1)
    assert f"in force ({OURS + 1})" in browser.get(f"/files/{team.dossier}/forms/").content.decode()
    moved = browser.post(f"/files/forms/{draft.pk}/newer/")
    assert moved.status_code == 302
    with cast.building():
        newer = Response.objects.get(supersedes=draft)
        Version.objects.filter(questionnaire="suicide_risk").update(state="withdrawn", withdrawn_at=NOW)
    assert moved["Location"] == f"/files/forms/{newer.pk}/"
    assert "not in force any more" in browser.get(f"/files/{team.dossier}/forms/").content.decode()
    assert "not in force any more" in browser.get(f"/files/forms/{newer.pk}/").content.decode()
    assert "suicide_risk" not in offered(team, team.doctor)


def test_a_draft_never_moves_under_another_facet(team: Team) -> None:
    draft = begun(team.doctor, team.dossier, "suicide_risk")
    put_in_force("suicide_risk", version=OURS + 1, facet="reproductive")
    with pytest.raises(answering.NothingNewer):
        answering.go_on(actor=team.doctor.enter(), response=draft.pk, now=NOW)


def test_a_form_is_printed_without_what_must_not_be_and_the_act_lies_under_its_facet(team: Team) -> None:
    done = handed_in(team.doctor, team.dossier, "suicide_risk", DANGER)
    paper = cast.browser_of(team.doctor).post(f"/files/forms/{done.pk}/print/")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    with cast.building():
        act = Act.objects.get(stream_key=str(team.dossier), verb="print_response")
    assert act.codes["facet"] == Facet.CONCERN
    with pytest.raises(Refused):
        actions.print_form(actor=team.teacher.enter(), response=done.pk, now=NOW)
    with pytest.raises(Refused):
        actions.print_form(actor=team.social.enter(), response=done.pk, now=NOW)
    draft = begun(team.doctor, team.dossier, "suicide_risk")
    with pytest.raises(Refused):
        actions.print_form(actor=team.doctor.enter(), response=draft.pk, now=NOW)


def test_what_is_withdrawn_stays_readable_with_its_reason(team: Team) -> None:
    done = handed_in(team.doctor, team.dossier, "suicide_risk", CALM)
    browser = cast.browser_of(team.doctor)
    assert browser.post(f"/files/forms/{done.pk}/withdraw/", {"reason": "newer_form"}).status_code == 422
    assert browser.post(f"/files/forms/{done.pk}/withdraw/", {"reason": "another_child"}).status_code == 302
    page = browser.get(f"/files/forms/{done.pk}/").content.decode()
    assert "it was written about another child" in page
    assert "What now happens" not in page


def test_a_form_filled_in_for_the_assessment_is_not_read_here(team: Team) -> None:
    team.open()
    part = team.done("health", team.doctor)
    assert ANSWERS
    browser = cast.browser_of(team.doctor)
    assert browser.get(f"/files/forms/{part.response_id}/").status_code == 404
    assert str(part.response_id) not in browser.get(f"/files/{team.dossier}/forms/").content.decode()
