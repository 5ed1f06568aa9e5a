"""A telling is a letter until the worker opens it; over its code a teller is answered, and nothing else comes back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.doors import actions, queries
from arasha.doors.models import Addition, Answer, Letter, Mailbox
from arasha.doors.policy import NotAllowed
from arasha.doors.rules import boxes
from arasha.doors.rules.institutions import INSTITUTION_KINDS
from arasha.doors.tasks import open_all
from arasha.doors.tests.tellings import CODE, WORDS, as_public, opened, tell
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District
from arasha.people.models import Communication
from arasha.signals.actions import take_signal
from arasha.signals.models import Signal
from arasha.signals.queries import COORDINATION
from arasha.signals.rules import INSTITUTIONS
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
OTHER = ("апа", "бала", "дала", "жаңа", "қала", "тана")
LATER = NOW + timedelta(hours=2)


def test_what_a_child_tells_becomes_a_signal_with_an_owner_a_duty_and_a_notice(district: District) -> None:
    tell(concerns=("physical", "psychological"), safe_now="no", reached="yes", child_called="Аяжан", child_age=10)
    signal = opened()
    assert (signal.door, signal.urgency, signal.child_called) == ("child", "tonight", "Аяжан")
    with as_owner():
        owed = Obligation.objects.filter(raised_in=signal.dossier_id, protocol__code="telling")
        assert [row.unit_id for row in owed] == [district.coordinator.unit.pk]
        assert Notice.objects.filter(unit=district.coordinator.unit, code="new_signal").count() == 1
        assert not Letter.objects.exists()
        assert Mailbox.objects.get().dossier_id == signal.dossier_id


def test_sent_twice_it_is_told_once_also_after_it_was_opened(district: District) -> None:
    ticket = tell()
    tell(ticket=ticket)
    opened()
    tell(ticket=ticket)
    assert open_all(NOW) == 0
    with as_owner():
        assert Signal.objects.count() == 1


def test_what_is_added_twice_with_one_ticket_is_one_also_after_it_was_opened(district: District) -> None:
    tell()
    opened()
    ticket = uuid4()
    for _time in range(2):
        as_public(actions.write_again, code=CODE, words="Бүгін үйде жоқ.", ticket=ticket)
        open_all(LATER)
    with as_owner():
        assert (Addition.objects.count(), Letter.objects.count()) == (1, 0)


def test_the_public_s_role_reads_nothing_and_nobody_else_posts(district: District) -> None:
    tell()
    for table in ("doors_letter", "doors_mailbox", "doors_answer", "doors_addition", "signals_signal"):
        with as_role("arasha_public"), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM {table}")
    for call in ("take_letters(1)", "eldest_letter()", f"answerable('{uuid4()}')"):
        with as_role("arasha_public"), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM doors.{call}")
    district.coordinator.enter()
    for call in ("take_letters(1)", "post_addition(gen_random_uuid(), 1, '', '')", "look_into('')"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM doors.{call}")
    with pytest.raises(NotAllowed):
        actions.open_letters(actor=district.coordinator.enter(), now=NOW)


def test_over_the_code_comes_the_state_and_then_the_newest_answer_and_never_what_was_told(district: District) -> None:
    tell()
    assert as_public(queries.mailbox, CODE) == queries.Mailbox("received")
    signal = opened()
    for words in ("Рақмет. Ертең сағат 15-те жазамыз.", "Қазір сөйлесуге бола ма?"):
        actions.answer_teller(actor=district.coordinator.enter(), dossier=signal.dossier_id, words=words, now=LATER)
    found = as_public(queries.mailbox, CODE)
    assert (found.answer, found.answered_on) == ("Қазір сөйлесуге бола ма?", LATER.date())
    assert WORDS not in str(found)
    for wrong in (OTHER, CODE[::-1], CODE[:5]):
        with pytest.raises(queries.NoMailbox):
            as_public(queries.mailbox, wrong)


def test_an_answer_opens_for_the_code_alone_and_not_for_who_owns_the_database(district: District) -> None:
    tell()
    signal = opened()
    actions.answer_teller(actor=district.coordinator.enter(), dossier=signal.dossier_id, words="Рақмет.", now=LATER)
    with as_owner():
        box = Mailbox.objects.get()
    assert "Рақмет".encode() not in bytes(box.answer or b"")
    assert boxes.open_answer(boxes.private_of(CODE), bytes(box.answer or b""))[0] == "Рақмет."
    assert bytes(box.fingerprint or b"") != boxes.fingerprint(CODE, b"another key of thirty-two bytes.")


def test_an_answer_meets_what_was_owed_and_what_is_added_owes_again(district: District) -> None:
    tell()
    signal = opened()
    file = signal.dossier_id
    actions.answer_teller(actor=district.coordinator.enter(), dossier=file, words="Рақмет.", now=LATER)
    assert queries.waiting_tellers(district.coordinator.enter()) == []
    as_public(actions.write_again, code=CODE, words="Бүгін үйде жоқ.", ticket=uuid4())
    assert open_all(LATER) == 1
    talk = queries.talk_of(file) if district.coordinator.enter() else None
    assert talk is not None
    assert [(one.words, one.of_teller) for one in talk.said] == [("Рақмет.", False), ("Бүгін үйде жоқ.", True)]
    assert [one.dossier for one in queries.waiting_tellers(district.coordinator.enter())] == [file]
    with as_owner():
        states = dict(Obligation.objects.filter(protocol__code="telling").values_list("step", "state"))
    assert states == {"answer": "met", "answer_again": "open"}


def test_a_changed_code_opens_the_same_answer_and_the_old_one_nothing(district: District) -> None:
    tell()
    signal = opened()
    actions.answer_teller(actor=district.coordinator.enter(), dossier=signal.dossier_id, words="Рақмет.", now=LATER)
    as_public(actions.change_code, code=CODE, new_code=OTHER)
    assert as_public(queries.mailbox, OTHER).answer == "Рақмет."
    for gone in (lambda: queries.mailbox(CODE), lambda: actions.write_again(code=CODE, words="x", ticket=uuid4())):
        with pytest.raises(queries.NoMailbox):
            as_public(gone)


def test_who_is_forgotten_can_not_be_answered_and_the_signal_stays(district: District) -> None:
    tell()
    signal = opened()
    as_public(actions.forget, code=CODE)
    with pytest.raises(queries.NoMailbox):
        as_public(queries.mailbox, CODE)
    with pytest.raises(actions.CannotBeAnswered):
        actions.answer_teller(actor=district.coordinator.enter(), dossier=signal.dossier_id, words="Сәлем", now=LATER)
    with as_owner():
        assert not Answer.objects.exists()
        assert Signal.objects.filter(pk=signal.pk).exists()


@pytest.mark.parametrize("words", ["", "   ", "ы" * 1501])
def test_an_answer_says_something_and_no_more_than_is_kept(district: District, words: str) -> None:
    tell()
    signal = opened()
    with pytest.raises(actions.NothingWritten):
        actions.answer_teller(actor=district.coordinator.enter(), dossier=signal.dossier_id, words=words, now=LATER)


def test_nobody_beyond_the_file_reads_or_answers(district: District) -> None:
    tell()
    signal = opened()
    for who in (district.neighbour, district.doctor, district.inspector):
        with pytest.raises(NotAllowed):
            actions.answer_teller(actor=who.enter(), dossier=signal.dossier_id, words="Сәлем", now=LATER)
        assert cast.browser_of(who).get(queries.link(signal.dossier_id)).status_code == 404


def test_a_letter_that_does_not_open_holds_no_other_up_and_is_never_given_up(district: District) -> None:
    bad = tell()
    with as_owner():
        whole = bytes(Letter.objects.get(pk=bad).sealed)
        Letter.objects.filter(pk=bad).update(sealed=b"\x01" + bytes(200))
    tell(code=OTHER)
    assert open_all(NOW) == 1
    with as_owner():
        left = Letter.objects.get()
        assert (left.pk, left.tries) == (bad, 1)
        assert timedelta(0) < left.due_at - left.received_at < timedelta(minutes=1)
        Letter.objects.update(tries=1000, sealed=whole)
    assert open_all(NOW) == 0, "it waits for its time"
    enter_system("test")
    assert queries.eldest_letter() is not None
    with as_owner():
        Letter.objects.update(due_at=left.received_at)
    assert open_all(NOW) == 1
    enter_system("test")
    assert queries.eldest_letter() is None


@pytest.mark.parametrize(("tries", "wait"), [(0, 10), (3, 80), (9, 3600), (1000, 3600)])
def test_each_try_waits_longer_than_the_one_before_and_none_more_than_an_hour(
    district: District, tries: int, wait: int
) -> None:
    bad = tell()
    with as_owner():
        Letter.objects.filter(pk=bad).update(sealed=b"\x01", tries=tries)
    began = domain_now()
    open_all(NOW)
    with as_owner():
        due = Letter.objects.get().due_at
    assert abs((due - began).total_seconds() - wait) < 5


def test_without_a_place_the_helpline_hears_and_else_the_nation(district: District) -> None:
    tell(territory="")
    assert opened().territory_id == cast.NATION
    with as_owner():
        assert Signal.objects.get().dossier.lead_unit_id == district.nation.unit.pk
    with cast.building():
        helpline = cast.seat(cast.make_unit("111", cast.NATION, "helpline"))
    tell(code=OTHER, territory="")
    open_all(NOW)
    with as_owner():
        assert helpline.unit.pk in set(Signal.objects.values_list("dossier__lead_unit", flat=True))


def test_where_nobody_coordinates_the_place_the_helpline_owns_it(district: District) -> None:
    with cast.building():
        helpline = cast.seat(cast.make_unit("111", cast.NATION, "helpline"))
        UnitFunction.objects.filter(function__in=COORDINATION).update(until=NOW - timedelta(days=1))
    tell()
    assert open_all(NOW) == 1
    with as_owner():
        assert Signal.objects.get().dossier.lead_unit_id == helpline.unit.pk


def test_whom_a_boy_would_rather_talk_with_stands_with_how_to_talk_with_him(district: District) -> None:
    tell(worker="man", child_called="Архат", child_sex="boy", language="ru")
    opened()
    with as_owner():
        noted = Communication.objects.get()
    assert (noted.worker, noted.languages) == ("man", ["russian"])


@pytest.mark.parametrize(("minutes", "rung"), [(9, 0), (10, 1), (12, 0), (25, 1), (40, 2)])
def test_it_rings_for_who_is_unsafe_and_untaken_first_the_lead_and_then_those_above(
    district: District, minutes: int, rung: int
) -> None:
    tell(safe_now="no")
    signal = opened()
    at = signal.received_at + timedelta(minutes=minutes)
    actions.ring_for_tellers(actor=enter_system("ring"), now=at)
    with as_owner():
        told = set(Notice.objects.filter(code="teller_waits").values_list("unit", flat=True))
    above = {district.region.unit.pk, district.nation.unit.pk}
    assert told == ({district.coordinator.unit.pk} if rung else set()) | (above if rung == 2 else set())


def test_what_was_taken_rings_no_more(district: District) -> None:

    tell(safe_now="no")
    signal = opened()
    take_signal(actor=district.coordinator.enter(), signal=signal.pk, now=NOW)
    assert actions.ring_for_tellers(actor=enter_system("ring"), now=signal.received_at + timedelta(minutes=10)) == 0


def test_the_worker_s_page_shows_the_talk_and_takes_the_answer(district: District) -> None:
    tell()
    signal = opened()
    browser, page = cast.browser_of(district.coordinator), queries.link(signal.dossier_id)
    for where in ("/tellers/", f"/signals/{signal.pk}/", f"/files/{signal.dossier_id}/"):
        assert page in browser.get(where).content.decode(), where
    assert browser.post(page, {"words": ""}).status_code == 422
    assert browser.post(page, {"words": "Рақмет, ертең жазамын."}).status_code == 302
    assert "Рақмет, ертең жазамын." in browser.get(page).content.decode()
    assert page not in browser.get("/tellers/").content.decode()
    assert as_public(queries.mailbox, CODE).answer == "Рақмет, ертең жазамын."
    with as_owner():
        assert not Addition.objects.exists()


def test_what_is_told_of_an_institution_shuts_it_out_and_somebody_from_outside_goes_there(district: District) -> None:
    with cast.building():
        home = cast.seat(cast.make_unit("orphanage", DISTRICT, "education_school"))
        guardian = cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))
    name = home.unit.body.name_kk
    tell(institution_kind="orphanage", institution_called=f"{name}, екінші қабат", concerns=("bullying",))
    signal = opened()
    assert signal.happened_in == "orphanage"
    assert cast.browser_of(home).get(f"/files/{signal.dossier_id}/").status_code == 404
    with as_owner():
        owed = Obligation.objects.filter(raised_in=signal.dossier_id, protocol__code="institution_violence")
        assert guardian.unit.pk in {row.unit_id for row in owed}


def test_every_kind_of_institution_that_is_asked_for_is_one_that_a_report_knows() -> None:
    assert {kind.code for kind in INSTITUTION_KINDS} <= {kind.code for kind in INSTITUTIONS}
