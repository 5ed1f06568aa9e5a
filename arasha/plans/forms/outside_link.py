"""What is chosen of a link by which a service without an account answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.plans.forms.places import OnceForm
from arasha.plans.rules import outside_link as rules


class LinkForm(OnceForm):
    """Whether the service is told who the child is, and at which number it asks back."""

    ring = forms.CharField(
        label=_("Your telephone for questions"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    named = forms.BooleanField(
        label=_("Tell the service the child’s name, and how to reach the child"),
        help_text=_("Leave it empty if the service can begin without it, and tell it by telephone later."),
        required=False,
    )
    contact = forms.CharField(
        label=_("How to reach the child safely"),
        help_text=_("Shown only together with the name. No address that is kept secret."),
        max_length=rules.LONGEST_CONTACT,
        required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": rules.LONGEST_CONTACT, "autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, may_name: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("ring", "contact"):
            if name in self.fields:
                self.fields[name].says_optional = True  # type: ignore[attr-defined]  # said beside its label
        if not may_name:
            del self.fields["named"], self.fields["contact"]
