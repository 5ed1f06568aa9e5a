"""What a service without an account types over a link: the second code, and its answers to a referral."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.plans.rules import outside_link as rules
from arasha.plans.rules import places
from arasha.ui.fields import DateField

NOTHING_OPENS = _("Nothing opens with this code. Check each digit, or ring whoever gave it to you.")
SAY = {
    "on": _("This day can’t be: a day to come is agreed, what happened lies behind."),
    "name": _("Write your name and your post."),
    "words": _("Say it in words, in at most 1,000 characters."),
}


class LinkCodeForm(forms.Form):
    """The second code. A mistyped one and one that opens nothing get the same answer."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight digits. You were told them by telephone, not with the link."),
        max_length=40,
        error_messages={"required": _("Write the eight digits.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"}),
    )

    def clean_code(self) -> str:
        """Return the digits alone, or "" where they can be no code."""
        return rules.typed(self.cleaned_data["code"])


class LinkAnswerForm(forms.Form):
    """One answer: the fields that it asks for, and no others."""

    on = DateField(label=_("Which day"))
    reason = forms.ChoiceField(label=_("Why"), choices=places.PLACE_REFUSALS.asked)
    result = forms.ChoiceField(label=_("What came of it"), choices=places.RESULTS.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        max_length=places.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4, "maxlength": places.LONGEST_WORDS, "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Who says so"),
        help_text=_("Your name and your post. Whoever sent the child may ring you."),
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "off", "maxlength": rules.LONGEST_NAME}),
    )

    FIELDS = {
        "accept": ("on", "words", "name"),
        "decline": ("reason", "words", "name"),
        "begin": ("on", "words", "name"),
        "end": ("on", "result", "words", "name"),
        "feed_back": ("words", "name"),
    }

    def __init__(self, data: Any = None, *, what: str, today: date) -> None:
        initial = {"on": today} if what in {"begin", "end"} else {}
        super().__init__(data, initial=initial, auto_id=f"id_{what}_%s")
        self.what = what
        for name in [name for name in self.fields if name not in self.FIELDS[what]]:
            del self.fields[name]
        optional = [*(["words"] if what != "feed_back" else []), *(["on"] if what == "accept" else [])]
        for name in optional:
            self.fields[name].required = False
            self.fields[name].says_optional = True  # type: ignore[attr-defined]  # said beside its label
        if what == "accept":
            self.fields["on"].label = _("The first day, if it is agreed")

    def answer(self) -> rules.Answer:
        """Return what was typed."""
        got = self.cleaned_data
        on = got.get("on")
        return rules.Answer(
            what=self.what,
            name=got["name"].strip(),
            on=on.isoformat() if on else "",
            reason=got.get("reason") or "",
            result=got.get("result") or "",
            words=(got.get("words") or "").strip(),
        )

    def show_fault(self, fault: rules.AnswerFaulty) -> None:
        """Say at its field what can't be taken."""
        self.add_error(fault.field if fault.field in self.fields else None, SAY.get(fault.field, _("Choose one.")))
