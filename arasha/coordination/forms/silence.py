"""What is typed to mute a silence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.coordination.rules import watching as rules
from arasha.ui.fields import DateField

FAULTS = {
    "until": _("Choose a day from tomorrow on: within 14 days at high risk, else within 90."),
    "words": _("Say why, in at most 2,000 characters."),
}


class MuteForm(forms.Form):
    """Why a silence is muted, and until when."""

    silence = forms.ChoiceField(label=_("Which silence"))
    reason = forms.ChoiceField(label=_("Why"), choices=rules.MUTES.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3, "maxlength": rules.LONGEST_WORDS}),
    )
    until = DateField(label=_("Until which day"), help_text=_("If it lasts, it comes back on that day by itself."))

    def __init__(self, *arguments: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["silence"] = forms.ChoiceField(label=_("Which silence"), choices=choices)

    def show_fault(self, fault: rules.MuteFaulty) -> None:
        """Say at its field what can't be taken."""
        self.add_error(fault.name if fault.name in self.fields else None, FAULTS.get(fault.name, _("Choose one.")))
