"""What people type to change the country's calendar."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.administration.forms.places import NameField
from arasha.administration.rules.days import FARTHEST, LONGEST_SOURCE, NewDay, swap
from arasha.kernel.worktime.rules import Kind
from arasha.ui.fields import DateField

HOLIDAY, MOVED, ORDINARY = "holiday", "moved", "ordinary"
KINDS = [
    (HOLIDAY, _("A public holiday")),
    (MOVED, _("Off, and another day is worked instead")),
    (ORDINARY, _("A day like any other: an earlier entry is withdrawn")),
]


class DayForm(forms.Form):
    """What a day is, by which act."""

    day = DateField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    works = DateField(label=_("The day that is worked instead"), required=False)
    name_kk = NameField(label=_("Name in Kazakh"))
    name_ru = NameField(label=_("Name in Russian"))
    name_en = NameField(label=_("Name in English"))
    source = forms.CharField(
        label=_("By which act"), help_text=_("Its kind, date and number."), max_length=LONGEST_SOURCE
    )
    verified_by = NameField(
        label=_("Who compared it with the act"),
        help_text=_("Leave it empty when nobody has: the day then stands as not verified."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Remember which day is today."""
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A day that is to come; a move has its other side."""
        found = super().clean() or {}
        for field in ("day", "works"):
            day = found.get(field)
            if day and not self.today <= day <= self.today + FARTHEST:
                self.add_error(field, _("Choose a day from today on, at most three years ahead."))
        moved = found.get("kind") == MOVED
        if moved and "works" not in self.errors and (not found.get("works") or found["works"] == found.get("day")):
            self.add_error("works", _("Say which other day is worked instead."))
        return found

    def days(self) -> list[NewDay]:
        """Return the entries: one, or both sides of a move."""
        told = self.cleaned_data
        kind = Kind.HOLIDAY if told["kind"] == HOLIDAY else Kind.ORDINARY
        three = (told["name_kk"], told["name_ru"], told["name_en"])
        entry = NewDay(told["day"], kind, three, told["source"], verified_by=told["verified_by"])
        return list(swap(entry, told["works"])) if told["kind"] == MOVED else [entry]
