"""The shape of one injury: a place on the body, and what was seen there."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules
from arasha.ui.fields import DateField


class InjuryForm(forms.Form):
    """One injury. Only the place is needed; `today` is the last day on which it can have been seen.

    `asking`: it is only shown again, and not checked.
    """

    asking = False

    region = forms.ChoiceField(label=_("Place"), choices=[], widget=forms.Select)
    kind = forms.ChoiceField(
        label=_("What was seen"), choices=rules.KINDS.choices, initial=rules.NOT_DESCRIBED, required=False
    )
    size = forms.CharField(
        label=_("Size, cm"),
        help_text=_("Length, or length × width: 2,5 or 3×1."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    colours = forms.MultipleChoiceField(
        label=_("Colours"),
        help_text=_("What you see. A colour does not tell how old a bruise is."),
        choices=rules.COLOURS.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small a-side-by-side"}),
        required=False,
    )
    seen_on = DateField(label=_("When it was seen"), help_text=_("Leave it empty if you see it now."), required=False)

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        self.fields["kind"].says_optional = True  # type: ignore[attr-defined]  # it has an answer already
        self.fields["region"].choices = [  # type: ignore[attr-defined]  # a choice field
            (title, [(code.code, rules.REGIONS.label(code.code)) for code in rules.regions_of(side)])
            for side, title in ((rules.SIDES[0], _("Front")), (rules.SIDES[1], _("Back")))
        ]

    def full_clean(self) -> None:
        """Check what was typed, unless it is only shown again."""
        if self.asking:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    @property
    def number(self) -> str:
        """The number by which the form is named on its page."""
        return str(self.prefix).rpartition("-")[2]

    def clean_size(self) -> tuple[int, ...]:
        """Read centimetres."""
        try:
            return rules.read_size(self.cleaned_data["size"])
        except rules.SizeUnclear:
            raise forms.ValidationError(_("Write centimetres, for example 2,5 or 3×1.")) from None

    def clean_seen_on(self) -> date | None:
        """Refuse days to come."""
        seen: date | None = self.cleaned_data["seen_on"]
        if seen is not None and seen > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return seen

    def injury(self) -> rules.Injury:
        """Return the injury; call it on a valid form."""
        said = self.cleaned_data
        return rules.Injury(
            region=said["region"],
            kind=said["kind"] or rules.NOT_DESCRIBED,
            size=said["size"],
            colours=tuple(said["colours"]),
            seen_on=said["seen_on"],
        )
