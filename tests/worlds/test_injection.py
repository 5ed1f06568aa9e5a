"""What nobody would type comes to a clear answer, never to a failure, and means nothing but itself."""

from collections.abc import Iterator
from urllib.parse import quote_plus
from zlib import crc32

import pytest

from tests.worlds import (
    adulthood,
    care,
    certificates,
    child_plan,
    conferences,
    directory,
    emergencies,
    infrastructure,
    institutions,
    medical_social,
    pilots,
    places,
    referrals,
    releases,
    sharing,
    tables,
    typed,
    workforce,
)
from tests.worlds.house import House, World

HOSTILE = {
    "quotes": b"'; DROP TABLE signals_signal; -- \"><script>alert(1)</script>{{ 7*7 }}%s%(x)s\\",
    "a null byte": b"be\x00fore",
    "only a null byte": b"\x00",
    "10,001 characters": b"x" * 10_001,
    "100,001 characters": b"x" * 100_001,
    "bytes that are no text": b"\xff\xfe\x80",
    "a lone surrogate": b"\xed\xa0\x80",
    "text turned round": "\u202e\u2066зло".encode(),
    "a number too large": b"9" * 400,
    "a negative number": b"-2147483649",
}
URLENCODED = "application/x-www-form-urlencoded"
# Who sends what where: the fields that the form needs; each in turn becomes hostile, with those that it may have.
FORMS = {
    **typed.FORMS,
    **directory.FORMS,
    **tables.FORMS,
    **certificates.FORMS,
    **infrastructure.FORMS,
    **emergencies.FORMS,
    **pilots.FORMS,
    **places.FORMS,
    **child_plan.FORMS,
    **conferences.FORMS,
    **medical_social.FORMS,
    **adulthood.FORMS,
    **referrals.FORMS,
    **workforce.FORMS,
    **releases.FORMS,
    **sharing.FORMS,
    **care.FORMS,
    **institutions.FORMS,
}
ASKED = (
    *typed.ASKED,
    *directory.ASKED,
    *tables.ASKED,
    *places.ASKED,
    *referrals.ASKED,
    *certificates.ASKED,
    *infrastructure.ASKED,
    *emergencies.ASKED,
    *pilots.ASKED,
    *conferences.ASKED,
    *medical_social.ASKED,
    *workforce.ASKED,
    *adulthood.ASKED,
    *releases.ASKED,
    *care.ASKED,
    *institutions.ASKED,
)
PLACES = (
    "'",
    "0",
    "00",
    "6154",
    "615400000'--",
    "999999999",
    "615400001",
    "٦١٥٤٠٠٠٠٠",
    "-615400000",
    "000000000",
    "6" * 400,
)


@pytest.fixture(scope="module")
def reported(house: House) -> Iterator[House]:
    """The house after one report and what hangs on it, to be copied."""
    with house.world() as world:
        with world.open():
            world.report(narrative="Көгерген іздер")
            directory.keep(world, "615400000")
            places.wait(world)
            referrals.refer(world)
            tables.hand_in(world)
            certificates.issue(world)
            infrastructure.promise(world)
            emergencies.declare(world)
            child_plan.plan(world)
            pilots.run(world)
            conferences.meet(world)
            workforce.leave(world)
            adulthood.apply(world)
            releases.ask(world)
            sharing.agree(world)
            care.ask(world)
        yield house.after(world)


@pytest.fixture
def told(reported: House) -> Iterator[World]:
    """A world with one report, each test its own: some of these forms change who may do what."""
    with reported.world() as world, world.open():
        yield world


@pytest.fixture(scope="module")
def looked_at(reported: House) -> Iterator[World]:
    """The same for all tests that only look."""
    with reported.world() as world, world.open():
        yield world


def encoded(fields: dict[str, bytes]) -> str:
    """Return a form's body, whatever its bytes."""
    return "&".join(f"{name}={quote_plus(value)}" for name, value in fields.items())


