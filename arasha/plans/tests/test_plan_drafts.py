"""A safety plan that is half written: kept, sealed, beside the journal; two windows lose nothing; gone when kept."""

from collections.abc import Mapping
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from arasha.kernel.journal.models import Act, Change
from arasha.obligations.tests.cast import NOW, Person, browser_of
from arasha.plans import actions, queries
from arasha.plans.models import SafetyPlanDraft
from arasha.plans.tests.stage import HOSTILE, Stage, draft
from arasha.plans.tests.test_safety_plan import made
from arasha.questionnaires.rules.keeping import digest
from tests.database import as_owner

pytestmark = pytest.mark.django_db
EMPTY = actions.Window(0, digest({}))


def kept(
    stage: Stage,
    words: str,
    window: actions.Window = EMPTY,
    by: Person | None = None,
    after: int = 0,
) -> actions.DraftKept:
    return actions.save_plan_draft(
        actor=(by or stage.protection).enter(),
        dossier=stage.dossier,
        fields={"own_steps": words},
        after=after,
        window=window,
        now=NOW,
    )


def settled(stage: Stage, row: UUID, *, takes: bool, by: Person | None = None) -> None:
    actor = (by or stage.protection).enter()
    actions.settle_plan_draft(actor=actor, dossier=stage.dossier, draft=row, takes=takes, now=NOW)


def following(before: actions.DraftKept) -> actions.Window:
    return actions.Window(before.revision, before.seen, before.copy)


def standing(stage: Stage) -> tuple[str, list[str]]:
    """Return what stands in the draft, and beside it."""
    stage.protection.enter()
    found = queries.plan_draft(stage.dossier)
    main = found.main.fields.get("own_steps", "") if found.main else ""
    return main, [copy.fields["own_steps"] for copy in found.copies]


def test_what_is_typed_is_kept_again_and_again_in_no_act(stage: Stage) -> None:
    first = kept(stage, "Көр")
    kept(stage, "Көршіге барамын", following(first))
    assert standing(stage) == ("Көршіге барамын", [])
    with as_owner():
        (row,) = SafetyPlanDraft.objects.all()
        assert "Көрші".encode() not in bytes(row.sealed)
        assert not Change.objects.filter(table_name="plans_safetyplandraft").exists()
        assert not Act.objects.filter(verb="make_safety_plan").exists()


def test_what_came_second_is_kept_beside_and_goes_on_there_until_somebody_chooses(stage: Stage) -> None:
    kept(stage, "бірінші")
    second = kept(stage, "екінші", by=stage.coordinator)
    assert second.copy is not None
    second = kept(stage, "екінші терезе", following(second), by=stage.coordinator)
    assert standing(stage) == ("бірінші", ["екінші терезе"])
    settled(stage, second.row, takes=True)
    assert standing(stage) == ("екінші терезе", ["бірінші"])
    (copy,) = queries.plan_draft(stage.dossier).copies
    settled(stage, copy.id, takes=False)
    assert standing(stage) == ("екінші терезе", [])
    for row in (copy.id, second.row, uuid4()):
        with pytest.raises(actions.DraftNotThere):
            settled(stage, row, takes=True)


def test_a_kept_plan_empties_its_draft_and_nothing_that_another_window_wrote(stage: Stage) -> None:
    first = kept(stage, "бірінші")
    second = kept(stage, "екінші", by=stage.coordinator)
    actor = stage.protection.enter()
    actions.make_safety_plan(actor=actor, dossier=stage.dossier, draft=draft(), after=0, kept=first, now=NOW)
    assert standing(stage) == ("", ["екінші"])
    actor = stage.coordinator.enter()
    actions.make_safety_plan(actor=actor, dossier=stage.dossier, draft=draft(), after=1, kept=second, now=NOW)
    assert standing(stage) == ("", [])
    with as_owner():
        assert {bytes(row.sealed) for row in SafetyPlanDraft.objects.all()} == {b""}


def test_a_draft_that_was_written_on_meanwhile_outlives_the_plan(stage: Stage) -> None:
    first = kept(stage, "бірінші")
    kept(stage, "жалғасы", following(first))
    actor = stage.protection.enter()
    actions.make_safety_plan(actor=actor, dossier=stage.dossier, draft=draft(), after=0, kept=first, now=NOW)
    assert standing(stage) == ("жалғасы", [])


def test_a_window_that_types_on_after_the_plan_was_kept_loses_nothing(stage: Stage) -> None:
    first = kept(stage, "бірінші")
    actor = stage.protection.enter()
    actions.make_safety_plan(actor=actor, dossier=stage.dossier, draft=draft(), after=0, kept=first, now=NOW)
    kept(stage, "бірінші және тағы", following(first))
    assert standing(stage) == ("бірінші және тағы", [])


def test_too_much_is_refused_and_what_was_kept_stands(stage: Stage) -> None:
    first = kept(stage, "бірінші")
    with pytest.raises(actions.DraftTooLong):
        kept(stage, "ә" * 30_000, following(first))
    assert standing(stage) == ("бірінші", [])


