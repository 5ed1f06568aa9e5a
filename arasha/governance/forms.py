"""What is typed of pilots. `once` makes a page sent twice one; `after` is the last step that the page showed."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.governance import rules
from arasha.governance.rules.said import MOST_CHILDREN, MOST_TENGE
from arasha.ui.fields import DateField, Option

SAYS = {
    "unknown": _("Choose one of the list."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "number": _("Write a whole number."),
    "many": _("At most 200 services."),
    "day": _("This can’t be such a day."),
    "future": _("This day can’t be after today."),
    "before": _("The money can’t end before it begins."),
    "not_later": _("This must be later than the last day of the money until now."),
    "correction": _("Choose a step that was not taken back."),
    "correction_day": _("Only the entry and what prolonged the money have such a day."),
    "decided": _("This is decided already. First take the decision back by a correction."),
}
NO_CHILDREN = _("Never write about single children or families here: everybody on the staff reads this.")
NUMBER = {"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}
FATES = {
    "scale": _("It becomes a lasting service, here or in more places."),
    "hand_over": _("Somebody else goes on with it."),
    "stop": _("It ends."),
}


class WholeNumber(forms.IntegerField):
    """A number that may be typed with blanks between thousands."""

    def to_python(self, value: Any) -> int | None:
        """Take the blanks out."""
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class Places(forms.CheckboxSelectMultiple):
    """Territories to choose from, each region's in a part of its own that opens."""

    template_name = "governance/places.html"


def _text(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=rules.SHORT, help_text=help_text, required=required, widget=widget)


def _words(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=rules.LONG, help_text=help_text, required=required, widget=widget)


def _number(label: Any, most: int, help_text: Any) -> WholeNumber:
    return WholeNumber(
        label=label,
        min_value=0,
        max_value=most,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(NUMBER),
    )


def _document() -> forms.CharField:
    return _text(_("Where this stands"), help_text=_("Document: name, number, day."))


class Paged(forms.Form):
    """A form that is sent once, after what its page showed."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, after: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4
        self.fields["after"].initial = after

    def show_faults(self, faulty: rules.PilotFaulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field if field in self.fields else None, SAYS[code])


class PilotForm(Paged):
    """What a pilot is; with `changing` the reason stands in the place of the money's last day."""

    title_kk = _text(_("Title of the pilot in Kazakh"))
    title_ru = _text(_("Title of the pilot in Russian"), required=False)
    title_en = _text(_("Title of the pilot in English"), required=False)
    aim_kk = _words(
        _("Aim in Kazakh"), required=False, help_text=_("What is to be found out or changed. One language is enough.")
    )
    aim_ru = _words(_("Aim in Russian"), required=False)
    aim_en = _words(_("Aim in English"), required=False)
    territories = forms.MultipleChoiceField(label=_("Where it runs"), widget=Places)
    unit = forms.TypedChoiceField(
        label=_("Who answers for it"), coerce=int, help_text=_("This unit is reminded before the money ends.")
    )
    serves = _words(_("Whom it serves"), rows=2, help_text=NO_CHILDREN)
    children = _number(_("How many children"), MOST_CHILDREN, _("If it is known."))
    money = _text(_("Who pays"), help_text=_("For example: the budget of the region, a fund, a donor."))
    amount = _number(_("How much, in tenge"), MOST_TENGE, _("Leave it empty if nobody knows."))
    first_day = DateField(label=_("First day of the money"))
    until = DateField(label=_("Last day of the money"))
    said = _words(_("Why it is described anew"), rows=2, help_text=NO_CHILDREN)
    document = _document()

    def __init__(
        self,
        *args: Any,
        places: list[Any],
        units: list[tuple[int, str]],
        changing: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["territories"].choices = places  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]
        del self.fields["until" if changing else "said"]

    def pilot(self, offerings: tuple[UUID, ...] = ()) -> rules.PilotSaid:
        """Return what the pilot is; the form must be valid."""
        other = {"once", "after", "until", "said", "document", "territories"}
        found = {name: value for name, value in self.cleaned_data.items() if name not in other}
        return rules.PilotSaid(territories=tuple(self.cleaned_data["territories"]), offerings=offerings, **found)

    def why(self, today: date) -> rules.StepSaid:
        """Return why it is described anew; the form must be valid."""
        found = self.cleaned_data
        return rules.StepSaid(kind="changed", on=today, said=found["said"], document=found["document"])


class StepForm(Paged):
    """What every step says."""

    kind: ClassVar[str]
    on = DateField(label=_("On which day"))
    document = _document()

    def step(self, today: date) -> rules.StepSaid:
        """Return what was entered; the form must be valid."""
        found: dict[str, Any] = {"kind": self.kind, "on": today}
        found |= {name: value for name, value in self.cleaned_data.items() if name not in {"once", "after"}}
        return rules.StepSaid(**found)


class EvaluateForm(StepForm):
    """An evaluation."""

    kind = "evaluated"
    evaluator = _text(_("Who evaluated it"), help_text=_("A body or an office."))
    said = _words(_("What came out"), help_text=NO_CHILDREN)
    field_order = ("on", "evaluator", "said", "document")


class ExtendForm(StepForm):
    """More time for the money."""

    kind = "extended"
    until = DateField(label=_("New last day of the money"))
    said = _words(_("Reason"), rows=2, help_text=NO_CHILDREN)
    field_order = ("until", "on", "said", "document")


class DecideForm(StepForm):
    """The decision."""

    kind = "decided"
    decision = forms.ChoiceField(label=_("Which decision"), widget=forms.RadioSelect)
    said = _words(_("Reason"), help_text=NO_CHILDREN)
    afterwards = _words(
        _("What happens to those who are served"),
        required=False,
        help_text=_("Needed to hand over and to stop: who helps them from which day. Write no names."),
    )
    field_order = ("decision", "on", "said", "afterwards", "document")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, Option(label, FATES[code])) for code, label in rules.DECISIONS.choices()]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        self.fields["afterwards"].says_optional = True  # type: ignore[attr-defined]  # its hint says when it may be


class CorrectForm(StepForm):
    """A correction of a step."""

    kind = "corrected"
    corrects = forms.TypedChoiceField(label=_("Which step is wrong"), coerce=UUID)
    until = DateField(
        label=_("The true last day of the money"),
        required=False,
        help_text=_("Only if the step has a wrong day. Without a day here the step counts as if it had not happened."),
    )
    said = _words(_("What was wrong"), rows=2, help_text=NO_CHILDREN)
    field_order = ("corrects", "until", "said", "document")

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["on"]
        self.fields["corrects"].choices = [("", "–"), *steps]  # type: ignore[attr-defined]


class OfferingsForm(Paged):
    """Which services of the directory the money pays for; `shown` are those of this page, chosen or not."""

    offerings = forms.TypedMultipleChoiceField(
        label=_("Services"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    said = _words(_("Why it is described anew"), rows=2, help_text=NO_CHILDREN)
    document = _document()

    def __init__(self, *args: Any, choices: list[tuple[str, Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["offerings"].choices = choices  # type: ignore[attr-defined]

    def why(self, today: date) -> rules.StepSaid:
        """Return why it is described anew; the form must be valid."""
        found = self.cleaned_data
        return rules.StepSaid(kind="changed", on=today, said=found["said"], document=found["document"])
