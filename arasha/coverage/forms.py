"""What is typed of infrastructure: a commitment, a step of it, what is missing. `once` makes a page sent twice one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.coverage import rules
from arasha.coverage.models import MOST
from arasha.ui.fields import DateField, Once

SAYS = {
    "unknown": _("Choose one of the list."),
    "other_kind": _("This programme is of another kind."),
    "empty": _("Fill this in."),
    "long": _("At most 500 characters."),
    "number": _("Write a whole number from 1 to 1,000,000."),
    "future": _("This day can’t be after today."),
    "before": _("This day can’t be before the promise."),
    "correction": _("This goes only with the correction of a step."),
    "taken_back": _("Of such a step write 0: it did not happen."),
}
SHORT = {"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}


def _number(label: Any, *, least: int = 1, help_text: Any = "", required: bool = True) -> forms.IntegerField:
    widget = forms.TextInput(SHORT)
    return forms.IntegerField(
        label=label, min_value=least, max_value=MOST, help_text=help_text, required=required, widget=widget
    )


def _text(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=500, help_text=help_text, required=required, widget=widget)


class _Form(Once):
    def show_faults(self, faulty: rules.InfrastructureFaulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field, SAYS[code])

    def choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        """Put these to choose from, nothing first."""
        self.fields[field].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


class CommitmentForm(_Form):
    """A promise."""

    kind = forms.ChoiceField(label=_("Kind"))
    programme = forms.ChoiceField(label=_("Programme"), required=False, help_text=_("Leave it empty if it is of none."))
    what = _text(_("What is promised"), help_text=_("For example: a school in the village of Darbaza."))
    territory = forms.ChoiceField(label=_("Territory"))
    count = _number(_("How many facilities"))
    places = _number(_("Places in them"), required=False, help_text=_("If they are known."))
    promised_by = _text(_("Promised by"), help_text=_("A body or an office."))
    document = _text(_("In which document"), help_text=_("Name, number, day, page."))
    promised_on = DateField(label=_("Promised on"))
    due_on = DateField(label=_("To be open by"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("kind", rules.KINDS.choices())
        self.choose("programme", rules.PROGRAMMES.choices())
        self.choose("territory", places)

    @property
    def said(self) -> rules.CommitmentSaid:
        """Return what was entered; the form must be valid."""
        return rules.CommitmentSaid(**{name: one for name, one in self.cleaned_data.items() if name != "once"})


class StepForm(_Form):
    """What happened to a commitment."""

    kind = forms.ChoiceField(label=_("What happened"))
    on = DateField(label=_("On which day"))
    count = _number(
        _("How many"),
        least=0,
        required=False,
        help_text=_("Needed for what was opened. In a correction: how many in truth, 0 if it did not happen."),
    )
    corrects = forms.ChoiceField(label=_("Which step is corrected"), required=False)
    due_on = DateField(
        label=_("New day to be open by"), required=False, help_text=_("Only in a correction of the promise.")
    )
    reason = _text(_("Reason"), required=False, help_text=_("Needed for what is dropped or corrected."))
    source = _text(_("Where this stands"), help_text=_("Name, number, day, page."))

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("kind", [one for one in rules.STEPS.choices() if one[0] != "promised"])
        self.choose("corrects", steps)

    @property
    def said(self) -> rules.StepSaid:
        """Return what was entered; the form must be valid."""
        found = {name: one for name, one in self.cleaned_data.items() if name != "once"}
        return rules.StepSaid(**found | {"corrects": UUID(found["corrects"]) if found["corrects"] else None})


class NeedForm(_Form):
    """How many are missing."""

    kind = forms.ChoiceField(label=_("Kind"))
    territory = forms.ChoiceField(label=_("Territory"))
    count = _number(_("How many are missing"), least=0)
    counted_by = _text(_("Counted by"), help_text=_("A body or an office."))
    counted_on = DateField(label=_("Counted on"))
    source = _text(
        _("Where this stands"),
        help_text=_("Under the same name a newer count takes the place of an older one in the overview."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("kind", rules.KINDS.choices())
        self.choose("territory", places)

    @property
    def said(self) -> rules.NeedSaid:
        """Return what was entered; the form must be valid."""
        return rules.NeedSaid(**{name: one for name, one in self.cleaned_data.items() if name != "once"})
