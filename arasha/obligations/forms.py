"""What people fill in on the page of an obligation: one form for each thing that can be done with it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at
from arasha.obligations.queries.page import ObligationPage
from arasha.obligations.rules import DeliveredBy, Said, choices
from arasha.ui.fields import DateField
from arasha.ui.rules import NOTHING

LONGEST_ANSWER = 20_000
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
TOO_LONG = _("This is too long. Shorten it; what you wrote is still here.")


class DeedForm(forms.Form):
    """A form about one obligation, as its page knows it."""

    kind: Said | None = None

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        page: ObligationPage,
        language: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Fill in what depends on the obligation; each form's fields have ids of their own on the page."""
        self.page, self.language = page, language
        super().__init__(data, files, auto_id=f"{type(self).__name__.lower()}_%s", initial=initial)
        if self.kind is not None and "reason" in self.fields:
            self.fields["reason"].choices = [NOTHING, *choices(self.kind)]  # type: ignore[attr-defined]  # a choice field


def words_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Make the field for words that the vault seals."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class _Reason(forms.ChoiceField):
    """One of the reasons of the list."""

    def __init__(self) -> None:
        super().__init__(label=_("Reason"), error_messages={"required": _("Choose a reason.")})


class Clock(forms.CharField):
    """A time of day: 9:00, 18.30; empty is the end of the day."""

    def __init__(self) -> None:
        super().__init__(
            label=_("At what time"),
            help_text=_("Empty: when the unit closes that day."),
            required=False,
            max_length=5,
            widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> time | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = CLOCK.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(_("Write a time of day, for example 18:30."))
        return time(int(found[1]), int(found[2]))


class UntilForm(DeedForm):
    """A form that names a moment."""

    until = DateField(label=_("Until"), help_text=_("For example, 31.03.2026"))
    clock = Clock()

    def clean(self) -> dict[str, Any]:
        """Join day and time to a moment; without a time, the end of the unit's day."""
        said = super().clean() or self.cleaned_data
        day: date | None = said.get("until")
        if day is not None:
            clock = said.get("clock")
            said["moment"] = at(day, clock) if clock else self.page.derivation.hours.end(day)
        return said


class Files(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by the vault."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or () if one]


class MeetForm(DeedForm):
    """The answer: how it came out where the procedure asks, what was done, and files."""

    answer = forms.CharField(
        label=_("The answer"),
        help_text=_("What was done, and who stays in touch with the child. It is kept sealed in the child's file."),
        max_length=LONGEST_ANSWER,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what was done. Nothing was recorded yet."), "max_length": TOO_LONG},
    )
    proofs = FilesField(
        label=_("Files, if there are any"),
        help_text=_("Up to ten: pictures, PDF, office documents, sound or film. They are kept sealed."),
        required=False,
        widget=Files({"multiple": True}),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        """Ask how it came out where the procedure has answers of its own."""
        super().__init__(*given, **more)
        outcomes = self.page.step.outcomes
        if outcomes:
            field = forms.ChoiceField(
                label=_("How did it come out?"),
                choices=[(one.code, one.words[self.language]) for one in outcomes],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how it came out. Nothing was recorded yet.")},
            )
            self.fields = {"outcome": field} | self.fields


class AskForm(UntilForm):
    """More time, please."""

    kind = Said.ASKED
    reason = _Reason()
    words = words_field(_("Why more time is needed"))
    field_order: Sequence[str] = ("reason", "words", "until", "clock")


class DeclineForm(DeedForm):
    """We can't do it."""

    kind = Said.DECLINED
    reason = _Reason()
    words = words_field(_("In your own words"), help_text=_("Whoever takes over reads this."))


class GrantForm(UntilForm):
    """More time, given."""

    words = words_field(_("In your own words"))
    field_order: Sequence[str] = ("until", "clock", "words")


class RefuseForm(DeedForm):
    """More time, refused."""

    kind = Said.REFUSED
    reason = _Reason()
    words = words_field(_("In your own words"))


class SuspendForm(UntilForm):
    """Let time stand still."""

    kind = Said.SUSPENDED
    reason = _Reason()
    words = words_field(_("In your own words"))
    until = DateField(label=_("Until, at the latest"), help_text=_("For example, 31.03.2026"))
    field_order: Sequence[str] = ("reason", "words", "until", "clock")


class ResumeForm(DeedForm):
    """Let time run again."""

    kind = Said.RESUMED
    reason = _Reason()
    words = words_field(_("In your own words"))


class WaiveForm(DeedForm):
    """It need not be done."""

    kind = Said.WAIVED
    reason = _Reason()
    words = words_field(_("In your own words"))


class ReopenForm(DeedForm):
    """It was no answer."""

    kind = Said.REOPENED
    reason = _Reason()
    words = words_field(_("In your own words"))


class PassOnForm(DeedForm):
    """Another unit owes it."""

    unit = forms.TypedChoiceField(label=_("To which unit"), coerce=int)
    words = words_field(_("In your own words"), help_text=_("Whoever takes over reads this."))

    def __init__(self, *given: Any, units: Sequence[tuple[int, str]] = (), **more: Any) -> None:
        """Offer the units that could owe it."""
        super().__init__(*given, **more)
        self.fields["unit"].choices = [NOTHING, *units]  # type: ignore[attr-defined]  # a choice field


class ReplaceForm(DeedForm):
    """The file owes the same twice."""

    by = forms.TypedChoiceField(label=_("Which of them stays"), widget=forms.RadioSelect, coerce=str)

    def __init__(self, *given: Any, twins: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        """Offer the other duties for the same step."""
        super().__init__(*given, **more)
        self.fields["by"].choices = twins  # type: ignore[attr-defined]  # a choice field


class DeliverForm(DeedForm):
    """How the notice was handed over."""

    by = forms.ChoiceField(
        label=_("How it was handed over"),
        choices=[
            (DeliveredBy.PAPER.value, pgettext_lazy("delivery", "as a letter, to the registry")),
            (DeliveredBy.PHONE.value, pgettext_lazy("delivery", "by telephone")),
        ],
        widget=forms.RadioSelect,
    )
    on = DateField(label=_("On which day"), help_text=_("Empty: today."), required=False)
    incoming = forms.CharField(
        label=_("Incoming number"),
        help_text=_("As the registry wrote it on the letter; “no number” where it gave none. Not for the telephone."),
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _("Write under which number the registry took the letter.")},
    )
    words = words_field(_("To whom"))

    def __init__(self, data: Mapping[str, Any] | None = None, *given: Any, **more: Any) -> None:
        """Ask for no number where no registry took anything."""
        super().__init__(data, *given, **more)
        self.fields["incoming"].required = (data or {}).get("by") != DeliveredBy.PHONE.value


def as_typed(moment: datetime) -> dict[str, Any]:
    """Return a moment as the first values of a form that names one."""
    there = local(moment)
    return {"until": there.date(), "clock": f"{there:%H:%M}"}
