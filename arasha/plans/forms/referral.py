"""What is typed of referrals and of questions to specialists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from arasha.plans.forms.places import OnceForm, urgency_field, why_field
from arasha.plans.rules import places
from arasha.plans.rules import referral as rules
from arasha.ui.fields import Option

OUTSIDE = "outside"


def _words(label: Any, hint: Any, longest: int, *, required: bool = True, rows: int = 4) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        widget=forms.Textarea({"rows": rows, "maxlength": longest}),
    )
    if not required:
        field.says_optional = True  # type: ignore[attr-defined]  # the field says so beside its label
    return field


class SendForm(OnceForm):
    """A child is referred: to which unit, how urgently, what for, with whose consent, until when it is read."""

    unit = forms.ChoiceField(
        label=_("Who receives it"), widget=forms.RadioSelect, help_text=_("It owes an answer in time.")
    )
    urgency = urgency_field()
    why = why_field()
    purpose = forms.ChoiceField(
        label=_("What for"),
        help_text=_("It reads what stands beside the purpose, and nothing that is sealed."),
        widget=forms.RadioSelect,
    )
    words = _words(
        _("What the service must know"),
        _("What help is needed and how to reach the child safely. Not what happened."),
        places.LONGEST_WORDS,
    )
    consent = forms.ChoiceField(label=_("Who agrees"), choices=rules.CONSENTS.choices, widget=forms.RadioSelect)
    without = forms.ChoiceField(
        label=_("Why without consent"),
        help_text=_("Needed only where nobody agrees."),
        choices=rules.WITHOUT.asked,
        required=False,
    )
    reads_days = forms.TypedChoiceField(
        label=_("For how long it may read"),
        coerce=int,
        initial=rules.READS_DAYS[1],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *arguments: Any,
        units: Sequence[tuple[str, Option]],
        purposes: Sequence[tuple[str, Option]],
        urgencies: Sequence[tuple[str, Option]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a choice field
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # a choice field
        self.fields["urgency"].choices = urgencies  # type: ignore[attr-defined]  # a choice field
        self.fields["reads_days"].choices = [  # type: ignore[attr-defined]  # a choice field
            (days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days}) for days in rules.READS_DAYS
        ]
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an urgency, and of what is sent without consent."""
        got: dict[str, Any] = super().clean() or {}
        if got.get("urgency") not in (None, "ordinary") and not got.get("why"):
            self.add_error("why", _("Say why it can’t wait."))
        consent = got.get("consent")
        if consent == "without" and not got.get("without"):
            self.add_error("without", _("Say why it is sent without consent."))
        if consent not in (None, "without"):
            got["without"] = ""
        return got

    def sending(self, offering: Any, after: Any) -> rules.Sending:
        """Return what was typed, for an offering and after a place that came to nothing."""
        got = {name: self.cleaned_data[name] for name in ("urgency", "why", "purpose", "words", "consent", "without")}
        unit = self.cleaned_data["unit"]
        return rules.Sending(
            offering=offering,
            after=after,
            unit=None if unit == OUTSIDE else int(unit),
            reads_days=self.cleaned_data["reads_days"],
            **got,
        )


class SeveralForm(SendForm):
    """What is the same for several children: to whom, what for, what the service must know, until when it is read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, urgencies=[], **options)
        for name in ("urgency", "why", "consent", "without"):
            del self.fields[name]
        self.fields["words"].help_text = _("One text for all: what help is needed. Nothing of one child alone.")


class FeedBackForm(forms.Form):
    """What came of the help, for whoever sent the child, and what the child says."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)
    told = _words(
        _("What came of it"),
        _("For those who work on the file. They read it under the plan."),
        rules.LONGEST_WORDS,
    )
    child = _words(
        _("What the child says of it"), _("In the child’s own words."), rules.LONGEST_WORDS, required=False, rows=3
    )


class SpecialistForm(OnceForm):
    """A question to a specialist: which unit, how urgently, in which words."""

    specialist = forms.CharField(widget=forms.HiddenInput, max_length=40)
    unit = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect)
    words = _words(
        _("Your question"),
        _("Everybody who works on the file reads it. Write what the specialist needs, and no more."),
        rules.LONGEST_WORDS,
    )
    urgency = urgency_field()

    def __init__(
        self,
        *arguments: Any,
        units: Sequence[tuple[str, Option]],
        urgencies: Sequence[tuple[str, Option]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a choice field
        self.fields["urgency"].choices = urgencies  # type: ignore[attr-defined]  # a choice field
        if units:
            self.fields["unit"].initial = units[0][0]


class AnswerForm(forms.Form):
    """An answer to a question, and who may read it."""

    words = _words(_("Your answer"), "", rules.LONGEST_WORDS, rows=6)
    facet = forms.TypedChoiceField(
        label=_("Under which part of the file it lies"),
        help_text=_("Whoever asked reads each of these. The narrower, the fewer others do."),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, facets: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["facet"].choices = facets  # type: ignore[attr-defined]  # a choice field
        if facets:
            self.fields["facet"].initial = facets[0][0]
