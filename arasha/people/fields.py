"""Form fields by which a person is described. Other folders may use them in their `forms`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.people import rules
from arasha.ui.fields import DateParts

BIRTH_HINT = _("Leave empty what is not known; the year alone is enough.")
SMALL = {"class": "govuk-radios--small a-side-by-side"}


def text(label: Any, help_text: Any = "", *, most: int = 100, **options: Any) -> forms.CharField:
    """Return an optional line of text that nothing offers to complete."""
    attrs = {"autocomplete": "off", **options.pop("attrs", {})}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False, widget=widget, **options)


class BirthField(forms.Field):
    """A birth in three parts of which the day, or the month too, may be missing. Gives `rules.SaidBirth`."""

    widget = DateParts
    default_error_messages = {
        "invalid": _("There is no such date of birth. Leave empty what is not known."),
    }

    def __init__(self, **options: Any) -> None:
        """Take no birth after `today`, which the form sets."""
        super().__init__(required=False, **options)
        self.today: date | None = None

    def to_python(self, value: Any) -> rules.SaidBirth:
        """Read day, month and year as they were typed. Raises ValidationError."""
        parts = [part.strip() for part in str(value or "..").split(".")]
        try:
            day, month, year = ((int(part) if part else None) for part in parts)
            if year is None and (day or month):
                raise rules.BirthInvalid
            return rules.birth_said(year=year, month=month, day=day, on=self.today or date.max)
        except (ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class NameFields(forms.Form):
    """A name in its parts."""

    surname = text(_("Surname"))
    given = text(_("Given name"))
    patronymic = text(_("Patronymic"))

    def name(self) -> rules.Name:
        """Return the name that was typed."""
        said = self.cleaned_data
        return rules.Name(said.get("surname", ""), said.get("given", ""), said.get("patronymic", ""))


class DescribedFields(NameFields):
    """A person to be written down: any of it may be missing."""

    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=rules.SEXES.choices,
        widget=forms.RadioSelect(attrs=SMALL),
        initial="unknown",
        required=False,
    )
    birth = BirthField(
        label=_("Date of birth"), help_text=_("Leave empty what is not known; the year alone is enough.")
    )
    age = forms.IntegerField(
        label=_("Or the age, years"),
        required=False,
        min_value=0,
        max_value=119,
        widget=forms.NumberInput(
            attrs={"class": "govuk-input--width-2", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    field_order = ["surname", "given", "patronymic", "sex", "birth", "age"]

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        self.fields["birth"].today = today  # type: ignore[attr-defined]  # a birth field
        for field in self.fields.values():
            field.says_optional = True  # type: ignore[attr-defined]  # said once, above the form

    def said_birth(self) -> rules.SaidBirth:
        """Return the birth that was typed, or the one that an age stands for."""
        said: rules.SaidBirth = self.cleaned_data.get("birth") or rules.SaidBirth()
        age = self.cleaned_data.get("age")
        return said if said.birth or age is None else rules.birth_said(age=age, on=self.today)

    def described(self, kind: str = "document") -> rules.Described:
        """Return the person as they were described."""
        sex = self.cleaned_data.get("sex") or "unknown"
        return rules.Described(name=self.name(), kind=kind, sex=sex, birth=self.said_birth())


class ChildFields(DescribedFields):
    """The child of a case: with its number, or why there is none."""

    iin = text(
        _("Individual identification number (IIN)"),
        _("Leave it empty if there is none: a child without any document is registered too."),
        most=20,
        attrs={"inputmode": "numeric", "class": "govuk-input--width-20"},
    )
    absent = forms.ChoiceField(label=_("If there is no document: why"), choices=rules.ABSENCES.asked, required=False)
    field_order = ["surname", "given", "patronymic", "sex", "birth", "age", "iin", "absent"]

    def clean_iin(self) -> str:
        """Refuse what is no number, and say what is wrong with it."""
        typed = str(self.cleaned_data["iin"]).strip()
        if typed:
            try:
                rules.read_iin(typed)
            except rules.IinInvalid as wrong:
                raise forms.ValidationError(IIN_FAULTS[wrong.fault]) from None
        return typed


IIN_FAULTS = {
    rules.Fault.LENGTH: _("The number has twelve figures."),
    rules.Fault.FIGURES: _("The number consists of figures alone."),
    rules.Fault.CENTURY: _("The seventh figure is 1 to 6: it says century and sex."),
    rules.Fault.DATE: _("The number begins with a date of birth that does not exist."),
    rules.Fault.NEVER_ISSUED: _("Such a number is never issued. Look at it once more."),
    rules.Fault.CHECK: _("The last figure does not fit the others. Look at the number once more."),
}
