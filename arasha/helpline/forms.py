"""The shape of a table of past figures that is handed in, and of a line that is given to a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.administration.rules.sheets import LARGEST
from arasha.helpline.actions.importing_figures import LONGEST_SOURCE


class PastForm(forms.Form):
    """Where the figures come from, and the table."""

    source = forms.CharField(
        label=_("Where the figures come from"),
        help_text=_("For example: yearly report of the contact centre 111. A table of the same source replaces it."),
        max_length=LONGEST_SOURCE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("The table"),
        help_text=_("CSV or an Excel workbook, up to 2 MB."),
        allow_empty_file=True,
    )

    def content(self) -> bytes:
        """Return the bytes of the file, no more than are read at all."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))


class LineForm(forms.Form):
    """A line and who sits at it."""

    number = forms.CharField(
        label=_("Line"),
        help_text=_("As the exchange calls it, for example 201."),
        max_length=20,
        widget=forms.TextInput({"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    post = forms.ChoiceField(label=_("Who sits there"), choices=[])

    def __init__(self, *arguments: Any, seats: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["post"].choices = [("", _("Choose")), *seats]  # type: ignore[attr-defined]
