"""What is typed of places at services: whom one looks for, how urgent it is, and each step."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.plans.rules import places as rules
from arasha.plans.rules.places import StepSaid
from arasha.services.rules import LANGUAGES, NEEDS, package
from arasha.ui.fields import DateField, Option

OLDEST_SON = 40
NUMBER = _("Write the age as a number, for example 9.")
HOW_URGENT = {
    "today": _("Whoever is told hears again every day until there is help."),
    "week": _("Comes before those who can wait."),
    "ordinary": _("In the order of asking."),
}


def _select(label: Any, empty: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(required=False, label=label)
    field.choices = [("", empty)]
    field.says_optional = True  # type: ignore[attr-defined]  # the field says so beside its label
    return field


def _age(label: Any, oldest: int, hint: Any = "") -> forms.IntegerField:
    field = forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=oldest,
        error_messages={"invalid": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"}),
    )
    field.says_optional = True  # type: ignore[attr-defined]  # as above
    return field


class SearchForm(forms.Form):
    """For whom a service is looked for. The child's age and sex come from the file and can be changed."""

    service = _select(_("Service of the minimum package"), _("Any service"))
    need = _select(_("What is needed"), _("Any help"))
    age = _age(_("Age of the child"), 120)
    sex = _select(_("Girl or boy"), _("No matter"))
    speaks = _select(_("Language of the help"), _("Any language"))
    son = _age(_("Age of the oldest son who comes along"), OLDEST_SON, _("Some shelters take a mother without him."))
    siblings = forms.BooleanField(label=_("Together with brothers or sisters"), required=False)
    country = forms.BooleanField(label=_("In the whole country"), required=False)

    def __init__(self, data: Any, *, today: date, **options: Any) -> None:
        super().__init__(data, auto_id="find_%s", **options)
        language = (get_language() or "kk")[:2]
        self._choose("service", [(code, one.label(language)) for code, one in package(today).items()])
        self._choose("need", [(row.code, row.label(language)) for row in NEEDS])
        self._choose("sex", [("girls", _("girl")), ("boys", _("boy"))])
        self._choose("speaks", [(row.code, row.label(language)) for row in LANGUAGES])

    def _choose(self, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
        field: Any = self.fields[name]
        field.choices = [*field.choices, *choices]


class OnceForm(forms.Form):
    """A form whose page makes the id of what is entered, so that a double submit is one entry."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["once"].initial = uuid4

    @property
    def ticket(self) -> UUID | None:
        """Return the id that the page was given."""
        found: UUID | None = self.cleaned_data.get("once")
        return found


def _words(hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("In words, if something else matters"),
        help_text=hint,
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3, "maxlength": rules.LONGEST_WORDS}),
    )


def urgency_field() -> forms.ChoiceField:
    """Return the field of how urgent something is."""
    choices = [(row.code, Option(label, HOW_URGENT[row.code])) for row, (_c, label) in _labelled(rules.URGENCIES)]
    return forms.ChoiceField(label=_("How urgent it is"), choices=choices, widget=forms.RadioSelect)


def _labelled(codes: Any) -> Any:
    return zip(codes, codes.choices(), strict=True)


def why_field() -> forms.ChoiceField:
    """Return the field of why something can’t wait."""
    return forms.ChoiceField(
        label=_("Why it can’t wait"),
        help_text=_("Needed for what comes before others."),
        choices=rules.URGENT_WHY.asked,
        required=False,
    )


class AskPlaceForm(OnceForm):
    """A place is asked for: how urgently, and which unit of the provider is brought into the file."""

    urgency = urgency_field()
    why = why_field()
    bring_in = forms.ChoiceField(
        label=_("The provider’s unit in Arasha"),
        help_text=_("Brought in, it answers by itself. Otherwise ring, and write down here what they say."),
        widget=forms.RadioSelect,
        required=False,
    )
    words = _words(_("For those who work on the file. Not what happened to the child."))

    def __init__(self, *arguments: Any, units: Sequence[tuple[str, Option]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        if units:
            nobody = ("", Option(_("Nobody is brought in: I ring")))
            self.fields["bring_in"].choices = [*units, nobody]  # type: ignore[attr-defined]  # a choice field
            self.fields["bring_in"].initial = ""
        else:
            del self.fields["bring_in"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an urgency."""
        got: dict[str, Any] = super().clean() or {}
        if got.get("urgency") not in (None, "ordinary") and not got.get("why"):
            self.add_error("why", _("Say why it can’t wait."))
        return got


class StepForm(OnceForm):
    """One step of a place: the fields that its list asks for, and no others."""

    step = forms.CharField(widget=forms.HiddenInput, max_length=16)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)
    urgency = urgency_field()
    why = why_field()
    on = DateField(label=_("Which day"))
    reason = forms.ChoiceField(label=_("Why"))
    done = forms.ChoiceField(
        label=_("What was done about it"),
        help_text=_("A child who is not brought is a sign, and never the child’s fault."),
        choices=rules.MISSED_DONE.asked,
    )
    result = forms.ChoiceField(label=_("What came of it"), choices=rules.RESULTS.choices, widget=forms.RadioSelect)
    said_by = forms.ChoiceField(label=_("How do you know?"), choices=rules.said_by_choices)
    words = _words()

    def __init__(self, data: Any = None, *, step: str, seen: int, today: date, own: bool, urgency: str) -> None:
        initial = {"step": step, "seen": seen, "said_by": "own" if own else "", "urgency": urgency}
        if step != "book":
            initial["on"] = today
        super().__init__(data, initial=initial, auto_id=f"id_{step}_%s")
        wanted = rules.asks(step)
        for name in ("urgency", "why", "on", "reason", "done", "result", "said_by"):
            if name not in wanted:
                del self.fields[name]
        if "reason" in wanted:
            self.fields["reason"].choices = rules.REASONS[step].asked  # type: ignore[attr-defined]  # a choice field

    def said(self) -> StepSaid:
        """Return what was typed."""
        names = ("on", "said_by", "reason", "done", "result", "urgency", "why", "words")
        got = {name: self.cleaned_data.get(name) for name in names}
        return StepSaid(step=self.cleaned_data["step"], **{name: value for name, value in got.items() if value})

    def see(self, number: int) -> None:
        """Let the form say from now on that it was sent with this step before somebody's eyes."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        data["seen"] = str(number)
        self.data = data

    def show_fault(self, fault: rules.StepFaulty) -> None:
        """Say at its field what can't be taken."""
        words = {
            "on": _("This day can’t be: a day to come is agreed, what happened lies behind."),
            "why": _("Say why it can’t wait."),
            "words": _("Say it in words, in at most 1,000 characters."),
        }
        self.add_error(fault.field if fault.field in self.fields else None, words.get(fault.field, _("Choose one.")))
