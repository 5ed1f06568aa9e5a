"""What is typed of an emergency. `once` makes a page sent twice one."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.emergency.rules import KINDS, LONGEST, STATES, EmergencySaid, Faulty, StandingSaid, liftable
from arasha.ui.fields import DateField, Once

SAYS: Final = {
    "unknown": _("Choose one of the list."),
    "empty": _("Write something first."),
    "long": _("This is too long."),
    "far": _("This is more than 90 days away."),
    "before": _("The last day can’t be over or before the first."),
    "days": _("An emergency lasts 90 days at most. Declare it again when it goes on."),
    "outside": _("Choose a day from today to the last day of the emergency."),
    "not_closed": _("Only for a closed body somebody stands in."),
    "same": _("Choose another body: nobody stands in for themselves."),
}


class _Form(Once):
    def show_fault(self, faulty: Faulty) -> None:
        """Say at its field what can't stand."""
        self.add_error(faulty.field if faulty.field in self.fields else None, SAYS[faulty.code])


class LiftingForm(_Form):
    """Which conditions of services are not asked for while the emergency holds."""

    lifted = forms.MultipleChoiceField(
        label=_("Not asked while the emergency holds"),
        help_text=_("The finder shows these conditions struck out. They are asked again when the emergency ends."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        cast(forms.MultipleChoiceField, self.fields["lifted"]).choices = liftable()


class EmergencyForm(LiftingForm):
    """Which emergency, where, by which act, from when to when."""

    territory = forms.ChoiceField(label=_("Territory"))
    kind = forms.ChoiceField(label=_("Kind"))
    ground = forms.CharField(
        label=_("By which act"),
        help_text=_("Which body, number and day."),
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    first_on = DateField(label=_("First day"))
    last_on = DateField(label=_("Last day"), help_text=_("90 days at most. It can end earlier or be declared again."))

    field_order = ("territory", "kind", "ground", "first_on", "last_on", "lifted", "once")

    def __init__(self, data: Any = None, *, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["territory"]).choices = list(places)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", "–"), *KINDS.choices()]

    @property
    def said(self) -> EmergencySaid:
        """Return what was said; the form must be valid."""
        got = self.cleaned_data
        days = got["first_on"], got["last_on"]
        return EmergencySaid(got["territory"], got["kind"], got["ground"], *days, tuple(got["lifted"]))


class StandingForm(_Form):
    """How a body works, until when, and who stands in."""

    state = forms.ChoiceField(label=_("How the body works"), widget=forms.RadioSelect)
    until = DateField(label=_("Until which day"))
    instead = forms.TypedChoiceField(
        label=_("Who stands in"),
        help_text=_("Only for a closed body. Without a choice the body above it gets what it owes."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, data: Any = None, *, last_on: date, units: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["state"]).choices = STATES.choices()
        cast(forms.ChoiceField, self.fields["instead"]).choices = [("", "–"), *units]
        self.fields["until"].initial = last_on

    def said_of(self, unit: int) -> StandingSaid:
        """Return what was said of a unit; the form must be valid."""
        got = self.cleaned_data
        return StandingSaid(unit, got["state"], got["until"], got["instead"])
