"""A document shows what it was given, in Kazakh too, and nothing that was given can become more than text."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from arasha.kernel.documents import actions, typesetter
from arasha.kernel.documents.rules import MOST_DATA, DocumentFailed

NOW = datetime(2026, 3, 26, 5, 5, tzinfo=UTC)
KAZAKH = "Әрқашан ғажап өңірдің ұлы үміті — іңір, һәм Қызылорда"
HOSTILE = '#import "@preview/cetz:0.3.4" $x^2$ #read("/etc/passwd") *a* _b_ <c> @d \\ // e /* `f` = g'
SHAPES = ("late", "soon", "wait", "met", "open", "extended", "suspended")

pytestmark = pytest.mark.usefixtures("training")


def specimen(**changes: Any) -> dict[str, Any]:
    return {
        "text": KAZAKH,
        "facts": [["Аты", "Аяру"], ["Where", "Saryagash"]],
        "list": "Тізім",
        "heads": ["a", "b", "c"],
        "rows": [{"name": f"row {kind}", "state": {"kind": kind, "words": kind}, "text": "t"} for kind in SHAPES],
        "gap": "3 күн: ешкім ештеңе жазбады",
    } | changes


def made(language: str = "kk", printed_by: str = "", title: str = "Бүгін түнде", **changes: Any) -> PdfReader:
    content = actions.pdf(
        template="documents/specimen.typ",
        title=title,
        data=specimen(**changes),
        language=language,
        now=NOW,
        printed_by=printed_by,
    )
    return PdfReader(io.BytesIO(content))


def words_of(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).replace("\u200b", "").split())


def test_kazakh_letters_come_out_of_our_own_face() -> None:
    document = made()
    words = words_of(document)
    assert KAZAKH in words
    assert "3 күн: ешкім ештеңе жазбады" in words
    faces = [font["/BaseFont"] for page in document.pages for font in fonts_of(page)]
    assert faces
    assert all("GolosText" in str(face) for face in faces)


def fonts_of(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]


def test_each_page_says_who_printed_it_and_when_and_which_page_it_is() -> None:
    document = made("en", "Gulnar A., district coordinator", text="a paragraph " * 1500)
    assert len(document.pages) > 1
    for number, page in enumerate(document.pages, 1):
        words = " ".join(page.extract_text().split())
        assert "Printed by Gulnar A., district coordinator · 26 March 2026, 10:05" in words
        assert f"page {number} of {len(document.pages)}" in words
        assert "every person on these pages is made up" in words


def test_a_document_knows_its_title_its_language_and_its_moment() -> None:
    document = made("ru")
    assert document.metadata is not None
    assert document.metadata.title == "Бүгін түнде"
    assert document.trailer["/Root"]["/Lang"] == "ru"  # type: ignore[index]
    assert document.metadata.creation_date == NOW
    assert document.metadata.author is None


def test_every_state_has_its_words() -> None:
    words = words_of(made())
    for shape in SHAPES:
        assert f"row {shape} {shape} t" in words


def test_hostile_text_stays_text() -> None:
    words = words_of(made(title=HOSTILE, text=HOSTILE, facts=[["a", HOSTILE]], gap=HOSTILE))
    assert words.count(" ".join(HOSTILE.split())) == 4
    assert "root:" not in words


def test_a_word_without_end_breaks_and_is_not_cut() -> None:
    endless = "қ" * 3000
    words = words_of(made(text=endless))
    assert words.count("қ") >= 3000
    assert len(made(text=endless).pages) > 0


@pytest.mark.parametrize("control", ["\x00", "\x1b[31m", "\u202e", "\ufeff", "\u200d", "😀", "\ufdd0"])
def test_strange_signs_make_no_document_fail(control: str) -> None:
    assert "before" in words_of(made(text=f"before{control}after"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": object()}, "data"),
        ({"text": float("nan")}, "data"),
        ({"text": "\ud800"}, "data"),
        ({"text": "x" * MOST_DATA}, "large"),
    ],
)
def test_what_is_no_data_is_refused_by_name(given: dict[str, Any], code: str) -> None:
    with pytest.raises(DocumentFailed) as failed:
        made(**given)
    assert failed.value.code == code


@pytest.mark.parametrize(
    "name", ["documents/none.typ", "../documents/specimen.typ", "/etc/passwd", "documents/specimen", "documents"]
)
def test_a_template_that_is_not_ours_does_not_exist(name: str) -> None:
    with pytest.raises(LookupError):
        actions.pdf(template=name, title="t", data={}, language="kk", now=NOW)


def test_a_template_that_misses_a_value_fails_by_name() -> None:
    with pytest.raises(DocumentFailed) as failed:
        actions.pdf(template="documents/specimen.typ", title="t", data={}, language="kk", now=NOW)
    assert failed.value.code == "template"
    assert "text" in failed.value.detail


@pytest.mark.parametrize(
    "attack",
    [
        '#read("/etc/passwd")',
        '#read("/GolosText_400Regular.ttf")',
        '#import "@preview/cetz:0.3.4"',
        '#image("https://example.org/a.png")',
        '#plugin("/usr/lib/x.wasm")',
    ],
)
def test_the_child_reads_no_file_and_reaches_no_network(attack: str) -> None:
    """Even a template that somebody could change: the child holds no right to give away."""
    with pytest.raises(DocumentFailed) as failed:
        typesetter.typeset(attack, "{}", NOW)
    assert failed.value.code == "template"


def test_the_child_ends_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "SECONDS", 3)
    with pytest.raises(DocumentFailed) as failed:
        typesetter.typeset("#for i in range(9999) { for j in range(9999) { let k = calc.rem(i * j, 7) } }", "{}", NOW)
    assert failed.value.code == "slow"


def test_a_missing_face_is_said_and_not_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typesetter, "FONTS", tmp_path)
    with pytest.raises(DocumentFailed) as failed:
        made()
    assert failed.value.code == "fonts"


def test_no_template_evaluates_or_reads_or_imports() -> None:
    package = Path(actions.__file__).parents[2]
    templates = list(package.rglob("*.typ"))
    assert templates
    for path in templates:
        source = "".join(line.partition("//")[0] for line in path.read_text(encoding="utf-8").splitlines())
        # A picture that comes with the data reads no file.
        source = source.replace("image(bytes(", "")
        for word in ("eval(", "read(", "plugin(", "import ", "include ", "image("):
            assert word not in source, path.name


def test_the_words_of_a_document_leave_no_trace_outside_it(capfd: pytest.CaptureFixture[str]) -> None:
    made(text="a canary in the coal mine")
    said = capfd.readouterr()
    assert "canary" not in json.dumps([said.out, said.err])
