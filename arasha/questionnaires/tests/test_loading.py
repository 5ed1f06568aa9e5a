"""The forms that come with the software: published once each; a release never overrules the country's own text."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from arasha.kernel.access.rules import Actor
from arasha.questionnaires import policy, queries
from arasha.questionnaires.actions import ChangedFile, decide, draft, load_reference, read_files
from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.conversion import FaultyForm
from arasha.questionnaires.rules.standing import Kind
from arasha.questionnaires.tests.ministry import NOW, make_ministry
from arasha.questionnaires.tests.sources import FORM, numbered, reading
from tests.database import as_owner

INSTALLATION = Actor(kind="system", purpose="load_reference")


def load(folder: Path, text: str = FORM) -> int:
    (folder / "made_up.md").write_text(text, encoding="utf-8")
    with as_owner():
        return load_reference(actor=INSTALLATION, now=NOW, folder=folder, using="default")


def stands() -> list[tuple[int, str]]:
    rows = Version.objects.filter(questionnaire="made_up").order_by("number")
    return [(row.number, row.state) for row in rows]


@pytest.mark.django_db
def test_the_shipped_forms_are_published_and_loading_again_makes_nothing() -> None:
    shipped = {read.book.setting("form_id") for _, read in read_files()}
    assert shipped <= set(Version.objects.filter(state="published").values_list("questionnaire", flat=True))
    with as_owner():
        assert load_reference(actor=INSTALLATION, now=NOW, using="default") == 0


@pytest.mark.django_db
def test_a_file_is_published_once_and_spaces_make_no_new_version(tmp_path: Path) -> None:
    assert load(tmp_path) == 1
    assert load(tmp_path) == 0
    assert load(tmp_path, FORM.replace("| | text | who |", "|  | text  |  who |") + "\n\n") == 0
    assert stands() == [(1, "published")]


@pytest.mark.django_db
def test_a_changed_file_needs_a_new_number(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(ChangedFile, match="made_up changed; give it version 2"):
        load(tmp_path, FORM.replace("| Who |", "| Which one |"))
    assert load(tmp_path, numbered(2)) == 1
    with pytest.raises(ChangedFile):
        load(tmp_path, FORM.replace("| Who |", "| Which one |"))
    assert stands() == [(1, "published"), (2, "published")]


@pytest.mark.django_db
def test_one_faulty_file_keeps_all_others_back(tmp_path: Path) -> None:
    (tmp_path / "another.md").write_text(FORM.replace("| made_up |", "| another |"), "utf-8")
    with pytest.raises(FaultyForm):
        load(tmp_path, FORM.replace("| Кім |", "| |"))
    assert not Version.objects.filter(questionnaire__in=["another", "made_up"]).exists()


@pytest.mark.django_db
def test_where_people_wrote_a_version_a_release_waits_as_a_draft_or_is_left_out(tmp_path: Path) -> None:
    load(tmp_path)
    ministry = make_ministry()
    row = draft(actor=ministry.officer.enter(), reading=reading(numbered(2)), now=NOW)
    decide(actor=ministry.second.enter(), version=row.pk, kind=Kind.PUBLISH, now=NOW)
    changed = FORM.replace("| Who |", "| Which one |")
    assert load(tmp_path, numbered(2, changed)) == 0
    assert load(tmp_path, numbered(3, changed)) == 1
    assert stands() == [(1, "published"), (2, "published"), (3, "draft")]
    assert load(tmp_path, numbered(3, changed)) == 0


@pytest.mark.django_db
def test_only_the_installation_loads(tmp_path: Path) -> None:
    with pytest.raises(policy.NotAllowed):
        load_reference(actor=make_ministry().officer.enter(), now=NOW, folder=tmp_path)


def test_the_command_checks_files_and_tells_each_fault_with_its_place(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(FORM, "utf-8")
    bad.write_text(FORM.replace("| Кім |", "| |"), "utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 2 forms are faulty"):
        call_command("questionnaires", "check", str(good), str(bad), "--language", "kk", stdout=out)
    assert "good.md: made_up 1, " in out.getvalue()
    assert "bad.md:survey:7:label::Kazakh (kk): " in out.getvalue()


def test_the_command_says_when_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("questionnaires", "check", str(tmp_path / "none.md"))


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_command_publishes_a_file_and_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "made_up.md"
    file.write_text(FORM, "utf-8")
    out = StringIO()
    call_command("questionnaires", "publish", str(file), stdout=out)
    assert "1 version(s) published" in out.getvalue()
    shown = StringIO()
    call_command("questionnaires", "show", "made_up", stdout=shown)
    again = tmp_path / "again.md"
    again.write_text(shown.getvalue(), "utf-8")
    call_command("questionnaires", "publish", str(again), stdout=out)
    assert "0 version(s) published" in out.getvalue()
    assert queries.versions("nobody") == []
