"""Two worlds that differ only in what somebody may not know are one world to them, to the byte.

Hypothesis chooses who looks and what happens in one world and not, or otherwise, in the other. Whatever is asked,
read or written, the answers are the same: pages, counts, errors, headers. Random ids are numbered as they come.
"""

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worlds.house import NEIGHBOURS, PLACE, House, World
from tests.worlds.pages import BOARD, FIGURES, Answer, addresses, answer, without_random_ids

SENT = {"answer": "Seen.", "closing": "mistaken"}
SAID = "Көгерген іздер көрдім."
LINK = re.compile(rb'href="(/(?:signals|files|obligations)/[0-9a-f-]{36}/)"')


@dataclass(frozen=True)
class Hidden:
    """A report that is in the second world alone."""

    told: dict[str, Any]
    barred: tuple[str, ...] = ()

    def happen(self, world: World) -> None:
        """Report it."""
        people = [world.house.seats[login].account.user_id for login in self.barred]
        told: dict[str, Any] = {"narrative": SAID, "child_called": "Аяру", "child_age": 9, "barred_users": people}
        world.report(**(told | self.told))


@dataclass(frozen=True)
class InTheirInstitution(Hidden):
    """A report that it happened in the body of somebody of the house; it is in the second world alone."""

    whose: str = ""

    def happen(self, world: World) -> None:
        """Report it."""
        post = world.house.seats[self.whose].post_id
        ((body,),) = world.rows(
            "SELECT u.body_id FROM access_post p JOIN access_unit u ON u.id = p.unit_id WHERE p.id = %s", post
        )
        told: dict[str, Any] = {"happened_in": "school", "institution": body, "suspect": "worker", "place": PLACE}
        told |= {"narrative": SAID, "child_called": "Айнұр", "child_age": 12}
        world.report(**(told | self.told))


@dataclass(frozen=True)
class Otherwise:
    """A report that is in both worlds, of which something is otherwise in the second."""

    first: dict[str, Any]
    second: dict[str, Any]

    def happen(self, world: World, *, second: bool) -> None:
        """Report it."""
        told: dict[str, Any] = {"child_called": "Ерасыл", "child_age": 3}
        world.report(**(told | (self.second if second else self.first)))


ELSEWHERE = Hidden({"place": NEIGHBOURS})  # a signal of another district, and what it obliges others to
HERE = Hidden({"place": PLACE})
UNSAFE = Hidden({"place": PLACE, "concerns": ["sexual"], "safe_now": "no", "whereabouts": "үйде"})
WHO = Otherwise({"by": "doctor", "may_ring": "кешке"}, {"by": "nurse", "may_ring": "ешқашан"})
WORDS = Otherwise({"narrative": "бір"}, {"narrative": SAID * 40})
ALL_WORDS = Otherwise(
    {"narrative": "бір", "whereabouts": "үйде", "must_not_know": "әкесі"},
    {"narrative": SAID, "whereabouts": "мектепте", "must_not_know": "анасы, ағасы", "may_ring": "кешке"},
)
# What each may not know. The coordinator leads the files of the district, the inspector owes an answer in them.
EVERYTHING = ([ELSEWHERE, HERE, UNSAFE], [WHO, ALL_WORDS])
UNKNOWN: dict[str, tuple[list[Hidden], list[Otherwise]]] = {
    "doctor": EVERYTHING,
    "clinic-head": EVERYTHING,
    "administrator": EVERYTHING,
    "nation": EVERYTHING,
    "police-head": EVERYTHING,
    "neighbour": ([HERE, UNSAFE], [WHO, ALL_WORDS]),
    "region": ([HERE, UNSAFE], [WHO, ALL_WORDS]),
    "inspector": ([ELSEWHERE, Hidden({}, barred=("inspector",))], [WHO, WORDS]),
    "coordinator": ([ELSEWHERE, Hidden({}, barred=("coordinator",))], [WHO]),
}


@st.composite
def secrets(draw: st.DrawFn) -> tuple[str, list[Hidden], Otherwise | None]:
    """Choose who looks, what is in the second world alone, and what is otherwise in it."""
    login = draw(st.sampled_from(sorted(UNKNOWN)))
    hidden, otherwise = UNKNOWN[login]
    happened = draw(st.lists(st.sampled_from(hidden), min_size=1, max_size=2, unique_by=id))
    return login, happened, draw(st.none() | st.sampled_from(otherwise))


