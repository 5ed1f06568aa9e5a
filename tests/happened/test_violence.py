"""Lists of forms of violence: shipped, replaced by the official table one day, and no record lost with it."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from arasha.cases import actions, policy, queries, rules
from arasha.cases.actions import OlderEdition, TooMuchClosed
from arasha.cases.management.commands.violence import fault_words
from arasha.cases.models import ViolenceEdition, ViolenceForm, ViolenceMapping
from arasha.kernel.access.rules import Actor
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner
from tests.happened.story import LATER, TODAY, Story, said_of

pytestmark = pytest.mark.django_db
INSTALLATION = Actor(kind="system", purpose="load_reference")
HEAD = "code,name_kk,name_ru,name_en,parent\n"
OFFICIAL = HEAD + "A,Дене,Тело,Body,\nA1,Ұру,Удар,Hit,A\nA2,Тебу,Пинок,Kick,A\n"


def take(text: str, table: str = "official", *, on: date = TODAY, dry_run: bool = False, accept: bool = False):  # type: ignore[no-untyped-def]
    with as_owner():
        return actions.take_violence(
            actor=INSTALLATION,
            table=table,
            content=text.encode(),
            valid_on=on,
            dry_run=dry_run,
            accept=accept,
            now=NOW,
            using="default",
        )


def test_the_shipped_list_stands_in_three_languages_and_loading_it_again_changes_nothing(db: None) -> None:
    with as_owner():
        assert actions.load_violence(actor=INSTALLATION, now=NOW, using="default") == 0
    standing = ViolenceForm.objects.filter(scheme="working", valid_to=None)
    assert (standing.filter(parent="").count(), standing.exclude(parent="").count()) == (6, 41)
    assert not standing.filter(verified_by__gt="").exists()  # nobody has checked it, and it says so
    codes = set(standing.exclude(parent="").values_list("code", flat=True))
    for scheme, known in (("concern", rules.CONCERNS), ("icd10", rules.ICD10)):
        found = queries.mapped(codes, scheme, TODAY)
        assert set(found) == codes  # every form leads somewhere
        assert all(target in known for targets in found.values() for target in targets)
    assert len(queries.mapped(["3-a"], "icd10", TODAY)["3-a"]) == 3


def test_a_dry_run_tells_and_writes_nothing(db: None) -> None:
    found = take(OFFICIAL, dry_run=True)
    assert (found.added, found.written) == (["A", "A1", "A2"], False)
    assert not ViolenceForm.objects.filter(scheme="official").exists()
    assert not ViolenceEdition.objects.filter(table="official").exists()


def test_an_official_table_is_taken_once_and_mapped_one_to_many_with_validity(db: None) -> None:
    assert take(OFFICIAL).count == 3
    assert take(OFFICIAL).count == 0
    mapping = "working,scheme,target\n2-c,official,A1\n2-c,official,A2\n"
    assert take(mapping, "mapping").added == ["2-c official A1", "2-c official A2"]
    assert queries.mapped(["2-c"], "official", TODAY) == {"2-c": ["A1", "A2"]}
    assert queries.mapped(["2-c"], "official", date(2026, 1, 1)) == {}  # not yet
    take("working,scheme,target\n2-c,official,A2\n", "mapping", on=date(2026, 12, 1), accept=True)
    assert queries.mapped(["2-c"], "official", TODAY) == {"2-c": ["A1", "A2"]}
    assert queries.mapped(["2-c"], "official", date(2026, 12, 1)) == {"2-c": ["A2"]}
    assert ViolenceMapping.objects.filter(scheme="icd10", valid_to=None).exists()  # other lists are left alone


def test_a_form_that_the_list_drops_or_words_anew_keeps_its_records(story: Story) -> None:
    incident = story.happened(forms=("working.2-c.1", "working.2-d.1"))
    rows = ViolenceForm.objects.filter(scheme="working", valid_to=None).exclude(code="2-d")
    lines = [f'{row.code},"{row.name_kk}","{row.name_ru}","{row.name_en}",{row.parent}' for row in rows]
    text = HEAD + "\n".join(lines).replace("Hitting, kicking", "Striking, kicking")
    changed = take(text, "working")
    assert ("2-c" in changed.changed, changed.closed) == (True, ["2-d"])
    story.lead.enter()
    [one] = queries.incidents_of(story.file)
    assert [form.key for form in one.forms] == ["working.2-c.1", "working.2-d.1"]
    assert "Hitting" in one.forms[0].name_en
    counted = queries.incident_counts(2020, 2026)
    assert counted.began["2-d", None, "home"] == 1
    with pytest.raises(actions.FormUnknown):
        story.happened(forms=("working.2-d.1",))
    actor = story.lead.enter()  # where it stood it may stay
    kept = said_of(forms=("working.2-d.1", "working.2-c.2"))
    actions.change_incident(actor=actor, incident=incident.pk, seen=1, said=kept, now=LATER)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", {"empty"}),
        ("a,b\n1,2\n", {"column"}),
        (HEAD + "A,x,y,,\n", {"missing"}),
        (HEAD + "A,x,y,z,\nA,x,y,z,\n", {"twice"}),
        (HEAD + "A1,x,y,z,A\n", {"no_such_parent"}),
        (HEAD + "A,x,y,z,\nB,x,y,z,A\nC,x,y,z,B\n", {"too_deep"}),
        (HEAD + "=cmd,x,y,z,\n", {"code"}),
        (HEAD + "A,x,y," + "z" * 301 + ",\n", {"name"}),
        (HEAD + "A,x\x07,y,z,\n", {"name"}),
        (HEAD + "A,x,y,z,,,,,extra\n" + "\n".join(f"A{n},x,y,z," for n in range(2001)), {"too_long"}),
    ],
)
def test_a_faulty_table_is_refused_whole_with_its_places(db: None, text: str, faults: set[str]) -> None:
    with pytest.raises(rules.FileFaulty) as refused:
        take(text)
    assert {fault.code for fault in refused.value.faults} == faults
    assert not ViolenceForm.objects.filter(scheme="official").exists()


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(rules.FileFaulty):
        rules.read_forms("код,имя".encode("cp1251"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [("2-c,official,Q9", "no_such_target"), ("9-x,concern,other", "no_such_form"), ("2-c,moon,A1", "scheme")],
)
def test_a_mapping_leads_from_and_to_what_stands(db: None, line: str, fault: str) -> None:
    with pytest.raises(rules.FileFaulty) as refused:
        take(f"working,scheme,target\n{line}\n", "mapping", accept=True)
    assert {one.code for one in refused.value.faults} == {fault}


def test_half_a_table_ends_nothing_and_an_older_one_is_refused(db: None) -> None:
    take(OFFICIAL)
    with pytest.raises(TooMuchClosed):
        take(HEAD + "A,Дене,Тело,Body,\n")
    with pytest.raises(OlderEdition):
        take(OFFICIAL, on=date(2026, 1, 1))
    assert ViolenceForm.objects.filter(scheme="official", valid_to=None).count() == 3


def test_only_the_installation_takes_lists_in(story: Story) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.take_violence(
            actor=story.lead.enter(), table="official", content=b"", dry_run=True, now=NOW, using="default"
        )


def test_the_command_names_the_line_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no such file"):
        call_command("violence", "import", str(tmp_path / "none.csv"), "--table", "official", "--dry-run")
    with translation.override("en"):
        assert fault_words(rules.Fault(4, "missing", "name_en")) == "line 4: a cell is empty name_en"
