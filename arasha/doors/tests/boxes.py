"""What the pages keep, as the worker opens it and as the code shows it: the real tables, under the public's role."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.http import HttpRequest, HttpResponse

from arasha.doors import actions
from arasha.doors.models import Letter, Mailbox
from arasha.doors.rules import Chat, Course, Line, Sitting, Telling, about_letter, boxes
from arasha.doors.tasks import open_all
from arasha.kernel.access.actions import system
from arasha.kernel.vault.queries import code_key, read_letter
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests.cast import DISTRICT, District
from arasha.signals.actions import close_signal, take_signal
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

OPEN = (
    "post_letter(uuid, integer, bytea, bytea, bytea)",
    "post_addition(uuid, integer, bytea, bytea)",
    "look_into(bytea)",
    "renew_code(bytea, bytea, bytea, bytea, bytea)",
    "forget_mailbox(bytea)",
    "begin_parcel(uuid, integer, bytea)",
    "put_piece(uuid, integer, bytea)",
    "end_parcel(uuid)",
    "drop_parcel(uuid)",
    "send_parcels(bytea, uuid[])",
    "post_chat(uuid, integer, bytea, bytea, bytea)",
    "attended()",
)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OPENS = datetime(2031, 11, 24, 4, 0, tzinfo=UTC)


class PublicRole:
    """Middleware: every request of these tests is served under the role that the public's process has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with as_role("arasha_public"):
            return self.get_response(request)


@dataclass
class Storage:
    """The letters that were posted, and mailboxes made for a test."""

    district: District
    signals: list[Signal] = field(default_factory=list)

    @property
    def tellings(self) -> dict[UUID, Telling]:
        return {letter: Telling.from_json(words) for letter, words in self._letters("tell").items()}

    @property
    def chats(self) -> dict[UUID, Chat]:
        return {letter: Chat.from_json(words) for letter, words in self._letters("chat").items()}

    @property
    def more(self) -> dict[UUID, str]:
        return self._letters("add")

    def _letters(self, kind: str) -> dict[UUID, str]:
        with as_owner():
            rows = list(Letter.objects.filter(kind=kind))
        return {row.pk: read_letter(row.version, row.sealed, about=about_letter(kind, row.pk)).decode() for row in rows}

    def attended(self, *, busy: bool = False, there: bool = True) -> None:
        """Let whoever answers chats say that they are there."""
        with system("letters") as actor:
            actions.attend(actor=actor, there=there, busy=busy, opens_at=OPENS, now=NOW)

    def hears(self) -> list[actions.Heard]:
        """Open what was written in chats, as the worker does."""
        heard: list[actions.Heard] = []
        with system("letters") as actor:
            actions.open_chats(actor=actor, now=NOW, hear=heard.append)
        return heard

    def says(self, mailbox: UUID, *lines: str, course: Course = "open", now: datetime = NOW) -> bool:
        """Put what was said in a sitting over the code, as the worker does."""
        said = Sitting(course, local(now).date().isoformat(), tuple(Line("14:05", words) for words in lines))
        with system("letters") as actor:
            return actions.put_sitting(actor=actor, mailbox=mailbox, said=lambda: said, now=now)

    def has(self, code: Sequence[str]) -> bool:
        with as_owner():
            return Mailbox.objects.filter(fingerprint=boxes.fingerprint(code, code_key())).exists()

    def forgets(self, code: Sequence[str]) -> None:
        with as_role("arasha_public"):
            actions.forget(code=code)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Let the database refuse everything that the public's process asks of it, as in an outage."""
        functions = "ALL FUNCTIONS IN SCHEMA doors"
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"REVOKE EXECUTE ON {functions} FROM arasha_public")
        yield
        with as_owner(), connection.cursor() as cursor:
            for function in OPEN:
                cursor.execute(f"GRANT EXECUTE ON FUNCTION doors.{function} TO arasha_public")

    def holds(self, code: Sequence[str], state: str = "received", answer: str = "") -> None:
        """Make a mailbox as it comes about: told, opened, taken or closed, answered."""
        with as_role("arasha_public"):
            telling = Telling("child", territory=DISTRICT, words="Айтылған сөз")
            actions.post_telling(telling=telling, code=code, ticket=uuid4())
        open_all(NOW)
        actor = self.district.coordinator.enter()
        signal = Signal.objects.latest("received_at")
        if state != "received":
            take_signal(actor=actor, signal=signal.pk, now=NOW)
        if state == "finished":
            close_signal(actor=actor, signal=signal.pk, closing="advice", now=NOW)
        if answer:
            actions.answer_teller(actor=actor, dossier=signal.dossier_id, words=answer, now=NOW)
