"""Whom a child is asked about: first the services at which it was helped, then others near it."""

import re
from uuid import UUID

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.participation.tests.stage import Stage
from arasha.plans import actions as plans
from arasha.plans import queries as places
from arasha.plans.rules.places import StepSaid

GROUP = re.compile(r'<optgroup label="([^"]+)">(.*?)</optgroup>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"( selected)?')


def groups(page: str) -> dict[str, list[tuple[str, str]]]:
    """Return the services that the form offers, by group, each with whether it is chosen."""
    return {label: OPTION.findall(rows) for label, rows in GROUP.findall(page)}


def helped(stage: Stage, dossier: UUID, offering: UUID, *said: StepSaid) -> None:
    """Ask a place for the child and record steps."""
    asking = plans.Asking(offering=offering, urgency="ordinary")
    row = plans.ask_place(actor=stage.coordinator.enter(), dossier=dossier, asking=asking, now=NOW)
    for seen, step in enumerate(said, start=1):
        plans.record_step(actor=stage.coordinator.enter(), place=row.pk, said=step, seen=seen, now=NOW)


def test_the_service_that_helped_comes_first_and_is_chosen(stage: Stage) -> None:
    dossier = stage.file()
    begin = StepSaid(step="begin", on=NOW.date(), said_by="telephone")
    helped(stage, dossier, stage.second, begin)
    browser = cast.browser_of(stage.coordinator)
    found = groups(browser.get(f"/feedback/files/{dossier}/", {"of": str(stage.second)}).content.decode())
    assert list(found) == ["The child was helped here", "Other services near the child"]
    assert found["The child was helped here"] == [(str(stage.second), " selected")]
    assert (str(stage.offering), "") in found["Other services near the child"]
    place = places.places_of(dossier, NOW)[0].row.pk
    assert f"/feedback/files/{dossier}/?of={stage.second}" in browser.get(f"/plans/places/{place}/").content.decode()


def test_who_only_waited_was_not_helped(stage: Stage) -> None:
    dossier = stage.file()
    helped(stage, dossier, stage.second, StepSaid(step="refuse", reason="no_room", said_by="telephone"))
    stage.coordinator.enter()
    assert places.helped_at(dossier) == []
    page = cast.browser_of(stage.coordinator).get(f"/feedback/files/{dossier}/").content.decode()
    assert list(groups(page)) == ["Other services near the child"]
