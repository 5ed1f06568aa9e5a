"""The table of acts follows its file, and nobody but the installation writes it."""

from datetime import UTC, datetime
from importlib import resources

import pytest
from django.db import DatabaseError, transaction

from arasha.kernel.access.rules import Actor
from arasha.law import policy, queries
from arasha.law.actions import load_reference
from arasha.law.models import LegalAct
from arasha.law.rules import IN_FORCE, NOT_VERIFIED, NOT_YET, REPLACED, FaultyActs
from tests.database import as_owner

INSTALLATION = Actor(kind="system", purpose="load_reference")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHIPPED = (resources.files("arasha.law") / "data" / "legal_acts.csv").read_text(encoding="utf-8")
pytestmark = pytest.mark.django_db


def load(text: str) -> int:
    with as_owner():
        return load_reference(actor=INSTALLATION, now=NOW, text=text, using="default")


def test_loading_again_writes_nothing_and_a_correction_writes_its_row_alone() -> None:
    assert load(SHIPPED) == 0
    assert load(SHIPPED.replace("Social Code,V", "Social Code of Kazakhstan,V")) == 1
    assert LegalAct.objects.get(pk="social-code-224-vii").name_en == "Social Code of Kazakhstan"
    assert load(SHIPPED) == 1


def test_a_row_that_leaves_the_file_leaves_the_table() -> None:
    without = "".join(line for line in SHIPPED.splitlines(keepends=True) if not line.startswith("order-382,"))
    assert load(without) == 1
    assert queries.act("order-382", NOW) is None


def test_a_faulty_file_changes_nothing() -> None:
    with pytest.raises(FaultyActs):
        load(SHIPPED.replace("Social Code,V", "Code,V").replace("law-94-v,", "law-345-ii,"))
    assert load(SHIPPED) == 0


@pytest.mark.parametrize(
    ("key", "at", "status"),
    [
        ("law-245-viii", datetime(2026, 3, 1, 18, 59, tzinfo=UTC), NOT_YET),
        ("law-245-viii", datetime(2026, 3, 1, 19, 0, tzinfo=UTC), IN_FORCE),  # midnight in Kazakhstan
        ("order-1027", NOW, REPLACED),
        ("order-1027", datetime(2020, 1, 1, tzinfo=UTC), IN_FORCE),
        ("sop-health-2020", NOW, NOT_VERIFIED),
    ],
)
def test_an_act_stands_as_it_does_on_that_day_in_kazakhstan(key: str, at: datetime, status: str) -> None:
    found = queries.act(key, at)
    assert found is not None
    assert (found.status, found.checked) == (status, False)


def test_a_name_that_is_not_known_is_shown_in_the_next_language() -> None:
    found = queries.act("order-382", NOW)
    assert found is not None
    assert found.names["kk"] == found.names["ru"] == found.names["en"]


def test_nobody_who_serves_people_writes_the_table() -> None:
    with pytest.raises(policy.NotAllowed):
        load_reference(actor=Actor(kind="user", user_id=1), now=NOW)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        LegalAct.objects.update(verified_by="me")
