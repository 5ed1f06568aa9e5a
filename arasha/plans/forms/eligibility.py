"""What is found out for a rule of eligibility, and what is decided beside its answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.plans import rules
from arasha.ui.fields import DateField

LONGEST = 1000


class FactForm(forms.Form):
    """One fact: yes, no or a number."""

    fact = forms.CharField(widget=forms.HiddenInput, max_length=40)
    value = forms.CharField(max_length=16)

    def __init__(self, data: Any = None, *, fact: str) -> None:
        super().__init__(data, initial={"fact": fact}, auto_id=f"id_{fact}_%s")
        label, kind = rules.FACTS.label(fact), rules.FACTS[fact].more["kind"]
        if kind == "yes_no":
            choices = [("yes", _("yes")), ("no", _("no"))]
            self.fields["value"] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        else:
            widget = forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})
            self.fields["value"] = forms.IntegerField(label=label, min_value=0, max_value=999, widget=widget)

    def value_said(self) -> str:
        """Return the value as the action takes it."""
        return str(self.cleaned_data["value"])


class DecideForm(forms.Form):
    """A decision about a service, by whom and when."""

    rule = forms.CharField(widget=forms.HiddenInput, max_length=40)
    entitled = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("the child is entitled")), ("no", _("the child is not entitled"))],
        widget=forms.RadioSelect,
    )
    decided_by = forms.ChoiceField(label=_("Who decided"), choices=rules.DECIDERS.choices)
    decided_on = DateField(label=_("Decided on"))
    reason = forms.ChoiceField(
        label=_("If it is otherwise than the rule answers: why"), choices=rules.OVERRULES.asked, required=False
    )
    words = forms.CharField(
        label=_("In words"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, data: Any = None, *, rule: str, today: date) -> None:
        super().__init__(data, initial={"rule": rule, "decided_on": today}, auto_id=f"id_{rule}_%s")
        self.today = today

    def clean_decided_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
