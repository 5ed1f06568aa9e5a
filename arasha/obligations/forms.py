"""What the obliged unit fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_ANSWER = 20_000


class MeetForm(forms.Form):
    """The answer: what was done."""

    answer = forms.CharField(
        label=_("The answer"),
        help_text=_("What was done, and who stays in touch with the child. It is kept sealed in the child's file."),
        max_length=LONGEST_ANSWER,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what was done. Nothing was recorded yet."),
            "max_length": _("The answer is too long. Shorten it; what you wrote is still here."),
        },
    )
