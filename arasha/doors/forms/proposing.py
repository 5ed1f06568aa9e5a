"""What somebody who works where help is given types over a link: each field as it stands until it is changed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.services import rules
from arasha.services.rules import proposals
from arasha.ui.rules import CodeList, phones

STATUSES = [(code, words) for code, words in rules.STANDINGS.choices() if code in {"open", "paused", "closed"}]
DAYS = (
    _("On Monday"),
    _("On Tuesday"),
    _("On Wednesday"),
    _("On Thursday"),
    _("On Friday"),
    _("On Saturday"),
    _("On Sunday"),
)
TYPED = {"autocomplete": "off"}
SHORT = {"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}


def _line(label: Any, longest: int, hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(TYPED)
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=widget)


def _number(label: Any, most: int, *, required: bool) -> forms.IntegerField:
    widget = forms.TextInput(SHORT)
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=required, widget=widget)


def _one(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices)


def _some(label: Any, codes: CodeList) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=codes.choices(), widget=widget, required=False)


class SiteAnswerForm(forms.Form):
    """The site: of a protected one a telephone and hours, no more."""

    phone = _line(_("Telephone"), phones.LONGEST)
    around_the_clock = forms.BooleanField(label=_("Open day and night"), required=False)
    address_kk = _line(_("Address in Kazakh"), 500)
    address_ru = _line(_("Address in Russian"), 500)
    mail = forms.EmailField(label=_("E-mail"), max_length=300, required=False, widget=forms.EmailInput(TYPED))
    web = _line(_("Web page"), 300, _("The whole address, as a browser shows it."))

    def __init__(self, *args: Any, entry: Mapping[str, Any], **options: Any) -> None:
        site = entry["site"]
        days = {f"day_{day}": text for day, text in enumerate(rules.lines(site["hours"]))}
        shown = {"phone": phones.shown(site["phone"]) if site["phone"] else ""}
        super().__init__(*args, **options | {"initial": site | days | shown})
        self.site = site
        for day, label in enumerate(DAYS):
            hint = _("For example 9:00–13:00, 14:00–18:00. Empty: closed.") if day == 0 else ""
            self.fields[f"day_{day}"] = _line(label, 60, hint)
        for name in {"address_kk", "address_ru", "mail", "web"} - set(
            proposals.site_fields(protected=entry["protected"])
        ):
            del self.fields[name]

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        typed = self.cleaned_data["phone"]
        try:
            return phones.normal(typed) if typed else ""
        except phones.NotAPhone:
            raise forms.ValidationError(_("Write a telephone number of Kazakhstan with its area code.")) from None

    def clean_web(self) -> str:
        """Return a page's address."""
        typed: str = self.cleaned_data["web"]
        if typed and not typed.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write the whole address, as a browser shows it."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Read the week, day by day."""
        found = super().clean() or {}
        for day in range(7):
            try:
                rules.read_week([*[""] * day, found.get(f"day_{day}") or ""])
            except rules.HoursFaulty:
                self.add_error(f"day_{day}", _("Write hours like this: 9:00–13:00, 14:00–18:00."))
        return found

    def changes(self) -> dict[str, Any]:
        """Return what is other than the entry."""
        found = {name: value for name, value in self.cleaned_data.items() if name in self.site}
        found["hours"] = rules.read_week([self.cleaned_data[f"day_{day}"] for day in range(7)])
        return {name: value for name, value in found.items() if value != self.site[name]}


class OfferingAnswerForm(forms.Form):
    """One kind of help that the site gives."""

    status = _one(_("How it stands"), STATUSES)
    age_from = _number(_("From which age"), 120, required=True)
    age_to = _number(_("To which age"), 120, required=True)
    sexes = _one(_("Whom it takes"), rules.SEXES.choices())
    with_parent = _one(_("A child with mother or father"), rules.KNOWN.choices())
    son_to = _number(_("The oldest son whom a mother may bring"), 120, required=False)
    siblings = _one(_("Brothers and sisters together"), rules.KNOWN.choices())
    languages = _some(_("Languages"), rules.LANGUAGES)
    conditions = _some(_("What it asks for"), rules.CONDITIONS)
    cost = _one(_("Cost"), rules.COSTS.choices())
    price = _number(_("Price in tenge"), 100_000_000, required=False)

    def __init__(self, *args: Any, offering: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options | {"initial": dict(offering), "prefix": f"o{offering['id']}"})
        self.offering = offering

    def clean(self) -> dict[str, Any]:
        """Ages make sense together."""
        found = super().clean() or {}
        first, last = found.get("age_from"), found.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", _("The lower age comes first."))
        return found

    def changes(self) -> dict[str, Any]:
        """Return what is other than the entry."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if (sorted(value) if isinstance(value, list) else value) != _kept(self.offering[name])
        }


def _kept(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