def seen(world: World, login: str, hidden: dict[str, list[str]], within: str) -> list[tuple[str, Answer]]:
    """Return all that somebody is answered: every address, what is hidden, and what their own pages lead to."""
    with world.open():
        browser = world.browser(login)
        wanted = [address for address in addresses(hidden, world.house.numbers()) if address.startswith(within)]
        if login in FIGURES:
            wanted = [address for address in wanted if not address.startswith(BOARD)]
        found = [(address, answer(browser.get(address))) for address in wanted]
        found += [(f"POST {one}", answer(browser.post(one, SENT))) for one in addressed(hidden) if one in wanted]
        links = dict.fromkeys(link.decode() for _, (_, _, body) in found for link in LINK.findall(body))
        found += [(f"link {place}", answer(browser.get(link))) for place, link in enumerate(links)]
    return [(address, without_random_ids(one)) for address, one in found]


def addressed(hidden: dict[str, list[str]]) -> list[str]:
    """Return the addresses of what is hidden."""
    keys = {key for found in hidden.values() for key in found}
    return [address for address in addresses(hidden) if any(key in address for key in keys)]


def compare(
    house: House, login: str, happened: list[Hidden], otherwise: Otherwise | None, *, within: str = "/"
) -> None:
    """Let both worlds happen and compare everything that somebody gets to see of them, `within` these addresses."""
    with house.world() as first, house.world() as second:
        with second.open():
            for happening in happened:
                happening.happen(second)
        hidden = second.ids()
        assert hidden["signal"]
        for world in (first, second):
            if otherwise is not None:
                with world.open():
                    otherwise.happen(world, second=world is second)
        ones, others = seen(first, login, hidden, within), seen(second, login, hidden, within)
    assert [address for address, _ in ones] == [address for address, _ in others]
    for one, other in zip(ones, others, strict=True):
        assert one == other, "\n".join([one[0], *differing(one[1], other[1])])


def differing(one: Answer, other: Answer) -> list[str]:
    """Return the lines in which two answers differ, to be read by whoever mends it."""
    before, after = (
        [f"{status}", *map(str, headers), *body.decode().splitlines()] for status, headers, body in (one, other)
    )
    return [line for line in unified_diff(before, after, lineterm="", n=2) if line.strip()]


SETTINGS = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(SETTINGS, max_examples=4)
@given(secret=secrets())
def test_what_one_may_not_know_changes_nothing_that_one_sees(
    house: House, secret: tuple[str, list[Hidden], Otherwise | None]
) -> None:
    compare(house, *secret)


@pytest.mark.long
@settings(SETTINGS, max_examples=60)
@given(secret=secrets())
def test_what_one_may_not_know_changes_nothing_however_often_it_is_tried(
    house: House, secret: tuple[str, list[Hidden], Otherwise | None]
) -> None:
    compare(house, *secret)


@pytest.mark.parametrize("login", FIGURES)
def test_the_figures_of_the_board_name_nobody(house: House, login: str) -> None:
    with house.world() as world, world.open():
        for happening in (HERE, ELSEWHERE, UNSAFE):
            happening.happen(world)
        browser, ids = world.browser(login), world.ids()
        named = ["Аяру", SAID, "үйде", *ids["signal"], *ids["dossier"], *ids["obligation"]]
        shown = [address for address in addresses(ids) if address.startswith(BOARD)]
        assert len(shown) >= 4
        for address in shown:
            body = browser.get(address).content.decode()
            assert [word for word in named if word in body] == [], address


@pytest.mark.parametrize("login", FIGURES)
def test_figures_are_all_that_a_hidden_report_changes(house: House, login: str) -> None:
    compare(house, login, [UNKNOWN[login][0][-1]], UNKNOWN[login][1][-1])


@pytest.mark.parametrize("login", ["psychologist", "coordinator", "guardianship"])
def test_of_harm_in_their_own_institution_its_people_are_told_nothing(house: House, login: str) -> None:
    compare(house, login, [InTheirInstitution({}, whose=login)], None)


def test_of_harm_in_anothers_institution_who_must_act_is_told(house: House) -> None:
    with pytest.raises(AssertionError):
        compare(house, "guardianship", [InTheirInstitution({}, whose="psychologist")], None, within="/obligations/")


def test_what_one_may_know_is_seen_by_the_comparison(house: House) -> None:
    with pytest.raises(AssertionError):
        compare(house, "coordinator", [HERE], None, within="/signals/")
    with pytest.raises(AssertionError):
        compare(house, "coordinator", [ELSEWHERE], WORDS, within="/signals/")
