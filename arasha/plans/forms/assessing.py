"""The shape of opening, asking, telling and of a different view."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.plans import rules
from arasha.ui.fields import DateField, Option
from arasha.ui.rules import NOTHING

LONGEST_VIEW = 10_000
AHEAD = timedelta(days=366)


class _DayForm(forms.Form):
    """A form with a day that has not passed."""

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today

    def clean_by_when(self) -> date:
        """Refuse days gone by, and those that lie far ahead."""
        day: date = self.cleaned_data["by_when"]
        if day < self.today:
            raise forms.ValidationError(_("This day is over."))
        if day > self.today + AHEAD:
            raise forms.ValidationError(_("This day lies more than a year ahead."))
        return day


class _AppliedForm(forms.Form):
    """A form with the day on which an application came in."""

    today: date

    def clean_applied_on(self) -> date | None:
        """Refuse days to come, and those that lie far back."""
        day: date | None = self.cleaned_data["applied_on"]
        if day is not None and not self.today - AHEAD <= day <= self.today:
            raise forms.ValidationError(_("Write a day of the past year."))
        return day


class OpenForm(_DayForm, _AppliedForm):
    """By when the assessment is to be there, and whether somebody applied for special social services."""

    by_when = DateField(label=_("When the assessment is to be ready"))
    applied_on = DateField(
        label=_("Written application for special social services: day on which it came in"),
        help_text=_("Leave it empty if there is none. Its review is then owed within ten days."),
        required=False,
    )


class ApplicationForm(_AppliedForm):
    """The day on which a written application came in."""

    applied_on = DateField(label=_("Day on which the application came in"))

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today


class AskForm(_DayForm):
    """Which unit is asked for which part, by when. One choice says both, so that no wrong pair can be sent."""

    wanted = forms.ChoiceField(
        label=_("Part and unit"), choices=[], widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"})
    )
    by_when = DateField(label=_("By which day"))

    def __init__(self, *arguments: Any, choices: Sequence[tuple[str, Option]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["wanted"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class OutsideForm(_DayForm):
    """Which unit of the directory is asked, by when."""

    unit = forms.ChoiceField(label=_("Unit"), choices=[], widget=forms.RadioSelect)
    by_when = DateField(label=_("By which day"))

    def __init__(self, *arguments: Any, choices: Sequence[tuple[str, Option]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["unit"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class ToldForm(forms.Form):
    """How the adolescent was told, and in which language."""

    how = forms.ChoiceField(label=_("What was done"), choices=rules.TOLD.choices, widget=forms.RadioSelect)
    told_in = forms.ChoiceField(
        label=_("In which language"),
        choices=[NOTHING, ("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))],
        required=False,
    )


class ViewForm(forms.Form):
    """What a unit sees otherwise."""

    words = forms.CharField(
        label=_("What your unit sees otherwise, and why"),
        help_text=_("It stands beside the summary as you write it. Nobody can change or remove it."),
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_VIEW}),
        max_length=LONGEST_VIEW,
    )
