"""What two persons changed of a unit is proved by the journal, the column that older rows lack included."""

import uuid
from datetime import UTC, datetime

from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.administration import actions
from arasha.administration.rules.structure import Do, Step
from arasha.kernel.access.actions import create_user, install_secret, seat
from arasha.kernel.access.models import Post, Unit, User
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal import queries as journal
from tests.database import ClonedDatabase


def make_administrator(unit: Unit) -> Person:
    """Somebody who administers, made as an installation does: by the application's role as system work."""
    user = create_user(login=uuid.uuid4().hex, name="Somebody")
    post = cast.make_post(unit, None)
    seat(post_id=post.pk, user_id=user)
    return cast.sit(User.objects.get(pk=user), Post.objects.get(pk=post.pk))


def test_a_unit_that_two_persons_changed_is_proved_as_it_stands(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), cloned_database.as_default():
        install_secret()
        with transaction.atomic(), cast.recording():
            office, clinic = cast.make_unit("office", "administration"), cast.make_unit("clinic", "health_care")
            first, second = make_administrator(office), make_administrator(office)
        step = Step(Do.CHANGE_UNIT, unit="clinic", values={"phone": "102", "opens": "09:00:00", "closes": "18:00:00"})
        with transaction.atomic():
            actor = first.enter()
            proposal = actions.propose_structure(actor=actor, now=datetime.now(UTC), steps=[step])
        with transaction.atomic():
            actor = second.enter()
            assert actions.confirm(actor=actor, now=datetime.now(UTC), proposal=proposal) == "done"
            assert Unit.objects.get(pk=clinic.pk).phone == "102"
        report = journal.verify(state=True, folders=[])
    assert [finding for finding in report.findings if not finding.is_notice] == []
