"""What is typed of leave and of the cases that are handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.kernel.worktime.rules.zone import at
from arasha.ui.fields import DateField
from arasha.workforce.rules import LONGEST, Faulty, LeaveSaid, NoteSaid, SessionSaid

OFF: Final = {"autocomplete": "off"}
SAYS: Final = {
    "past": _("This day has passed. Choose today or a later day."),
    "far": _("This is more than a year. Choose an earlier day."),
    "before": _("The last day can’t be before the first."),
    "same": _("Choose somebody else: nobody stands in for themselves."),
    "away": _("This colleague is away on these days too. Choose somebody else."),
    "long": _("This is too long."),
    "past_moment": _("This moment has passed. Choose a later one."),
    "alone": _("Choose somebody else: it takes two."),
    "empty": _("Write something first."),
}


class _Form(forms.Form):
    def show_fault(self, faulty: Faulty) -> None:
        """Say at its field what can't stand."""
        self.add_error(faulty.field if faulty.field in self.fields else None, SAYS[faulty.code])


class LeaveForm(_Form):
    """Who is away from when to when, and who stands in."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    worker = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    first_on = DateField(label=_("First day of the leave"))
    last_on = DateField(label=_("Last day of the leave"))
    substitute = forms.TypedChoiceField(
        label=_("Who stands in"), help_text=_("The cases go to this colleague on the first day."), coerce=int
    )

    def __init__(self, data: Any = None, *, workers: Sequence[tuple[int, str]], may: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["once"].initial = uuid4
        cast(forms.ChoiceField, self.fields["worker"]).choices = list(may)
        cast(forms.ChoiceField, self.fields["substitute"]).choices = [("", ""), *workers]

    @property
    def ticket(self) -> UUID:
        """Return the id that the page was given; the form must be valid."""
        found: UUID = self.cleaned_data["once"]
        return found

    @property
    def said(self) -> LeaveSaid:
        """Return what was said; the form must be valid."""
        got = self.cleaned_data
        return LeaveSaid(got["worker"], got["substitute"], got["first_on"], got["last_on"])


def _area(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(OFF | {"rows": 3, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST, widget=widget)


class NoteForm(_Form):
    """What the substitute must know of one case."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32000)
    due = _area(_("What is due next"), _("Visits, calls, papers, with their days."))
    fears = _area(_("What the child is afraid of"))
    never = _area(_("What must not be done"), _("For example: never call this number."))
    stays = forms.BooleanField(label=_("The case stays with the colleague after the leave"), required=False)

    @property
    def said(self) -> NoteSaid:
        """Return what was said; the form must be valid."""
        got = self.cleaned_data
        return NoteSaid(got["due"], got["fears"], got["never"], got["stays"])


class GiveForm(forms.Form):
    """Which cases go to whom."""

    worker = forms.TypedChoiceField(label=_("Give the chosen cases to"), coerce=int)
    dossiers = forms.TypedMultipleChoiceField(coerce=UUID)

    def __init__(
        self, data: Any = None, *, workers: Sequence[tuple[int, str]], files: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data, auto_id=False)
        cast(forms.ChoiceField, self.fields["worker"]).choices = [("", ""), *workers]
        cast(forms.ChoiceField, self.fields["dossiers"]).choices = list(files)


ROLES: Final = (("worker", _("I am supervised")), ("supervisor", _("I supervise the colleague")))


class MomentForm(_Form):
    """When a session takes place."""

    day = DateField(label=_("Day"))
    clock = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(OFF | {"class": "govuk-input--width-5"}),
    )

    @property
    def starts_at(self) -> datetime:
        """Return the moment by the country's clock; the form must be valid."""
        return at(self.cleaned_data["day"], self.cleaned_data["clock"])


class SessionForm(MomentForm):
    """With whom a session is planned, who supervises, and when."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    other = forms.TypedChoiceField(label=_("With whom"), coerce=int)
    role = forms.ChoiceField(label=_("Who supervises"), choices=ROLES, widget=forms.RadioSelect)
    field_order = ("once", "other", "role", "day", "clock")

    def __init__(self, data: Any = None, *, others: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["once"].initial = uuid4
        cast(forms.ChoiceField, self.fields["other"]).choices = [("", ""), *others]

    def said_by(self, user: int) -> SessionSaid:
        """Return what was said by one of the two; the form must be valid."""
        other = self.cleaned_data["other"]
        if self.cleaned_data["role"] == "worker":
            return SessionSaid(user, other, self.starts_at)
        return SessionSaid(other, user, self.starts_at)


class ReflectionForm(_Form):
    """What one of the two writes of a session."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("My note of the session"),
        help_text=_("Only the two of you read it. Name no child: a number of a case is enough."),
        widget=forms.Textarea(OFF | {"rows": 6, "maxlength": LONGEST}),
        max_length=LONGEST,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["once"].initial = uuid4
