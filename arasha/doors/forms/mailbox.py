"""What is typed at the mailbox: the code, and what the teller adds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.doors.rules import MOST_CHAT, MOST_WORDS, codes

NOTHING_THERE = _("Nothing opens with these words. Check each word and the order.")
TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(forms.Form):
    """Six words. A mistyped code and one that opens nothing get the same answer."""

    code = forms.CharField(
        label=_("Code of six words"),
        help_text=_("Capitals, commas and dashes don't matter."),
        error_messages={"required": _("Write the six words.")},
        widget=forms.Textarea({"rows": 2, **TYPED}),
    )

    def clean_code(self) -> tuple[str, ...]:
        """Return the words as the list spells them."""
        try:
            return codes.read_code(self.cleaned_data["code"])
        except codes.NotACode:
            raise forms.ValidationError(NOTHING_THERE) from None


class MoreForm(forms.Form):
    """What the teller writes after the first time."""

    words = forms.CharField(
        label=_("Write again"),
        max_length=MOST_WORDS,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )

    def __init__(self, *given: Any, may_be_empty: bool = False, **named: Any) -> None:
        """`may_be_empty`: files go along, and they need no words."""
        super().__init__(*given, **named)
        self.fields["words"].required = not may_be_empty


class ChatForm(forms.Form):
    """One message of a chat."""

    words = forms.CharField(
        label=_("Your message"),
        max_length=MOST_CHAT,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )
