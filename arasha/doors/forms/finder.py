"""What somebody asks of the finder: short codes alone, so that an address says nothing to whoever reads a history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.doors.forms.questions import NOT_CHOSEN, OLDEST, QUIET, Places
from arasha.kernel.territory.rules import NATION, CodeInvalid, district_code, region_code
from arasha.services.queries import Wanted
from arasha.services.rules import LANGUAGES, NEEDS

SEXES: Final = {"g": "girls", "b": "boys"}
FARTHEST: Final = 2000
NUMBER: Final = _("Write the age as a number, for example 9.")


def needs() -> list[tuple[str, str]]:
    """Return marks and words of the needs, in the reader's language."""
    language = (get_language() or "kk")[:2]
    return [(need.more["mark"], need.label(language)) for need in NEEDS]


def _select(label: Any, *, empty: Any = NOT_CHOSEN[1]) -> forms.ChoiceField:
    field = forms.ChoiceField(required=False, label=label, widget=forms.Select(QUIET))
    field.choices = [("", empty)]
    field.error_messages["invalid_choice"] = _("Choose from the list.")
    return field


class FinderForm(forms.Form):
    """Need, age, language, girl or boy, region and district; all may be left empty. Names are the address's."""

    n = _select(_("What is needed"), empty=_("Any help"))
    a = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=OLDEST,
        label=_("Age of the child"),
        error_messages={"invalid": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": "3", **QUIET}),
    )
    s = _select(_("In which language"), empty=_("Any language"))
    x = _select(_("Girl or boy"), empty=_("No matter"))
    r = _select(_("Region"), empty=_("Choose a region"))
    p = _select(_("District or city"), empty=_("The whole region"))

    def __init__(self, data: Mapping[str, Any], *, places: Places, regions: list[tuple[str, str]]) -> None:
        asked = {name: str(data.get(name, "")) for name in ("n", "a", "s", "x", "r", "p")}
        asked["r"], asked["p"] = _region_and_district(asked["r"], asked["p"])
        super().__init__(asked, auto_id="find_%s")
        for field in self.fields.values():
            field.says_optional = True  # type: ignore[attr-defined]  # everything here is
        self.region = asked["r"]
        language = (get_language() or "kk")[:2]
        self._choose("n", needs())
        self._choose("s", [(code.code, code.label(language)) for code in LANGUAGES])
        self._choose("x", [("g", _("girl")), ("b", _("boy"))])
        self._choose("r", [*regions, (NATION, _("Anywhere in the country"))])
        below = next((below for _name, below in places if region_code(below[0][0]) == self.region), None)
        if below:
            self._choose("p", list(below))
        else:
            del self.fields["p"]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as declared above
        field.choices = [*field.choices, *choices]  # type: ignore[misc]  # lists of pairs, as set there


def _region_and_district(region: str, place: str) -> tuple[str, str]:
    """Read both lists: a region that was changed lets go of another one's district; finer places are their district."""
    try:
        district = (district_code(place) or "") if place else ""
        above = (region_code(place) or NATION) if place else ""
    except CodeInvalid:
        return place, ""  # no region's code: told at the list of regions
    if not region or region == above:
        return above or region, district
    return region, ""


@dataclass(frozen=True)
class Question:
    """What was asked, as it stands in an address."""

    need: str = ""
    age: int | None = None
    speaks: str = ""
    sex: str = ""
    place: str = ""

    @classmethod
    def of(cls, form: FinderForm) -> "Question":
        """Return what a form holds; what is wrong in it counts as not said."""
        got = form.cleaned_data
        return cls(
            need=got.get("n", ""),
            age=got.get("a"),
            speaks=got.get("s", ""),
            sex=got.get("x", ""),
            place=got.get("p", "") or got.get("r", ""),
        )

    def wanted(self) -> Wanted:
        """Return the question as the directory takes it."""
        codes = tuple(need.code for need in NEEDS if need.more["mark"] == self.need)
        return Wanted(
            place=self.place,
            needs=codes,
            age=self.age,
            languages=(self.speaks,) if self.speaks else (),
            sex=SEXES.get(self.sex, ""),
            standings=("open", "paused"),
        )

    def address(self, language: str, **changes: Any) -> str:
        """Return the question as the end of an address, some of it changed."""
        said = {"p": self.place, "a": self.age, "n": self.need, "s": self.speaks, "x": self.sex} | changes
        kept = {name: value for name, value in said.items() if value not in (None, "")}
        return "?" + urlencode({**kept, "language": language})
