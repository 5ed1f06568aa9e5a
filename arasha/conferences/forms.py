"""What is typed of conferences. `once` makes a page that was sent twice one entry."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.conferences import rules
from arasha.conferences.models import Seat
from arasha.conferences.rules import DecisionSaid, Faulty, Mark, SittingSaid, VoiceSaid
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.fields import DateField, Once

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "day": _("Choose a day from today on, within a year."),
    "future": _("This day can’t be after today."),
    "link": _("Paste the whole secure link."),
}


def _area(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(OFF | {"rows": 4, "maxlength": rules.LONGEST})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=rules.LONGEST, widget=widget)


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=rules.LONGEST_LINE, widget=forms.TextInput(OFF)
    )


class _Form(forms.Form):
    """Shows at its fields what the rules refuse."""

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field if field in self.fields else None, SAYS[code])


class _Once(Once, _Form):
    """The same, entered once."""


class SittingForm(_Once):
    """When and where the unit meets."""

    kind = forms.ChoiceField(label=_("What kind of conference"))
    day = DateField(label=_("On which day"))
    clock = forms.CharField(
        label=_("At what time"),
        help_text=_("For example, 15:00"),
        max_length=5,
        widget=forms.TextInput(OFF | {"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    place = _line(_("Where it is"), _("Write no name of a child here."))
    link = _line(_("Link to the meeting"), _("If people join over the network."))
    urgent = forms.BooleanField(
        label=_("It is urgent: decisions don’t wait for a quorum"),
        help_text=_("They say so, and come back at the next sitting to be confirmed."),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]  # a choice field

    def clean_clock(self) -> time:
        """Read the time of day."""
        found = CLOCK.fullmatch(self.cleaned_data["clock"].strip())
        if found is None:
            raise forms.ValidationError(_("Write a time of day, for example 18:30."))
        return time(int(found[1]), int(found[2]))

    @property
    def said(self) -> SittingSaid:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        moment: datetime = at(got["day"], got["clock"])
        return SittingSaid(kind=got["kind"], at=moment, place=got["place"], link=got["link"], urgent=got["urgent"])

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand; the moment is typed as a day."""
        super().show_faults(Faulty(*(("day" if field == "at" else field, code) for field, code in faulty.faults)))


class SecretaryForm(_Form):
    """Who keeps the minutes."""

    post = forms.TypedChoiceField(label=_("Who keeps the minutes"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]  # a choice field


class WishForm(_Once):
    """That a file should be put before a conference."""

    unit = forms.TypedChoiceField(label=_("Who should speak about it"), coerce=int)
    urgent = forms.BooleanField(label=_("It can’t wait for the next ordinary sitting"), required=False)
    words = _area(_("What should be decided"), required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]  # a choice field


class NumberForm(_Form):
    """A file that nobody proposed, by its number."""

    number = forms.CharField(label=_("Number of the case"), max_length=20, widget=forms.TextInput(OFF))
    urgent = forms.BooleanField(label=_("An urgent decision is needed"), required=False)


class AttendanceForm(_Form):
    """How each unit stands, and why it is away or steps aside."""

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = seats
        reasons = [("", "–"), *rules.ABSENCES.choices()]
        for seat in seats:
            name = seat.unit.name
            self.fields[f"standing_{seat.unit_id}"] = forms.ChoiceField(
                label=name, choices=rules.STANDINGS.choices(), initial=seat.standing
            )
            self.fields[f"reason_{seat.unit_id}"] = forms.ChoiceField(
                label=_("Why not, or why aside: %(unit)s") % {"unit": name},
                choices=reasons,
                initial=seat.reason,
                required=False,
            )

    def marks(self) -> Mapping[int, Mark]:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        return {
            seat.unit_id: Mark(got[f"standing_{seat.unit_id}"], got[f"reason_{seat.unit_id}"]) for seat in self.seats
        }

    def show_faults(self, faulty: Faulty) -> None:
        """Say at the unit's reason what is missing."""
        super().show_faults(Faulty(*((f"reason_{field}", code) for field, code in faulty.faults)))


class VoiceForm(_Form):
    """What the child wishes, and who may hear it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How was the child heard?"), choices=rules.VOICES.choices(), widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label=_("If it was not asked: why not"), choices=rules.NOT_ASKED.asked, required=False)
    said_on = DateField(label=_("On which day"), required=False)
    words = _area(_("The child’s words"), _("As the child says it. Don’t ask again what happened."), required=False)
    hears = forms.ChoiceField(
        label=_("Who may hear these words? The child decides."), choices=rules.HEARERS.asked, required=False
    )
    hearer = forms.TypedChoiceField(
        label=_("The psychologist, or who reads it aloud"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, people: Mapping[int, str], seen: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].initial = seen
        self.fields["hearer"].choices = [("", "–"), *people.items()]  # type: ignore[attr-defined]  # a choice field

    @property
    def said(self) -> VoiceSaid:
        """Return what was typed; the form must be valid."""
        return VoiceSaid(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})

    def see(self, revision: int) -> None:
        """Let the form say from now on that it was sent with this answer before somebody's eyes."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        data["seen"] = str(revision)
        self.data = data


class DecisionForm(_Once):
    """What is decided."""

    text = _area(_("What is decided"))
    unit = forms.TypedChoiceField(label=_("Who carries it out"), coerce=int)
    by_when = DateField(label=_("By which day"))

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]  # a choice field

    @property
    def said(self) -> DecisionSaid:
        """Return what was typed; the form must be valid."""
        by_when: date = self.cleaned_data["by_when"]
        return DecisionSaid(unit=self.cleaned_data["unit"], by_when=by_when, text=self.cleaned_data["text"])


class PutOffForm(_Form):
    """Why an item is put off, or a file left out."""

    reason = forms.ChoiceField(label=_("Why"), choices=rules.LEFT_OUT.asked)


class DissentForm(_Form):
    """How a unit sees a decision otherwise."""

    decision = forms.UUIDField(widget=forms.HiddenInput)
    words = _area(_("How your unit sees it"))


class ConfirmForm(_Form):
    """What becomes of a decision that was taken without quorum."""

    decision = forms.UUIDField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("Is it confirmed?"), choices=rules.VERDICTS.choices(), widget=forms.RadioSelect)


class MinutesForm(_Form):
    """What the chair adds, and that the minutes are right."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    words = _area(
        _("What was said, briefly"), _("The child’s words don’t belong here: they stand apart."), required=False
    )
    reason = forms.ChoiceField(label=_("Why it is corrected"), choices=rules.CORRECTIONS.asked, required=False)
    agreed = forms.BooleanField(label=_("I chaired, or keep the minutes for who chaired, and confirm them"))

    def __init__(self, *args: Any, seen: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].initial = seen
        if not seen:
            del self.fields["reason"]
