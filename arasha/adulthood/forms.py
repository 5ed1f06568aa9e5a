"""What is typed of a child's own application. `once` makes a page that was sent twice one entry."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.adulthood import rules
from arasha.adulthood.rules import CONSENT, Dismissal, Faulty, Filed, Said, Withdrawal

OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "alone": _("The child must be heard alone first, by somebody who is no parent."),
}


def _area(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(OFF | {"rows": 4, "maxlength": rules.LONGEST})
    return forms.CharField(label=label, help_text=hint, max_length=rules.LONGEST, widget=widget)


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(OFF)
    return forms.CharField(label=label, help_text=hint, required=required, max_length=rules.LONGEST_LINE, widget=widget)


class _Form(forms.Form):
    """Shows at its fields what the rules refuse."""

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field if field in self.fields else None, SAYS[code])


class FileForm(_Form):
    """What the child asks for, in the child's words."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    keep_from = _line(_("Who must not know"), _("For example the father. It stands on top of the page for everybody."))
    kind = forms.ChoiceField(label=_("What the child asks for"))
    words = _area(
        _("In the child’s words"), _("Write with the child, as the child says it. Ask no questions about it.")
    )
    letters = _line(_("Where letters go"), _("The way that the child chose. Empty: nothing is sent, it is told."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4
        self.fields["kind"].choices = [("", "—"), *rules.KINDS.choices()]  # type: ignore[attr-defined]  # a choice

    @property
    def ticket(self) -> UUID:
        """Return the id that the page was given; the form must be valid."""
        found: UUID = self.cleaned_data["once"]
        return found

    @property
    def said(self) -> Filed:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        return Filed(kind=got["kind"], words=got["words"], keep_from=got["keep_from"], letters=got["letters"])


class DismissForm(_Form):
    """Who dismissed it, on what ground."""

    body = _line(_("Which body dismissed it"), required=True)
    name = _line(_("Name of who decided"), required=True)
    position = _line(_("Position of who decided"), required=True)
    ground = forms.ChoiceField(label=_("Why it was dismissed"), widget=forms.RadioSelect)
    law = _line(_("Act and article they name"), _("Where they name none, write that."), required=True)
    words = _area(_("In their words"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = rules.GROUNDS.choices()  # type: ignore[attr-defined]  # a choice field

    @property
    def said(self) -> Dismissal:
        """Return what was typed; the form must be valid."""
        return Dismissal(**self.cleaned_data)


class WithdrawForm(_Form):
    """That the child takes it back."""

    alone = forms.BooleanField(label=_("The child was heard alone, by somebody who is no parent"), required=False)
    pressure = forms.ChoiceField(
        label=_("Does somebody press the child to take it back?"),
        help_text=_("If so, or if you doubt, it stays under way, and prosecutor and ombudsperson are told at once."),
        widget=forms.RadioSelect,
    )
    words = _area(_("In the child’s words"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pressure"].choices = rules.PRESSURES.choices()  # type: ignore[attr-defined]  # a choice field

    @property
    def said(self) -> Withdrawal:
        """Return what was typed; the form must be valid."""
        return Withdrawal(**self.cleaned_data)


class PointForm(_Form):
    """How one point stands: what it asks for, and words. `seen` is the number of the entry that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32000)
    state = forms.ChoiceField(label=_("How it stands"), widget=forms.RadioSelect)
    number = _line(_("Number in the queue"))
    day = forms.DateField(
        label=_("Day"),
        required=False,
        help_text=_("Of the queue, or on which the document is there."),
        widget=forms.DateInput(OFF | {"type": "date"}, format="%Y-%m-%d"),
    )
    who = _line(_("Who"), _("Name of the mentor, or which service takes over."))
    agreed = forms.BooleanField(label=_("The young person agrees"), required=False)
    words = forms.CharField(
        label=_("In the young person’s words, or why it is not needed"),
        required=False,
        max_length=rules.LONGEST,
        widget=forms.Textarea(OFF | {"rows": 4, "maxlength": rules.LONGEST}),
    )

    def __init__(self, *args: Any, point: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.point = point
        asked = [] if point == CONSENT else rules.needs(point)
        for name in {"number", "day", "who", "agreed"} - set(asked):
            del self.fields[name]
        given = [(code, rules.POINT_STATES.label(code)) for code in rules.GIVEN]
        self.fields["state"].choices = (  # type: ignore[attr-defined]  # a choice field
            rules.CONSENT_ANSWERS.choices() if point == CONSENT else given
        )

    @property
    def said(self) -> Said:
        """Return what was typed; the form must be valid."""
        got = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Said(point=self.point, **got)
