"""The pages: who sees what, what they say, and what a form keeps."""

from datetime import UTC, datetime
from importlib import resources

import pytest
from django.test import Client
from django.utils.html import escape

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.law.actions import load_reference
from arasha.protocols.actions import draft
from arasha.protocols.models import ProtocolVersion
from arasha.protocols.rules import Protocol, canonical, read
from arasha.protocols.tests.cast import Ministry
from arasha.protocols.tests.conftest import Browser
from arasha.protocols.tests.procedures import MADE_UP
from tests.database import as_owner

pytestmark = pytest.mark.django_db
MEDICAL = "/procedures/suspected_violence_health/2/"


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def made_up(ministry: Ministry) -> ProtocolVersion:
    return draft(actor=ministry.officer.enter(), text=MADE_UP, file="made_up.yaml", now=domain_now())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_a_procedure_is_read_in_the_readers_language(browser: Browser, language: str) -> None:
    client = browser("doctor", language)
    row = ProtocolVersion.objects.get(code="suspected_violence_health", number=2)
    protocol = Protocol.from_content(row.content)
    text = page(client, MEDICAL)
    for step in protocol.steps:
        assert escape(step.act[language]) in text
        assert escape(step.evidence[language]) in text
    assert protocol.called[language] in page(client, "/procedures/")
    assert protocol.called[language] in page(client, MEDICAL + "picture/")
    assert protocol.called[language] in page(client, MEDICAL + "try/")
    assert "sop-health-2020" not in page(client, MEDICAL + "difference/1/")


def test_a_step_says_who_what_by_when_from_when_by_what_proof_because_of_what(browser: Browser) -> None:
    text = page(browser("coordinator"), MEDICAL)
    step = text[text.index('id="evaluation"') : text.index('id="evaluation_arranged"')]
    for said in (
        "The organisation of whoever reported: an evaluation of the child&#x27;s condition",
        "1\xa0hour",
        "from the moment at which it was identified",
        "Way of the report: through the head of the organisation",
        "What the evaluation found, who took part, and what the child wishes",
        "within 1 hour of identification",
        "act not verified",
        "nobody has checked the act’s text yet",
        "at once: Coordination in the district",
        "The case can’t be closed",
        "violence is confirmed",
    ):
        assert said in step, said
    assert "text not yet checked by a lawyer" in text
    assert "Health workers" in text
    assert "the local police" in text
    assert "When this was answered: an evaluation of the child&#x27;s condition" in text


def test_drafts_are_found_by_who_decides_and_by_nobody_else(ministry: Ministry, browser: Browser) -> None:
    made = made_up(ministry)
    address = f"/procedures/made_up/{made.number}/"
    for who in ("officer", "lawyer", "prosecutor"):
        assert "A made-up procedure" in page(browser(who), address)
        assert "A made-up procedure" in page(browser(who), "/procedures/")
    for who in ("doctor", "coordinator", "district_prosecutor"):
        client = browser(who)
        for path in (address, address + "picture/", address + "try/", address + "file/"):
            page(client, path, 404)
        assert "A made-up procedure" not in page(client, "/procedures/?standing=draft")
        assert client.post(address + "decide/", {"kind": "review"}).status_code == 404
        assert client.get("/procedures/draft/").status_code == 404 or who == "doctor"
    page(browser("doctor"), "/procedures/made_up/9/", 404)


def test_the_list_is_narrowed_by_what_stands_in_the_address(ministry: Ministry, browser: Browser) -> None:
    made_up(ministry)
    client = browser("officer")
    assert "Medical procedure" in page(client, "/procedures/")
    assert "Medical procedure" not in page(client, "/procedures/?standing=draft")
    assert "made_up" in page(client, "/procedures/?standing=draft")
    assert "version 1 · suspected_violence_health" in page(client, "/procedures/?standing=replaced")
    assert "school_procedure" not in page(client, "/procedures/?act=sop-health-2020")
    assert "suspected_violence_health" in page(client, "/procedures/?act=sop-health-2020")
    assert "No procedure is like that" in page(client, "/procedures/?act=law-of-nobody")
    assert "No procedure is like that" in page(client, "/procedures/?event=accept_case")
    assert "first_response" in page(client, "/procedures/?q=көзбен")
    assert "school_procedure" not in page(client, "/procedures/?q=көзбен")
    assert "No procedure is like that" in page(client, "/procedures/?q=%00%ff&cursor=nothing~at~all")
    assert "Interagency work" not in page(client, "/procedures/?cursor=interagency_guidelines~1")


def test_the_file_reads_as_the_same_procedure(browser: Browser) -> None:
    answer = browser("doctor").get(MEDICAL + "file/")
    assert answer["Content-Disposition"] == 'attachment; filename="suspected_violence_health-2.yaml"'
    row = ProtocolVersion.objects.get(code="suspected_violence_health", number=2)
    assert canonical(read(answer.content.decode(), "x").content) == row.sha256


def test_an_act_shows_every_procedure_that_cites_it_and_a_repealed_one_warns(browser: Browser) -> None:
    client = browser("doctor")
    told = page(client, "/procedures/acts/sop-health-2020/")
    assert "Medical procedure: violence against a child" in told
    assert "Step 1: an evaluation" in told
    assert "No longer in force, and a procedure" not in page(client, "/procedures/acts/")
    law = (resources.files("arasha.law") / "data" / "legal_acts.csv").read_text(encoding="utf-8")
    repealed = "\n".join(
        line.replace(",2020,not_verified,,,,", ",2020,replaced,,2026-01-01,law-245-viii,")
        if line.startswith("sop-health-2020,")
        else line
        for line in law.splitlines()
    )
    with as_owner():
        installation = Actor(kind="system", purpose="load_reference")
        assert (
            load_reference(actor=installation, now=datetime(2026, 11, 1, tzinfo=UTC), text=repealed, using="default")
            == 1
        )
    assert "No longer in force, and a procedure in force cites it: Standard operating" in page(
        client, "/procedures/acts/"
    )
    told = page(client, "/procedures/acts/sop-health-2020/")
    assert "each needs another basis" in told
    assert "Law on the prevention of offences" in told
    assert "replaced by: Law on the prevention of offences" in page(client, MEDICAL)
    assert "Medical procedure" in page(client, "/procedures/?act=sop-health-2020")
    assert "sop-health" in page(client, "/procedures/acts/?state=replaced&cited=yes")
    page(client, "/procedures/acts/law-of-nobody/", 404)


def test_the_difference_of_a_version_with_itself_is_no_page(browser: Browser) -> None:
    page(browser("doctor"), MEDICAL + "difference/2/", 404)
    page(browser("doctor"), MEDICAL + "difference/7/", 404)


def test_who_may_see_figures_sees_how_many_files_keep_the_old_version(browser: Browser) -> None:
    assert "runs under version 1 and keeps it" not in page(browser("doctor"), MEDICAL + "difference/1/")
    assert "open files that you may see run under version 1" in page(browser("officer"), MEDICAL + "difference/1/")
