"""The shape of asking for a receipt: a code and a phrase."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules

OPEN_FOR = timedelta(minutes=15)
SALT = "arasha.signals.receipt"
SECRET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class ReceiptForm(forms.Form):
    """The code that was given and the phrase that belongs to it."""

    code = forms.CharField(
        label=_("Code of the receipt"),
        help_text=_("18 letters and figures. Spaces and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=SECRET),
    )
    phrase = forms.CharField(
        label=_("Your phrase"),
        max_length=rules.MOST_PHRASE,
        widget=forms.TextInput(attrs=SECRET | {"autocapitalize": "none"}),
    )

    def clean_code(self) -> str:
        """Refuse a code whose own check says that it was mistyped; that tells nothing of which receipts there are."""
        try:
            return rules.read_code(self.cleaned_data["code"])
        except rules.CodeMistyped:
            raise forms.ValidationError(_("This code is mistyped. Compare it letter by letter.")) from None


class ProofForm(forms.Form):
    """A receipt that was opened a moment ago, to be printed: signed, so that neither code nor phrase is sent again."""

    opened = forms.CharField(max_length=200)

    @staticmethod
    def sign(receipt: str) -> str:
        """Return what the page of an open receipt sends to have it printed."""
        return signing.dumps(receipt, salt=SALT)

    def clean_opened(self) -> UUID:
        """Refuse what this house did not sign, or signed too long ago."""
        try:
            return UUID(signing.loads(self.cleaned_data["opened"], salt=SALT, max_age=OPEN_FOR))
        except (signing.BadSignature, ValueError):
            raise forms.ValidationError(_("Open the receipt again.")) from None
