"""How much room an offering has, as somebody there types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.services.forms.entries import EntryForm
from arasha.services.rules import KNOWN, MOST_PLACES, RoomWords


def _count(label: Any, hint: Any = "") -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"})
    words = _("Write a number, for example 8.")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
        widget=widget,
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class RoomForm(EntryForm):
    """Places and how many are free; of a protected offering, whether it usually has room."""

    places = _count(_("Places at a time"), _("0 if it takes nobody just now. Leave it empty if nobody knows."))
    free = _count(_("Free today"))
    usually = forms.ChoiceField(
        label=_("Does it usually have room?"),
        help_text=_("Say it once a week. Others see it from the Monday after, and never a number."),
        choices=KNOWN.choices(),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, protected: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("places", "free") if protected else ("usually",):
            del self.fields[name]

    def said(self) -> RoomWords:
        """Return what was typed."""
        got = self.cleaned_data
        return RoomWords(places=got.get("places"), free=got.get("free"), usually=got.get("usually", ""))
