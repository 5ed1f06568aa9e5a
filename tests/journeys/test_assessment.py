"""One child assessed together, over HTTP: asked, told first, filled in, summed up, signed, seen otherwise, printed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.models import AssessmentPart, AssessmentSummary
from arasha.plans.tests.district import OURS, YN, Team, make_team, small
from arasha.questionnaires import queries as forms
from arasha.questionnaires.tests.answering_cast import publish
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = f"{datetime.now(UTC) + timedelta(days=30):%d.%m.%Y}"
TYPED = "Бала тыныш ұйықтай алмайды"
HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_team()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def hidden(body: str) -> dict[str, list[str]]:
    """Return the hidden fields of the form that is filled in, as a browser sends them."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(body):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)
    return found


def sent(browser: Client, address: str, body: str, **fields: Any) -> str:
    """Send a page as a browser without scripts does, and follow where it leads."""
    answer = browser.post(address.partition("?")[0], hidden(body) | fields, follow=True)
    assert answer.status_code in {200, 422}, answer.content.decode()[:2000]
    return answer.content.decode()


def part_of(team: Team, discipline: str) -> AssessmentPart:
    with as_owner():
        return AssessmentPart.objects.get(assessment__dossier=team.dossier, discipline=discipline)


def home(team: Team) -> str:
    return f"/plans/{team.dossier}/assessment/"


def ask(team: Team, discipline: str, who: Person) -> str:
    """Let the lead ask by the page; returns the part's address."""
    wanted = {"wanted": f"{discipline}:{who.unit.pk}", "by_when": DAY}
    answer = cast.browser_of(team.lead).post(home(team) + "ask/", wanted)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return f"/plans/parts/{part_of(team, discipline).pk}/"


def opened(team: Team) -> None:
    answer = cast.browser_of(team.lead).post(home(team), {"by_when": DAY})
    assert answer.status_code == 302


def told(browser: Client, address: str) -> None:
    assert browser.post(address + "told/", {"how": "told", "told_in": "kk"}).status_code == 302
    assert browser.post(address + "begin/").status_code == 302


def test_a_child_is_assessed_together(team: Team) -> None:
    doctor, teacher, lead = (cast.browser_of(one) for one in (team.doctor, team.teacher, team.lead))
    assert "No assessment was opened" in page(teacher, home(team))
    opened(team)
    health = ask(team, "health", team.doctor)
    education = ask(team, "education", team.teacher)
    assert "2 parts of the assessment are owed" in page(teacher, home(team))
    assert page(teacher, health, 404)  # asked, and nothing to read yet: not theirs
    # Before the first question: what the child said already, and what is confidential, in three languages.
    first = doctor.get(health, follow=True).content.decode()
    assert "tell the child what is confidential" in first
    assert "What the child said already" in first
    for words in ("Үндемеу де жауап", "Молчание тоже ответ", "Saying nothing is an answer"):
        assert words in first
    told(doctor, health)
    body = page(doctor, health)
    body = sent(doctor, health, body, **{"first/needed": "yes", "go": "next"})
    body = sent(doctor, health, body, **{"second/words": TYPED, "go": "send"})
    assert "Handed in." in body
    # Everybody sees that it is done; only who reads the health side reads the words.
    assert "done" in page(teacher, home(team))
    assert page(teacher, health, 404)
    assert TYPED in page(lead, health)
    told(teacher, education)
    body = sent(teacher, education, page(teacher, education), **{"first/needed": "no", "go": "send"})
    assert "Handed in." in body
    _summed_up(team, lead, doctor)


