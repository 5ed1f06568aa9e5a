"""The banner of a file says what was judged last, and where to judge again."""

import pytest

from arasha.cases.actions import judge_safety
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals.tests.test_reporting import reported

pytestmark = pytest.mark.django_db


def test_a_files_banner_follows_who_saw_the_child(district: District) -> None:
    signal = reported(district)
    address = f"/files/{signal.dossier_id}/"
    before = cast.browser_of(district.coordinator).get(address).content.decode()
    assert "Nobody has judged" in before
    assert f"/cases/{signal.dossier_id}/safety/" in before
    judge_safety(
        actor=district.inspector.enter(),
        dossier=signal.dossier_id,
        state="unsafe",
        where="home",
        seen="alone",
        why="Көрдім",
        now=NOW,
    )
    after = cast.browser_of(district.coordinator).get(address).content.decode()
    assert "The child is not safe" in after
    assert district.inspector.unit.name_en in after
    assert "Nobody has judged" not in after