def send(world: World, login: str, address: str, body: str, kind: str = URLENCODED) -> int:
    """Send a form's body as somebody signed in, or as nobody, and return the status."""
    browser = world.browser(login or "nurse")
    if not login:
        del browser.cookies["arasha_session"]
    if "{" in address:
        address = address.format(**{name: found[0] for name, found in world.ids().items() if found})
    response = browser.generic("POST", address, body.encode(), kind, headers={"Origin": "http://testserver"})
    return response.status_code


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_in_a_form_never_make_the_house_fail(told: World, form: str) -> None:
    _, needed, further = FORMS[form]
    for kind, words in HOSTILE.items():
        attack(told, form, dict.fromkeys(further.split(), words), kind)
    for field in needed:
        for kind in some_kinds(form, field):
            attack(told, form, {field: HOSTILE[kind]}, kind)


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_hostile_words_in_every_field_never_makes_the_house_fail(told: World, form: str) -> None:
    for field in FORMS[form][1]:
        for kind, words in HOSTILE.items():
            attack(told, form, {field: words}, kind)


def attack(world: World, form: str, changed: dict[str, bytes], kind: str) -> None:
    """Send a form with some fields changed, and expect an answer."""
    login, needed, _further = FORMS[form]
    status = send(world, login, form, encoded(needed | changed))
    assert status in {200, 201, 302, *range(400, 500)}, (kind, list(changed))


def some_kinds(form: str, field: str) -> list[str]:
    """Return three kinds of hostile words: the same for a field in each run, others for other fields."""
    kinds = list(HOSTILE)
    first = crc32(f"{form} {field}".encode())
    return [kinds[(first + step) % len(kinds)] for step in (0, 3, 7)]


@pytest.mark.parametrize("field", ["narrative", "child_called", "may_ring"])
def test_a_report_with_a_null_byte_or_too_many_characters_is_told_so(told: World, field: str) -> None:
    before = told.rows("SELECT count(*) FROM signals_signal")
    for kind in ("a null byte", "10,001 characters"):
        assert send(told, "doctor", "/signals/report/", encoded(typed.REPORT | {field: HOSTILE[kind]})) == 422
    assert told.rows("SELECT count(*) FROM signals_signal") == before


@pytest.mark.parametrize(("login", "address", "name"), ASKED)
def test_hostile_words_in_an_address_never_make_the_house_fail(
    looked_at: World, login: str, address: str, name: str
) -> None:
    browser = looked_at.browser(login or "nurse")
    for kind, words in HOSTILE.items():
        status = browser.get(f"{address}?{name}={quote_plus(words)}").status_code
        assert status in {200, 201, 302, *range(400, 500)}, kind
        path = browser.get(f"{address}{quote_plus(words[:200])}/").status_code
        assert path in {302, *range(400, 500)}, kind


@pytest.mark.parametrize("place", PLACES)
def test_a_code_that_is_no_territory_leads_to_the_reporters_own(looked_at: World, place: str) -> None:
    browser = looked_at.browser("doctor")
    page = browser.get("/signals/report/", {"place": place})
    assert page.status_code == 200
    assert b"Saryagash" in page.content


@pytest.mark.parametrize(
    "kind", [f"{URLENCODED}; charset=nothing", "multipart/form-data", "application/json", "text/plain", ""]
)
def test_a_body_of_another_kind_is_answered(told: World, kind: str) -> None:
    for form, (login, needed, _further) in FORMS.items():
        assert send(told, login, form, encoded(needed), kind) in {200, 201, 302, *range(400, 500)}, form


def test_quotes_are_kept_as_they_are_and_shown_as_words(house: House) -> None:
    words = HOSTILE["quotes"].decode()
    with house.world() as world, world.open():
        body = encoded(typed.REPORT | {"child_called": words.encode()})
        assert send(world, "doctor", "/signals/report/", body) == 201
        assert world.rows("SELECT child_called FROM signals_signal") == [(words,)]
        for address in ("/signals/", f"/signals/{world.ids()['signal'][0]}/", "/"):
            page = world.browser("coordinator").get(address).content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "{{ 7*7 }}" in page
