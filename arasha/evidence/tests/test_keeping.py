"""Whatever is sent is kept as it came for who investigates, and shown to who helps as far as it could be drawn anew."""

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from PIL import Image

from arasha.evidence import actions, policy, queries, rules
from arasha.evidence.actions.lines import NotThere
from arasha.evidence.models import Custody, Exhibit
from arasha.evidence.tests import hostile
from arasha.evidence.tests.clamd import clamd
from arasha.kernel.access.actions import TeamMember, enter_system
from arasha.kernel.access.models import UnitFunction
from arasha.kernel.messages.models import Notice
from arasha.kernel.vault.keystore import shelf
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.queries import open_file
from arasha.kernel.vault.rules import FileRefused
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from tests.database import as_owner

pytestmark = pytest.mark.django_db
CANARY = "canary-7f1e"


@pytest.fixture
def file(district: District) -> Any:
    """A file that the district's coordination leads."""
    district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.pk))
    cast.end_opening(dossier)
    return dossier


def keep(file: Any, content: bytes, name: str, *, intimate: bool = False) -> Exhibit:
    """Keep a file as the worker does."""
    actor = enter_system("letters")
    pieces = [content[start : start + 50_000] for start in range(0, len(content), 50_000)]
    given: dict[str, Any] = {"received_at": NOW, "now": NOW}
    return actions.keep_evidence(actor=actor, dossier=file, pieces=pieces, name=name, intimate=intimate, **given)


def read(kept: KeptFile | None) -> bytes:
    assert kept is not None
    return b"".join(open_file(kept))


def original(row: Exhibit) -> bytes:
    with as_owner():
        return read(KeptFile.objects.get(pk=row.original_id))


def said(row: Exhibit) -> list[str]:
    """Return the custody record in codes."""
    with as_owner():
        lines = Custody.objects.filter(exhibit=row).order_by("line")
        return [f"{line.what}:{line.detail}" if line.detail else line.what for line in lines]


def test_a_photo_is_seen_without_place_and_telephone_and_kept_as_it_came(file: Any) -> None:
    sent = hostile.photo(CANARY)
    row = keep(file, sent, "IMG_0001.jpg")
    copy = read(row.copy)
    assert CANARY.encode() not in copy
    assert Image.open(io.BytesIO(copy)).getexif() == {}
    assert Image.open(io.BytesIO(copy)).size == (640, 480)
    assert original(row) == sent
    assert said(row) == ["received", "sealed", "scanned:not_configured", "copied"]


def test_a_picture_that_is_an_archive_too_loses_the_archive(file: Any) -> None:
    row = keep(file, hostile.gifar(CANARY), "cat.jpg")
    copy = read(row.copy)
    assert (b"PK\x05\x06" in copy, CANARY.encode() in copy) == (False, False)
    assert row.warning == "polyglot"


def test_a_picture_is_what_its_bytes_say_whatever_its_name_says(file: Any) -> None:
    assert keep(file, hostile.photo(CANARY), "photo.png").content_type == "image/jpeg"
    page = keep(file, b"<!DOCTYPE html><script>alert(1)</script>", "note.txt")
    assert (page.kind, page.copy) == ("unknown", None)


def test_a_pdf_is_seen_as_pictures_of_its_pages(file: Any) -> None:
    row = keep(file, hostile.paper(CANARY), "letter.pdf")
    copy = read(row.copy)
    shown = pypdf.PdfReader(io.BytesIO(copy))
    assert len(shown.pages) == 2
    assert CANARY not in repr(shown.metadata)
    assert not shown.attachments
    assert all(mark not in copy for mark in (CANARY.encode(), b"/JavaScript", b"/JS", b"/Author", b"/EmbeddedFile"))


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (hostile.document(CANARY), "diary.docx", "kind"),
        (hostile.film(CANARY), "film.mp4", "kind"),
        (b"#!AMR\n" + bytes(5000), "voice.amr", "kind"),
        (hostile.document(CANARY, macros=True), "diary.docx", "macros"),
        (hostile.document(CANARY, swelling=True), "diary.docx", "bomb"),
        (hostile.photo(CANARY)[:9000], "cut.jpg", "damaged"),
        (hostile.paper(CANARY, 61), "book.pdf", "long"),
        (hostile.paper(CANARY)[:300], "cut.pdf", "damaged"),
    ],
)
def test_what_cannot_be_cleaned_is_kept_as_an_original_alone_and_says_why(
    file: Any, content: bytes, name: str, why: str
) -> None:
    row = keep(file, content, name)
    assert (row.copy, row.no_copy) == (None, why)
    assert original(row) == content
    assert said(row)[-1] == f"not_copied:{why}"


def test_a_scanner_is_asked_and_what_it_finds_is_never_copied(file: Any, tmp_path: Path, configured: Any) -> None:
    with clamd(tmp_path) as where:
        configured(where)
        clean = keep(file, hostile.photo(CANARY), "a.jpg")
        bad = keep(file, hostile.photo(CANARY) + hostile.EICAR, "b.jpg")
    assert (clean.scanned, said(clean)[2]) == ("clean", "scanned:clean")
    assert (bad.scanned, bad.copy, bad.no_copy) == ("infected", None, "infected")
    assert original(bad).endswith(hostile.EICAR)


def test_a_scanner_that_is_silent_keeps_the_file_waiting(file: Any, tmp_path: Path, configured: Any) -> None:
    before = stored()
    configured(str(tmp_path / "nobody"))
    with pytest.raises(FileRefused) as refused:
        keep(file, hostile.photo(CANARY), "a.jpg")
    assert refused.value.code == "scanner"
    assert stored() == before


