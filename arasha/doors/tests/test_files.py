"""Files of the public go in sealed as they come, nothing lies in clear, and whatever comes, the telling stays."""

import io
import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from arasha.doors import actions, queries
from arasha.doors.models import Parcel, ParcelPiece
from arasha.doors.rules import codes
from arasha.doors.rules.parcels import MOST_FILES
from arasha.doors.tasks import keep_all, open_all
from arasha.doors.tests.boxes import NOW, Storage
from arasha.doors.tests.walking import Phone, at_files
from arasha.evidence.models import Exhibit
from arasha.evidence.tests import hostile
from arasha.kernel.access.actions import enter_system
from arasha.kernel.vault.queries import open_file
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")
CANARY = "canary-51c9"
WORDS = "Ол менің суретімді түсіріп алды"


def sent(content: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def waiting() -> int:
    with as_owner():
        return Parcel.objects.count()


def exhibits() -> list[Exhibit]:
    with as_owner():
        return list(Exhibit.objects.order_by("number").select_related("copy"))


def told() -> tuple[Phone, list[Exhibit]]:
    """Tell with a photo, and let the worker open everything."""
    phone = at_files(words=WORDS, territory="615400000", region="610000000").uploads(sent(hostile.photo(CANARY)))
    phone.presses("on").presses("send")
    open_all(NOW)
    keep_all(NOW)
    return phone, exhibits()


def test_a_photo_goes_with_the_telling_and_its_copy_says_nothing_hidden(storage: Storage) -> None:
    phone, (row,) = told()
    assert len(phone.code) == 6
    with as_owner():
        assert row.dossier_id == Signal.objects.latest("received_at").dossier_id
        assert row.copy is not None
        copy = b"".join(open_file(row.copy))
    assert CANARY.encode() not in copy
    assert waiting() == 0


def test_nothing_of_a_file_is_in_clear_on_the_way(storage: Storage, tmp_path: Path, caplog: Any) -> None:
    content = hostile.photo(CANARY)
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path)
    try:
        at_files(words=WORDS).uploads(sent(content, f"{CANARY}.jpg")).presses("on").presses("send")
        on_the_way = everything()
        told()
    finally:
        tempfile.tempdir = before
    marks = (CANARY, CANARY.encode().hex(), content[2000:2040].hex(), WORDS)
    for dump in (on_the_way, everything(), caplog.text):
        assert [mark for mark in marks if mark in dump] == []
    for folder in (settings.ARASHA_FILES, settings.ARASHA_KEYS, settings.ARASHA_KEY_STORE, tmp_path):
        for path in Path(folder).rglob("*"):
            if path.is_file():
                stored = path.read_bytes()
                assert CANARY.encode() not in stored
                assert content[2000:2040] not in stored


def test_who_takes_the_public_process_over_reads_no_file(storage: Storage) -> None:
    at_files(words=WORDS).uploads(sent(hostile.photo(CANARY)))
    for query in ("SELECT * FROM doors_parcel", "SELECT * FROM doors_parcelpiece", "SELECT doors.take_parcel()"):
        with as_role("arasha_public"), connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(query)
            cursor.execute("ROLLBACK TO SAVEPOINT here")


def late() -> timedelta | None:
    """Return how long the eldest of what was told waits, as the monitor is told."""
    enter_system("test")
    return queries.eldest_letter()


def test_a_piece_that_was_changed_left_out_or_exchanged_is_never_kept(storage: Storage) -> None:
    at_files(words=WORDS, territory="615400000").uploads(sent(hostile.film(CANARY) * 12, "a.mp4")).presses(
        "on"
    ).presses("send")
    open_all(NOW)
    with as_owner():
        pieces = list(ParcelPiece.objects.order_by("number"))
        assert len(pieces) > 1
        Parcel.objects.update(pieces=len(pieces) - 1)
    keep_all(NOW)
    assert exhibits() == []
    with as_owner():
        assert Parcel.objects.get().tries == 1
        Parcel.objects.update(pieces=len(pieces), due_at=NOW)
        first, second = pieces[0], pieces[1]
        ParcelPiece.objects.filter(pk=first.pk).update(sealed=bytes(second.sealed)[: len(first.sealed)])
    assert late() is None, "once is no reason to wake anybody"
    keep_all(NOW)
    assert exhibits() == []
    assert late() is not None


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.jpg", ""),
        (b"MZ" + bytes(9000), "photo.jpg", "«photo.jpg»"),
        (hostile.photo(CANARY) + bytes(20_000_001), "large.jpg", "20"),
        (hostile.film(CANARY) + bytes(50_000_001), "long.mp4", "50"),
    ],
)
def test_what_is_not_taken_is_said_and_what_was_told_stays(
    storage: Storage, content: bytes, name: str, why: str
) -> None:
    phone = at_files(words=WORDS, language="ru").uploads(sent(content, name))
    assert phone.status in {413, 422}
    assert "govuk-error-summary" in phone.page
    assert why in phone.page
    assert waiting() == 0
    assert WORDS in phone.presses("on").page


