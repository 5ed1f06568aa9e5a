"""What is typed when a child speaks: unasked to anybody, or asked by the trained interviewer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.cases.forms.frame import LONGEST, MomentForm

HAS_WORDS = [code.code for code in rules.SAYING if code.more["has_words"] == "yes" and code.code != "not_asked"]


class UnaskedForm(MomentForm):
    """What a child told unasked, word for word."""

    words = forms.CharField(
        label=_("What the child said, word for word"),
        help_text=_("In the language in which it was said. If a colleague without an account heard it, write who."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}),
    )
    how = forms.ChoiceField(
        label=_("How the child said it"),
        choices=lambda: [(code, rules.SAYING.label(code)) for code in HAS_WORDS],
        initial="said",
        required=False,
    )
    where = forms.ChoiceField(label=_("Where it was said"), choices=rules.PLACES.choices, initial="not_known")
    field_order = ["words", "how", "where", "day", "clock"]

    def clean(self) -> dict[str, Any]:
        """Fill in how it was said."""
        said = super().clean()
        said["how"] = said.get("how") or "said"
        return said


class FactsForm(MomentForm):
    """What the child answered when it was asked what happened."""

    words = forms.CharField(
        label=_("What the child answered, word for word"),
        help_text=_("With the questions as they were asked. Kept sealed as the interview."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST}),
    )
    where = forms.ChoiceField(label=_("Where it was said"), choices=rules.PLACES.choices, initial="centre")
    field_order = ["words", "where", "day", "clock"]
