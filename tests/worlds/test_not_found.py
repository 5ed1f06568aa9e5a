"""What does not exist and what one may not see are one answer, to the byte, whatever is asked of it."""

from collections.abc import Iterator

import pytest

from tests.worlds import (
    adulthood,
    care,
    certificates,
    child_plan,
    conferences,
    directory,
    places,
    planting,
    referrals,
    releases,
    sharing,
    tables,
    workforce,
)
from tests.worlds.house import House, World
from tests.worlds.pages import NOBODYS, PARAMETER, answer, filled, routes

# To these the reports of Saryagash do not exist.
OUTSIDERS = ("doctor", "clinic-head", "psychologist", "administrator", "neighbour", "region", "nation")
# An offering is found by everybody: of a protected one its page says what the finder says. What was promised of
# infrastructure, pilots and emergencies are read by the whole staff.
EVERYBODYS = {"offered", "commitment", "pilot", "emergency"}
EVERY_METHOD = ("get", "post", "head", "put", "delete", "options")
SENT = {"answer": "Seen.", "closing": "mistaken", "hours": "1"}


def pairs(world: World) -> list[tuple[str, str]]:
    """Return each address of something that exists, with the same address of nothing."""
    found, known = [], world.ids()
    for route in routes():
        for conversion, name in PARAMETER.findall(route):
            if conversion == "uuid" and name not in EVERYBODYS:
                ids = known[name]
                assert ids, name
                nothing = next(iter(filled(route, {}, [1])))
                assert NOBODYS in nothing
                found += [(nothing.replace(NOBODYS, one), nothing) for one in ids]
    return found


@pytest.fixture(scope="module")
def told(house: House) -> Iterator[World]:
    """A world in which two children were reported."""
    with house.world() as world, world.open():
        world.report(child_called="Аяру", narrative="Көгерген іздер", whereabouts="үйде")
        world.report(by="nurse", child_called="Ерасыл", concerns=["neglect"], child_age=3)
        world.open_in_emergency(by="nurse")
        planting.connect_system(world)
        planting.give_a_line(world)
        planting.propose_elsewhere(world)
        planting.know_more_of_people(world)
        planting.ask_a_class(world)
        planting.say_of_a_service(world)
        planting.receive_a_file(world)
        planting.call_elsewhere(world)
        planting.declare_elsewhere(world)
        planting.fill_in_elsewhere(world)
        planting.assess_elsewhere(world)
        planting.happen_elsewhere(world)
        directory.keep(world, "990000000")
        tables.hand_in(world)
        places.wait(world)
        certificates.issue(world, waits=False)
        child_plan.plan(world)
        conferences.meet(world)
        adulthood.apply(world)
        releases.ask(world)
        sharing.agree(world)
        care.ask(world)
        referrals.refer(world)
        workforce.leave(world)
        yield world


@pytest.mark.parametrize("login", OUTSIDERS)
def test_what_one_may_not_see_answers_as_what_is_not_there(told: World, login: str) -> None:
    browser = told.browser(login)
    asked = pairs(told)
    assert len(asked) >= 12
    # One outsider tries the methods that no page of this house takes; what nothing answers is asked once.
    for method in EVERY_METHOD if login == OUTSIDERS[0] else EVERY_METHOD[:2]:
        send, data = getattr(browser, method), SENT if method == "post" else None
        absent = {nothing: answer(send(nothing, data)) for nothing in dict(asked).values()}
        for hidden, nothing in asked:
            seen = answer(send(hidden, data))
            assert seen == absent[nothing], (method, hidden)
            assert seen[0] in {404, 405}, (method, hidden)


@pytest.mark.parametrize("sent", [{}, {"answer": "x" * 20_001, "closing": "nothing of the list"}])
def test_a_form_that_is_wrong_is_not_read_before_the_file_is_found(told: World, sent: dict[str, str]) -> None:
    for login in ("psychologist", "neighbour", "nation"):
        browser = told.browser(login)
        asked = pairs(told)
        absent = {nothing: answer(browser.post(nothing, sent)) for nothing in dict(asked).values()}
        for hidden, nothing in asked:
            assert answer(browser.post(hidden, sent)) == absent[nothing], (login, hidden)


def test_who_may_see_it_gets_another_answer(told: World) -> None:
    browser = told.browser("coordinator")
    answers = {hidden: answer(browser.get(hidden)) for hidden, _ in pairs(told)}
    assert sum(status == 200 for status, _, _ in answers.values()) >= 6


def test_accounts_of_another_territory_answer_as_accounts_that_are_not_there(told: World) -> None:
    browser = told.browser("administrator")
    stranger, own = (told.house.seats[login].account.user_id for login in ("nation", "nurse"))
    post = told.house.seats["nation"].post_id
    for form in ("/administration/accounts/{}/invite/", "/administration/accounts/{}/second-factor/"):
        asked = [answer(browser.post(form.format(number))) for number in (stranger, 999_999_999)]
        assert asked[0] == asked[1]
        assert asked[0][0] == 404
    asked = [answer(browser.post(f"/administration/posts/{number}/end/")) for number in (post, 999_999_999)]
    assert asked[0] == asked[1]
    assert answer(browser.get(f"/administration/accounts/{own}/second-factor/"))[0] != 404
