"""The shape of the two decisions on what a rule noticed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules

LONGEST_TEXT = 10_000
SMALL = {"class": "govuk-radios--small a-side-by-side"}


class DismissForm(forms.Form):
    """Why no signal is needed."""

    reason = forms.ChoiceField(
        label=_("Why no signal is needed"), choices=rules.DISMISSALS.choices, widget=forms.RadioSelect
    )


class WorryForm(forms.Form):
    """What the reader says in the signal; nothing is filled in from the rule."""

    concerns = forms.MultipleChoiceField(
        label=_("What worries you"), choices=rules.CONCERNS.choices, widget=forms.CheckboxSelectMultiple
    )
    safe_now = forms.ChoiceField(
        label=_("Is the child safe now?"), choices=rules.ANSWERS.choices, widget=forms.RadioSelect(attrs=SMALL)
    )
    suspect_has_access = forms.ChoiceField(
        label=_("Can the person suspected reach the child today?"),
        help_text=_("If nobody is suspected yet, say that it is not known."),
        choices=rules.ANSWERS.choices,
        widget=forms.RadioSelect(attrs=SMALL),
    )
    must_not_know = forms.CharField(
        label=_("Who must not learn of it, or be contacted?"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )
    narrative = forms.CharField(
        label=_("What whoever takes the signal must know"),
        help_text=_("What a rule counted is not copied. Write nothing here that lies under seal."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_TEXT}),
        max_length=LONGEST_TEXT,
        required=False,
    )

    def worry(self) -> rules.Worry:
        """Return what was said."""
        return rules.Worry(**self.cleaned_data)
