"""What is typed of a certificate: by who issues it, and by whoever is shown one."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.prevention import rules
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

HOLDER = 200
SAYS = {
    "unknown": _("Choose a programme."),
    "no_entry": _(
        "Write the line of your register in digits, for example 17 or 17/2026. No names, no numbers of persons."
    ),
    "not_yet": _("The programme was finished on a day that is not after today."),
    "over": _("A certificate counts at least until today."),
}
NUMBER = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "class": "govuk-input--width-20",
}


class IssueForm(forms.Form):
    """A new certificate. `once` makes a page that is sent twice one certificate."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    programme = forms.ChoiceField(label=_("Programme"))
    entry = forms.CharField(
        label=_("Line of your register of the course"),
        help_text=_(
            "The holder’s name stands there, on paper or in your own list. Here it is not kept. For example: 17/2026."
        ),
        max_length=20,
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off", "inputmode": "text"}),
    )
    completed_on = DateField(label=_("Day on which the programme was finished"))
    valid_until = DateField(
        label=_("Last day on which it counts"),
        help_text=_("Leave it empty where it counts without end."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4
        self.fields["programme"].choices = [NOTHING, *rules.PROGRAMMES.choices()]  # type: ignore[attr-defined]

    @property
    def said(self) -> rules.Said:
        """Return what was entered; the form must be valid."""
        found = self.cleaned_data
        return rules.Said(found["programme"], found["entry"].strip(), found["completed_on"], found["valid_until"])

    def show_faults(self, faulty: rules.CertificateFaulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field, SAYS[code])


class PrintForm(forms.Form):
    """What stands on paper beside the certificate's own: its number, its holder, the language. None of it is kept."""

    number = forms.CharField(label=_("Number"), max_length=60, widget=forms.TextInput(NUMBER))
    holder = forms.CharField(
        label=_("Whose certificate it is"),
        help_text=_("As in the identity document. It is printed and not kept."),
        max_length=HOLDER,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the paper"), choices=(), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
        self.fields["language"].choices = names  # type: ignore[attr-defined]
        self.initial.setdefault("language", (get_language() or "kk")[:2])

    def clean_number(self) -> str:
        """Read the number as it stands on paper."""
        number = rules.typed(self.cleaned_data["number"])
        if not rules.is_whole(number):
            raise forms.ValidationError(_("A character of this number is wrong or missing."))
        return number


class WithdrawForm(forms.Form):
    """Why a certificate is to be withdrawn."""

    reason = forms.ChoiceField(label=_("Why it is to be withdrawn"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = rules.REASONS.choices()  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """The number of a certificate that somebody was shown."""

    number = forms.CharField(
        label=_("Number of the certificate"),
        help_text=_("16 letters and digits. Dashes, spaces and small letters don’t matter."),
        max_length=200,
        widget=forms.TextInput(NUMBER),
        error_messages={"required": _("Type the number that stands on the certificate.")},
    )
