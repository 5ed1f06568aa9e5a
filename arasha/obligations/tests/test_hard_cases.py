"""Hard cases that no other test tells: a district is split while a duty runs, and mail is down while silence climbs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import User
from arasha.kernel.messages.models import Notice
from arasha.kernel.messages.tests.test_mail import closed_port, pass_time, round_of_mail
from arasha.obligations import policy, queries
from arasha.obligations.actions import meet, raise_for
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, ONE_ANSWER, District, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
KURCHUM, MARKAKOL = "635200000", "635500000"  # the second came out of the first on 3 January 2024
BEFORE = datetime(2024, 1, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def raised_before_the_split(district: District) -> Obligation:
    """Raise a duty for a child of what will be Markakol, two days before there is such a district."""
    text = ONE_ANSWER.read_text(encoding="utf-8")
    for old, new in (("protocol: one_answer", "protocol: answer_of_2023"), ("2026-03-02", "2023-03-02")):
        assert old in text
        text = text.replace(old, new)
    cast.adopt(text.replace("[tester]", "[tester_of_2023]"))
    actor = district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    codes = cast.CODES | {"reporter": "tester_of_2023"}
    (row,) = raise_for(
        actor=actor, dossier=dossier, event="report_signal", codes=codes, territory=MARKAKOL, from_moment=BEFORE,
        now=BEFORE,
    )  # fmt: skip
    return row


def test_a_duty_of_before_a_split_stays_with_its_unit_and_its_silence_goes_to_the_new_district(
    district: District,
) -> None:
    with cast.building():
        above = district.police_head.unit
        inspector = cast.seat(cast.make_unit("inspection of Kurchum", KURCHUM, "juvenile_inspection", parent=above))
        old = cast.seat(cast.make_unit("coordination of Kurchum", KURCHUM, "coordination_district"))
        new = cast.seat(cast.make_unit("coordination of Markakol", MARKAKOL, "coordination_district"))
    row = raised_before_the_split(district)
    assert row.unit_id == inspector.unit.pk
    cast.sweep(BEFORE + 25 * HOUR)
    cast.sweep(BEFORE + 49 * HOUR)
    told = [(rung, outcome, unit) for rung, outcome, unit, _at in cast.rungs(row)]
    assert told == [(1, "told", above.pk), (2, "told", new.unit.pk)]
    assert policy.visible_to(new.enter()).filter(pk=row.pk).exists()
    assert not policy.visible_to(old.enter()).exists()
    answered = meet(actor=inspector.enter(), obligation=row.pk, answer="Бала қауіпсіз.", now=BEFORE + 50 * HOUR)
    assert answered.state == "met_late"  # whoever owed it before the split may still answer


def test_silence_climbs_and_duties_are_owed_while_the_mail_server_is_down_for_a_day(
    district: District, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    settings.ADDRESS = "https://arasha.example"
    people = (district.inspector, district.police_head, district.coordinator)
    with cast.building():
        for person in people:
            User.objects.filter(pk=person.user).update(email=f"u{person.user}@example.kz")
    row = cast.report(district)
    for hour in range(1, 50, 4):
        cast.sweep(NOW + hour * HOUR)
        assert round_of_mail() == 0
        pass_time()
    assert [told for _rung, told, _unit, _at in cast.rungs(row)] == ["told", "told"]
    assert (fresh(row).state, fresh(row).rung) == ("overdue", 2)
    assert [found.pk for found in queries.owed_by(district.inspector.enter())] == [row.pk]
    with as_owner():
        waiting = set(Notice.objects.values_list("unit", "code"))
    assert {(person.unit.pk, "duty_escalated") for person in people[1:]} <= waiting
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    round_of_mail()
    assert {address for letter in mail.outbox for address in letter.to} == {f"u{one.user}@example.kz" for one in people}
    assert round_of_mail() == 0
