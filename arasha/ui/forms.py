"""The kit page's sample form: one field of each kind."""

from django import forms
from django.utils.translation import pgettext_lazy

from arasha.ui.fields import CodeField, DateField, Option


class SampleForm(forms.Form):
    """Shows every widget with a hint or an error."""

    what = forms.CharField(
        label=pgettext_lazy("kit", "What you saw or heard"),
        help_text=pgettext_lazy("kit", "Facts first. Write who told you."),
        widget=forms.Textarea({"rows": 3, "maxlength": 2000}),
    )
    urgency = forms.ChoiceField(
        label=pgettext_lazy("kit", "How soon somebody must act"),
        choices=[
            ("now", Option(pgettext_lazy("kit", "Now"), pgettext_lazy("kit", "The child is in danger at this moment"))),
            ("day", pgettext_lazy("kit", "Within a day")),
        ],
        widget=forms.RadioSelect,
    )
    forms_of_violence = forms.MultipleChoiceField(
        label=pgettext_lazy("kit", "What it may be"),
        choices=[("physical", pgettext_lazy("kit", "Physical violence")), ("neglect", pgettext_lazy("kit", "Neglect"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = DateField(
        label=pgettext_lazy("kit", "Day when it was seen"), help_text=pgettext_lazy("kit", "For example, 31.03.2026")
    )
    born = DateField(label=pgettext_lazy("kit", "Date of birth"), parts=True, required=False)
    place = forms.ChoiceField(
        label=pgettext_lazy("kit", "Where"),
        choices=[("", "–"), ("home", pgettext_lazy("kit", "At home")), ("school", pgettext_lazy("kit", "At school"))],
    )
    told = forms.BooleanField(label=pgettext_lazy("kit", "The child knows that I report this"), required=False)
    code = CodeField(
        label=pgettext_lazy("kit", "Code from your app"),
        help_text=pgettext_lazy("kit", "Six digits. A new one comes every 30 seconds."),
    )
    keeps_focus = True  # nobody sent this form: the page must not jump to it
    error_title = pgettext_lazy("kit", "Two things before it can be sent")
