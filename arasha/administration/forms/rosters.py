"""What people type to arrange a roster."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.administration.forms.tables import TableForm, pasted
from arasha.administration.rules.roster import Kind
from arasha.administration.rules.roster_table import LONGEST_NAME, clock_of
from arasha.kernel.worktime.rules.words import WEEKDAYS
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.fields import DateField, Option
from arasha.ui.rules import phones

LONGEST_TABLE = 100_000


class ClockField(forms.CharField):
    """A time of day as people write it: 9, 9:00, 18.30; as an end also 24:00."""

    def __init__(self, *, end: bool = False, **options: Any) -> None:
        """Remember whether it is an end."""
        attrs = {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=8, widget=forms.TextInput(attrs), **options)
        self.end = end

    def clean(self, value: Any) -> time | None:
        """Read the time. Raises ValidationError for what no clock shows."""
        text = super().clean(value)
        if not text:
            return None
        clock = clock_of(text, end=self.end)
        if clock is None:
            raise ValidationError(_("Write a time of day, for example 18:30."))
        return clock


class PhoneField(forms.CharField):
    """A telephone number of Kazakhstan, short ones too; kept in one form."""

    def __init__(self, **options: Any) -> None:
        """Let phones offer their number keys."""
        attrs = {"class": "govuk-input--width-20", "inputmode": "tel", "autocomplete": "off"}
        super().__init__(max_length=phones.LONGEST, widget=forms.TextInput(attrs), **options)

    def clean(self, value: Any) -> str:
        """Read the number. Raises ValidationError for one that no telephone in Kazakhstan has."""
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return phones.normal(text)
        except phones.NotAPhone:
            raise ValidationError(
                _("No telephone in Kazakhstan has this number. Write it with its area code, or a short one like 102.")
            ) from None


def _name(**options: Any) -> forms.CharField:
    return forms.CharField(label=_("Who is on duty"), help_text=_("As colleagues write it."), **options)


def _weekdays() -> list[tuple[str, str]]:
    words = WEEKDAYS[(get_language() or "kk")[:2]]
    return [(str(number), word) for number, word in enumerate(words)]


class HoursForm(forms.Form):
    """Somebody's hours on some days of every week."""

    name = _name(max_length=LONGEST_NAME)
    phone = PhoneField(label=_("Telephone"), help_text=_("At which the person answers in these hours."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"), choices=_weekdays, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = ClockField(label=_("From what time"))
    ends = ClockField(
        label=_("Until what time"),
        end=True,
        help_text=_("A time that is not after the first is on the next day: 20:00 to 8:00 is a night."),
    )
    deputy = forms.BooleanField(label=_("Is rung only when the first person does not answer"), required=False)
    since = DateField(label=_("From which day on"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Remember which day is today."""
        super().__init__(*args, **options)
        self.initial.setdefault("since", today)
        self.today = today

    def clean_since(self) -> date:
        """Refuse a day that is over."""
        return _not_before(self.today, self.cleaned_data["since"])


def _not_before(today: date, day: date) -> date:
    if day < today:
        raise ValidationError(_("Who was on duty is not written afterwards: choose today or a later day."))
    return day


class RosterChangeForm(forms.Form):
    """One time that differs from the week."""

    kind = forms.ChoiceField(
        label=_("What differs"),
        widget=forms.RadioSelect,
        choices=[
            (Kind.INSTEAD.value, Option(_("Somebody else is on duty"), _("In place of whom the week names."))),
            (Kind.BESIDES.value, Option(_("Somebody more is on duty"), _("Besides whom the week names."))),
            (Kind.NOBODY.value, Option(_("Nobody is on duty"), _("Those who look for the unit see that."))),
        ],
    )
    name = _name(max_length=LONGEST_NAME, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    deputy = forms.BooleanField(label=_("Is rung only when the first person does not answer"), required=False)
    first_day = DateField(label=_("First day"))
    starts = ClockField(label=_("From what time"))
    last_day = DateField(label=_("Last day"))
    ends = ClockField(label=_("Until what time"), end=True)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Remember which day is today."""
        super().__init__(*args, **options)
        self.today = today

    def clean_last_day(self) -> date:
        """Refuse a day that is over."""
        return _not_before(self.today, self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        """Make the two moments, and ask who it is unless it is nobody."""
        found = super().clean() or {}
        if found.get("kind") in {Kind.INSTEAD.value, Kind.BESIDES.value}:
            for field in ("name", "phone"):
                if not found.get(field) and field not in self.errors:
                    self.add_error(field, _("Say who it is and at which number."))
        first, last = found.get("first_day"), found.get("last_day")
        starts, ends = found.get("starts"), found.get("ends")
        if None in (first, last, starts, ends):
            return found
        found["starts_at"], found["ends_at"] = _moment(first, starts), _moment(last, ends, end=True)
        if found["ends_at"] <= found["starts_at"]:
            self.add_error("ends", _("This is not after the beginning."))
        return found


def _moment(day: Any, clock: Any, *, end: bool = False) -> datetime:
    """Return a day's clock time; midnight as an end is the end of that day."""
    if end and clock == time(0):
        return at(date.fromordinal(day.toordinal() + 1), clock)
    return at(day, clock)


class RosterTableForm(TableForm):
    """A whole week as a table."""

    table = pasted(
        _("A row for each person: days, from, to, name, telephone, deputy. Paste it from a spreadsheet."),
        rows=8,
        longest=LONGEST_TABLE,
    )
    since = DateField(label=_("From which day on"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        """Remember which day is today."""
        super().__init__(*args, **options)
        self.initial.setdefault("since", today)
        self.today = today

    def clean_since(self) -> date:
        """Refuse a day that is over."""
        return _not_before(self.today, self.cleaned_data["since"])
