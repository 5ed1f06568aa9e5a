"""What a report says of harm where the child lives, learns, trains or worships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules


class InstitutionFields(forms.Form):
    """Kind of institution, which one, and who is suspected: none of it is asked for."""

    happened_in = forms.ChoiceField(
        label=_("Did it happen where the child lives, learns, trains or worships?"),
        help_text=_(
            "Then nobody who works there now, worked there in the last 24 months or has declared a tie to it sees that"
            " there is a file. Somebody from outside must see the child alone within 4 hours."
        ),
        choices=[("", _("no, or not known")), *rules.INSTITUTIONS.choices()],
        required=False,
    )
    institution = forms.TypedChoiceField(label=_("Which one"), coerce=int, empty_value=None, required=False)
    place_called = forms.CharField(
        label=_("Or what it is called, and where it is"),
        help_text=_("The file names it whoever told: somebody must go there."),
        max_length=200,
        required=False,
    )
    suspect = forms.ChoiceField(
        label=_("Who is suspected"),
        help_text=_("A child who hurt others is helped, not punished: that child is assessed too."),
        choices=[("", _("not known")), *rules.SUSPECTS.choices()],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        required=False,
    )

    def institution_said(self) -> dict[str, Any]:
        """Return what a report says of it; a body or a name alone means an institution, of whatever kind."""
        said = {name: self.cleaned_data.get(name) for name in ("institution", "place_called")}
        named = {name: value for name, value in said.items() if value}
        kind = self.cleaned_data.get("happened_in") or ("other" if named else "")
        return {**named, "happened_in": kind, "suspect": self.cleaned_data.get("suspect", "")}


# These say in their own words that they may be left out.
INSTITUTION = ("happened_in", "institution", "place_called", "suspect")
