"""Codes tried at the same moment, on connections of their own: five wrong ones are five, however they come."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import connections, transaction

from arasha.plans.models import OutsideDoor, OutsideLetter
from arasha.plans.queries import outside_link as links
from arasha.plans.tests.district import Team
from arasha.plans.tests.linked import Holder, link, refer
from tests.database import ClonedDatabase

THREADS = 8


@contextmanager
def as_public(base: ClonedDatabase) -> Iterator[None]:
    """Let this process be the one that serves the public."""
    with replace(base, app=base.public).as_default():
        yield


def tried(holder: Holder, code: str, starts: threading.Barrier, opened: list[bool]) -> None:
    try:
        lock = links.lock_of(holder.token, code)
        assert lock is not None
        starts.wait()
        with transaction.atomic():
            opened.append(links.open_outside(lock, first=True) is not None)
    finally:
        connections.close_all()


def test_wrong_codes_at_once_are_counted_each(committed: Team, base: ClonedDatabase) -> None:
    with transaction.atomic():
        holder = link(committed, refer(committed))
    wrong = [f"{number:08}" for number in range(THREADS + 1) if f"{number:08}" != holder.code][:THREADS]
    opened: list[bool] = []
    starts = threading.Barrier(THREADS)
    with as_public(base):
        threads = [threading.Thread(target=tried, args=(holder, code, starts, opened)) for code in wrong]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        with transaction.atomic():
            lock = links.lock_of(holder.token, holder.code)
            assert lock is not None
            assert links.open_outside(lock, first=True) is None
    assert opened == [False] * THREADS
    with replace(base, app=base.superuser).as_default():
        assert OutsideDoor.objects.count() == 0
        assert list(OutsideLetter.objects.values_list("kind", flat=True)) == ["wrong"]
