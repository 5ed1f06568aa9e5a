"""A proposal that is decided, or a paper that is made, twice at the same moment, with real commits: once is enough."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from django.db import connections, transaction

from arasha.releases import actions
from arasha.releases.models import Paper, Release
from arasha.releases.tests.cast import NOW, Desk


def at_once(*deeds: Callable[[], str]) -> list[str]:
    """Do several things at the same time, each on a connection of its own."""
    ready = Barrier(len(deeds))

    def one(deed: Callable[[], str]) -> str:
        try:
            ready.wait(60)
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(one, deed) for deed in deeds]]


def decided(desk: Desk, request: UUID, *, agree: bool) -> str:
    try:
        with transaction.atomic():
            row = actions.decide(actor=desk.second.enter(), request=request, agree=agree, now=NOW)
    except actions.AlreadyAnswered:
        return "too late"
    return row.state


def made(desk: Desk, request: UUID, content: bytes) -> str:
    with transaction.atomic():
        actions.keep_paper(actor=desk.second.enter(), request=request, content=content, language="kk", now=NOW)
    return "kept"


def test_of_two_who_decide_at_once_one_decides(committed: Desk) -> None:
    with transaction.atomic():
        request = committed.proposed().request_id
    ends = at_once(lambda: decided(committed, request, agree=True), lambda: decided(committed, request, agree=False))
    with transaction.atomic():
        committed.team.lead.enter()
        state = Release.objects.get(request=request).state
    assert "too late" in ends
    assert state in ends
    assert state in ("given", "matched")


def test_two_who_make_the_paper_at_once_keep_one(committed: Desk) -> None:
    with transaction.atomic():
        request = committed.given().request_id
    at_once(lambda: made(committed, request, b"one"), lambda: made(committed, request, b"two"))
    with transaction.atomic():
        lead = committed.team.lead.enter()
        assert Paper.objects.count() == 1
        prints = {actions.print_paper(actor=lead, request=request, now=NOW) for _twice in range(2)}
    assert len(prints) == 1
