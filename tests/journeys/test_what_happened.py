"""What happened, over HTTP: a child speaks to a driver, vague years are written down, one asks, nothing is mixed up."""

import re

import pytest
from django.test import Client

from arasha.cases import queries
from arasha.kernel.access.models import Look
from arasha.obligations.tests import cast
from tests.database import as_owner
from tests.happened.conftest import district, story
from tests.happened.story import Story

__all__ = ["district", "story"]
pytestmark = pytest.mark.django_db
HOSTILE = "</textarea><script>alert(1)</script> {{ 7|add:7 }} =1+1"
YEARS = {
    "acts_2": ["working.2-c.1"],
    "acts_4": ["working.4-a.1", "working.4-b.1"],
    "frequency": "weekly",
    "since": "2013",
    "since_about": "on",
    "until": "2019",
    "setting": "home",
    "relations": ["step_parent"],
    "present": ["child"],
    "place": "Жылға ауылы",
}


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_file_tells_what_happened_without_asking_the_child_again(story: Story) -> None:
    base = f"/cases/{story.file}"
    lead, doctor = cast.browser_of(story.lead), cast.browser_of(story.district.doctor)
    the_child_is_heard(story, base, lead, doctor)
    one = twelve_vague_years_are_written_down(base, lead)
    two_change_at_once(base, one, lead, doctor)
    statements_stand_apart(story, base, one, lead, doctor)
    injuries_are_the_doctors(story, base, one, lead, doctor)
    struck_it_stays(base, one, lead)
    to_a_neighbour_nothing_exists(story, base, one)


def the_child_is_heard(story: Story, base: str, lead: Client, doctor: Client) -> None:
    driver, police = cast.browser_of(story.driver), cast.browser_of(story.interviewer)
    # The child speaks to the driver, unasked. It is kept word for word, and is not the driver's to read.
    said = driver.post(f"{base}/hearing/", {"words": "Ол мені ұрады", "where": "street"}, follow=True)
    assert said.redirect_chain == [(f"{base}/hearing/", 302)]
    page = text(driver, f"{base}/hearing/")
    assert "Ол мені ұрады" not in page
    assert "the child told it unasked · Social protection" in page
    assert "Ол мені ұрады" in text(lead, f"{base}/hearing/")

    # Who asks about facts is told who may; what they typed is not lost.
    refused = lead.post(f"{base}/hearing/facts/", {"words": "сұрап білдім"})
    assert refused.status_code == 403
    assert "сұрап білдім" in refused.content.decode()
    assert story.interviewer.unit.name in refused.content.decode()
    assert lead.post(f"{base}/hearing/", {"do": "interviewer"}).status_code == 302
    kept = police.post(f"{base}/hearing/facts/", {"words": "сұхбат мәтіні", "where": "centre"}, follow=True)
    assert "сұхбат мәтіні" in kept.content.decode()
    for browser in (lead, doctor, driver):
        assert "сұхбат мәтіні" not in text(browser, f"{base}/hearing/")
        assert "asked what happened" in text(browser, f"{base}/hearing/")
        text(browser, f"{base}/hearing/facts/", 403)
    with as_owner():
        assert Look.objects.filter(kind="facet", facet=17, user=story.interviewer.user).exists()


def twelve_vague_years_are_written_down(base: str, lead: Client) -> str:
    wrong = lead.post(f"{base}/happened/new/", YEARS | {"since": "2031", "words": HOSTILE})
    assert wrong.status_code == 422
    assert "<script>alert" not in wrong.content.decode()
    assert "&lt;script&gt;alert(1)" in wrong.content.decode()
    assert lead.post(f"{base}/happened/new/", {}).status_code == 422
    answer = lead.post(f"{base}/happened/new/", YEARS | {"words": HOSTILE})
    assert answer.status_code == 302
    one = answer.headers["Location"]
    page = text(lead, one)
    assert "from about 2013 to 2019" in page
    assert "2019 (year)" not in page
    assert "<script>alert" not in page
    listed = text(lead, f"{base}/happened/")
    assert "What happened: 1 incident" in listed
    assert "Every week" in listed
    assert "No incident fits" in text(lead, f"{base}/happened/?form=3")
    return str(one)


def two_change_at_once(base: str, one: str, lead: Client, doctor: Client) -> None:
    assert doctor.post(f"{one}change/", YEARS | {"seen": "1", "goes_on": "on", "until": ""}).status_code == 302
    late = lead.post(f"{one}change/", YEARS | {"seen": "1", "place": "басқа ауыл"})
    assert late.status_code == 422
    assert "басқа ауыл" in late.content.decode()
    assert "still going on" in late.content.decode()
    assert "What was known before: 1 version" in text(lead, one)


