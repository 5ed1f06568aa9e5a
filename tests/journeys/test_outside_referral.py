"""A girl is referred to a fund without an account, over HTTP: a link, a code, answers, and what the sender reads."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client, override_settings

from arasha.doors import door
from arasha.doors.tests.conftest import CONTEXT, MIDDLEWARE
from arasha.kernel.access.tests.cast import leave
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.plans.models import Referral
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.linked import take
from arasha.plans.tests.offered import offering
from tests.database import as_owner
from tests.journeys.test_referral import EACH_ITS_OWN, SAID, form, page

pytestmark = pytest.mark.django_db
ENGINE = "django.template.backends.django.DjangoTemplates"


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
        with connection.cursor() as cursor:
            cursor.execute(EACH_ITS_OWN)
    return make_team()


@contextmanager
def outside() -> Iterator[Client]:
    """Serve the public's pages, under the public's role."""
    leave()
    door.forget_tries()
    templates = [{"BACKEND": ENGINE, "APP_DIRS": True, "OPTIONS": {"context_processors": CONTEXT}}]
    with override_settings(ROOT_URLCONF="arasha.config.public_urls", MIDDLEWARE=MIDDLEWARE, TEMPLATES=templates):
        yield Client()


def answered(token: str, code: str, **said: str) -> str:
    """Open the link with its code and send one answer; returns the page that follows."""
    with outside() as client:
        here = f"/r/{token}/?language=en"
        opened = client.post(here, {"code": code}).content.decode()
        state = re.search(r'name="state" value="([^"]+)"', opened)
        assert state, opened[:3000]
        return client.post(
            here, {"state": unescape(state[1]), "name": "Айгүл Сейітова, директор"} | said
        ).content.decode()


def test_a_fund_without_an_account_answers_over_a_link_until_it_has_told_what_came_of_it(team: Team) -> None:
    offered, lead = offering(team.lead, "Айналайын қоры"), cast.browser_of(team.lead)
    address = f"/plans/{team.dossier}/referrals/send/"
    sent = form(page(lead, f"{address}?offering={offered}"), 'name="purpose"') | SAID | {"unit": "outside"}
    answer = lead.post(address, sent, follow=True)
    assert "let it answer by a link" in answer.content.decode(), answer.content.decode()[:3000]
    here = answer.redirect_chain[-1][0]
    assert f"{here}link/" in answer.content.decode()

    # The sender makes a link; it is shown once, with its code, and the page knows it no more.
    wanted = form(page(lead, f"{here}link/"), 'value="make"')
    made = lead.post(f"{here}link/", wanted).content.decode()
    token = re.search(r"/r/([A-Za-z0-9_-]{22})/", made)
    code = re.search(r">(\d{4} \d{4})<", made)
    assert token, made[:3000]
    assert code
    assert token[1] not in page(lead, f"{here}link/")
    assert "was made already" in lead.post(f"{here}link/", wanted).content.decode()

    with outside() as client:
        shown = client.get(f"/r/{token[1]}/?language=en").content.decode()
        assert "opens with a code" in shown
        assert "Ұйықтай" not in shown
    assert "Your answer was sent" in answered(token[1], code[1], what="accept", words="Дүйсенбіде күтеміз")
    assert take(datetime.now(UTC)) >= 1
    seen = page(lead, here)
    for words in ("Айгүл Сейітова, директор", "not verified", "Дүйсенбіде күтеміз", "opened over the link"):
        assert words in seen, words
    today = f"{datetime.now(UTC):%d.%m.%Y}"
    answered(token[1], code[1], what="begin", on=today)
    take(datetime.now(UTC))
    answered(token[1], code[1], what="end", on=today, result="helped")
    take(datetime.now(UTC))
    assert "the link has ended" in answered(token[1], code[1], what="feed_back", words="Тыныш ұйықтайды")
    take(datetime.now(UTC))
    assert "Completed and told" in page(lead, here)
    assert "Тыныш ұйықтайды" in page(lead, here)
    with as_owner():
        assert Referral.objects.get().fed_back_at is not None
    with outside() as client:
        gone = client.post(f"/r/{token[1]}/?language=en", {"code": code[1]})
        assert gone.status_code == 422
    assert "The last answer came" in page(lead, f"{here}link/")
