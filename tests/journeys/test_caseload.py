"""A guardianship over its limit: everybody is warned, the urgent child is taken at once, the head relieves."""

from datetime import UTC, datetime

import pytest

from arasha.kernel.messages.queries import own
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.workforce import actions
from arasha.workforce.tests.cast import Office, clock, has, make_office
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LOAD = "/workforce/caseload/"


@pytest.fixture
def office(db: None) -> Office:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_office()


def test_a_worker_over_the_limit_takes_an_urgent_child_and_the_head_relieves(office: Office) -> None:
    files = [office.case() for _ in range(30)]
    urgent = office.case(of=office.third, child_called="Ерасыл")
    worker, head = cast.browser_of(office.worker), cast.browser_of(office.head)
    page = worker.get(f"/cases/{urgent}/lead/").content.decode()
    assert "It is over the limit" in page
    assert worker.post(f"/cases/{urgent}/lead/", {"do": "name_worker"}).status_code == 302
    assert has(urgent) == office.worker.user
    actions.watch_loads(actor=clock(), now=domain_now())
    assert "over_limit" in {notice.code for notice in own(office.head.enter())}
    assert "over the limit" in head.get(LOAD).content.decode()
    here = f"{LOAD}?worker={office.worker.user}"
    said = {"worker": office.third.user, "dossiers": [str(file) for file in files[:12]]}
    assert "12 cases were given" in head.post(here, said, follow=True).content.decode()
    assert "over the limit" not in head.get(LOAD).content.decode()
    assert has(urgent) == office.worker.user
    for who in (office.stranger, office.district.doctor):
        assert cast.browser_of(who).get(here).status_code in {403, 404}