def statements_stand_apart(story: Story, base: str, one: str, lead: Client, doctor: Client) -> None:
    incident = one.strip("/").rpartition("/")[2]
    stated = {"kind": "allegation", "source": "witness", "way": "told_by_other", "words": "көрші естіген"}
    assert lead.post(f"{base}/statements/", stated | {"incident": incident}).status_code == 302
    assert lead.post(f"{base}/statements/", stated | {"kind": "finding"}).status_code == 422
    court = {"kind": "finding", "source": "court", "way": "document", "words": "үкім"}
    assert lead.post(f"{base}/statements/", court).status_code == 422
    prosecutor = cast.browser_of(story.prosecutor)
    assert prosecutor.post(f"{base}/statements/", court | {"incident": incident}).status_code == 302
    page = text(prosecutor, f"{base}/statements/")
    found, other = re.findall(r'name="statement" value="([0-9a-f-]{36})"', page)[-1:] * 2
    others = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    other = next(pk for pk in others if pk != found)
    relation = {"do": "relate", "statement": found, "relation": "refutes", "other": other}
    assert prosecutor.post(f"{base}/statements/", relation).status_code == 302
    page = text(lead, one)
    assert "көрші естіген" in page
    assert "refuted by" in page
    assert "үкім" not in text(doctor, one)
    assert "refuted by" not in text(doctor, one)


def injuries_are_the_doctors(story: Story, base: str, one: str, lead: Client, doctor: Client) -> None:
    incident = one.strip("/").rpartition("/")[2]
    seen = {
        "region": "front_forearm_left",
        "kind": "bruise",
        "size": "3x1,5",
        "colours": ["blue"],
        "seen_on": "20.11.2026",
    }
    assert doctor.post(f"{base}/injuries/", seen | {"incident": incident}).status_code == 302
    assert "3 × 1.5 cm" in text(doctor, f"{base}/injuries/?day=2026-11-20")
    assert "left forearm" in text(lead, f"{base}/injuries/").lower()
    text(cast.browser_of(story.interviewer), f"{base}/injuries/", 404)
    for browser, paper in ((lead, "happened"), (doctor, "injuries")):
        given = browser.post(f"{base}/{paper}/pdf/")
        assert (given.status_code, given.content[:5]) == (200, b"%PDF-"), paper


def struck_it_stays(base: str, one: str, lead: Client) -> None:
    assert lead.post(f"{one}strike/", {}).status_code == 422
    assert lead.post(f"{one}strike/", {"reason": "twice"}).status_code == 302
    assert "What happened: nothing is written down yet" in text(lead, f"{base}/happened/")
    assert "it was written down twice" in text(lead, f"{base}/happened/?struck=yes")


def to_a_neighbour_nothing_exists(story: Story, base: str, one: str) -> None:
    stranger = cast.browser_of(story.district.neighbour)
    for address in ("happened/", "happened/new/", "statements/", "injuries/", "hearing/", "hearing/facts/"):
        text(stranger, f"{base}/{address}", 404)
    text(stranger, one, 404)
    for address in (f"{one}change/", f"{one}strike/", f"{one}people/", f"{base}/hearing/", f"{base}/happened/pdf/"):
        assert stranger.post(address, {"reason": "slip", "words": "x"}).status_code == 404, address
    story.lead.enter()
    assert len(queries.incidents_of(story.file)) == 1


def test_the_school_sees_when_the_child_was_heard_and_neither_incidents_nor_statements(story: Story) -> None:
    incident = story.happened(words="құпия сөз")
    base, school = f"/cases/{story.file}", cast.browser_of(story.school)
    assert school.get(f"{base}/happened/").headers["Location"] == f"{base}/hearing/"
    text(school, f"{base}/happened/{incident.pk}/", 404)
    text(school, f"{base}/happened/new/", 404)
    text(school, f"{base}/injuries/", 404)
    for address in ("hearing/", "statements/"):
        page = text(school, f"{base}/{address}")
        assert "құпия" not in page
        assert "assault" not in page
    assert school.post(f"{base}/happened/pdf/").status_code == 404


def test_many_incidents_stand_on_pages_of_fifty(story: Story) -> None:
    for year in range(120):
        story.happened(words=f"{year}")
    lead = cast.browser_of(story.lead)
    assert text(lead, f"/cases/{story.file}/happened/").count('class="a-n a-n--dot') == 50
    assert text(lead, f"/cases/{story.file}/happened/?page=2").count('class="a-n a-n--dot') == 20
    assert text(lead, f"/cases/{story.file}/happened/?page=99999").count('class="a-n a-n--dot') == 20
    assert "page=1" in text(lead, f"/cases/{story.file}/happened/?page=x")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_each_language(story: Story, language: str) -> None:
    incident = story.happened()
    lead = cast.browser_of(story.lead, language=language)
    doctor = cast.browser_of(story.district.doctor, language=language)
    base = f"/cases/{story.file}"
    for address in ("happened/", "happened/new/", f"happened/{incident.pk}/", f"happened/{incident.pk}/change/"):
        assert f'lang="{language}"' in text(lead, f"{base}/{address}")
    for address in ("statements/", "injuries/", "hearing/"):
        text(lead, f"{base}/{address}")
        text(doctor, f"{base}/{address}")
