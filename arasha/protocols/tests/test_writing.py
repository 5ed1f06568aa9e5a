"""What is downloaded reads as the same procedure."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.protocols.rules import canonical, read
from arasha.protocols.rules.writing import write
from arasha.protocols.tests.procedures import MADE_UP, procedure, step

SHIPPED = sorted(
    file.name for file in (resources.files("arasha.protocols") / "data").iterdir() if file.name.endswith(".yaml")
)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_procedure_is_written_and_read_back_the_same(name: str) -> None:
    text = (resources.files("arasha.protocols") / "data" / name).read_text(encoding="utf-8")
    content = read(text, name).content
    written = write(content)
    assert canonical(read(written, name).content) == canonical(content)
    assert written.startswith("protocol: ")
    assert max(map(len, written.splitlines())) <= 160


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), min_size=1, max_size=300
)


@given(st.sampled_from(["source", "title", "act"]), TEXT, st.sampled_from(["", "yes", "no", "null", "~", "1", "on: x"]))
def test_any_text_survives(place: str, text: str, trap: str) -> None:
    content = dict(read(procedure(step("a", "guardianship")), "x").content)
    said = trap or text
    if place == "source":
        content["source"] = said
    elif place == "title":
        content["title"] = {"kk": said, "ru": text, "en": said}
    else:
        content["steps"] = [content["steps"][0] | {"act": {"kk": text, "ru": said, "en": text}}]
    assert read(write(content), "x").content == content


def test_the_order_of_the_database_does_not_show() -> None:
    content = read(MADE_UP, "x").content
    jumbled = dict(sorted(content.items(), reverse=True))
    assert write(jumbled) == write(content)