def test_no_more_files_than_that(storage: Storage) -> None:
    phone = at_files().uploads(*[sent(hostile.photo(CANARY), f"{number}.jpg") for number in range(MOST_FILES + 1)])
    assert phone.status == 422
    assert waiting() == MOST_FILES
    assert phone.page.count('value="remove:') == MOST_FILES
    first = re.findall(r'value="(remove:[^"]+)"', phone.page)[0]
    assert phone.presses(first).page.count('value="remove:') == MOST_FILES - 1
    assert waiting() == MOST_FILES - 1


def test_the_tick_sends_a_picture_past_everybody(storage: Storage) -> None:
    phone = at_files(words=WORDS, territory="615400000", region="610000000")
    phone = phone.uploads(sent(hostile.photo(CANARY)), undressed="1")
    phone.presses("on").presses("send")
    open_all(NOW)
    keep_all(NOW)
    (row,) = exhibits()
    assert (row.intimate, row.copy, row.handed_unit_id) == (True, None, storage.district.police_head.unit.pk)


def test_a_file_goes_over_the_code_without_words(storage: Storage) -> None:
    code = codes.listed("kk")[:6]
    storage.holds(code)
    box = Phone(path="/a/").sends(code=" ".join(code))
    files = box.presses("files", words="Тағы бірдеңе")
    back = files.uploads(sent(hostile.photo(CANARY))).presses("on")
    assert "Тағы бірдеңе" in back.page
    done = back.presses("write", words="")
    assert (done.status, "IMG_1" in done.page) == (200, False)
    open_all(NOW)
    keep_all(NOW)
    assert len(exhibits()) == 1


def test_when_files_cannot_be_taken_telling_goes_on(storage: Storage) -> None:
    phone = at_files(words=WORDS)
    with storage.broken():
        phone = phone.uploads(sent(hostile.photo(CANARY)))
    assert phone.status == 503
    assert phone.presses("on").presses("send").code
    assert len(storage.tellings) == 1


def test_when_no_room_is_left_telling_goes_on(storage: Storage) -> None:
    phone = at_files(words=WORDS)
    with as_owner():
        Parcel.objects.create(version=1, sealed=b"", size=4_000_000_001, received_at=NOW, due_at=NOW)
    phone = phone.uploads(sent(hostile.photo(CANARY)))
    assert (phone.status, waiting()) == (503, 1)
    assert phone.presses("on").presses("send").code


def test_a_page_of_nobody_sends_no_file(storage: Storage) -> None:
    answer = Client().post("/f/?language=en", {"state": "x", "file": sent(hostile.photo(CANARY))})
    assert (answer.status_code, waiting()) == (422, 0)
    at_start = Phone().sends(who="child")
    answer = Client().post("/f/", {"state": at_start.state, "file": sent(hostile.photo(CANARY))})
    assert (answer.status_code, waiting()) == (422, 0)


def test_tries_are_bounded_and_what_was_told_stays(storage: Storage) -> None:
    phone = at_files(words=WORDS)
    statuses = set()
    for _ in range(25):
        phone = phone.uploads(sent(b"MZ" + bytes(9000)))
        statuses.add(phone.status)
    assert statuses == {422, 429}
    assert WORDS in phone.presses("on").page


def test_what_was_never_sent_is_swept_away(storage: Storage) -> None:
    at_files().uploads(sent(hostile.photo(CANARY)))
    assert actions.sweep_parcels(actor=enter_system("letters"), now=NOW) == 0
    with as_owner():
        Parcel.objects.update(received_at=NOW - timedelta(days=400))
    assert actions.sweep_parcels(actor=enter_system("letters"), now=NOW) == 1
    with as_owner():
        assert not ParcelPiece.objects.exists()


def everything() -> str:
    """Return every row of every table as a dump has it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        out = io.StringIO()
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            out.writelines(row[0] for row in cursor.fetchall())
    return out.getvalue()
