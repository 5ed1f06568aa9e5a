"""What is typed of consents and shares. `once` makes a page that was sent twice one answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.sharing import rules
from arasha.sharing.rules import Answer, Faulty, Lent
from arasha.ui.fields import DateField, Once

OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "past": _("This day is over."),
    "far": _("A year at most."),
    "explain": _("Tell the child first what stays confidential and what does not."),
}
LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
Choices = Sequence[tuple[str, Any]]


IF_YES = _("If they say yes.")
# Nothing is chosen beforehand: a file is opened to whom somebody named, never to who stood first.
NOBODY = ("", "–")


def _several(label: Any, hint: Any = "", *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, required=required, widget=forms.CheckboxSelectMultiple
    )


def _words(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(OFF | {"rows": 3, "maxlength": rules.LONGEST})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=rules.LONGEST, widget=widget)


class _Form(Once):
    """Fills its lists when the page is asked for, and shows at its fields what the rules refuse."""

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            self.add_error(field if field in self.fields else None, SAYS[code])

    @property
    def lent(self) -> Lent:
        """Return what is to be lent; the form must be valid."""
        got = self.cleaned_data
        return Lent(
            unit=int(got["unit"]), purposes=tuple(got["purposes"]), parts=tuple(got["parts"]), until=got["until"]
        )

    def _offer(self, field: str, choices: Choices) -> None:
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class ConsentForm(_Form):
    """What was answered: by whom, about which unit and parts, how, and what the child wishes."""

    giver = forms.ChoiceField(label=_("Who answers"))
    answer = forms.ChoiceField(label=_("What they say"))
    unit = forms.ChoiceField(label=_("Who would read"))
    purposes = _several(_("What for"), IF_YES, required=False)
    parts = _several(_("Which parts of the file"), IF_YES, required=False)
    until = DateField(label=_("Until which day"), help_text=IF_YES, required=False)
    explained = forms.BooleanField(
        label=_("The child was told before what stays confidential and what does not"), required=False
    )
    way = forms.ChoiceField(label=_("How they said it"), required=False)
    witness = forms.CharField(
        label=_("Witness"), help_text=_("Name, where it was said by word."), required=False, max_length=200
    )
    wishes = _words(_("What the child wishes"), _("In the child’s own words."))
    why = forms.ChoiceField(label=_("Why nobody was asked"), help_text=_("If nobody was asked."), required=False)

    def __init__(self, *args: Any, givers: Choices, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["witness"].widget.attrs.update(OFF)
        self._offer("giver", [NOBODY, *givers])
        self._offer("unit", [NOBODY, *units])
        self._offer("answer", rules.ANSWERS.asked())
        self._offer("purposes", rules.PURPOSES.choices())
        self._offer("parts", rules.PARTS.choices())
        self._offer("way", rules.WAYS.asked())
        self._offer("why", rules.NOT_ASKED.asked())

    @property
    def said(self) -> Answer:
        """Return what was answered; the form must be valid."""
        got = self.cleaned_data
        giver, _colon, person = got["giver"].partition(":")
        return Answer(
            answer=got["answer"],
            giver=giver,
            person=UUID(person) if person else None,
            lent=self.lent,
            way=got["way"],
            why=got["why"],
            explained=got["explained"],
            witness=got["witness"],
            wishes=got["wishes"],
        )


class WithoutForm(_Form):
    """A share without consent: on which ground, to whom, and why."""

    ground = forms.ChoiceField(label=_("On which ground"))
    words = _words(
        _("Why, in your words"), _("The number and day of the letter or decision, if there is one."), required=True
    )
    unit = forms.ChoiceField(label=_("Who would read"))
    purposes = _several(_("What for"))
    parts = _several(_("Which parts of the file"))
    until = DateField(label=_("Until which day"))

    def __init__(self, *args: Any, units: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("ground", rules.GROUNDS.asked())
        self._offer("unit", [NOBODY, *units])
        self._offer("purposes", rules.PURPOSES.choices())
        self._offer("parts", rules.PARTS.choices())


class PaperForm(forms.Form):
    """For whom the family's page is printed, and in which language."""

    reader = forms.ChoiceField(label=_("For whom"))
    language = forms.ChoiceField(label=_("In which language"), choices=LANGUAGES)

    def __init__(self, *args: Any, readers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reader"].choices = list(readers)  # type: ignore[attr-defined]  # a choice field
