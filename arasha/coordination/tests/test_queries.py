"""My work, the board and the file show what is there for who looks, in few questions to the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from arasha.coordination import queries
from arasha.coordination.views.telling import Teller
from arasha.obligations.actions import meet, sweep_batch
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals.actions import open_case_from
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OVERDUE = NOW + 25 * HOUR
QUESTIONS_OF_A_FILE = 15


def test_the_inspectors_work_is_what_their_unit_owes(district: District) -> None:
    signal = reported(district)
    work = queries.my_work(district.inspector.enter(), NOW + HOUR)
    assert [row.dossier_id for row in work.due] == [signal.dossier_id]
    assert (work.late, work.counts["late"], work.counts["due"]) == ([], 0, 1)
    assert work.matters[signal.dossier_id].child_called == "Аяру С."


def test_the_coordinators_work_is_what_is_late_in_their_files(district: District) -> None:
    signal = reported(district)
    work = queries.my_work(district.coordinator.enter(), OVERDUE)
    assert [row.dossier_id for row in work.late] == [signal.dossier_id]
    assert [row.pk for row in work.waiting] == [signal.pk]


def test_the_doctor_who_reported_has_no_work_from_it(district: District) -> None:
    reported(district)
    work = queries.my_work(district.doctor.enter(), OVERDUE)
    assert (work.late, work.due, work.waiting, work.counts["open"]) == ([], [], [], 0)


def test_a_file_tells_its_story_in_the_readers_language(district: District) -> None:
    signal = reported(district)
    sweep_batch(actor=cast.sweeper(), now=OVERDUE)
    with as_owner():
        duty = Obligation.objects.get(dossier=signal.dossier_id)
    meet(actor=district.inspector.enter(), obligation=duty.pk, answer="Done.", now=OVERDUE + HOUR)
    actor = district.coordinator.enter()
    page = queries.file_page(actor, signal.dossier_id)
    assert page is not None
    with override("kk"):
        told = [entry.sentence for entry in Teller(page, OVERDUE + 2 * HOUR).told(page.acts) if entry.verb != "note"]
    assert told[0] == "Сигнал берілді — хабарлаған адам көрсетілмейді"
    assert told[1].startswith("Міндет пайда болды — inspection")
    assert told[2].startswith("Мерзім өтті, жауап жоқ — inspection")
    assert told[-1].startswith("Міндет кешігіп орындалды — inspection")


def test_a_cases_story_begins_with_its_signal(district: District) -> None:
    signal = reported(district)
    case = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW + HOUR)
    cast.end_opening(case.dossier_id)
    page = queries.file_page(district.coordinator.enter(), case.dossier_id)
    assert page is not None
    assert page.origins == [signal.dossier_id]
    assert page.acts[0].verb == "report_signal"
    assert [row.unit for row in page.obligations] == [district.inspector.unit]


def test_a_file_is_not_there_for_a_stranger(district: District) -> None:
    signal = reported(district)
    assert queries.file_page(district.neighbour.enter(), signal.dossier_id) is None
    assert queries.file_page(district.doctor.enter(), signal.dossier_id) is None


def test_a_file_asks_the_database_few_questions(district: District) -> None:
    signal = reported(district)
    actor = district.coordinator.enter()
    with CaptureQueriesContext(connection) as asked:
        queries.file_page(actor, signal.dossier_id)
    assert len(asked) <= QUESTIONS_OF_A_FILE