def test_an_intimate_picture_has_no_copy_and_goes_to_the_investigator_at_once(file: Any, district: District) -> None:
    row = keep(file, hostile.photo(CANARY), "a.jpg", intimate=True)
    assert (row.copy, row.no_copy, row.handed_unit_id) == (None, "intimate", district.police_head.unit.pk)
    first = ["received", "sealed", "scanned:not_configured"]
    assert said(row) == [*first, "marked:by_teller", "not_copied:intimate", "handed"]
    with as_owner():
        told = set(Notice.objects.filter(code="intimate_file").values_list("unit_id", flat=True))
    assert told == {district.police_head.unit.pk}
    investigator = district.police_head.enter()
    opened = actions.open_original(actor=investigator, exhibit=row.pk, now=NOW)
    assert opened.unchanged
    assert hashlib.sha256(read(opened.kept)).hexdigest() == queries.original_facts(row)[1]
    assert said(row)[-1] == "exported:matches"


def test_where_no_investigator_is_found_coordination_and_lead_hear_of_it_each_hour(
    file: Any, district: District
) -> None:
    with cast.building():
        posts = UnitFunction.objects.filter(function__in=[rules.INVESTIGATOR, *rules.INSTEAD])
        posts.update(until=NOW - timedelta(days=1))
    row = keep(file, hostile.photo(CANARY), "a.jpg", intimate=True)
    assert row.handed_at is None
    for minutes, lines in ((0, 1), (59, 1), (61, 2)):
        assert actions.hand_over(actor=enter_system("letters"), now=NOW + timedelta(minutes=minutes)) == 0
        assert said(row).count("no_investigator") == lines
    with as_owner():
        told = Notice.objects.filter(code="no_investigator").values_list("unit_id", flat=True)
        assert set(told) == {district.coordinator.unit.pk}
    with cast.building():
        UnitFunction.objects.filter(function=rules.INVESTIGATOR).update(until=None)
    assert actions.hand_over(actor=enter_system("letters"), now=NOW + timedelta(hours=3)) == 1


def test_nobody_but_who_was_given_it_opens_an_original(file: Any, district: District) -> None:
    row = keep(file, hostile.photo(CANARY), "a.jpg")
    for person in (district.coordinator, district.police_head, district.doctor, district.neighbour, district.nation):
        actor = person.enter()
        assert not KeptFile.objects.filter(pk=row.original_id).exists()
        assert not policy.may_open_originals(actor, file)
        with pytest.raises(NotThere):
            actions.open_original(actor=actor, exhibit=row.pk, now=NOW)
        with pytest.raises(NotThere):
            actions.note_printed(actor=actor, exhibit=row.pk, now=NOW)


def test_a_worker_marks_a_picture_unseen_and_its_copy_is_gone(
    file: Any, district: District, django_capture_on_commit_callbacks: Any
) -> None:
    row = keep(file, hostile.photo(CANARY), "a.jpg")
    assert row.copy_id is not None
    copy = shelf().path(row.copy_id, "served")
    assert copy.exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.mark_intimate(actor=district.coordinator.enter(), exhibit=row.pk, now=NOW)
    actions.mark_intimate(actor=district.coordinator.enter(), exhibit=row.pk, now=NOW)
    assert not copy.exists()
    with as_owner():
        assert not KeptFile.objects.filter(pk=row.copy_id).exists()
    with pytest.raises(NotThere):
        actions.view_copy(actor=district.coordinator.enter(), exhibit=row.pk, now=NOW)
    assert actions.hand_over(actor=enter_system("letters"), now=NOW) == 1
    assert said(row)[-3:] == ["marked:by_worker", "destroyed", "handed"]
    assert actions.open_original(actor=district.police_head.enter(), exhibit=row.pk, now=NOW).unchanged


def test_an_original_is_handed_over_when_who_leads_asks(file: Any, district: District) -> None:
    row = keep(file, hostile.film(CANARY), "a.mp4")
    assert actions.hand_over(actor=enter_system("letters"), now=NOW) == 0
    actions.ask_investigator(actor=district.coordinator.enter(), exhibit=row.pk, now=NOW)
    assert actions.hand_over(actor=enter_system("letters"), now=NOW) == 1
    assert actions.open_original(actor=district.police_head.enter(), exhibit=row.pk, now=NOW).unchanged


def test_an_original_that_was_exchanged_on_the_disk_is_found_out(file: Any, district: District) -> None:
    row = keep(file, hostile.photo(CANARY), "a.jpg", intimate=True)
    other = keep(file, hostile.photo("another"), "b.jpg", intimate=True)
    shelf().path(row.original_id, "served").write_bytes(shelf().path(other.original_id, "served").read_bytes())
    assert not actions.open_original(actor=district.police_head.enter(), exhibit=row.pk, now=NOW).unchanged
    shelf().remove(row.original_id)
    assert not actions.open_original(actor=district.police_head.enter(), exhibit=row.pk, now=NOW).unchanged
    assert said(row)[-2:] == ["verified:differs", "verified:differs"]


def test_a_line_of_the_record_is_never_changed(file: Any) -> None:
    row = keep(file, hostile.photo(CANARY), "a.jpg")
    for change in ("UPDATE evidence_custody SET what = 'printed'", "DELETE FROM evidence_custody"):
        with cast.building(), pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            run(change)
    assert len(said(row)) == 4


@pytest.fixture
def configured() -> Iterator[Any]:
    """Set the scanner's address for a test."""
    before = settings.ARASHA_CLAMD

    def to(where: str) -> None:
        settings.ARASHA_CLAMD = where

    yield to
    settings.ARASHA_CLAMD = before


def run(query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)


def stored() -> set[str]:
    return {str(path) for path in shelf().folder.rglob("*") if path.is_file()}
