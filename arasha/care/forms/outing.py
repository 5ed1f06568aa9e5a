"""What is typed by who goes alone: one tap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.care import rules
from arasha.care.forms.visiting import Plain
from arasha.care.rules import OutingSaid
from arasha.ui.fields import Once


def _lengths() -> list[tuple[int, Any]]:
    """Return the lengths of a visit, as hours and minutes."""
    return [(one, f"{one // 60}:{one % 60:02}") for one in rules.lengths()]


class OutingForm(Once, Plain):
    """Somebody goes alone: filled in so that one tap is enough."""

    place = forms.ChoiceField(label=_("Where you go"), choices=rules.PLACES.choices, initial="home")
    minutes = forms.TypedChoiceField(label=_("Out again in (hours:minutes)"), choices=_lengths, coerce=int, initial=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("place", "minutes"):
            self.fields[name].widget.attrs["class"] = "govuk-select"

    @property
    def said(self) -> OutingSaid:
        """Return what was chosen; the form must be valid."""
        return OutingSaid(place=self.cleaned_data["place"], minutes=self.cleaned_data["minutes"])
