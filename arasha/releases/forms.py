"""What is typed of requests. `once` makes a page that was sent twice one request."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.releases import rules
from arasha.releases.rules import Asked, Faulty, Own, Withheld
from arasha.ui.fields import DateField

OWN = ("helper", "waits", "why")
PARTLY = ("withheld", "ground")
OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "future": _("This day can’t be after today."),
    "before_letter": _("This day can’t be before the day of the letter."),
    "bodies_only": _("Only a state body’s letter sets a day."),
    "given_too": _("A part is given or kept back, not both."),
    "both": _("Nothing is given, or something is kept back, not both."),
}


def _line(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=rules.LONGEST_LINE, widget=forms.TextInput(OFF)
    )


class _Form(forms.Form):
    """Fills its lists when the page is asked for, and shows at its fields what the rules refuse."""

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field if field in self.fields else None, SAYS[code])

    def _offer(self, field: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class RequestForm(_Form):
    """A request as somebody asks for it at a counter, by letter or telephone."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    applicant = forms.ChoiceField(label=_("As what they ask"))
    asker = _line(_("Who asks"), _("Name of the person, or of the body."))
    checked = forms.ChoiceField(label=_("How it was checked who asks"))
    way = forms.ChoiceField(label=_("How they ask"))
    child = _line(_("About which child"), _("As they say it. You need not know whether there is a file."))
    wants = forms.CharField(
        label=_("What they ask for"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(OFF | {"rows": 4, "maxlength": rules.LONGEST}),
    )
    incoming = _line(_("Incoming number"), _("Under which number the letter came in, if there is one."), required=False)
    letter_on = DateField(label=_("Day of the letter"), required=False)
    wanted_on = DateField(
        label=_("Answer wanted by"),
        help_text=_("As a state body’s letter says. Leave it empty if it names no day."),
        required=False,
    )
    basis = forms.ChoiceField(label=_("On which legal basis"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = uuid4
        for field, codes in (
            ("applicant", rules.APPLICANTS),
            ("checked", rules.CHECKS),
            ("way", rules.WAYS),
            ("basis", rules.BASES),
        ):
            self._offer(field, codes.choices())
        self.fields["basis"].initial = "none"

    @property
    def ticket(self) -> UUID:
        """Return the id that the page was given; the form must be valid."""
        found: UUID = self.cleaned_data["once"]
        return found

    @property
    def said(self) -> Asked:
        """Return what was typed; the form must be valid."""
        return Asked(**{name: value for name, value in self.cleaned_data.items() if name != "once"})


class NumberForm(_Form):
    """To which case a request belongs."""

    number = _line(_("Number of the case"))


class MatchForm(_Form):
    """Who of the file asks."""

    number = forms.CharField(widget=forms.HiddenInput)
    person = forms.ChoiceField(
        label=_("Who of the file asks, or for whom they ask"),
        help_text=_("A lawyer asks for whoever sent them."),
        required=False,
    )
    doubt = forms.BooleanField(
        label=_("I fear that whoever asks is a danger to the child, or is sent by somebody who is"),
        help_text=_("Then nothing is given, and the child’s safety is judged again."),
        required=False,
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("person", [("", _("Nobody whom the file knows")), *people])


class ProposeForm(_Form):
    """What is proposed to give."""

    parts = forms.MultipleChoiceField(label=_("What may be given"), required=False, widget=forms.CheckboxSelectMultiple)
    consent = forms.ChoiceField(label=_("What the child says"), help_text=_("From 14 to 17 the child agrees themself."))
    refusal = forms.ChoiceField(
        label=_("Or nothing is given, because"), help_text=_("Whoever asks is never told the reason."), required=False
    )

    withheld = forms.MultipleChoiceField(
        label=_("Or it is given in part: what is kept back"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.ChoiceField(label=_("Why it is kept back"), required=False)
    helper = _line(
        _("Who goes through it with the child"), _("Under 14 somebody whom the child trusts."), required=False
    )
    waits = forms.MultipleChoiceField(
        label=_("What waits for now"),
        help_text=_("It is left out of the child’s copy. Only staff see that."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.ChoiceField(label=_("Why it waits"), required=False)

    def __init__(self, *args: Any, childs_copy: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        # A child's copy says what waits instead, and nobody else's does.
        for name in PARTLY if childs_copy else OWN:
            del self.fields[name]
        self._offer("parts", rules.PARTS.choices())
        self._offer("consent", rules.CONSENTS.choices())
        self._offer("refusal", [("", "–"), *rules.REFUSALS.choices()])
        if childs_copy:
            self._offer("waits", rules.PARTS.choices())
            self._offer("why", [("", "–"), *rules.WAITING.choices()])
        else:
            self._offer("withheld", rules.PARTS.choices())
            self._offer("ground", [("", "–"), *((code, rules.REFUSALS.label(code)) for code in rules.grounds())])

    @property
    def said(self) -> dict[str, Any]:
        """Return what is proposed; the form must be valid."""
        got = dict(self.cleaned_data)
        own = {name: got.pop(name) for name in OWN if name in got}
        if "ground" in got:
            got["withheld"] = Withheld(tuple(got.pop("withheld")), got.pop("ground"))
        if own:
            got["own"] = Own(own["helper"], tuple(own["waits"]), own["why"])
        return got


class HandForm(_Form):
    """How what was agreed is handed over."""

    how = forms.ChoiceField(label=_("How it is handed over"))
    receiver = _line(_("Name of who received it"))
    proof = forms.ChoiceField(label=_("What shows that they received it"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("how", rules.WAYS.choices())
        self._offer("proof", rules.PROOFS.choices())
