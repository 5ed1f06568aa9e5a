"""Two hands on one team: nothing is lost."""

import threading
import time
import uuid

import psycopg

from arasha.kernel.access.tests.world import OPEN_ACT, World, enter


def test_two_concurrent_team_changes_are_both_kept(world: World) -> None:
    dossier = world.dossiers["lead"]
    users = [world.people[name].user_id for name in ("health_care", "education_school")]
    first_done, errors = threading.Event(), []

    def add(user: int, stream: str, hold: float) -> None:
        try:
            with world.login() as app, app.transaction():
                enter(app, world.people["guardianship"])
                (act,) = app.execute(OPEN_ACT, [stream]).fetchone() or (0,)
                app.execute("SELECT access.add_member(%s, NULL, %s, 'informed', NULL, '')", [dossier, user])
                first_done.set()
                time.sleep(hold)
                app.execute("SELECT journal.close_act(%s)", [act])
        except psycopg.Error as error:
            errors.append(error)

    slow = threading.Thread(target=add, args=(users[0], "one", 0.5))
    slow.start()
    assert first_done.wait(10)
    add(users[1], "two", 0)
    slow.join()
    assert errors == []
    with psycopg.connect(world.database.superuser) as superuser:
        row = superuser.execute("SELECT access_users FROM access_dossier WHERE id = %s", [dossier]).fetchone()
    assert row is not None
    assert set(users) <= set(row[0])


def test_many_changes_of_many_hands_end_where_the_team_is(world: World) -> None:
    dossier = world.dossiers["partner"]
    people = [person.user_id for person in world.people.values()]

    def add(user: int) -> None:
        with world.login() as app, app.transaction():
            enter(app, world.people["guardianship"])
            (act,) = app.execute(OPEN_ACT, [uuid.uuid4().hex]).fetchone() or (0,)
            app.execute("SELECT access.add_member(%s, NULL, %s, 'informed', NULL, '')", [dossier, user])
            app.execute("SELECT journal.close_act(%s)", [act])

    threads = [threading.Thread(target=add, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with psycopg.connect(world.database.superuser) as superuser:
        row = superuser.execute("SELECT access_users FROM access_dossier WHERE id = %s", [dossier]).fetchone()
    assert row is not None
    assert sorted(row[0]) == sorted(people)
