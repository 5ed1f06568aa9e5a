"""Lists, a file and the context: what row security costs against the same queries asked by a superuser.

The queries are taken from the application as it asks them and asked again in turns, on one connection of the
application's role with a worker acting, and on one of the superuser's, to which no policy applies. `access.team()` and
`coordination.story()` are functions of access control; their bare counterparts are the plain selections of the team
and of the files' acts.
"""

import statistics
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction

from arasha.cases import queries as cases
from arasha.coordination import queries as coordination
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Actor
from benches.figures import Figure, seconds, side_by_side
from benches.filling import MOMENT
from benches.place import Bench
from benches.workers import Query, Worker, as_app, asked, bare, run, worker

ROUNDS = 200
LISTED = 25
PLAIN_TEAM = (
    "SELECT m.* FROM public.access_member m WHERE m.dossier_id = ANY (%s::uuid[]) AND m.ended_at IS NULL"
    " AND (m.until IS NULL OR m.until > now()) ORDER BY since, id"
)
PLAIN_CHILDREN = (
    "SELECT s.dossier_id, s.child_called::text, s.child_age, s.child_sex::text FROM public.signals_signal s"
    " WHERE s.dossier_id = ANY (%s::uuid[])"
)
PLAIN_STORY = (
    "WITH found AS (SELECT a.id FROM public.journal_act a"
    " WHERE a.stream_kind = 'dossier' AND a.stream_key = ANY (%s::uuid[]::text[])"
    " UNION SELECT l.act_id FROM public.journal_link l WHERE l.kind = 'dossier' AND l.key = ANY (%s::uuid[]::text[]))"
    " SELECT a.id, a.stream_key, a.seq, a.verb, a.codes, a.at, a.recorded_at, a.actor_user, a.actor_post, a.actor_unit,"
    " a.purpose, a.sealed_reference FROM found JOIN public.journal_act a ON a.id = found.id"
    " ORDER BY a.at DESC, a.id DESC LIMIT %s"
)


def figures(bench: Bench) -> Iterator[Figure]:
    """Measure the lists, a file's page and entering."""
    coordinator, inspector = worker(bench, "coordination_district"), worker(bench, "juvenile_inspection")
    yield ratio(bench, "newest 25 dossiers of a unit", coordinator, newest_dossiers, 2)
    yield ratio(bench, "newest 25 cases of a unit", coordinator, lambda actor: list(cases.newest(actor)[:LISTED]), 2)
    for called, who in (("inspector", inspector), ("coordinator", coordinator)):
        yield ratio(bench, f"my work, {called}", who, lambda actor: coordination.my_work(actor, MOMENT), 2)
    yield from file_page(bench, coordinator)
    yield entering(inspector)


def newest_dossiers(actor: Actor) -> list[Dossier]:
    """Read a unit's newest files."""
    return list(visible_dossiers(actor).order_by("-opened_at")[:LISTED])


def ratio(bench: Bench, name: str, who: Worker, read: Callable[[Actor], object], budget: float) -> Figure:
    """Measure a reading's queries against the same ones bare."""
    queries = asked(who, read)
    plain = [without_control(query) for query in queries]
    with as_app(bench, who) as app, bare(bench) as superuser:
        rounds = ROUNDS if seconds(lambda: run(app, queries)) < 0.1 else ROUNDS // 10
        guarded, free = side_by_side(lambda: run(app, queries), lambda: run(superuser, plain), rounds)
    note = f"{guarded * 1000:.2f} ms against {free * 1000:.2f} ms, {len(queries)} queries"
    return Figure(name, guarded / free, budget, "×", note=note)


def without_control(query: Query) -> Query:
    """Return what the query would be if nobody asked who reads."""
    sql, params = query
    if "coordination.story(" in sql:
        return PLAIN_STORY, [params[0], params[0], params[-1]]
    if "signals.children(" in sql:
        return PLAIN_CHILDREN, params
    return (PLAIN_TEAM, params) if "access.team(" in sql else query


def file_page(bench: Bench, who: Worker) -> Iterator[Figure]:
    """Measure the page of a file with a story, and count its queries."""
    dossier = a_file(who)
    queries = asked(who, lambda actor: coordination.file_page(actor, dossier))
    yield ratio(bench, "file page", who, lambda actor: coordination.file_page(actor, dossier), 3)
    yield Figure("file page, queries", len(queries), 15, "")


def a_file(who: Worker) -> UUID:
    """Return one of the worker's cases that stands in the journal."""
    with transaction.atomic():
        actor = who.enter()
        for case in cases.newest(actor)[:200]:
            page = coordination.file_page(actor, case.dossier_id)
            if page and page.acts and page.obligations and page.origins:
                return case.dossier_id
    raise LookupError("no case with a story")


def entering(who: Worker) -> Figure:
    """Measure what a request pays so that the database knows who acts."""

    def once() -> float:
        with transaction.atomic():
            return seconds(who.enter)

    taken = [once() for _ in range(ROUNDS)]
    return Figure("access context", statistics.median(taken) * 1000, 2, "ms")
