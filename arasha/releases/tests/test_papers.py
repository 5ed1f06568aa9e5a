"""The paper: kept once, the same bytes each time, and nothing for whoever may be a danger or is not on the file."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.journal.models import Act
from arasha.releases import actions, queries
from arasha.releases.models import OwnCopy, Paper, Receipt, Release
from arasha.releases.rules import Faulty, Own
from arasha.releases.tests.cast import NOW, Desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def keep(desk: Desk, release: Release, content: bytes = b"%PDF one") -> None:
    actions.keep_paper(
        actor=desk.team.lead.enter(), request=release.request_id, content=content, language="kk", now=NOW
    )


def count(verb: str) -> int:
    with as_owner():
        return Act.objects.filter(verb=verb).count()


def test_a_paper_is_kept_once_and_each_print_gives_its_bytes(desk: Desk) -> None:
    release = desk.given()
    keep(desk, release)
    keep(desk, release, b"%PDF two")
    lead = desk.team.lead.enter()
    prints = {actions.print_paper(actor=lead, request=release.request_id, now=at) for at in (NOW, LATER)}
    assert prints == {b"%PDF one"}
    assert (count("make_release_paper"), count("print_release")) == (1, 2)


def test_nothing_is_put_together_before_two_agreed(desk: Desk) -> None:
    with pytest.raises(actions.AlreadyAnswered):
        keep(desk, desk.proposed())
    with as_owner():
        assert not Paper.objects.exists()


def test_who_is_not_on_the_file_keeps_and_prints_nothing(desk: Desk) -> None:
    release = desk.given()
    for stranger in (desk.counter, desk.team.outsider):
        with pytest.raises(actions.NotThere):
            actions.keep_paper(actor=stranger.enter(), request=release.request_id, content=b"x", language="kk", now=NOW)
    keep(desk, release)
    for stranger in (desk.counter, desk.team.outsider, desk.team.teacher):
        with pytest.raises(actions.NotThere):
            actions.print_paper(actor=stranger.enter(), request=release.request_id, now=NOW)


def test_a_father_alleged_after_the_paper_was_made_gets_no_second_print(desk: Desk) -> None:
    release = desk.given()
    keep(desk, release)
    desk.allege_father()
    with pytest.raises(actions.InDanger):
        actions.print_paper(actor=desk.team.lead.enter(), request=release.request_id, now=LATER)


def test_a_father_alleged_before_the_paper_is_made_stops_it(desk: Desk) -> None:
    release = desk.given()
    desk.allege_father()
    with pytest.raises(actions.InDanger):
        keep(desk, release)
    with as_owner():
        assert Release.objects.get(pk=release.pk).state == "stopped"
        assert not Paper.objects.exists()


def test_the_database_lets_nobody_change_a_paper(desk: Desk) -> None:
    release = desk.given()
    keep(desk, release)
    desk.team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(release=release).update(language="ru")
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(release=release).delete()


def test_who_received_it_and_what_shows_it_is_kept_with_the_handing_over(desk: Desk) -> None:
    request = desk.given().request_id
    row = actions.hand_over(
        actor=desk.team.lead.enter(), request=request, how="in_person", receiver="Ерлан", proof="signature", now=NOW
    )
    assert queries.receipt_of(row) == ("Ерлан", "signature")
    with as_owner():
        assert "Ерлан".encode() not in bytes(Receipt.objects.get().sealed)
    desk.team.outsider.enter()
    assert queries.receipt_of(row) is None


def test_a_child_under_14_gets_their_copy_with_somebody_named_and_what_waits_is_not_given(desk: Desk) -> None:
    release = desk.matched(desk.asked(applicant="child_helped"), person=None)
    with pytest.raises(actions.HelperMissing):
        desk.proposed(release)
    own = Own("Психолог Айгүл", ("health",), "too_heavy")
    row = desk.proposed(release, own=own)
    assert queries.own_copy_of(row) == own
    assert row.parts == "plan"
    with as_owner():
        assert "Айгүл".encode() not in bytes(OwnCopy.objects.get().sealed)
    desk.team.outsider.enter()
    assert queries.own_copy_of(row) is None


@pytest.mark.parametrize(
    "own",
    [Own("A", ("plan",), "too_heavy"), Own("A", ("health",)), Own("A", (), "too_heavy"), Own("A", ("x",), "too_heavy")],
)
def test_what_waits_has_a_reason_and_is_not_given_as_well(desk: Desk, own: Own) -> None:
    release = desk.matched(desk.asked(applicant="child_helped"), person=None)
    with pytest.raises(Faulty):
        desk.proposed(release, own=own)


def test_an_adult_has_no_childs_copy_and_a_new_proposal_says_anew_how_the_child_gets_theirs(desk: Desk) -> None:
    adults = desk.proposed(own=Own("A", ("health",), "too_heavy"))
    assert queries.own_copy_of(adults) is None
    release = desk.matched(desk.asked(applicant="child_own"), person=None)
    desk.proposed(release, own=Own("A"))
    row = desk.proposed(release, own=Own("B"), now=LATER)
    own = queries.own_copy_of(row)
    assert own is not None
    assert own.helper == "B"
