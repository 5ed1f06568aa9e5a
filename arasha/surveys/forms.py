"""The shape of a survey that begins, of its slips, and of a slip's number."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from arasha.surveys import rules

BREAKDOWNS = (
    ("none", _("no: the class as a whole")),
    ("sex", _("yes: girls and boys apart, if at least ten of each answer")),
)
CODE = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20", "maxlength": 40}


class BeginForm(forms.Form):
    """One class, how old, in which language, how many."""

    called = forms.CharField(
        label=_("Class"),
        help_text=_("For example: 7А. A class can be asked again 90 days later."),
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    age = forms.ChoiceField(label=_("Age of the pupils"), choices=[], widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the survey"),
        help_text=_("Each pupil may switch to another."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    enrolment = forms.IntegerField(
        label=_("Pupils on the class list"),
        max_value=rules.MOST,
        min_value=1,
        widget=forms.NumberInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    breakdown = forms.ChoiceField(
        label=_("Tell girls and boys apart?"),
        help_text=_("This is chosen once. It can’t be asked for afterwards."),
        choices=BREAKDOWNS,
        initial="none",
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        sheets = rules.questionnaire().sheets
        self.fields["age"].choices = [(sheet.age, lazystr(sheet.words)) for sheet in sheets]  # type: ignore[attr-defined]

    def clean_enrolment(self) -> int:
        """Refuse a class of which no result could ever be shown."""
        enrolment: int = self.cleaned_data["enrolment"]
        if enrolment < rules.LEAST:
            raise forms.ValidationError(
                _("Fewer than ten pupils: results of so small a class are never shown, so it is not asked.")
            )
        return enrolment


class SlipsForm(forms.Form):
    """How many slips are printed: as many as pupils take part."""

    count = forms.IntegerField(
        label=_("How many slips"),
        help_text=_("One for each pupil who is here; at least ten."),
        widget=forms.NumberInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def __init__(self, *arguments: Any, enrolment: int, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["count"] = forms.IntegerField(
            label=self.fields["count"].label,
            help_text=self.fields["count"].help_text,
            widget=self.fields["count"].widget,
            min_value=rules.LEAST,
            max_value=enrolment,
            initial=enrolment,
        )


class SlipForm(forms.Form):
    """The number on a slip. It never comes back filled in."""

    slip = forms.CharField(
        label=_("The number on your slip"),
        help_text=_("12 digits. Spaces don’t matter."),
        max_length=60,
        widget=forms.TextInput(CODE),
    )

    def clean_slip(self) -> str:
        """Return the digits alone."""
        return rules.typed(self.cleaned_data["slip"])
