"""The shape of an injury on a day: where on the figure, what, how large, which colours, how it heals."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.cases.forms.happened import BESIDE, last_day
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

LONGEST = 2_000


class InjuryForm(forms.Form):
    """One injury as it was seen on a day; only the place is needed."""

    region = forms.ChoiceField(label=_("Place"), choices=[])
    kind = forms.ChoiceField(
        label=_("What was seen"), choices=rules.INJURY_KINDS.choices, initial=rules.NOT_DESCRIBED, required=False
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
        widget=forms.CheckboxSelectMultiple(attrs={"class": BESIDE}),
        required=False,
    )
    healing = forms.ChoiceField(
        label=_("How it heals"), choices=rules.HEALING.choices, initial="not_known", required=False
    )
    seen_on = DateField(label=_("When it was seen"), help_text=_("Leave it empty if you see it now."), required=False)
    first = forms.ChoiceField(
        label=_("It was seen before"),
        help_text=_("Then choose it: so its healing can be followed."),
        choices=[],
        required=False,
    )
    incident = forms.ChoiceField(label=_("Said to come from which incident"), choices=[], required=False)
    document = forms.ChoiceField(
        label=_("Its picture"),
        help_text=_("Pictures are kept under Documents, as medical documents."),
        choices=[],
        required=False,
    )
    words = forms.CharField(
        label=_("What else was seen"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    def __init__(
        self,
        *arguments: Any,
        today: date,
        seen: Sequence[tuple[str, str]],
        incidents: Sequence[tuple[str, str]],
        documents: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        for name, choices in (("first", seen), ("incident", incidents), ("document", documents)):
            cast(forms.ChoiceField, self.fields[name]).choices = [NOTHING, *choices]
        cast(forms.ChoiceField, self.fields["region"]).choices = [
            NOTHING,
            *(
                (title, [(code.code, rules.REGIONS.label(code.code)) for code in rules.regions_of(side)])
                for side, title in ((rules.SIDES[0], _("Front")), (rules.SIDES[1], _("Back")))
            ),
        ]

    def clean_size(self) -> tuple[int, ...]:
        """Read centimetres."""
        try:
            return rules.read_size(self.cleaned_data["size"])
        except rules.SizeUnclear:
            raise forms.ValidationError(_("Write centimetres, for example 2,5 or 3×1.")) from None

    def clean(self) -> dict[str, Any]:
        """Refuse days to come."""
        said = super().clean() or {}
        last_day(said, "seen_on", self.today, self)
        return said
