"""The pictures of a family as pages get them: sound SVG without styles or scripts, and the same content in tables."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from arasha.people.rules.ecomap import Bond, System, ecomap
from arasha.people.rules.family import Member, Tie
from arasha.people.rules.genogram import genogram
from arasha.people.rules.told import told_bonds, told_members, told_odd, told_odd_bonds, told_ties

PARTS = Path(__file__).parents[1] / "templates"
ENGINE = DjangoTemplates({"NAME": "parts", "DIRS": [PARTS], "APP_DIRS": False, "OPTIONS": {}})
NAME = 'Айгүл <b>"&'
# So many in a row that the picture is more than a thousand px wide.
MEMBERS = [
    Member("i", "Дәурен", "boy", is_index=True),
    Member("m", NAME, "girl", died=True),
    *(Member(f"k{n}", "Христорождественский") for n in range(8)),
]
TIES = [Tie("m", key, "mother") for key in ("i", *(f"k{n}" for n in range(8)))] + [Tie("i", "i", "sibling")]
SYSTEMS = [System("s", NAME, "school"), *(System(f"s{n}", "Христорождественский", "other") for n in range(20))]
BONDS = [Bond("s", "stressful", "both", "i", "2023"), Bond("s", "x")]


def shown(name: str) -> str:
    if name == "genogram":
        picture = genogram(MEMBERS, TIES)
        more = {
            "people": told_members(MEMBERS),
            "count": len(MEMBERS),
            "ties": told_ties(MEMBERS, TIES),
            "odd": told_odd(MEMBERS, picture.odd),
        }
    else:
        picture = ecomap(MEMBERS, SYSTEMS, BONDS)
        more = {"bonds": told_bonds(MEMBERS, SYSTEMS, BONDS), "odd": told_odd_bonds(SYSTEMS, picture.odd)}
    assert picture.width > 1000
    return str(ENGINE.get_template(f"people/parts/{name}.html").render({"picture": picture, **more}))


def tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{shown(name)}</div>")  # noqa: S314  # our own template's answer


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", ["genogram", "ecomap"])
def test_figures_are_written_as_svg_reads_them_in_every_language(name: str, language: str) -> None:
    with translation.override(language):
        svg = tree(name).find(".//svg[@role='img']")
    assert svg is not None
    box = [int(part) for part in svg.attrib["viewBox"].split()]
    assert box == [0, 0, int(svg.attrib["width"]), int(svg.attrib["height"])]
    for shape in svg.iter():
        for key in ("x", "y", "cx", "cy", "r"):
            int(shape.attrib.get(key, "0"))
        for point in shape.attrib.get("points", "").split():
            assert len([int(part) for part in point.split(",")]) == 2


@pytest.mark.parametrize("name", ["genogram", "ecomap"])
def test_a_picture_is_named_told_and_has_no_style_of_its_own(name: str) -> None:
    page = tree(name)
    svg = page.find(".//svg[@role='img']")
    assert svg is not None
    ids = {element.attrib["id"] for element in page.iter() if "id" in element.attrib}
    for element in page.iter():
        assert set(element.attrib.get("aria-labelledby", "").split()) <= ids
        assert "style" not in element.attrib
        assert element.tag not in ("script", "style")
    assert all((svg.findtext(tag) or "").strip() for tag in ("title", "desc"))
    assert [caption.text for caption in page.iter("caption")] != []


@pytest.mark.parametrize("name", ["genogram", "ecomap"])
def test_whatever_is_drawn_stands_in_the_table_too(name: str) -> None:
    page = tree(name)
    heads = [(element.text or "").strip() for element in page.findall(".//tbody//th")]
    rows = {"genogram": [NAME] + [NAME] * 9, "ecomap": [NAME]}
    assert [head for head in heads if head == NAME] == rows[name]
    assert len(page.findall(".//li")) > 4
    assert page.find(".//h3") is not None


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    with translation.override("en"):
        words = " ".join(tree("genogram").itertext())
    assert "woman or girl" in words
    assert "has died" in words
    assert "divorced" not in words
    assert "live together" not in words