def _summed_up(team: Team, lead: Client, doctor: Client) -> None:
    address = home(team) + "summary/"
    body = lead.post(address, {"do": "begin"}, follow=True).content.decode()
    body = sent(lead, address, body, go="send")
    assert "Something needs to be put right" in body  # nothing was answered, nothing is lost, and it says where
    body = sent(lead, address, body, **{"first/needed": "yes", "go": "next"})
    body = sent(lead, address, body, **{"second/words": "Ортақ қорытынды сөзі", "go": "send"})
    assert "Ортақ қорытынды сөзі" in page(doctor, home(team))
    teacher = cast.browser_of(team.teacher)
    assert "Ортақ қорытынды сөзі" not in page(teacher, home(team))
    assert "It is not open to your unit" in page(teacher, home(team))
    with as_owner():
        newest = AssessmentSummary.objects.get(assessment__dossier=team.dossier).pk
    doctor.post(home(team) + "sign/", {"summary": newest, "differs": "yes"})
    doctor.post(home(team) + "view/", {"words": "Біз басқаша көреміз"})
    body = page(lead, home(team))
    assert "signed, sees it otherwise" in body
    assert "Біз басқаша көреміз" in body
    paper = lead.post(home(team) + "paper/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert teacher.post(home(team) + "paper/").status_code == 404
    with as_owner():
        assert Act.objects.filter(verb="export_assessment").count() == 1


def test_the_page_of_the_case_says_how_the_assessment_stands(team: Team) -> None:
    lead = cast.browser_of(team.lead)
    assert "The child is not being assessed yet." in page(lead, f"/files/{team.dossier}/")
    opened(team)
    ask(team, "health", team.doctor)
    body = page(lead, f"/files/{team.dossier}/")
    assert "0 parts done" in body
    assert team.doctor.unit.name in body


def test_two_windows_are_both_shown_and_somebody_chooses(team: Team) -> None:
    opened(team)
    health = ask(team, "health", team.doctor)
    doctor, nurse = cast.browser_of(team.doctor), cast.browser_of(team.nurse)
    told(doctor, health)
    one = page(doctor, health + "?page=second")
    other = page(nurse, health + "?page=second")
    sent(doctor, health, one, **{"second/words": "бірінші терезе", "go": "stay"})
    body = sent(nurse, health, other, **{"second/words": "екінші терезе", "go": "stay"})
    assert "Two windows wrote here: both are kept" in body
    assert "бірінші терезе" in body
    assert "екінші терезе" in body
    copy = re.search(r'name="copy" value="([0-9a-f-]{36})"', body)
    assert copy
    body = nurse.post(health + "copy/", {"copy": copy[1], "do": "take"}, follow=True).content.decode()
    team.doctor.enter()
    draft = forms.draft_of(part_of(team, "health").response_id or UUID(int=0), NOW)
    assert draft is not None
    assert draft.answers["second"]["words"] == "екінші терезе"
    assert [one.value for one in draft.copies] == [{"words": "бірінші терезе"}]


def test_what_is_typed_is_kept_live_and_a_window_that_came_second_keeps_its_own_words(team: Team) -> None:
    opened(team)
    health = ask(team, "health", team.doctor)
    doctor, nurse = cast.browser_of(team.doctor), cast.browser_of(team.nurse)
    told(doctor, health)
    one, other = page(doctor, health + "?page=second"), page(nurse, health + "?page=second")
    kept = doctor.post(health + "save/", hidden(one) | {"second/words": "жаз"}, headers={"HX-Request": "true"})
    assert "Saved," in kept.content.decode()
    again = hidden(one) | hidden(kept.content.decode()) | {"second/words": "жазып жатыр"}
    doctor.post(health + "save/", again, headers={"HX-Request": "true"})
    late = nurse.post(health + "save/", hidden(other) | {"second/words": "е"}, headers={"HX-Request": "true"})
    assert "kept beside it" in late.content.decode()
    again = hidden(other) | hidden(late.content.decode()) | {"second/words": "екінші"}
    nurse.post(health + "save/", again, headers={"HX-Request": "true"})
    team.doctor.enter()
    draft = forms.draft_of(part_of(team, "health").response_id or UUID(int=0), NOW)
    assert draft is not None
    assert draft.answers["second"]["words"] == "жазып жатыр"
    assert [one.value for one in draft.copies] == [{"words": "екінші"}]


def test_a_form_that_changed_meanwhile_says_so_and_carries_over(team: Team) -> None:
    opened(team)
    health = ask(team, "health", team.doctor)
    doctor = cast.browser_of(team.doctor)
    told(doctor, health)
    sent(doctor, health, page(doctor, health + "?page=second"), **{"second/words": TYPED, "go": "leave"})
    with cast.building():
        publish("assessment_health", small("other"), YN, facet="health", version=OURS + 1)
    assert "A newer version of this form is in force" in page(doctor, health)
    doctor.post(health + "newer/")
    body = page(doctor, health)
    assert "A newer version" not in body
    assert TYPED in body  # it has no place in the newer form, and is there to be copied


def test_three_hundred_questions_are_filled_in_without_scripts(team: Team) -> None:
    from arasha.questionnaires.tests.writing import question  # noqa: PLC0415

    survey = []
    for group in range(10):
        survey += [question("begin_group", f"g{group}")]
        survey += [question("text", f"q{group}_{n}") for n in range(30)]
        survey += [question("end_group")]
    with cast.building():
        publish("assessment_health", survey, facet="health", version=OURS + 1)
    opened(team)
    health = ask(team, "health", team.doctor)
    doctor = cast.browser_of(team.doctor)
    told(doctor, health)
    body = page(doctor, health)
    for group in range(10):
        answers = {f"g{group}/q{group}_{n}": f"жауап {group} {n}" for n in range(30)}
        body = sent(doctor, health, body, **answers, go="send" if group == 9 else "next")
    assert "Handed in." in body
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM questionnaires_answer")
        assert cursor.fetchone()[0] == 300


def test_a_worker_of_the_suspect_parent_finds_no_page(team: Team) -> None:
    opened(team)
    health = ask(team, "health", team.doctor)
    team.bar(team.doctor)
    barred, colleague = cast.browser_of(team.doctor), cast.browser_of(team.nurse)
    for address in (home(team), health, health + "told/"):
        assert page(barred, address, 404)
        assert page(cast.browser_of(team.outsider), address, 404)
    for address in (health + "begin/", health + "save/", health + "apart/", home(team) + "view/"):
        assert barred.post(address, {"words": "x"}).status_code == 404
    assert page(colleague, home(team))


def test_the_lead_gives_the_part_of_a_unit_that_left_to_another(team: Team) -> None:
    opened(team)
    ask(team, "social", team.social)
    team.leave(team.social)
    body = page(cast.browser_of(team.lead), home(team))
    assert "the unit has left the file" in body
    assert "Ask another unit instead" in body
    part = part_of(team, "social")
    wanted = {"wanted": f"social:{team.lead.unit.pk}", "by_when": DAY}
    answer = cast.browser_of(team.lead).post(f"/plans/parts/{part.pk}/pass-on/", wanted)
    assert answer.status_code == 302
    assert "the unit has left the file" not in page(cast.browser_of(team.lead), home(team))


@pytest.mark.parametrize("sent_day", ["", "31.02.2027", "01.01.2020", "01.01.2099", "x" * 5000])
def test_a_day_that_cannot_be_is_told_and_nothing_is_opened(team: Team, sent_day: str) -> None:
    answer = cast.browser_of(team.lead).post(home(team), {"by_when": sent_day})
    assert answer.status_code == 422
    assert "Something needs to be put right" in answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_stands_in_three_languages(team: Team, language: str) -> None:
    opened(team)
    health = ask(team, "health", team.doctor)
    doctor = cast.browser_of(team.doctor, language=language)
    for address in (home(team), health + "told/"):
        assert f'lang="{language}"' in page(doctor, address)
    told(doctor, health)
    assert f'<html class="govuk-template" lang="{language}"' in page(doctor, health)
