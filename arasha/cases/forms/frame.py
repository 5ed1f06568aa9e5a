"""The shape of judgements, concerns, the child's words, the household and documents."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.kernel.worktime.rules import ZONE, local
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

LONGEST = 10_000
AGAIN = {
    "day": timedelta(hours=24),
    "three_days": timedelta(hours=72),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


def _words(label: Any, help_text: Any = "", *, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=LONGEST, required=False)


def _clock() -> forms.TimeField:
    return forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H.%M"],
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )


class MomentForm(forms.Form):
    """A form with a moment that has passed: a day and a time, each of which may be left empty for now."""

    day = DateField(label=_("Day"), required=False)
    clock = _clock()

    def __init__(self, *arguments: Any, now: datetime, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Put day and time together, and refuse moments to come."""
        said = super().clean() or {}
        day, clock = said.get("day"), said.get("clock")
        moment = self.now
        if day is not None or clock is not None:
            moment = datetime.combine(day or local(self.now).date(), clock or time(0), tzinfo=ZONE)
        if moment > self.now:
            self.add_error("day" if day else "clock", _("This moment has not come yet."))
        said["moment"] = moment
        return said


class SafetyForm(MomentForm):
    """Is the child safe now, where, who saw the child, by when to judge again."""

    state = forms.ChoiceField(label=_("Is the child safe now?"), choices=rules.SAFETY.choices, widget=forms.RadioSelect)
    where = forms.ChoiceField(label=_("Where the child is"), choices=rules.PLACES.choices, initial="not_known")
    seen = forms.ChoiceField(label=_("Did you see the child?"), choices=rules.SEEN.choices, widget=forms.RadioSelect)
    why = _words(_("Why you judge so"), _("What you saw. Who may not read narratives does not read this."))
    again = forms.ChoiceField(
        label=_("When to judge again"),
        help_text=_("After that a judgement that the child is safe counts no more."),
        choices=[
            ("day", _("within 24 hours")),
            ("three_days", _("within 72 hours")),
            ("week", _("within 7 days")),
            ("month", _("within 30 days")),
        ],
        widget=forms.RadioSelect,
        initial="day",
        required=False,
    )
    field_order = ["state", "where", "seen", "day", "clock", "why", "again"]

    def clean(self) -> dict[str, Any]:
        """Refuse "safe" of a child whom nobody saw."""
        said = super().clean()
        try:
            rules.check_judgement(said.get("state", ""), said.get("seen", ""))
        except rules.JudgementMissing:
            self.add_error("state", _("Only somebody who saw the child can judge that the child is safe."))
        said["again_by"] = self.now + AGAIN[said.get("again") or "day"]
        said["seen_at"] = said["moment"] if said.get("seen") != "not_seen" else None
        return said


class ConcernForm(forms.Form):
    """A form of violence or risk, where it happens, since when as exactly as anybody knows."""

    code = forms.ChoiceField(label=_("What worries"), choices=rules.CONCERNS.asked)
    setting = forms.ChoiceField(label=_("Where it happens"), choices=rules.SETTINGS.choices, initial="not_known")
    since = DateField(label=_("Since when"), help_text=_("For “about 2014” write 01.01.2014."), required=False)
    precision = forms.ChoiceField(
        label=_("How exact the day is"), choices=rules.PRECISIONS.choices, initial="unknown", required=False
    )


class WordsForm(MomentForm):
    """What the child said, to whom, where and when."""

    how = forms.ChoiceField(label=_("How the child said it"), choices=rules.SAYING.choices, widget=forms.RadioSelect)
    where = forms.ChoiceField(label=_("Where it was said"), choices=rules.PLACES.choices, initial="not_known")
    words = _words(
        _("The child’s words"),
        _("As they were said, in the language in which they were said. When nobody asked: why not."),
    )
    field_order = ["how", "words", "where", "day", "clock"]

    def clean(self) -> dict[str, Any]:
        """Ask for the words where there must be some."""
        said = super().clean()
        how = said.get("how", "")
        if how in rules.SAYING and rules.SAYING[how].more["has_words"] == "yes" and not said.get("words", "").strip():
            self.add_error("words", _("Write what was said, or why nobody asked."))
        return said


class HouseholdForm(forms.Form):
    """Another child who lives there."""

    called = forms.CharField(label=_("What the child is called"), max_length=200)
    age = forms.IntegerField(
        label=_("Age, years"),
        min_value=0,
        max_value=120,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(
        label=_("Girl or boy"),
        choices=rules.SEXES.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small a-side-by-side"}),
        initial="unknown",
        required=False,
    )


class DecideForm(forms.Form):
    """What is decided about another child of the household: the reason says it all."""

    child = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Decision and reason"), choices=[])

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]  # a choice field
            NOTHING,
            *((rules.HOUSEHOLD.label(code.code), _reasons(code.code)) for code in rules.HOUSEHOLD),
        ]


def _reasons(decision: str) -> list[tuple[str, str]]:
    return [(reason.code, rules.HOUSEHOLD_REASONS.label(reason.code)) for reason in rules.reasons_for(decision)]


class DocumentForm(forms.Form):
    """A document and its kind."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=rules.DOCUMENTS.asked)
    document = forms.FileField(label=_("File"), help_text=_("Pictures lose what the camera wrote into them."))
