"""Visits, the mother asked alone, the application, the meetings after bullying: what shows when, and what it says."""

import re
from itertools import product
from pathlib import Path

import pytest
import yaml

from arasha.questionnaires.rules.form import Answers
from arasha.questionnaires.tests.reading_forms import asked, codes, form_of, worked_out

PROTOCOLS = Path(__file__).parents[2] / "protocols" / "data"
BEFORE = ("alone", "ok_to_talk", "stop_agreed", "told_limits")
READY = dict.fromkeys(BEFORE, "yes")


def test_the_mother_is_asked_only_once_everything_before_is_so() -> None:
    questions = asked("mother_asked_alone")
    opened = []
    for given in product(*(["", *codes(questions[name])] for name in BEFORE)):
        before = {name: code for name, code in zip(BEFORE, given, strict=True) if code}
        relevant = worked_out("mother_asked_alone", {"before": before}).relevant
        if any(key.startswith(("danger/", "children/", "her_wishes/", "contact/")) for key in relevant):
            opened.append(given)

    assert opened == [("yes", "yes", "yes", "yes")]


@pytest.mark.parametrize("name", BEFORE)
def test_where_one_thing_is_not_so_the_page_says_not_now_and_asks_when(name: str) -> None:
    other = codes(asked("mother_asked_alone")[name])[1]
    relevant = worked_out("mother_asked_alone", {"before": READY | {name: other}}).relevant

    assert {"before/not_now", "before/when_again"} <= relevant


def test_a_signal_is_due_for_the_child_alone_and_the_mothers_silence_is_none() -> None:
    def due(code: str) -> bool:
        given = {"before": READY, "children": {"child_harm": code}}
        return "children/signal_due" in worked_out("mother_asked_alone", given).relevant

    found = {code: due(code) for code in codes(asked("mother_asked_alone")["child_harm"])}

    assert {code for code, said in found.items() if not said} == {"nothing", "silent"}


def test_the_mothers_words_lie_under_a_seal_and_reach_no_paper() -> None:
    form = form_of("mother_asked_alone")

    assert all("unprinted" in node.appearance for node in form.root.children if node.name != "ready")


def test_of_a_home_visit_only_violence_makes_a_signal_due() -> None:
    questions = asked("home_visit")
    signs = [code for code in codes(questions["noticed"]) if code != "nothing"]
    needs = {
        "needs_home": " ".join(codes(questions["needs_home"])),
        "needs_care": " ".join(codes(questions["needs_care"])),
    }
    met = {"visit": {"outcome": "met"}}
    calm = worked_out("home_visit", met | {"home": needs, "violence": {"noticed": "nothing"}})

    assert "violence/signal_due" not in calm.relevant
    for code in signs:
        assert "violence/signal_due" in worked_out("home_visit", met | {"violence": {"noticed": code}}).relevant, code


def test_each_child_of_the_home_is_written_down_and_where_one_is_not_seen_it_is_asked_where_they_are() -> None:
    seen: list[Answers] = [
        {"child_name": "Айлин", "child_seen": "yes", "child_alone": "silent"},
        {"child_seen": "no"},
    ]
    worked = worked_out("home_visit", {"visit": {"outcome": "met"}, "children": {"seen": seen}})

    assert "children/seen[2]/child_where" in worked.relevant
    assert "children/seen[1]/child_where" not in worked.relevant
    assert "children/seen[1]/child_words" not in worked.relevant, "silence is an answer"


def test_who_is_not_let_in_is_told_not_to_ask_the_neighbours_and_nothing_more_is_asked() -> None:
    worked = worked_out("home_visit", {"visit": {"outcome": "refused"}})

    assert "visit/not_in" in worked.relevant
    assert not any(key.startswith(("children", "home", "violence")) for key in worked.relevant)


@pytest.mark.parametrize(("day", "late"), [("2026-11-20", False), ("2026-11-21", True)])
def test_after_ten_days_the_application_asks_why_it_is_late(day: str, late: bool) -> None:
    given = {"applicant": {"applied_on": "2026-11-10"}, "conclusion": {"reviewed_on": day}}
    worked = worked_out("special_social_services", given)

    assert ("conclusion/late_why" in worked.relevant) is late
    assert [finding.code for finding in worked.findings if finding.hinders] == []


def test_days_in_the_wrong_order_are_refused_with_words() -> None:
    given = {"applicant": {"applied_on": "2026-11-10"}, "conclusion": {"reviewed_on": "2026-11-09"}}
    (finding,) = worked_out("special_social_services", given).findings

    assert (finding.code, finding.key) == ("constraint", "conclusion/reviewed_on")
    assert set(finding.messages) == {"kk", "ru", "en"}


def test_what_is_needed_today_does_not_wait_ten_days() -> None:
    worked = worked_out("special_social_services", {"wanted": {"urgent": "today"}})

    assert "wanted/urgent_note" in worked.relevant


@pytest.mark.parametrize("suspected", ["yes", "not_known"])
def test_whoever_is_alleged_to_harm_does_not_decide_for_the_child(suspected: str) -> None:
    given = {"applicant": {"applies": "father", "applicant_safe": suspected}}

    assert "applicant/suspect_note" in worked_out("special_social_services", given).relevant


def test_the_meeting_after_bullying_ends_as_the_procedure_knows_it() -> None:
    procedure = yaml.safe_load((PROTOCOLS / "bullying.yaml").read_text(encoding="utf-8"))
    steps = {step["step"]: step for step in procedure["steps"]}
    known = {outcome["outcome"] for outcome in steps["meeting_after_7_days"]["outcomes"]}

    assert known <= set(codes(asked("bullying_follow_up")["outcome"]))


@pytest.mark.parametrize(
    ("part", "groups"),
    [
        ("bullied", {"bullied"}),
        ("bullies", {"bullies"}),
        ("looks_on", {"onlookers"}),
        ("both", {"bullied", "bullies"}),
    ],
)
def test_each_child_is_asked_what_fits_their_part(part: str, groups: set[str]) -> None:
    relevant = worked_out("bullying_follow_up", {"meeting": {"part": part}}).relevant

    assert relevant & {"bullied", "bullies", "onlookers"} == groups


def test_pressure_after_bullying_is_not_written_where_the_school_reads_it() -> None:
    form = form_of("bullying_follow_up")
    note = next(node for node in form.questions() if node.name == "pressure_note")

    assert (note.kind, note.relevant) == ("note", "")
    assert not [name for name in asked("bullying_follow_up") if "pressure" in name]


@pytest.mark.parametrize(
    "code",
    ["home_visit", "special_social_services", "suicide_risk", "bullying_follow_up", "wishes_adolescent"],
)
def test_no_answer_that_the_police_may_read_tells_of_papers_or_a_pregnancy(code: str) -> None:
    told = re.compile("құжатт?ар|жүкті|документ|беремен|papers|citizenship|pregnan", re.I)
    found = [
        (question.name, text)
        for question in asked(code).values()
        for labels in (question.labels, *(choice.labels for choice in question.choices))
        for text in labels.values()
        if told.search(text)
    ]

    # What a conclusion rests on may be something in writing.
    assert [place for place in found if place[0] != "met"] == []
