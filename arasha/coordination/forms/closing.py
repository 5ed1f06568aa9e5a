"""What is typed of the closing of a case: why, whether the child is safe, what they say; the decision; reopening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.coordination import rules
from arasha.ui.fields import DateField

FAULTS = {
    "safe": _("A case is closed as safe when the child is safe."),
    "seen_on": _("Say on which day somebody saw the child; it can’t be in the future."),
    "reached": _("Say it in words, in at most 4,000 characters."),
    "child_words": _("Write what the child said, where they said something; else leave it empty."),
    "follow_up_on": _("Choose a day from tomorrow on, within three months."),
    "words": _("Say why, in at most 4,000 characters."),
}


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=rules.LONGEST_CLOSING,
        widget=forms.Textarea({"rows": 3, "maxlength": rules.LONGEST_CLOSING}),
    )


class _ClosingForm(forms.Form):
    def show_fault(self, fault: rules.ClosingFaulty) -> None:
        """Say at its field what can't be taken."""
        words = FAULTS.get(fault.name, _("Choose one."))
        self.add_error(fault.name if fault.name in self.fields else None, words)


class ProposeForm(_ClosingForm):
    """Why a case is to be closed."""

    reason = forms.ChoiceField(
        label=_("Why the case is closed"), choices=rules.CLOSING_REASONS.choices, widget=forms.RadioSelect
    )
    reached = _text(_("What was reached, and who helps the child from now on"))
    safe = forms.ChoiceField(
        label=_("Is the child safe now?"), choices=rules.CLOSING_SAFE.choices, widget=forms.RadioSelect
    )
    seen_on = DateField(label=_("When somebody last saw the child"), required=False)
    child = forms.ChoiceField(
        label=_("What does the child say to it?"), choices=rules.CLOSING_CHILD.choices, widget=forms.RadioSelect
    )
    child_words = _text(_("In the child’s words"), required=False)
    follow_up_on = DateField(label=_("When somebody asks how the child is"), help_text=_("Within three months."))

    def said(self) -> rules.ClosingSaid:
        """Return what was typed."""
        return rules.ClosingSaid(**self.cleaned_data)


class DecideForm(_ClosingForm):
    """The supervisor's decision."""

    close = forms.ChoiceField(
        label=_("Is the case closed?"),
        choices=[("yes", _("Yes, close it")), ("no", _("No, the work goes on"))],
        widget=forms.RadioSelect,
    )
    over = forms.BooleanField(label=_("Close it although something is still owed"), required=False)
    words = _text(_("Why"))

    def __init__(self, *arguments: Any, blocked: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not blocked:
            del self.fields["over"]


class ReopenForm(_ClosingForm):
    """Why a closed case is opened again."""

    reason = forms.ChoiceField(
        label=_("Why the case is opened again"), choices=rules.REOPENING_REASONS.choices, widget=forms.RadioSelect
    )
    words = _text(_("In words, if something else matters"), required=False)
