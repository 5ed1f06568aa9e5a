"""A file's story is what the journal's policies show, page by page, whole; taking it along is an act."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from arasha.coordination import actions, queries
from arasha.kernel.access.models import Look
from arasha.kernel.access.rules import Actor, Facet, Refused
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.queries import acts_of
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.actions import sweep_batch
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person
from arasha.signals.actions import open_case_from
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MOST_QUERIES = 16


def written(dossier: UUID, count: int, *, facet: Facet = Facet.OBLIGATIONS, unit: int | None = None) -> None:
    """Write acts of several days into a file, as whoever acts."""
    for number in range(count):
        codes = {"facet": facet, **({"unit": unit} if unit else {})}
        with act(verb="take_signal", stream=dossier_stream(dossier), now=NOW + number * HOUR, codes=codes):
            pass


def by_policy(dossier: UUID) -> list[int]:
    """Return the acts that the journal's own policies show of a file."""
    return [line.number for line in acts_of(dossier_stream(dossier), limit=1000)]


def told(actor: Actor, dossier: UUID) -> list[int]:
    return [line.number for line in queries.acts([dossier], limit=1000)]


@pytest.mark.parametrize("who", ["coordinator", "inspector", "police_head", "doctor", "neighbour", "region", "nation"])
def test_the_story_is_what_the_policies_of_the_journal_show(district: District, who: str) -> None:
    signal = reported(district)
    district.coordinator.enter()
    for facet in (*Facet,):
        written(signal.dossier_id, 2, facet=facet)
    sweep_batch(actor=cast.sweeper(), now=NOW + 25 * HOUR)
    person: Person = getattr(district, who)
    actor = person.enter()
    assert sorted(told(actor, signal.dossier_id)) == sorted(by_policy(signal.dossier_id))


def test_a_barred_person_has_no_story(district: District) -> None:
    signal = reported(district)
    person = district.inspector
    assert told(person.enter(), signal.dossier_id)
    with cast.building():
        cast.put_bars(signal.dossier_id, [{"user_id": person.user}])
    assert told(person.enter(), signal.dossier_id) == []


def test_acts_of_a_joined_signal_stand_once_in_the_cases_story(district: District) -> None:
    signal = reported(district)
    case = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW + HOUR)
    cast.end_opening(case.dossier_id)
    district.coordinator.enter()
    lines = queries.acts([case.dossier_id, signal.dossier_id], limit=1000)
    assert len({line.number for line in lines}) == len(lines)
    assert {"report_signal", "open_case", "move_obligations"} <= {line.verb for line in lines}
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_a_story_is_narrowed_by_body_kind_and_period(district: District) -> None:
    signal = reported(district)
    sweep_batch(actor=cast.sweeper(), now=NOW + 25 * HOUR)
    district.coordinator.enter()

    def verbs(**wish: object) -> set[str]:
        asked = queries.Wish(**wish)  # type: ignore[arg-type]
        return {line.verb for line in queries.acts([signal.dossier_id], asked, limit=100)}

    everything = verbs()
    assert verbs(kinds=frozenset({"signal"})) == {"report_signal"}
    assert verbs(kinds=frozenset({"silence"})) == {"obligation_overdue"}
    assert "obligation_overdue" in verbs(units=frozenset({district.inspector.unit.pk}))
    assert "report_signal" not in verbs(units=frozenset({district.inspector.unit.pk}))
    assert verbs(since=NOW + 24 * HOUR) == {"obligation_overdue"}
    assert verbs(kinds=frozenset({"signal", "duty", "silence", "case", "access"})) == everything


def test_every_act_of_a_long_file_stands_on_exactly_one_page(district: District) -> None:
    signal = reported(district)
    actor = district.coordinator.enter()
    written(signal.dossier_id, 120, unit=actor.unit_id)
    browser = cast.browser_of(district.coordinator)
    address, seen, pages = f"/files/{signal.dossier_id}/story/", 0, 0
    query = ""
    while query is not None:
        page = browser.get(address + query)
        seen += sum(not entry.gap for entry in page.context["entries"])
        pages += 1
        following = page.context["following"]
        query = f"?cursor={following}" if following else None  # type: ignore[assignment]
    assert pages == 3
    assert seen == len(told(district.coordinator.enter(), signal.dossier_id))


@pytest.mark.parametrize(
    "query", ["?cursor=x", "?cursor=20260101T000000.000000~" + "9" * 30, "?body=99999999999", "?kind=no", "?period=x"]
)
def test_what_nobody_wrote_into_the_address_asks_for_nothing(district: District, query: str) -> None:
    signal = reported(district)
    page = cast.browser_of(district.coordinator).get(f"/files/{signal.dossier_id}/story/{query}")
    assert page.status_code == 200
    assert page.context["entries"]


def test_a_file_with_500_acts_asks_the_database_few_questions(district: District) -> None:
    signal = reported(district)
    actor = district.coordinator.enter()
    written(signal.dossier_id, 500, unit=actor.unit_id)
    for page in ("", "story/", "duties/"):
        browser = cast.browser_of(district.coordinator)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(f"/files/{signal.dossier_id}/{page}")
        assert answer.status_code == 200
        own = [query["sql"] for query in asked if not frame(query["sql"])]
        assert len(own) <= MOST_QUERIES, own


def frame(sql: str) -> bool:
    """Say whether a query is the frame's: of session, entering, the rail's counts, the access log, savepoints."""
    words = (
        *("access_websession", "SAVEPOINT", "set_config", "access.enter", "access_user", "message_notice"),
        *("access.budgets_below", "access_glass", "worktime_instance", "access.names", "access.record_look"),
        *("access_post", "access.look", "COUNT(", "now()"),
    )
    return any(word in sql for word in words)


def test_a_stranger_has_neither_page(district: District) -> None:
    signal = reported(district)
    for person in (district.neighbour, district.doctor):
        browser = cast.browser_of(person)
        for page in ("", "story/", "duties/"):
            assert browser.get(f"/files/{signal.dossier_id}/{page}").status_code == 404
        assert browser.post(f"/files/{signal.dossier_id}/story/pdf/").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_story_is_taken_along_in_the_readers_language_as_an_act_and_an_export(
    district: District, language: str
) -> None:
    signal = reported(district)
    browser = cast.browser_of(district.coordinator)
    browser.cookies["arasha_language"] = language
    answer = browser.post(f"/files/{signal.dossier_id}/story/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    said = {
        "kk": "Сигнал берілді — хабарлаған адам көрсетілмейді",
        "ru": "Сигнал поступил, сообщивший не указан",
        "en": "A report came in; who reported is sealed",
    }[language]
    assert said in words.replace("\u200b", "")
    with as_owner():
        made = Act.objects.get(verb="export_file")
        assert (made.stream_key, made.codes["form"]) == (str(signal.dossier_id), "story")
        assert Look.objects.filter(dossier=signal.dossier_id, kind="export").count() == 1
    assert district.doctor.unit.name_en not in words


def test_who_only_owes_something_does_not_take_the_file_along(district: District) -> None:
    signal = reported(district)
    browser = cast.browser_of(district.inspector)
    assert "story/pdf" not in browser.get(f"/files/{signal.dossier_id}/story/").content.decode()
    assert browser.post(f"/files/{signal.dossier_id}/story/pdf/").status_code == 403
    with pytest.raises(Refused):
        actions.export_file(actor=district.inspector.enter(), dossier=signal.dossier_id, form="story", now=NOW)
    with as_owner():
        assert not Act.objects.filter(verb="export_file").exists()
        assert not Look.objects.filter(dossier=signal.dossier_id, kind="export").exists()
