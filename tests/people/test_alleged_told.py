"""What the clock tells of links, to whom, and that the file's own team sees none of it."""

import re
from uuid import UUID

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Post
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import REGION, District, Person
from arasha.people import actions, models
from tests.database import as_owner
from tests.people.children import case_of, described, join
from tests.people.coach import AGAIN, COACH, ELSEWHERE, LATER, NEXT, alleged, linked, prosecutor

pytestmark = pytest.mark.django_db


def told() -> set[int]:
    with as_owner():
        return set(Notice.objects.filter(code="allegations_linked").values_list("post_id", flat=True))


def tell() -> int:
    return actions.tell_of_links(actor=enter_system("links"), now=LATER)


def test_the_clock_tells_each_seat_of_oversight_once_and_no_barred_one(
    district: District, two: list[models.Allegation]
) -> None:
    here, beside, far = prosecutor(REGION), prosecutor(REGION), prosecutor(ELSEWHERE)
    with cast.building():
        cast.put_bars(two[1].dossier_id, [{"user_id": beside.user}])
    assert tell() == 2
    assert told() == {district.region.post, here.post}
    assert tell() == 0
    alleged(district, COACH)
    assert tell() == 3, "the third file makes a new link, of which the barred one may know"
    assert far.post not in told()
    with as_owner():
        notice = Notice.objects.filter(code="allegations_linked").first()
        assert notice is not None
        assert (notice.link, notice.dossier) == ("/people/linked/", None)


def test_an_empty_seat_is_told_nothing(district: District, two: list[models.Allegation]) -> None:
    with cast.building():
        Post.objects.filter(pk=district.region.post).update(holder=None)
    assert tell() == 0


def pages_of(who: Person, file: UUID, post: str = "") -> list[str]:
    """Return what somebody of the team gets to see, without what is random in every page."""
    browser = cast.browser_of(who)
    addresses = ["/", "/cases/", f"/files/{file}/", f"/people/{file}/", f"/people/{file}/allegations/",
                 f"/people/{file}/allegations/add/", "/people/linked/", "/messages/"]  # fmt: skip
    answers = [browser.get(address) for address in addresses]
    return [
        f"{one.status_code} "
        + re.sub(
            r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}', "", one.content.decode()
        )
        for one in answers
    ]


def test_the_file_s_own_team_sees_the_same_bytes_whether_or_not_the_other_file_exists(district: District) -> None:
    row = alleged(district, COACH)
    with cast.building():
        other_lead = cast.seat(cast.make_unit("other coordination", NEXT, "coordination_district"))
        other_police = cast.seat(cast.make_unit("other police", NEXT, "juvenile_inspection"))
    team = (district.inspector, district.coordinator)
    before = [pages_of(who, row.dossier_id) for who in team]
    file = case_of(other_lead, described("Пак", "Ольга", year=2013), place=NEXT)
    join(other_lead, file, other_police.unit.pk)
    actions.allege(actor=other_police.enter(), dossier=file, suspect=AGAIN, source="child", now=LATER)
    assert linked(district)
    assert tell() == 1
    assert [pages_of(who, row.dossier_id) for who in team] == before
    assert "Кашалот" in before[0][4], "the page compared is the one that shows the allegation"
    assert before[0][6].startswith("404")
