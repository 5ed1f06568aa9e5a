"""What people type to make and change bodies and units, to end a unit, and to hand in a table of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arasha.administration.forms.places import Choices, NameField
from arasha.administration.forms.tables import TableForm, pasted
from arasha.administration.rules import names
from arasha.administration.rules.structure import hours_fit, kept
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING, phones

CLOCK: Final = ("%H:%M", "%H")


class UnitCodeField(forms.CharField):
    """The code of a body or unit."""

    def __init__(self, **options: Any) -> None:
        """Keep phones from correcting it."""
        attrs = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs), **options)

    def clean(self, value: Any) -> str:
        """Read the code. Raises ValidationError."""
        found = str(super().clean(value))
        if found and not names.is_code(found):
            raise ValidationError(_("A code has small Latin letters, figures, dots and dashes."))
        return found


class ClockField(forms.TimeField):
    """A clock time, `9:00`; nothing is nothing."""

    def __init__(self, **options: Any) -> None:
        """Read hours alone, too."""
        attrs = {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        widget = forms.TimeInput(attrs, format="%H:%M")
        super().__init__(input_formats=CLOCK, required=False, widget=widget, **options)


class NamedForm(forms.Form):
    """Names in three languages and a code, which only what is new is asked for."""

    code = UnitCodeField(
        label=_("Code"), help_text=_("Small Latin letters, figures, dots and dashes. It never changes.")
    )
    name_kk = NameField(label=_("Name in Kazakh"))
    name_ru = NameField(label=_("Name in Russian"))
    name_en = NameField(label=_("Name in English"))
    territory_id = forms.ChoiceField(label=_("Its territory"))

    def __init__(self, *args: Any, places: Choices, new: bool, **options: Any) -> None:
        """Offer the places; ask for a code only when it is made."""
        super().__init__(*args, **options)
        self.fields["territory_id"].choices = list(places)  # type: ignore[attr-defined]  # a choice field
        if not new:
            del self.fields["code"]

    def values(self) -> dict[str, Any]:
        """Return what was typed as a step holds it."""
        return {name: kept(value) for name, value in self.cleaned_data.items() if name != "code"}


class BodyForm(NamedForm):
    """A body."""

    sector = forms.ChoiceField(label=_("Sector"))
    kind = forms.ChoiceField(label=_("Kind of body"))
    protected = forms.BooleanField(label=_("Its address is protected (a refuge, a crisis centre)"), required=False)

    def __init__(self, *args: Any, sectors: Choices, kinds: Choices, new: bool, **options: Any) -> None:
        """Offer the sectors and kinds; of a new body none is chosen yet."""
        super().__init__(*args, new=new, **options)
        first = [NOTHING] if new else []
        for name, codes in (("sector", sectors), ("kind", kinds)):
            self.fields[name].choices = [*first, *codes]  # type: ignore[attr-defined]  # a choice field


class UnitForm(NamedForm):
    """A unit of a body."""

    around_the_clock = forms.BooleanField(label=_("Works round the clock"), required=False)
    opens = ClockField(label=_("Opens at"))
    closes = ClockField(label=_("Closes at"))
    phone = forms.CharField(
        label=_("Telephone"), help_text=_("With the area code, or a short number."), max_length=60, required=False
    )
    parent = UnitCodeField(
        label=_("Code of the unit that supervises it"),
        help_text=_("It stands on that unit's page. Leave it empty when nobody does."),
        required=False,
    )

    def clean_phone(self) -> str | None:
        """Read the number."""
        typed = self.cleaned_data["phone"]
        try:
            return phones.normal(typed) if typed else None
        except phones.NotAPhone:
            raise ValidationError(_("Write a telephone number of Kazakhstan with its area code.")) from None

    def clean_parent(self) -> str | None:
        """Nothing is nobody."""
        return self.cleaned_data["parent"] or None

    def clean(self) -> dict[str, Any]:
        """Hours make sense together."""
        found = super().clean() or {}
        if not {"opens", "closes"} & set(self.errors) and not hours_fit(found):
            self.add_error("opens", _("Give both hours, the end after the beginning; or none when it never closes."))
        return found


class EndUnitForm(forms.Form):
    """The first day on which a unit is no more, and who takes over."""

    on = DateField(label=_("The first day on which it is no more"))
    successor = UnitCodeField(
        label=_("Code of the unit that takes over"),
        help_text=_("It gets the functions and the units below. Leave it empty when nobody takes over."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Remember which day is today."""
        super().__init__(*args, **options)
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day that is over."""
        day: date = self.cleaned_data["on"]
        if day < self.today:
            raise ValidationError(_("This day is over."))
        return day


class StructureTableForm(TableForm):
    """Bodies, units and posts as a table."""

    table = pasted(_("Paste it from a spreadsheet, with its heading."), rows=6, longest=1_000_000)


def offered(codes: Iterable[tuple[str, str]], present: str) -> list[tuple[str, str]]:
    """Return choices, with what stands there now even where the list lacks it."""
    choices = list(codes)
    return choices if not present or present in dict(choices) else [*choices, (present, present)]
