"""The list of silences: narrowed, paged and taken along as a table, by whoever may see the files."""

import csv
import io
import re

import pytest
from django.test import Client

from arasha.cases.models import Case
from arasha.coordination.tests.silences import DAY, clock, led_by, mute, unseen
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.coordination.views import silences_list
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
CHILD, UNSEEN = "Аяру", "Nobody has seen the child"


def text(browser: Client, address: str = "") -> str:
    answer = browser.get("/silences/" + address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(browser: Client, address: str = "") -> str:
    """Return the rows of the list: what stands beside them to choose from names every rule."""
    return "".join(re.findall(r"<tbody.*?</tbody>", text(browser, address), re.DOTALL))


def table(browser: Client, address: str = "") -> list[list[str]]:
    answer = browser.get("/silences/list.csv" + address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def number(team: Team) -> str:
    with as_owner():
        return Case.objects.get(dossier=team.dossier).number


def test_paging_keeps_what_was_chosen(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silences_list, "PAGE", 1)
    clock(NOW + 100 * DAY)
    browser = cast.browser_of(team.lead)
    shown = text(browser, "?rule=unseen&rule=no_act&level=none")
    links = re.findall(r'href="(\?[^"]*after=1[^"]*)"', shown)
    assert links
    following = links[0].replace("&amp;", "&")
    assert {"rule=unseen", "rule=no_act", "level=none"} <= set(following.lstrip("?").split("&"))
    second = text(browser, following)
    assert "after=0" in second
    assert second.count("govuk-table__row") == 2


def test_who_watches_over_several_narrows_by_who_leads(team: Team) -> None:
    led_by(team, team.social)
    clock(NOW + 15 * DAY)
    browser = cast.browser_of(team.lead)
    assert UNSEEN in told(browser, f"?unit={team.social.unit.pk}&rule=unseen")
    # One that leads nothing here is no choice, and narrows nothing.
    assert UNSEEN in told(browser, f"?unit={team.outsider.unit.pk}&unit=x&rule=unseen")
    assert UNSEEN in told(cast.browser_of(team.social), "?rule=unseen")


def test_the_table_names_no_child_and_says_what_the_list_says(team: Team) -> None:
    clock(NOW + 15 * DAY)
    mute(unseen(team), team.lead, until=local(NOW).date() + 20 * DAY)
    browser = cast.browser_of(team.lead)
    head, *rows = table(browser)
    assert CHILD in told(browser)
    assert CHILD not in str(rows)
    assert len(head) == 7
    assert {row[1] for row in rows} == {"Nobody has ever seen the child alone", "Nobody has done anything"}
    assert {row[0] for row in rows} == {number(team)}
    (muted,) = table(browser, "?muted=yes&rule=unseen")[1:]
    assert (muted[1], muted[6]) == (UNSEEN, (local(NOW).date() + 20 * DAY).isoformat())


def test_who_has_nothing_to_do_with_it_gets_an_empty_list_and_an_empty_table(team: Team) -> None:
    clock(NOW + 15 * DAY)
    for who in (team.outsider, team.teacher):
        browser = cast.browser_of(who)
        assert told(browser) == ""
        assert len(table(browser)) == 1


def test_words_of_no_list_narrow_nothing_and_break_nothing(team: Team) -> None:
    clock(NOW + 15 * DAY)
    browser = cast.browser_of(team.lead)
    asked = "?rule=x&level=%00&unit=-1&unit=9999999999999999999&muted=%27&after=-5&after=99999999999"
    assert UNSEEN in told(browser, asked)
    assert len(table(browser, asked)) > 1


def counted(browser: Client) -> list[tuple[str, str]]:
    page = browser.get("/board/").content.decode()
    return re.findall(r'href="/silences/\?rule=(\w+)">.*?data-label="Silences">(\d+)<', page, re.DOTALL)


def test_the_board_counts_the_silences_of_its_territory(team: Team) -> None:
    assert counted(cast.browser_of(team.lead)) == []
    clock(NOW + 15 * DAY)
    mute(unseen(team), team.lead, until=local(NOW).date() + 20 * DAY)
    expected = [("alone", "1"), ("no_act", "1"), ("unseen", "1")]
    assert sorted(counted(cast.browser_of(team.lead))) == expected
    assert sorted(counted(cast.browser_of(team.district.region))) == expected


def test_a_file_that_is_barred_to_the_reader_is_in_no_count_of_silences(team: Team) -> None:
    clock(NOW + 15 * DAY)
    team.bar(team.district.region)
    assert counted(cast.browser_of(team.district.region)) == []
    assert len(counted(cast.browser_of(team.lead))) == 3
