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
REPORT = {"concerns": b"physical", "safe_now": b"no", "suspect_has_access": b"yes"}
URLENCODED = "application/x-www-form-urlencoded"
ACCOUNT = {"name": b"Somebody", "login": b"somebody", "email": b"somebody@example.kz", "language": b"kk"}
# The first unit of the district (tests.worlds.house.FIRST), and a day that is not over.
UNIT, DAY = 660_000_001, b"31.12.2031"
BODY, POST = 550_000_001, 880_000_001
NAMES = {"name_kk": b"Kk", "name_ru": b"Ru", "name_en": b"En", "territory_id": b"615400000"}
MADE_BODY = NAMES | {"sector": b"health", "kind": b"hospital"}
TITLES = {"title_kk": b"Kk", "title_ru": b"Ru", "title_en": b"En"}
HOURS = {"name": b"Somebody", "phone": b"102", "weekdays": b"0", "starts": b"9", "ends": b"18", "since": DAY}
CHANGE = {"kind": b"nobody", "first_day": DAY, "starts": b"9", "last_day": DAY, "ends": b"18"}
# Who sends what where: the fields that the form needs; each in turn becomes hostile, with those that it may have.
FORMS = {
    "/signals/report/": (
        "doctor",
        REPORT,
        "child_called child_age child_sex whereabouts narrative must_not_know barred_users may_ring place shown_place "
        "suspect_works suspect_body happened_in institution place_called suspect school clinic regions identified_on "
        "identified_at way show injury-0-region "
        "injury-0-kind injury-0-size injury-0-colours injury-0-seen_on injury-x-region once phrase",
    ),
    "/receipt/": ("", {"code": b"0000", "phrase": b"phrase of mine"}, ""),
    "/receipt/proof/": ("", {"opened": b"x"}, ""),
    "/signals/{signal}/take/": ("coordinator", {}, "closing"),
    "/signals/{signal}/close/": ("coordinator", {}, "closing"),
    "/obligations/seen/": ("inspector", {"obligation": b"nothing"}, ""),
    "/obligations/{obligation}/ask/": ("inspector", {"reason": b"child_away", "until": DAY}, "words clock"),
    "/obligations/{obligation}/grant/": ("coordinator", {"until": DAY}, "words clock"),
    "/obligations/{obligation}/refuse/": ("coordinator", {"reason": b"no_ground"}, "words"),
    "/obligations/{obligation}/suspend/": ("coordinator", {"reason": b"in_hospital", "until": DAY}, "words clock"),
    "/obligations/{obligation}/resume/": ("coordinator", {"reason": b"over"}, "words"),
    "/obligations/{obligation}/pass-on/": ("coordinator", {"unit": b"1"}, "words"),
    "/obligations/{obligation}/replace/": ("coordinator", {"by": b"nothing"}, ""),
    "/obligations/{obligation}/deliver/": ("coordinator", {"by": b"paper"}, "words"),
    "/obligations/{obligation}/waive/": ("coordinator", {"reason": b"not_needed"}, "words"),
    "/obligations/{obligation}/reopen/": ("coordinator", {"reason": b"no_answer_in_it"}, "words"),
    "/obligations/{obligation}/decline/": ("inspector", {"reason": b"conflict"}, "words"),
    "/obligations/{obligation}/meet/": ("inspector", {"answer": b"Seen."}, "outcome proofs"),
    "/signals/{signal}/join/": ("coordinator", {"case": b"x"}, ""),
    "/signals/{signal}/leave/": ("coordinator", {}, "case"),
    "/cases/{dossier}/safety/": (
        "coordinator",
        {"state": b"unsafe", "where": b"home", "seen": b"alone"},
        "why again day clock",
    ),
    "/files/{dossier}/forms/begin/": ("coordinator", {"form": b"suicide_risk"}, ""),
    "/files/{dossier}/silences/": ("coordinator", {"reason": b"known", "words": b"x"}, "silence until"),
    "/cases/{dossier}/words/": ("coordinator", {"how": b"said", "words": b"no"}, "where day clock"),
    "/cases/{dossier}/household/": ("coordinator", {"called": b"Aruzhan"}, "age sex child reason"),
    "/cases/{dossier}/considered/": ("coordinator", {"kind": b"child", "called": b"3B"}, "known considered way reason"),
    "/account/ties/?q=14": ("nurse", {"body": b"1", "kind": b"relative", "since": DAY}, "last_day"),
    "/cases/{dossier}/concerns/": ("coordinator", {"code": b"neglect"}, "setting since precision ended"),
    "/plans/{dossier}/risk/": (
        "coordinator",
        {"level": b"high"},
        "again_on reasons words override unseen over",
    ),
    "/plans/{dossier}/safety-plan/": (
        "coordinator",
        {"own_steps": b"run", "language": b"kk", "carry": b"yes", "kept": b"memory", "agreed": b"child", "after": b"0"},
        "review_on people code_word services_1 services_1_by not_agreed large revision seen copy go",
    ),
    "/plans/{dossier}/safety-plan/draft/": (
        "coordinator",
        {"own_steps": b"run", "language": b"kk", "carry": b"yes", "after": b"0"},
        "review_on people code_word services_1_by agreed revision seen copy",
    ),
    "/plans/{dossier}/safety-plan/draft/settle/": ("coordinator", {"do": b"aside"}, "copy"),
    "/plans/{dossier}/safety-plan/print/": ("coordinator", {"number": b"1"}, "disguised"),
    "/plans/{dossier}/eligibility/": (
        "coordinator",
        {"rule": b"special_social_services", "entitled": b"yes", "decided_by": b"worker"},
        "decided_on reason words facts fact_need fact_criteria_score",
    ),
    "/cases/{dossier}/documents/": ("coordinator", {"kind": b"letter"}, "document open"),
    "/cases/{dossier}/lead/": (
        "coordinator",
        {"do": b"offer", "function": b"guardianship", "reason": b"capacity"},
        "place stays takes refusal",
    ),
    "/procedures/draft/": ("nation", {"text": b"protocol: made_up"}, "file"),
    "/procedures/differential_response/1/decide/": ("nation", {"kind": b"propose_end"}, "day reason read_acts"),
    "/training/clock/": ("inspector", {}, "hours"),
    "/post/": ("nurse", {}, "post"),
    "/account/language/": ("nurse", {}, "language"),
    "/account/password/": ("nurse", {}, "present password again"),
    "/account/confirm/": ("nurse", {}, "code"),
    "/sign-in/": ("", {"login": b"nobody", "password": b"nothing"}, "next"),
    "/sign-in/password/": ("", {"login": b"nobody"}, ""),
    "/language/": ("", {"language": b"kk"}, "next"),
    "/theme/": ("", {"theme": b"dark"}, "next"),
    "/administration/accounts/invite/": ("administrator", ACCOUNT, ""),
    "/administration/bodies/add/": ("administrator", MADE_BODY | {"code": b"made-up"}, "protected"),
    f"/administration/bodies/{BODY}/change/": ("administrator", MADE_BODY, "protected"),
    f"/administration/bodies/{BODY}/units/add/": (
        "administrator",
        NAMES | {"code": b"made-up-unit"},
        "around_the_clock opens closes phone parent",
    ),
    f"/administration/units/{UNIT}/change/": ("administrator", NAMES, "around_the_clock opens closes phone parent"),
    f"/administration/units/{UNIT}/end/": ("administrator", {"on": DAY}, "successor"),
    f"/administration/units/{UNIT}/functions/": (
        "administrator",
        {"function": b"family_support", "territory": b"615400000", "since": DAY},
        "until",
    ),
    f"/administration/units/{UNIT}/functions/end/": ("administrator", {"given": b"nothing"}, ""),
    f"/administration/units/{UNIT}/posts/": ("administrator", TITLES, "heads"),
    f"/administration/units/{UNIT}/posts/{POST}/change/": ("administrator", TITLES, "heads functions"),
    f"/administration/units/{UNIT}/posts/{POST}/seat/": ("administrator", {"login": b"nobody", "since": DAY}, "until"),
    "/administration/structure/table/": ("administrator", {"table": b"what;code\nbody;x"}, "file step"),
    "/administration/proposals/decide/": ("administrator", {"proposal": b"nothing", "step": b"confirm"}, ""),
    "/administration/systems/propose/": ("administrator", {}, "unit name scopes functions networks"),
    f"/duty/{UNIT}/add/": ("administrator", HOURS, "deputy"),
    f"/duty/{UNIT}/change/": ("administrator", CHANGE, "name phone deputy"),
    f"/duty/{UNIT}/table/": ("administrator", {"table": b"daily;0;24;Somebody;102;", "since": DAY}, "step"),
    f"/duty/{UNIT}/end/": ("administrator", {"line": b"nothing"}, ""),
    f"/duty/{UNIT}/withdraw/": ("administrator", {"change": b"nothing"}, ""),
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
    ("doctor", "/signals/report/", "place"),
    ("coordinator", "/signals/", "state"),
    ("coordinator", "/signals/", "after"),
    ("coordinator", "/signals/", "urgency"),
    ("coordinator", "/signals/", "who"),
    ("coordinator", "/cases/", "before"),
    ("coordinator", "/board/", "in"),
    ("coordinator", "/board/late/", "body"),
    ("coordinator", "/silences/list.csv", "unit"),
    ("coordinator", "/cases/", "lead"),
    ("coordinator", "/silences/", "level"),
    ("coordinator", "/silences/", "rule"),
    ("coordinator", "/silences/", "after"),
    ("coordinator", "/messages/", "after"),
    ("coordinator", "/", "language"),
    ("inspector", "/obligations/", "state"),
    ("inspector", "/obligations/", "step"),
    ("inspector", "/obligations/", "sort"),
    ("nurse", "/procedures/", "q"),
    ("nurse", "/account/ties/", "q"),
    ("nurse", "/procedures/", "standing"),
    ("nurse", "/procedures/", "act"),
    ("nurse", "/procedures/", "cursor"),
    ("nurse", "/procedures/acts/", "state"),
    ("nurse", "/procedures/school_procedure/1/try/", "district"),
    ("nation", "/procedures/draft/", "from"),
    ("nation", "/helpline/figures/", "from"),
    ("nation", "/helpline/figures/", "to"),
    ("nation", "/helpline/figures/", "region"),
    ("nurse", f"/duty/{UNIT}/", "week"),
    ("administrator", "/administration/bodies/", "words"),
    ("administrator", "/administration/bodies/", "after"),
    ("administrator", "/administration/structure/", "place"),
    ("administrator", "/administration/calendar/", "year"),
    ("administrator", "/administration/units/", "words"),
    ("administrator", "/administration/units/", "after"),
    ("", "/sign-in/", "next"),
    ("", "/kit/", "theme"),
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
        assert send(told, "doctor", "/signals/report/", encoded(REPORT | {field: HOSTILE[kind]})) == 422
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
        assert send(world, "doctor", "/signals/report/", encoded(REPORT | {"child_called": words.encode()})) == 201
        assert world.rows("SELECT child_called FROM signals_signal") == [(words,)]
        for address in ("/signals/", f"/signals/{world.ids()['signal'][0]}/", "/"):
            page = world.browser("coordinator").get(address).content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "{{ 7*7 }}" in page
