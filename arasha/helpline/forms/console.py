"""What an operator writes down of a contact, and what they say when they make a signal, pass on, or note a number."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arasha.cases.rules import CONCERNS
from arasha.helpline import rules
from arasha.helpline.actions.importing_figures import LONGEST_SOURCE
from arasha.helpline.models import Reason
from arasha.people.rules import SEXES
from arasha.signals.rules import ANSWERS, INSTITUTIONS, SUSPECTS, Report
from arasha.ui.rules.phones import SHORT, NotAPhone, normal
from arasha.ui.rules.sheets import LARGEST

OFF = {"autocomplete": "off"}
NOT_KNOWN = ("", _("not known"))
Grouped = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def _radios() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"})


def _ticks() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})


class LogForm(forms.Form):
    """The form of one minute. Only the kind is needed, and for counselling the reason."""

    kind = forms.ChoiceField(
        label=_("What it was"),
        choices=[pair for pair in rules.KINDS.choices() if rules.needs_form(pair[0])],
        widget=_radios(),
        initial="counselling",
    )
    caller = forms.ChoiceField(
        label=_("Who it was"), choices=rules.CALLERS.choices(), widget=_radios(), initial="unknown", required=False
    )
    reason = forms.ChoiceField(label=_("Main reason"), required=False)
    reasons = forms.MultipleChoiceField(label=_("Other reasons"), required=False, widget=_ticks())
    sex = forms.ChoiceField(
        label=_("Girl or boy"), choices=SEXES.choices(), widget=_radios(), initial="unknown", required=False
    )
    age = forms.ChoiceField(
        label=pgettext_lazy("of a child", "Age"), choices=rules.AGES.choices(), initial="unknown", required=False
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    steps = forms.MultipleChoiceField(
        label=_("What was done"),
        choices=[pair for pair in rules.STEPS.choices() if pair[0] not in {"emergency", "reported"}],
        required=False,
        widget=_ticks(),
    )
    referred = forms.MultipleChoiceField(
        label=_("Referred to"), choices=rules.REFERRALS.choices(), required=False, widget=_ticks()
    )

    def __init__(
        self,
        data: Any = None,
        *,
        reasons: Sequence[Reason],
        regions: Sequence[tuple[str, str]],
        language: str,
        **named: Any,
    ) -> None:
        super().__init__(data, **named)
        for field in self.fields.values():
            field.says_optional = True  # type: ignore[attr-defined]  # nothing but the kind is needed: the page says so
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in reasons:
            groups.setdefault(getattr(row, f"group_{language}"), []).append(
                (row.code, getattr(row, f"name_{language}"))
            )
        self._choose("reason", [NOT_KNOWN, *groups.items()])
        self._choose("reasons", [pair for pairs in groups.values() for pair in pairs])
        self._choose("region", [NOT_KNOWN, *regions])

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def log(self) -> rules.Log:
        """Return what is written down; call it on a valid form."""
        said = self.cleaned_data
        return rules.Log(
            kind=said["kind"],
            caller=said["caller"] or "unknown",
            reason=said["reason"],
            reasons=tuple(said["reasons"]),
            sex=said["sex"] or "unknown",
            age=said["age"] or "unknown",
            region=said["region"],
            steps=tuple(said["steps"]),
            referred=tuple(said["referred"]),
        )


class PassForm(forms.Form):
    """Who of a service took over."""

    service = forms.ChoiceField(label=_("Which service"), choices=rules.SERVICES.choices(), widget=_radios())
    who = forms.CharField(
        label=_("Who took over, and under which number"),
        help_text=_("Name or number of the officer on the line. The moment is kept by itself."),
        max_length=200,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _("Say who took over.")},
    )


class RingForm(forms.Form):
    """A number to ring back, and how to do it safely."""

    number = forms.CharField(
        label=_("Number to ring"),
        max_length=40,
        widget=forms.TextInput(attrs=OFF | {"inputmode": "tel", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Write the number.")},
    )
    how = forms.CharField(
        label=_("How to ring safely"),
        help_text=_("When, whom to ask for, what not to say if somebody else answers."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=OFF | {"rows": 2}),
    )
    minutes = forms.TypedChoiceField(
        label=_("Within"),
        coerce=int,
        initial=30,
        choices=[
            (10, _("10 minutes")),
            (30, _("30 minutes")),
            (120, _("2 hours")),
            (720, _("12 hours")),
            (1440, _("24 hours")),
        ],
    )

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        try:
            number = normal(self.cleaned_data["number"], abroad=True)
        except NotAPhone:
            number = ""
        if not number or SHORT.fullmatch(number):
            raise forms.ValidationError(_("This is no number that can be rung. Write it with its code."))
        return number


class ShutForm(forms.Form):
    """Who of us must not know of a contact."""

    user = forms.TypedChoiceField(
        label=_("Which colleague"),
        help_text=_(
            "For whoever the caller names, or who is close to the suspect. The contact is then not there for them."
        ),
        coerce=int,
        error_messages={"required": _("Choose somebody."), "invalid_choice": _("Choose somebody.")},
    )

    def __init__(self, data: Any = None, *, colleagues: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(data, **named)
        cast(forms.ChoiceField, self.fields["user"]).choices = [("", ""), *colleagues]


class SignalForm(forms.Form):
    """What a contact does not say yet; what it says is filled in."""

    place = forms.ChoiceField(
        label=_("District where the child lives"), error_messages={"required": _("Choose the district.")}
    )
    concerns = forms.MultipleChoiceField(label=_("What worries you"), choices=CONCERNS.choices, widget=_ticks())
    safe_now = forms.ChoiceField(label=_("Is the child safe now?"), choices=ANSWERS.choices, widget=_radios())
    suspect_has_access = forms.ChoiceField(
        label=_("Can the person suspected reach the child today?"), choices=ANSWERS.choices, widget=_radios()
    )
    child_called = forms.CharField(
        label=_("What the child is called"), max_length=200, required=False, widget=forms.TextInput(attrs=OFF)
    )
    child_age = forms.IntegerField(
        label=_("Age, years"),
        min_value=0,
        max_value=120,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    child_sex = forms.ChoiceField(label=_("Girl or boy"), choices=SEXES.choices, widget=_radios(), required=False)
    whereabouts = forms.CharField(
        label=_("Where the child can be found"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=OFF | {"rows": 2}),
    )
    narrative = forms.CharField(
        label=_("What was told"),
        help_text=_("It goes to those who help the child. Take out what betrays who told, if they wish so."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs=OFF | {"rows": 8}),
    )
    happened_in = forms.ChoiceField(
        label=_("Did it happen where the child lives, learns, trains or worships?"),
        choices=[("", _("no, or not known")), *INSTITUTIONS.choices()],
        required=False,
    )
    place_called = forms.CharField(
        label=_("What that place is called, and where it is"),
        help_text=_("Whoever works there or is tied to it sees neither the signal nor the contact."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    suspect = forms.ChoiceField(
        label=_("Who is suspected"), choices=[("", _("not known")), *SUSPECTS.choices()], required=False
    )
    must_not_know = forms.CharField(
        label=_("Who must not learn of it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=OFF | {"rows": 2}),
    )
    may_ring = forms.CharField(
        label=_("How the caller may be reached"),
        help_text=_("Empty: the caller stays unknown."),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )

    def __init__(self, data: Any = None, *, places: Grouped, **named: Any) -> None:
        super().__init__(data, **named)
        for name in ("child_sex", "happened_in", "suspect"):
            self.fields[name].says_optional = True  # type: ignore[attr-defined]  # they have an answer already
        cast(forms.ChoiceField, self.fields["place"]).choices = [("", ""), *places]

    def report(self) -> Report:
        """Return what is told; call it on a valid form."""
        said = dict(self.cleaned_data)
        said["happened_in"] = said["happened_in"] or ("other" if said["place_called"] else "")
        return Report(
            door="helpline", territory=said.pop("place"), child_sex=said.pop("child_sex") or "unknown", **said
        )


class PastForm(forms.Form):
    """Where the figures come from, and the table."""

    source = forms.CharField(
        label=_("Where the figures come from"),
        help_text=_("For example: yearly report of the contact centre 111. A table of the same source replaces it."),
        max_length=LONGEST_SOURCE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("The table"),
        help_text=_("CSV or an Excel workbook, up to 2 MB."),
        allow_empty_file=True,
    )

    def content(self) -> bytes:
        """Return the bytes of the file, no more than are read at all."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))


class LineForm(forms.Form):
    """A line and who sits at it."""

    number = forms.CharField(
        label=_("Line"),
        help_text=_("As the exchange calls it, for example 201."),
        max_length=20,
        widget=forms.TextInput({"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    post = forms.ChoiceField(label=_("Who sits there"), choices=[])

    def __init__(self, *arguments: Any, seats: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["post"].choices = [("", _("Choose")), *seats]  # type: ignore[attr-defined]
