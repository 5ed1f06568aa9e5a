"""What is found out for a rule of eligibility, and what is decided beside its answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from arasha.plans import rules
from arasha.ui.fields import DateField

LONGEST = 1000
PREFIX = "fact_"


class FactsForm(forms.Form):
    """What is found out, all of it at once: yes, no or a number; what is left empty says nothing."""

    facts = forms.CharField(widget=forms.HiddenInput, initial="1", max_length=1)

    def __init__(self, data: Any = None, *, asked: Sequence[str]) -> None:
        super().__init__(data, auto_id="id_facts_%s")
        self.asked = tuple(asked)
        for fact in self.asked:
            self.fields[f"{PREFIX}{fact}"] = _field(fact)

    def values(self) -> dict[str, str]:
        """Return what was filled in and holds, by fact, as the action takes it."""
        said = self.cleaned_data
        found = {fact: said.get(f"{PREFIX}{fact}") for fact in self.asked}
        return {fact: str(value) for fact, value in found.items() if value not in {None, ""}}

    def leave_only_faulty(self) -> None:
        """Empty what was kept, so that only what could not be kept is still to be mended."""
        data = cast("QueryDict", self.data).copy()
        for fact in self.asked:
            if f"{PREFIX}{fact}" not in self.errors:
                data.pop(f"{PREFIX}{fact}", None)
        self.data = data


def _field(fact: str) -> forms.Field:
    label, kind = rules.FACTS.label(fact), rules.FACTS[fact].more["kind"]
    if kind == "yes_no":
        choices = [("yes", _("yes")), ("no", _("no")), ("", _("not found out"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, initial="")
    widget = forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=999, widget=widget, required=False)


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
