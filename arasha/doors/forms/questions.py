"""One form for each question. Everything may be left empty; the words are `data/questions.yaml`."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.doors.rules import MOST_LINE, MOST_WORDS, texts
from arasha.doors.rules.institutions import INSTITUTION_KINDS
from arasha.kernel.territory.rules import region_code

# (region's name, its districts as code and name) for every region.
Places = Sequence[tuple[str, Sequence[tuple[str, str]]]]
OLDEST: Final = 25
NOT_CHOSEN: Final = ("", "–")
QUIET: Final = {"autocomplete": "off"}


def _line(**attrs: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=MOST_LINE, widget=forms.TextInput({**QUIET, **attrs}))


def _radio() -> forms.ChoiceField:
    return forms.ChoiceField(required=False, widget=forms.RadioSelect)


def _select() -> forms.ChoiceField:
    return forms.ChoiceField(required=False, widget=forms.Select(QUIET))


class QuestionForm(forms.Form):
    """A question's fields with their words for a teller. `places` is asked for by the questions of where alone."""

    step: ClassVar[str]
    says_optional: ClassVar[bool] = True

    def __init__(self, data: Any, *, teller: str, answers: dict[str, Any], places: Callable[[], Places]) -> None:
        super().__init__(data, initial=answers)
        self.teller, self.answers = teller, answers
        for name, field in self.fields.items():
            words = self._label(name)
            field.label = words or texts.question(self.step, "title", teller)
            field.says_optional = True  # type: ignore[attr-defined]  # the page says once that all may be skipped
        self.prepare(places)

    def _label(self, name: str) -> str:
        return texts.question(self.step, "labels", self.teller, name)

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  what the subclasses declare
        field.choices = choices


class DangerForm(QuestionForm):
    """Is there danger now, and can the one who hurts reach the child today: one question, four answers."""

    step = "danger"
    danger = _radio()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("danger", texts.options("danger", self.teller))


class WhatForm(QuestionForm):
    """What is happening, as codes of concerns."""

    step = "what"
    concerns = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("concerns", texts.options("what", self.teller))


class WordsForm(QuestionForm):
    """In the teller's own words."""

    step = "words"
    words = forms.CharField(required=False, max_length=MOST_WORDS, widget=forms.Textarea({"rows": 8, **QUIET}))


class SecretForm(QuestionForm):
    """Who must not know."""

    step = "secret"
    must_not_know = _line()


class SettingForm(QuestionForm):
    """Whether it happens where the child lives or learns, and what that place is."""

    step = "setting"
    institution_kind = _radio()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("institution_kind", [*texts.options("setting", self.teller), *INSTITUTION_KINDS.choices()])


class RegionForm(QuestionForm):
    """In which region; leads to its districts."""

    step = "region"
    region = _select()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("region", [NOT_CHOSEN, *((region_of_place(below), name) for name, below in places())])


class PlaceForm(QuestionForm):
    """In which district, and where exactly, in words."""

    step = "place"
    territory = _select()
    whereabouts = _line()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the districts of the region; without a region there is nothing to choose."""
        if self.answers.get("institution_kind", "none") != "none":
            self.fields["whereabouts"].label = self._label("institution_called")
        region = self.answers.get("region")
        below = next((below for _name, below in places() if region_of_place(below) == region), ()) if region else ()
        if below:
            self.choose("territory", [NOT_CHOSEN, *below])
        else:
            del self.fields["territory"]


class ChildForm(QuestionForm):
    """The child's name, age and sex, if the teller wishes."""

    step = "child"
    child_called = _line()
    child_age = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={
            name: _("Write the age as a number, for example 9.") for name in ("invalid", "min_value", "max_value")
        },
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4", **QUIET}),
    )
    child_sex = _radio()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("child_sex", texts.options("child", self.teller))


class ReachForm(QuestionForm):
    """How to ring safely, and whom the child would rather talk with."""

    step = "reach"
    may_ring = _line()
    worker = _radio()

    def prepare(self, places: Callable[[], Places]) -> None:
        """Fill in the choices."""
        self.choose("worker", texts.options("reach", self.teller))


FORMS: Final[dict[str, type[QuestionForm]]] = {
    form.step: form
    for form in (
        DangerForm,
        WhatForm,
        WordsForm,
        SecretForm,
        SettingForm,
        RegionForm,
        PlaceForm,
        ChildForm,
        ReachForm,
    )
}


def region_of_place(below: Sequence[tuple[str, str]]) -> str:
    """Return the region's code of a list of its districts."""
    return region_code(below[0][0]) or "" if below else ""