def test_who_may_not_write_plans_reads_no_draft_and_keeps_none(stage: Stage) -> None:
    row = kept(stage, "бірінші").row
    for person in (stage.representative, stage.school, stage.district.neighbour):
        with pytest.raises(actions.FileNotThere):
            kept(stage, "басқа", by=person)
        with pytest.raises(actions.FileNotThere):
            settled(stage, row, takes=False, by=person)
        assert queries.plan_draft(stage.dossier) == queries.PlanDraft(0, None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plans_safetyplandraft")
            assert cursor.fetchone() == (0,)
            cursor.execute("UPDATE plans_safetyplandraft SET sealed = ''")
            assert cursor.rowcount == 0
    assert standing(stage) == ("бірінші", [])


SENT = {"language": "kk", "carry": "not_asked", "kept": "memory", "review_on": "31.12.2026", "after": "0"}


def shown(stage: Stage, sent: Mapping[str, Any] | None = None, at: str = "", by: Person | None = None) -> Any:
    browser = browser_of(by or stage.protection, language="en")
    address = f"/plans/{stage.dossier}/safety-plan/{at}"
    answer = browser.get(address) if sent is None else browser.post(address, sent)
    return answer.status_code, " ".join(unescape(answer.content.decode()).split())


@pytest.mark.parametrize(("at", "status"), [("draft/", 200), ("", 302)])
def test_a_plan_is_kept_by_itself_and_by_a_button_and_stands_there_on_return(
    stage: Stage, at: str, status: int
) -> None:
    sent = SENT | {"own_steps": f"Көршіге барамын\r\n{HOSTILE}", "review_on": "жақында", "go": "leave"}
    assert shown(stage, sent, at)[0] == status
    page = shown(stage, by=stage.coordinator)[1]
    assert "Көршіге барамын" in page
    assert 'value="жақында"' in page, "what is wrong is kept as it was typed"
    assert "Last saved:" in page
    assert "Delete this draft" in page
    assert (
        "<script>alert(1)"
        not in browser_of(stage.protection).get(f"/plans/{stage.dossier}/safety-plan/").content.decode()
    )


def test_a_page_that_nobody_wrote_in_leaves_no_draft(stage: Stage) -> None:
    page = shown(stage)[1]
    day = page.partition('name="review_on" value="')[2].partition('"')[0]
    sent = SENT | {"review_on": day, "go": "leave"}
    sent["kept"] = page.partition('name="kept"')[2].partition('<option value="')[2].partition('"')[0]
    assert shown(stage, sent)[0] == 302
    assert standing(stage) == ("", [])
    assert "Last saved:" not in shown(stage)[1]


def test_a_fault_loses_nothing_and_the_plan_that_is_kept_then_empties_the_draft(stage: Stage) -> None:
    sent = SENT | {"own_steps": "Көршіге барамын", "go": "send"}
    status, page = shown(stage, sent)
    assert status == 422
    assert "Say who agreed" in page
    assert standing(stage)[0] == "Көршіге барамын"
    assert shown(stage, sent | {"agreed": "child"} | drawn(page))[0] == 302
    assert standing(stage) == ("", [])
    status, page = shown(stage)
    assert "Last saved:" not in page
    # The last saving of the same window may come in after the plan itself.
    shown(stage, sent | {"agreed": "child"}, "draft/")
    assert standing(stage) == ("", [])


def drawn(page: str) -> dict[str, str]:
    """Return from what a window was drawn, as its page sends it along."""
    kept = page.partition('<div id="kept"')[2].partition("</div>")[0]
    return {
        name: kept.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("revision", "seen", "copy")
    }


def test_of_two_windows_the_second_is_shown_both_and_chooses(stage: Stage) -> None:
    window = drawn(shown(stage)[1])
    shown(stage, SENT | window | {"own_steps": "бірінші"}, "draft/")
    answer = shown(stage, SENT | window | {"own_steps": "екінші"}, "draft/", by=stage.coordinator)[1]
    assert "kept beside it" in answer
    page = shown(stage)[1]
    assert "Two windows wrote here" in page
    assert ("бірінші" in page, "екінші" in page) == (True, True)
    assert shown(stage, SENT | window | {"own_steps": "үшінші", "agreed": "child", "go": "send"})[0] == 302
    assert standing(stage) == ("бірінші", ["екінші", "үшінші"])
    stage.protection.enter()
    assert queries.newest_number(stage.dossier) == 0, "nothing is agreed before somebody has chosen"
    second, third = queries.plan_draft(stage.dossier).copies
    shown(stage, {"copy": str(second.id), "do": "take"}, "draft/settle/")
    shown(stage, {"copy": str(third.id), "do": "aside"}, "draft/settle/")
    assert standing(stage) == ("екінші", ["бірінші"])


def test_a_draft_that_a_newer_version_overtook_says_so_and_comes_after_it(stage: Stage) -> None:
    kept(stage, "менікі")
    made(stage, by=stage.coordinator)
    page = shown(stage)[1]
    assert "A newer version was kept since this draft was begun" in page
    assert 'name="after" value="1"' in page


@pytest.mark.parametrize("sent", [{}, {"copy": "x", "do": "take"}, {"copy": "", "do": "aside"}])
def test_what_no_window_sends_settles_nothing(stage: Stage, sent: dict[str, str]) -> None:
    kept(stage, "менікі")
    assert shown(stage, sent, "draft/settle/")[0] == 404
    assert standing(stage)[0] == "менікі"


def test_outside_the_facet_the_drafts_addresses_are_not_there(stage: Stage) -> None:
    row = kept(stage, "менікі").row
    for person in (stage.school, stage.representative, stage.district.neighbour):
        for at, sent in (("draft/", SENT | {"own_steps": "x"}), ("draft/settle/", {"copy": str(row), "do": "aside"})):
            assert shown(stage, sent, at, by=person)[0] == 404
    assert standing(stage) == ("менікі", [])
