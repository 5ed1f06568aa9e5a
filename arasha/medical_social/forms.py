"""What is typed of the register: the notice, the decision on it, going through it again, the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.medical_social import rules
from arasha.services.rules import NEEDS
from arasha.ui.fields import DateField

FAULTS = {
    "grounds": _("Choose at least one ground."),
    "dated": _("The notice can’t be of a day to come."),
    "needs": _("Choose at least one kind of help."),
    "review_on": _("Choose a day from tomorrow on, within three months."),
    "measures_until": _("Look at this day again: it lies more than five years ahead."),
    "measures": _("Preventive measures still run: until then the child stays on the register for this reason."),
    "words": _("Say why, in at most 4,000 characters."),
}


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=rules.LONGEST,
        widget=forms.Textarea({"rows": 3, "maxlength": rules.LONGEST}),
    )


class _Form(forms.Form):
    def show_fault(self, fault: rules.Faulty) -> None:
        """Say at its field what can't be taken."""
        name = "reason" if fault.name == "measures" else fault.name
        self.add_error(name if name in self.fields else None, FAULTS.get(fault.name, _("Choose one.")))


class NoticeForm(_Form):
    """The notice of internal affairs."""

    grounds = forms.MultipleChoiceField(
        label=_("On which ground"), choices=rules.GROUNDS.choices, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=_("Number of the notice, if it came on paper"), required=False, max_length=rules.LONGEST_NUMBER
    )
    dated = DateField(label=_("Of which day"), required=False)

    def said(self) -> rules.NoticeSaid:
        """Return what was typed."""
        got = self.cleaned_data
        return rules.NoticeSaid(grounds=tuple(got["grounds"]), number=got["number"], dated=got["dated"])


class KeptForm(_Form):
    """What the child is owed, and when it is gone through again."""

    needs = forms.MultipleChoiceField(
        label=_("Which help is the child owed?"), choices=NEEDS.choices, widget=forms.CheckboxSelectMultiple
    )
    review_on = DateField(label=_("When it is gone through again"), help_text=_("Within three months."))
    measures_until = DateField(
        label=_("Until when preventive measures run"),
        help_text=_("Leave it empty where there are none."),
        required=False,
    )
    words = _text(_("In words, if something else matters"), required=False)

    def said(self) -> rules.KeptSaid:
        """Return what was typed."""
        got = self.cleaned_data
        return rules.KeptSaid(**(got | {"needs": tuple(got["needs"])}))


class RefuseForm(_Form):
    """Why the child is not taken on."""

    reason = forms.ChoiceField(
        label=_("Why the child is not taken on"), choices=rules.REFUSALS.choices, widget=forms.RadioSelect
    )
    words = _text(_("Why"))


class EndForm(_Form):
    """Why the child leaves the register."""

    reason = forms.ChoiceField(
        label=_("Why the child leaves the register"), choices=rules.ENDINGS.choices, widget=forms.RadioSelect
    )
    words = _text(_("Why"))
