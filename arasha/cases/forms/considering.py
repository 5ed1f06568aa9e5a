"""What is filled in of whom else must be thought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.cases.models import Considered
from arasha.ui.rules import NOTHING

NAME, GROUP = "name", "group"


class ConsideredForm(forms.Form):
    """Another child who may be affected, or a colleague who may have known."""

    kind = forms.ChoiceField(label=_("Who it is"), choices=rules.CONSIDERED.choices, widget=forms.RadioSelect)
    called = forms.CharField(
        label=_("Name, or the group as long as no name is known"), help_text=_("For example: class 3B."), max_length=200
    )
    known = forms.ChoiceField(
        label=_("What you wrote is"),
        choices=[(NAME, _("a name")), (GROUP, _("a group: the names are not known yet"))],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        initial=NAME,
        required=False,
    )

    def by_name(self) -> bool:
        """Say whether a name was written."""
        return bool(self.cleaned_data["known"] != GROUP)


class DecideConsideredForm(forms.Form):
    """How somebody was considered, and what came of it."""

    considered = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label=_("How"), choices=[])
    reason = forms.ChoiceField(label=_("Decision, or the reason why there is none"), choices=[])

    def __init__(self, *arguments: Any, row: Considered, **named: Any) -> None:
        super().__init__(*arguments, **named)
        ways = [(way.code, rules.CONSIDERED_WAYS.label(way.code)) for way in rules.CONSIDERED_WAYS]
        reasons = [
            (one.code, rules.CONSIDERED_REASONS.label(one.code)) for one in rules.considered_reasons_for(row.kind)
        ]
        self.fields["way"].choices = [NOTHING, *ways]  # type: ignore[attr-defined]  # a choice field
        self.fields["reason"].choices = [NOTHING, *reasons]  # type: ignore[attr-defined]  # a choice field
