"""What somebody says who breaks the glass."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.coordination.rules import EMERGENCIES


class EmergencyForm(forms.Form):
    """Which file, and why: a reason of the list, never words about a child."""

    named = forms.CharField(
        label=_("Number of the case, or the address of its page"),
        help_text=_("As it was told to you, for example TRK-26-418207."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(label=_("Why it cannot wait"), choices=EMERGENCIES.choices, widget=forms.RadioSelect)
