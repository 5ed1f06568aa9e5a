"""The catalogues' tool: it finds what Django looks up, and it refuses what readers would stumble over."""

import gettext
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from arasha.ui.catalogues import files
from arasha.ui.catalogues.extraction import Message, messages_of_python, messages_of_template
from arasha.ui.catalogues.rules import faults, letter_faults


def test_python_messages_are_found_with_plural_and_context() -> None:
    source = (
        "from django.utils.translation import gettext as _\n"
        "a = _('Save')\nb = pgettext('month', 'May')\nc = ngettext('%(n)s child', '%(n)s children', 2) % {'n': 2}\n"
    )
    assert list(messages_of_python(source)) == [
        Message("Save"),
        Message("May", context="month"),
        Message("%(n)s child", plural="%(n)s children"),
    ]


def test_template_messages_are_found_as_django_looks_them_up() -> None:
    source = (
        "{% translate 'Save' %} {% translate \"May\" context \"month\" %} {{ _('100% done')|title }}\n"
        "{% blocktranslate trimmed count n=many %}\n  {{ n }} child\n  waits\n{% plural %}{{ n }} children wait"
        "{% endblocktranslate %}{% include 'x' with title=_('Rest') %}"
        "{% blocktranslate context 'case' with a=b.c %}by {{ a }}{% endblocktranslate %}"
    )
    assert list(messages_of_template(source)) == [
        Message("Save"),
        Message("May", context="month"),
        Message("100%% done"),
        Message("%(n)s child waits", plural="%(n)s children wait"),
        Message("Rest"),
        Message("by %(a)s", context="case"),
    ]


@pytest.mark.parametrize(
    ("language", "source", "translation", "fault"),
    [
        ("kk", ["Save"], [""], "missing"),
        ("kk", ["Save {name}"], ["Сақтау"], "placeholders"),
        ("kk", ["<b>Save</b>"], ["Сақтау"], "placeholders"),
        ("kk", ["Save"], ["Save"], "English"),
        ("kk", ["Work"], ["Жұмыc"], "mixes"),
        ("kk", ["And"], ["i"], "Latin word"),
        ("ru", ["Save"], ["Сақтау"], "Kazakh letters"),
        ("kk", ["%(n)s day", "%(n)s days"], ["%(n)s күн", "%(n)s күндер"], "same"),
        ("ru", ["1 day", "%(n)s days"], ["1 день", "%(n)s дня", "%(n)s дней"], "placeholders"),
    ],
)
def test_a_faulty_translation_is_named(language: str, source: list[str], translation: list[str], fault: str) -> None:
    assert any(fault in found for found in faults(language, source, translation))


@pytest.mark.parametrize(
    ("language", "source", "translation"),
    [
        ("kk", ["Save {name} as PDF"], ["{name}: PDF түрінде сақтау"]),
        ("kk", ["%(n)s day", "%(n)s days"], ["%(n)s күн", "%(n)s күн"]),
        ("ru", ["%(n)s day", "%(n)s days"], ["%(n)s день", "%(n)s дня", "%(n)s дней"]),
        ("kk", ["Press Esc"], ["Esc пернесін басыңыз"]),
    ],
)
def test_a_sound_translation_passes(language: str, source: list[str], translation: list[str]) -> None:
    assert list(faults(language, source, translation)) == []


def test_every_kazakh_letter_is_cyrillic_in_the_test_line() -> None:
    line = "«Әділ Һәкімұлы Іңкәр Ғұмырқызының өтінішін Ұлытауда күтеді»"
    assert list(letter_faults("kk", line)) == []
    assert list(letter_faults("kk", line.replace("і", "i")))


def test_extracting_keeps_translations_and_drops_what_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "folders", lambda: [tmp_path])
    source = tmp_path / "views.py"
    source.write_text("_('Save'); ngettext('%(n)s day', '%(n)s days', 1)")
    assert files.update(tmp_path, "ru") == 2
    path = files.catalogue_path(tmp_path, "ru")
    path.write_text(path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Сохранить"'))
    source.write_text("_('Save'); _('Send')")
    assert files.update(tmp_path, "ru") == 1
    text = path.read_text()
    assert 'msgstr "Сохранить"' in text
    assert "days" not in text
    assert "fuzzy" not in text


@pytest.mark.parametrize(("language", "number", "form"), [("kk", 5, 1), ("ru", 21, 0), ("ru", 3, 1), ("ru", 12, 2)])
def test_compiled_plurals_choose_the_right_form(tmp_path: Path, language: str, number: int, form: int) -> None:
    path = tmp_path / "django.po"
    path.write_text(
        files.HEADER.format(language=language, plurals=files.PLURALS[language])
        + '\nmsgid "day"\nmsgid_plural "days"\n'
        + "".join(f'msgstr[{index}] "{index}"\n' for index in range(2 if language == "kk" else 3))
    )
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, files.read(path, language))
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).ngettext("day", "days", number) == str(form)


def test_our_catalogues_have_no_fault() -> None:
    assert list(files.problems()) == []
