"""The shape of a report: short enough for two minutes, and nothing in it is refused for want of a paper."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.signals import rules
from arasha.ui.fields import Option

LONGEST_TEXT = 10_000


class HealthReportForm(forms.Form):
    """A health worker's report. Required: what worries, and two safety questions; the district stands in the address.

    `told` are (user id, name) pairs of those whom the report would reach.
    """

    child_called = forms.CharField(
        label=_("What the child is called"),
        help_text=_("As far as you know it. No number or document is needed."),
        max_length=200,
        required=False,
    )
    child_age = forms.IntegerField(
        label=_("Age, years"),
        help_text=_("About how old, if you do not know exactly."),
        min_value=0,
        max_value=120,
        required=False,
    )
    child_sex = forms.ChoiceField(
        label=_("Girl or boy"), choices=rules.SEXES.choices, widget=forms.RadioSelect, initial="unknown", required=False
    )
    concerns = forms.MultipleChoiceField(
        label=_("What worries you"), choices=rules.CONCERNS.choices, widget=forms.CheckboxSelectMultiple
    )
    whereabouts = forms.CharField(
        label=_("Where the child can be found"),
        help_text=_("Address, school, with whom. Whoever must go and see the child reads this."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )
    narrative = forms.CharField(
        label=_("What you saw or heard"),
        help_text=_(
            "What you saw apart from what you were told. Do not ask the child for details: one trained person will."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_TEXT}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    safe_now = forms.ChoiceField(
        label=_("Is the child safe now?"), choices=rules.ANSWERS.choices, widget=forms.RadioSelect
    )
    suspect_has_access = forms.ChoiceField(
        label=_("Can the person suspected reach the child today?"),
        choices=rules.ANSWERS.choices,
        widget=forms.RadioSelect,
    )
    must_not_know = forms.CharField(
        label=_("Who must not learn of this report, or be contacted?"),
        help_text=_("A parent, a relative, somebody who works in the police, the school or here."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )
    barred_users = forms.TypedMultipleChoiceField(
        label=_("Is one of these people close to the suspect?"),
        help_text=_("They would be told of the report. Whoever you tick is not told and cannot see the file."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    may_ring = forms.CharField(
        label=_("When and how may we reach you?"),
        help_text=_("Only the coordinator may ask for this, with a reason that is recorded."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *arguments: Any, told: Iterable[tuple[int, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        people = list(told)
        if people:
            cast(forms.TypedMultipleChoiceField, self.fields["barred_users"]).choices = people
        else:
            del self.fields["barred_users"]


class CloseSignalForm(forms.Form):
    """Why a signal needs no case."""

    closing = forms.ChoiceField(
        label=_("Why no case is needed"), choices=rules.CLOSINGS.choices, widget=forms.RadioSelect
    )


class BarForm(forms.Form):
    """To whom the file is closed: one of those whom it reaches. `people` are (user id, name, post) rows."""

    user = forms.TypedChoiceField(label=_("Who is close to the person suspected"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, people: Iterable[tuple[int, str, str]] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(forms.ChoiceField, self.fields["user"]).choices = [
            (user, Option(name, seat)) for user, name, seat in people
        ]
