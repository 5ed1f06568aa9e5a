"""A commission meets about a girl of 13, over HTTP: agenda by rules, no quorum, a child who keeps its words, undone."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from arasha.conferences.models import Item, VoiceWords
from arasha.conferences.tests.cast import Table, make_table
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
SECRET, DECISION = "Папама айтпаңыздаршы", "Қызға психолог тағайындау"


@pytest.fixture
def table(db: None) -> Table:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_table()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(browser: Client, address: str, status: Any = 302, **said: Any) -> str:
    answer = browser.post(address, said)
    assert answer.status_code == status, answer.content.decode()[:6000]
    return str(answer.headers.get("Location", "")) or answer.content.decode()


def hidden(body: str, marker: str) -> dict[str, str]:
    """Return the hidden fields of the form that holds a marker, as a browser sends them."""
    found = next(one for one in re.findall(r"<form.*?</form>", body, re.S) if marker in one)
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def day(more: int) -> str:
    return f"{local(datetime.now(UTC)).date() + timedelta(days=more):%d.%m.%Y}"


def called(browser: Client, more: int, **said: object) -> str:
    """Call a sitting on a day; return its address."""
    once = hidden(page(browser, "/conferences/new/"), 'name="clock"')
    given = once | {"kind": "commission_minors", "day": day(more), "clock": "23:30", "place": "Әкімдік"} | said
    return send(browser, "/conferences/new/", **given)


def put_on(browser: Client, sitting: str, table: Table, why: str) -> UUID:
    """Put the file on the agenda, as the rules propose it; return the item."""
    body = page(browser, sitting)
    assert why in body
    send(browser, f"{sitting}put-on/", **hidden(body, "Put on the agenda"))
    with as_owner():
        return Item.objects.get(sitting=UUID(sitting.split("/")[2]), dossier=table.dossier).pk


def decided(browser: Client, item: UUID, table: Table, status: int = 302) -> str:
    address = f"/conferences/items/{item}/"
    once = hidden(page(browser, address), "Decide it")
    said = {"text": DECISION, "unit": table.team.doctor.unit.pk, "by_when": day(1)}
    return send(browser, f"{address}decide/", status, **once | said)


def test_a_commission_decides_and_what_nobody_did_is_on_the_next_agenda(table: Table) -> None:
    secretary, lead = cast.browser_of(table.secretary), cast.browser_of(table.team.lead)
    asked = f"/conferences/of/{table.dossier}/ask/"
    once = hidden(page(lead, asked), 'name="unit"')
    send(lead, asked, **once | {"unit": table.secretary.unit.pk, "urgent": "on", "words": "Қауіпсіз орын"})
    assert "Asked of your unit" in page(secretary, "/conferences/")
    sitting = called(secretary, 0)
    item = put_on(secretary, sitting, table, "An urgent decision is needed")
    address = f"/conferences/items/{item}/"
    # The child is asked by who leads the case, and wishes that nobody hears it.
    voice = hidden(page(lead, address), 'name="hears"')
    send(lead, f"{address}voice/", **voice | {"how": "asked", "hears": "nobody", "words": SECRET})
    # Nobody came: what is urgent is decided all the same, and owed from this moment.
    assert "No quorum" in page(secretary, address)
    decided(secretary, item, table)
    body = page(secretary, address)
    assert "without quorum, to be confirmed" in body
    with as_owner():
        duty = Obligation.objects.get(dossier=table.dossier, step="carry_out")
        assert VoiceWords.objects.count() == 1
    doctor = cast.browser_of(table.team.doctor)
    assert "Open what was agreed or decided" in page(doctor, f"/obligations/{duty.pk}/")
    assert DECISION in page(doctor, address)
    assert "Sittings to come" in page(doctor, "/")
    assert "Sittings to come" not in page(cast.browser_of(table.barred), "/")
    _minutes_keep_the_childs_words_out(secretary, address)
    for reader in (secretary, doctor, lead):
        assert (SECRET in page(reader, address)) is (reader is lead)
    send(secretary, f"{sitting}end/", what="held")
    _comes_back(secretary, table)
    _nobody_else_learns_anything(table, sitting, address)


def _minutes_keep_the_childs_words_out(secretary: Client, address: str) -> None:
    send(secretary, f"{address}minutes/", seen="0", words="Қысқаша талқыланды", agreed="on")
    body = page(secretary, address)
    link = re.search(r"/conferences/minutes/[0-9a-f-]+/", body)
    assert link is not None
    minutes = page(secretary, link[0])
    answer = secretary.post(f"{link[0]}print/")
    assert answer.headers["Content-Type"] == "application/pdf", answer.content[:2000]
    paper = "".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    for text in (minutes, paper):
        assert DECISION in " ".join(text.split())
        assert SECRET not in " ".join(text.split())


def _comes_back(secretary: Client, table: Table) -> None:
    """Nobody carried it out by its day: the next agenda has it by itself, with what is to be confirmed."""
    sitting = called(secretary, 7)
    body = page(secretary, sitting)
    assert "comes back by itself" in body
    assert "A decision taken without quorum is to be confirmed; An earlier decision was not carried out" in body
    item = put_on(secretary, sitting, table, "An earlier decision was not carried out")
    address = f"/conferences/items/{item}/"
    body = page(secretary, address)
    assert "Decided before and still owed" in body
    assert DECISION in body
    # With a quorum it is confirmed; without one, an ordinary item waits.
    again = hidden(body, "Is it confirmed?")
    assert "too few came" in send(secretary, f"{address}confirm/", 422, **again | {"verdict": "confirmed"})
    refused = decided(secretary, item, table, 422)
    assert "Too few came" in refused
    assert DECISION in refused  # what was typed is still there
    people = (table.secretary, table.team.lead, table.team.doctor, table.team.social, table.team.teacher)
    send(secretary, f"{address}attendance/", **{f"standing_{who.unit.pk}": "present" for who in people})
    send(secretary, f"{address}confirm/", **again | {"verdict": "confirmed"})
    assert "Confirmed" in page(secretary, address)


def _nobody_else_learns_anything(table: Table, sitting: str, address: str) -> None:
    """Who is barred, who sits in the commission without keeping its minutes, and strangers find no item."""
    for who in (table.barred, table.member, table.team.outsider):
        browser = cast.browser_of(who)
        page(browser, address, 404)
        assert "Аяру" not in page(browser, "/conferences/")
        page(browser, f"/conferences/of/{table.dossier}/", 200 if who is table.member else 404)
    page(cast.browser_of(table.barred), sitting, 404)
    member, own = cast.browser_of(table.member), f"/conferences/of/{table.dossier}/"
    assert "Nobody has met about this case yet" in page(member, own)
    assert "Аяру" not in page(member, sitting)
