"""The shape of names, births and who somebody is in a file."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.ui.fields import DateField

SMALL = {"class": "govuk-radios--small a-side-by-side"}


def text(label: Any, help_text: Any = "", *, most: int = 100, **options: Any) -> forms.CharField:
    """Return an optional line of text that nothing offers to complete."""
    attrs = {"autocomplete": "off", **options.pop("attrs", {})}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False, widget=widget, **options)


def figures(label: Any, width: int, least: int, most: int) -> forms.IntegerField:
    """Return an optional short number."""
    attrs = {"class": f"govuk-input--width-{width}", "inputmode": "numeric", "autocomplete": "off"}
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=forms.NumberInput(attrs=attrs)
    )


class NameFields(forms.Form):
    """A name in its parts."""

    surname = text(_("Surname"))
    given = text(_("Given name"))
    patronymic = text(_("Patronymic"))

    def name(self) -> rules.Name:
        """Return the name that was typed."""
        said = self.cleaned_data
        return rules.Name(said.get("surname", ""), said.get("given", ""), said.get("patronymic", ""))


class BirthFields(forms.Form):
    """A birth as exactly as it is known: year alone, with the month, with the day, or an age."""

    birth_day = figures(_("Day of birth"), 2, 1, 31)
    birth_month = figures(_("Month of birth"), 2, 1, 12)
    birth_year = figures(_("Year of birth"), 4, 1900, 2200)
    age = figures(_("Or the age, years"), 2, 0, 119)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        self.birth = rules.SaidBirth()

    def clean(self) -> dict[str, Any]:
        """Put the parts together; a day that does not exist or is to come is an error."""
        said = super().clean() or {}
        try:
            self.birth = rules.birth_said(
                year=said.get("birth_year"),
                month=said.get("birth_month"),
                day=said.get("birth_day"),
                age=said.get("age"),
                on=self.today,
            )
        except rules.BirthInvalid:
            self.add_error("birth_year", _("There is no such date of birth. Leave empty what is not known."))
        return said


class NameForm(NameFields):
    """One more name of a person."""

    kind = forms.ChoiceField(label=_("Which name this is"), choices=rules.NAME_KINDS.choices)
    since = DateField(
        label=_("Since when they bear it"), help_text=_("Leave it empty if it is not known."), required=False
    )
    field_order = ["kind", "surname", "given", "patronymic", "since"]

    def clean(self) -> dict[str, Any]:
        """Refuse a name without a letter."""
        said = super().clean() or {}
        if not any(self.name().tidy().keys):
            self.add_error("given", _("Write at least one part of the name in letters."))
        return said


class BirthForm(BirthFields):
    """When somebody was born."""


class PersonForm(forms.Form):
    """Who somebody is in this file."""

    sex = forms.ChoiceField(label=_("Sex"), choices=rules.SEXES.choices, widget=forms.RadioSelect(attrs=SMALL))
    role = forms.ChoiceField(label=_("Who they are in this file"), choices=rules.ROLES.choices)
    died = forms.BooleanField(label=_("This person has died"), required=False)


class RegisterFields(NameFields, BirthFields):
    """A person to be written down: any of it may be missing."""

    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=rules.SEXES.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        initial="unknown",
        required=False,
    )

    def described(self, kind: str = "document") -> rules.Described:
        """Return the person as they were described."""
        sex = self.cleaned_data.get("sex") or "unknown"
        return rules.Described(name=self.name(), kind=kind, sex=sex, birth=self.birth)


class ChildForm(RegisterFields):
    """The child of a case: with its number, or why there is none."""

    iin = text(
        _("Individual identification number (IIN)"),
        _("Leave it empty if there is none: a child without any document is registered too."),
        most=20,
        attrs={"inputmode": "numeric", "class": "govuk-input--width-20"},
    )
    absent = forms.ChoiceField(label=_("If there is no document: why"), choices=rules.ABSENCES.asked, required=False)
    field_order = [
        "surname",
        "given",
        "patronymic",
        "sex",
        "birth_day",
        "birth_month",
        "birth_year",
        "age",
        "iin",
        "absent",
    ]

    def clean_iin(self) -> str:
        """Refuse what is no number, and say what is wrong with it."""
        typed = str(self.cleaned_data["iin"]).strip()
        if typed:
            try:
                rules.read_iin(typed)
            except rules.IinInvalid as wrong:
                raise forms.ValidationError(IIN_FAULTS[wrong.fault]) from None
        return typed


class RelativeForm(RegisterFields):
    """Another person of the family, and what they are to the child."""

    role = forms.ChoiceField(label=_("Who they are in this file"), choices=rules.ROLES.choices, initial="carer")
    kind = forms.ChoiceField(label=_("What they are to the child"), choices=rules.RELATIONSHIPS.asked, required=False)
    lives_with = forms.BooleanField(label=_("Lives with the child"), required=False)
    field_order = [
        "surname",
        "given",
        "patronymic",
        "sex",
        "birth_day",
        "birth_month",
        "birth_year",
        "age",
        "role",
        "kind",
        "lives_with",
    ]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        roles = [(code.code, rules.ROLES.label(code.code)) for code in rules.ROLES if code.code != "child"]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field


IIN_FAULTS = {
    rules.Fault.LENGTH: _("The number has twelve figures."),
    rules.Fault.FIGURES: _("The number consists of figures alone."),
    rules.Fault.CENTURY: _("The seventh figure is 1 to 6: it says century and sex."),
    rules.Fault.DATE: _("The number begins with a date of birth that does not exist."),
    rules.Fault.NEVER_ISSUED: _("Such a number is never issued. Look at it once more."),
    rules.Fault.CHECK: _("The last figure does not fit the others. Look at the number once more."),
}
