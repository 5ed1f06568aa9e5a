"""One sees one's own notices, a barred person sees none, and nobody sees what others have read."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import open_dossier
from arasha.kernel.access.models import Bar
from arasha.kernel.access.tests import cast
from arasha.kernel.messages import actions, queries, rules
from arasha.kernel.messages.models import Notice, Reading

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 18, 50, tzinfo=UTC)
LINK = "/obligations/5c2b/"
Pair = tuple[cast.Person, cast.Person]


@pytest.fixture
def police() -> Pair:
    """Two inspectors of one unit."""
    with cast.building():
        unit = cast.make_unit("police", "juvenile_inspection")
        return cast.make_person(unit), cast.make_person(unit)


@pytest.fixture
def doctor() -> cast.Person:
    """Somebody of another body."""
    with cast.building():
        return cast.make_person(cast.make_unit("polyclinic", "health_care"))


def notify(sender: cast.Person, *, code: str = "new_duty", link: str = LINK, **more: Any) -> None:
    actions.notify(actor=sender.enter(), code=code, link=link, now=NOW, **more)


def texts(person: cast.Person, language: str = "en") -> list[str]:
    return [line.text for line in queries.inbox(person.enter(), now=NOW, language=language).lines]


def test_a_units_notice_reaches_each_of_its_people_and_nobody_else(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, units=[police[0].unit_id])
    assert [queries.unread(person.enter(), now=NOW) for person in (*police, doctor)] == [1, 1, 0]


def test_a_posts_notice_reaches_who_acts_in_it(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, posts=[police[0].post_id])
    assert [queries.unread(person.enter(), now=NOW) for person in police] == [1, 0]


def test_a_users_notice_reaches_the_user_in_any_post(police: Pair, doctor: cast.Person) -> None:
    notify(police[1], users=[police[0].user_id], code="sign_in_changed", link="/account/")
    assert [queries.unread(person.enter(), now=NOW) for person in police] == [1, 0]


def test_the_text_is_in_the_readers_language(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, units=[police[0].unit_id])
    assert texts(police[0], "kk") == ["Бөлімшеңізге жаңа міндет жүктелді."]
    assert texts(police[0], "ru") == ["Вашему подразделению назначена новая обязанность."]
    assert texts(police[0]) == ["Your unit has a new obligation."]


def test_reading_is_counted_for_the_reader_alone(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, units=[police[0].unit_id])
    first, second = police
    actor = first.enter()
    (line,) = queries.inbox(actor, now=NOW, language="en").lines
    assert actions.mark_read(actor=actor, notice=line.id, now=NOW).link == LINK
    actions.mark_read(actor=actor, notice=line.id, now=NOW)
    assert queries.unread(actor, now=NOW) == 0
    assert queries.unread(second.enter(), now=NOW) == 1
    assert Reading.objects.count() == 0  # the second inspector can't see who has read what


def test_all_can_be_marked_read_at_once(police: Pair, doctor: cast.Person) -> None:
    for _ in range(3):
        notify(doctor, units=[police[0].unit_id])
    actor = police[0].enter()
    assert actions.mark_all_read(actor=actor, now=NOW) == 3
    assert queries.unread(actor, now=NOW) == 0


def test_many_notices_are_put_down_at_once_for_all_but_the_barred(police: Pair, doctor: cast.Person) -> None:
    dossier = barring(police[0])
    users = [person.user_id for person in police]
    many = [
        actions.NewNotice("new_duty", LINK, users=users, dossier=dossier),
        actions.NewNotice("new_duty", LINK, users=users),
    ]
    actions.notify_many(actor=doctor.enter(), notices=many, now=NOW)
    assert [len(texts(person)) for person in police] == [1, 2]
    assert jobs() == ["deliver_all"]


def test_one_bad_notice_of_many_leaves_nothing_behind(police: Pair, doctor: cast.Person) -> None:
    many = [actions.NewNotice("new_duty", LINK, units=[police[0].unit_id]), actions.NewNotice("new_duty", LINK)]
    with pytest.raises(rules.NoRecipient):
        actions.notify_many(actor=doctor.enter(), notices=many, now=NOW)
    assert (texts(police[0]), jobs()) == ([], [])


def test_telling_nobody_anything_starts_no_job(doctor: cast.Person) -> None:
    actions.notify_many(actor=doctor.enter(), notices=[], now=NOW)
    assert jobs() == []


def test_nobody_opens_or_marks_another_persons_notice(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, posts=[police[0].post_id])
    police[0].enter()
    notice = Notice.objects.get().pk
    actor = doctor.enter()
    with pytest.raises(Notice.DoesNotExist):
        actions.mark_read(actor=actor, notice=notice, now=NOW)
    with pytest.raises(Notice.DoesNotExist):
        queries.inbox(actor, now=NOW, language="en", after=notice)


@pytest.mark.parametrize("target", ["users", "posts", "units"])
def test_a_barred_person_gets_no_notice(police: Pair, doctor: cast.Person, target: str) -> None:
    dossier = barring(police[0])
    addressee: Any = {"users": police[0].user_id, "posts": police[0].post_id, "units": police[0].unit_id}[target]
    notify(doctor, dossier=dossier, **dict[str, Any]({target: [addressee]}))
    assert texts(police[0]) == []
    assert queries.unread(police[0].enter(), now=NOW) == 0


def test_a_bar_set_later_takes_the_notice_away(police: Pair, doctor: cast.Person) -> None:
    dossier = opened()
    notify(doctor, units=[police[0].unit_id], dossier=dossier)
    assert len(texts(police[0])) == 1
    bar(dossier, police[0])
    assert texts(police[0]) == []
    assert len(texts(police[1])) == 1


def test_raw_sql_reads_no_other_notice_and_writes_none(police: Pair, doctor: cast.Person) -> None:
    notify(doctor, posts=[police[0].post_id])
    police[0].enter()
    notice = Notice.objects.get().pk
    doctor.enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM message_notice")
        assert cursor.fetchone() == (0,)
    for statement in (
        "INSERT INTO message_notice (id, code, link, unit_id, at) SELECT gen_random_uuid(), 'new_duty', '/', 1, now()",
        "UPDATE message_notice SET link = '/'",
        "DELETE FROM message_notice",
        "SELECT * FROM message_mail",
        f"INSERT INTO message_reading (notice_id, user_id, at) VALUES ('{notice}', {doctor.user_id}, now())",
        f"INSERT INTO message_reading (notice_id, user_id, at) VALUES ('{notice}', {police[0].user_id}, now())",
        "SELECT message.is_barred(1, gen_random_uuid())",
        "SELECT * FROM message.claim_mail()",
        "SELECT message.spread()",
        "SELECT message.end_mail(ARRAY[1], 'sent')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_reading_outside_a_context_raises(police: Pair) -> None:
    notify(police[0], units=[police[0].unit_id])
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('arasha.context', '', true)")
    with pytest.raises(DatabaseError, match="no context"), transaction.atomic():
        Notice.objects.count()


@pytest.mark.parametrize(
    "link", ["", "files", "//evil.example/", "/files", "/files/?name=A", "https://evil.example/", "/фамилия/"]
)
def test_a_link_is_a_path_of_ours_without_anything_typed(police: Pair, link: str) -> None:
    with pytest.raises(rules.UnsafeLink):
        notify(police[0], units=[police[1].unit_id], link=link)


def test_an_unknown_code_and_a_notice_for_nobody_are_refused(police: Pair) -> None:
    with pytest.raises(rules.UnknownNotice):
        notify(police[0], units=[police[1].unit_id], code="invented")
    with pytest.raises(rules.NoRecipient):
        notify(police[0])


def test_the_inbox_turns_pages_newest_first_and_forgets_after_90_days(police: Pair, doctor: cast.Person) -> None:
    actor = doctor.enter()
    for hours in range(queries.PAGE + 3):
        at = NOW - timedelta(hours=hours)
        actions.notify(actor=actor, code="new_duty", link=LINK, now=at, units=[police[0].unit_id])
    old = NOW - timedelta(days=91)
    actions.notify(actor=actor, code="new_duty", link=LINK, now=old, units=[police[0].unit_id])
    reader = police[0].enter()
    first = queries.inbox(reader, now=NOW, language="en")
    second = queries.inbox(reader, now=NOW, language="en", after=first.next)
    assert [len(first.lines), len(second.lines), second.next] == [queries.PAGE, 3, None]
    moments = [line.at for line in (*first.lines, *second.lines)]
    assert moments == sorted(moments, reverse=True)
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}


def test_a_notice_never_says_who_sent_it() -> None:
    assert {field.name for field in Notice._meta.get_fields() if field.concrete} == {
        "id", "code", "link", "dossier", "user", "post", "unit", "at", "spread_at"
    }  # fmt: skip


def test_every_text_is_there_in_three_languages() -> None:
    assert {"new_signal", "new_duty", "duty_overdue", "duty_escalated", "glass_broken"} <= set(rules.texts())
    assert [code for code, text in rules.texts().items() if not all(text.values())] == []


def jobs() -> list[str]:
    """Return the names of the jobs that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def opened() -> uuid.UUID:
    """A dossier, opened by clock-driven work."""
    with cast.building():
        return open_dossier(dossier=uuid.uuid4(), kind="signal", territory=cast.PLACE, members=[], now=NOW)


def bar(dossier: uuid.UUID, person: cast.Person) -> None:
    with cast.building():
        Bar.objects.create(dossier_id=dossier, user_id=person.user_id, since=NOW, reason="conflict_of_interest")


def barring(person: cast.Person) -> uuid.UUID:
    dossier = opened()
    bar(dossier, person)
    return dossier
