"""What somebody says who breaks the glass, or withdraws a filled-in form."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.coordination.rules import EMERGENCIES
from arasha.questionnaires.rules.codes import WITHDRAWALS


class EmergencyForm(forms.Form):
    """Which file, and why: a reason of the list, never words about a child."""

    named = forms.CharField(
        label=_("Number of the case, or the address of its page"),
        help_text=_("As it was told to you, for example TRK-26-418207."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(label=_("Why it cannot wait"), choices=EMERGENCIES.choices, widget=forms.RadioSelect)


class WithdrawForm(forms.Form):
    """Why a filled-in form counts no more: a reason of the list, never words about a child."""

    reason = forms.ChoiceField(label=_("Why it counts no more"), widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast("forms.ChoiceField", self.fields["reason"])
        field.choices = [(row.code, WITHDRAWALS.label(row.code)) for row in WITHDRAWALS if row.more["chosen"] == "yes"]
