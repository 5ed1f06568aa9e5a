"""The shape of an invitation, of a number, of a provider's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.participation import rules
from arasha.participation.actions.replying import LONGEST

AGES = (
    ("young", _("faces: up to about 9 years")),
    ("child", _("short sentences: about 10 to 13 years")),
    ("teen", _("short sentences and own words: from about 14 years")),
)


class InviteForm(forms.Form):
    """For which service, and in which wording. The number and the id are the page's: sent twice it is one."""

    offering = forms.ChoiceField(
        label=_("Service that the child had"),
        help_text=_("A hidden place stands here by its telephone and region alone."),
        choices=[],
    )
    age = forms.ChoiceField(label=_("How the child is asked"), choices=AGES, widget=forms.RadioSelect)
    number = forms.CharField(widget=forms.HiddenInput)
    invitation = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, offerings: list[tuple[str, list[tuple[str, str]]]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        groups = [(label, rows) for label, rows in offerings if rows]
        self.fields["offering"].choices = [("", ""), *groups]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """Refuse a number that our page did not make."""
        number = rules.typed(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("This page is too old. Open it anew."))
        return number


class NumberForm(forms.Form):
    """The number of an invitation, as a child types it."""

    number = forms.CharField(
        label=_("Your number"),
        help_text=_("16 digits. They stand on the paper that you were given."),
        max_length=80,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20", "maxlength": 40}
        ),
    )

    def clean_number(self) -> str:
        """Return the digits alone, or "" where they can't be a number."""
        return rules.typed(self.cleaned_data["number"])


class ReplyForm(forms.Form):
    """What a provider changed, in Kazakh and Russian, and in English if it likes."""

    kk = forms.CharField(label=_("In Kazakh"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    ru = forms.CharField(label=_("In Russian"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
    en = forms.CharField(label=_("In English"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4}))
