"""Code lists say what is wrong with them, and speak the reader's language."""

from pathlib import Path

import pytest
from django.utils.translation import override

from arasha.ui.rules import CodeList, UnknownCode

HEAD = "code,name_kk,name_ru,name_en,note\n"


def written(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "doors.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_a_choice_is_labelled_when_it_is_shown_not_when_it_is_made(tmp_path: Path) -> None:
    codes = CodeList(written(tmp_path, "school,мектеп,школа,school,\n"))
    with override("ru"):
        [(code, label)] = codes.choices()
        assert (code, str(label)) == ("school", "школа")
    with override("en"):
        assert str(label) == "school"


def test_a_missing_label_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"doors.csv, line 3: name_kk missing"):
        CodeList(written(tmp_path, "school,мектеп,школа,school,\nclinic,,больница,clinic,\n"))


def test_a_code_cannot_stand_twice(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line 3: school stands twice"):
        CodeList(written(tmp_path, "school,мектеп,школа,school,\nschool,мектеп,школа,school,\n"))


def test_an_unknown_code_is_an_error_not_an_empty_label(tmp_path: Path) -> None:
    codes = CodeList(written(tmp_path, "school,мектеп,школа,school,\n"))
    with pytest.raises(UnknownCode, match="clinic"):
        codes.label("clinic")
