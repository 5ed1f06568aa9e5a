"""What a worker asks of the directory; it stands in the address as codes and as a part of a provider's name."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.kernel.territory.rules import NATION, region_code
from arasha.services.queries import Wanted
from arasha.services.rules import KINDS, LANGUAGES, NEEDS, STANDINGS, package
from arasha.ui.rules import CodeList

Places = Sequence[tuple[str, Sequence[tuple[str, str]]]]
LONGEST: Final = 100
OLDEST: Final = 120
SEXES: Final = (("girls", _("girl")), ("boys", _("boy")))
NUMBER: Final = _("Write the age as a number, for example 9.")
QUIET: Final = {"autocomplete": "off"}


def _select(label: Any, empty: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(required=False, label=label, widget=forms.Select(QUIET))
    field.choices = [("", empty)]
    field.error_messages["invalid_choice"] = _("Choose from the list.")
    return field


class FindingForm(forms.Form):
    """Place, child, need, kind, service, name, standing. All may be left empty."""

    place = _select(_("Child’s place"), _("No matter"))
    age = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=OLDEST,
        label=_("Age"),
        error_messages={"invalid": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4", **QUIET}),
    )
    sex = _select(_("Girl or boy"), _("No matter"))
    need = _select(_("What is needed"), _("Any help"))
    service = _select(_("Service of the minimum package"), _("Any service"))
    kind = _select(_("What kind of provider"), _("Any kind"))
    speaks = _select(_("Language of the help"), _("Any language"))
    words = forms.CharField(
        required=False, max_length=LONGEST, label=_("Part of the name"), widget=forms.TextInput(QUIET)
    )
    standing = forms.MultipleChoiceField(
        required=False, label=_("How it stands"), widget=forms.CheckboxSelectMultiple, choices=STANDINGS.choices
    )
    remote = forms.BooleanField(required=False, label=_("Also by telephone or over the internet"))

    def __init__(self, data: Any, *, places: Places, today: date) -> None:
        super().__init__(data, auto_id="find_%s")
        language = (get_language() or "kk")[:2]
        for field in self.fields.values():
            field.says_optional = True  # type: ignore[attr-defined]  # everything here is
        whole = [(name, [(region_code(below[0][0]), _("The whole region")), *below]) for name, below in places if below]
        self._choose("place", [*whole, (NATION, _("The whole country"))])
        self._choose("sex", SEXES)
        self._choose("need", _of(NEEDS, language))
        self._choose("kind", _of(KINDS, language))
        self._choose("speaks", _of(LANGUAGES, language))
        self._choose("service", [(code, one.label(language)) for code, one in package(today).items()])

    def _choose(self, name: str, choices: Iterable[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as declared above
        field.choices = [*field.choices, *choices]  # type: ignore[misc]  # lists of pairs, as set there

    def wanted(self, order: str) -> Wanted:
        """Return the question as the directory takes it; what is wrong in the form counts as not asked."""
        got = self.cleaned_data
        return Wanted(
            place=got.get("place", ""),
            age=got.get("age"),
            sex=got.get("sex", ""),
            needs=_one(got.get("need")),
            services=_one(got.get("service")),
            kinds=_one(got.get("kind")),
            languages=_one(got.get("speaks")),
            words=got.get("words", ""),
            standings=tuple(got.get("standing", ())) or ("open",),
            remote=bool(got.get("remote")),
            order=order,
        )


def _of(codes: CodeList, language: str) -> list[tuple[str, str]]:
    return [(code.code, code.label(language)) for code in codes]


def _one(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()
