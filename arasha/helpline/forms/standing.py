"""Phrases, callers who wish to be known, shifts and debriefs as they are typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from arasha.helpline.rules.debriefs import LONGEST_WORDS
from arasha.helpline.rules.phrases import LANGUAGES, LONGEST, LONGEST_KEY, THEMES
from arasha.helpline.rules.profiles import LONGEST_NOTE, LONGEST_WORD
from arasha.helpline.rules.shifts import LONGEST_NOTE as LONGEST_HAND_OVER
from arasha.kernel.worktime.rules import ZONE

OFF = {"autocomplete": "off"}
MOMENT = {"type": "datetime-local", "class": "govuk-input--width-20", "step": "60"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs=OFF | {"rows": rows})


class PhraseForm(forms.Form):
    """One phrase in three languages."""

    key = forms.CharField(
        label=_("Short key"),
        help_text=_("One word or words with a hyphen: what is typed to find it."),
        max_length=LONGEST_KEY,
        widget=forms.TextInput(attrs=OFF | {"class": "govuk-input--width-20"}),
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES.choices())
    kk = forms.CharField(label=_("In Kazakh"), max_length=LONGEST, required=False, widget=_area(2))
    ru = forms.CharField(label=_("In Russian"), max_length=LONGEST, required=False, widget=_area(2))
    en = forms.CharField(label=_("In English"), max_length=LONGEST, required=False, widget=_area(2))

    def words(self) -> dict[str, str]:
        """Return the words by language; call it on a valid form."""
        return {name: self.cleaned_data[name] for name in LANGUAGES}


class WordForm(forms.Form):
    """The word that a caller says to be found again."""

    word = forms.CharField(
        label=_("The caller’s word or code"),
        help_text=_("Empty for who writes from a mailbox that they wished to be known by."),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.TextInput(attrs=OFF | {"class": "govuk-input--width-20", "spellcheck": "false"}),
    )


class OpenProfileForm(forms.Form):
    """That a caller wishes to be known again, and by what."""

    wished = forms.BooleanField(
        label=_("The caller wishes this and has heard the words above"),
        error_messages={"required": _("Only on the caller’s own wish: tell them the words above and ask.")},
    )
    word = forms.CharField(
        label=_("The word or code that the caller chooses"),
        help_text=_("Two words or more are best. No name, number or birthday."),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.TextInput(attrs=OFF | {"class": "govuk-input--width-20", "spellcheck": "false"}),
    )
    box = forms.BooleanField(label=_("Also by the mailbox of this chat"), required=False)
    note = forms.CharField(
        label=_("Note for whoever answers next"),
        help_text=_("What helps in the talk. No name, no address, no judgement."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=_area(3),
    )


class NoteForm(forms.Form):
    """A short note; the caller's, or what a supervisor says."""

    note = forms.CharField(
        label=pgettext_lazy("of a caller", "Note"), max_length=LONGEST_NOTE, required=False, widget=_area(3)
    )


class ShiftForm(forms.Form):
    """Hours, and who is on."""

    starts_at = forms.DateTimeField(label=pgettext_lazy("hours", "From"), widget=forms.DateTimeInput(attrs=MOMENT))
    ends_at = forms.DateTimeField(label=pgettext_lazy("hours", "To"), widget=forms.DateTimeInput(attrs=MOMENT))
    posts = forms.TypedMultipleChoiceField(
        label=_("Who is on"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": _("Choose who is on.")},
    )

    def __init__(self, data: Any = None, *, seats: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(data, **named)
        cast(forms.ChoiceField, self.fields["posts"]).choices = list(seats)

    def hours(self) -> tuple[datetime, datetime]:
        """Return both moments; call it on a valid form."""
        said = self.cleaned_data
        return said["starts_at"].replace(tzinfo=ZONE), said["ends_at"].replace(tzinfo=ZONE)


class WordsForm(forms.Form):
    """A note about an open matter."""

    words = forms.CharField(
        label=_("What the next shift must know"),
        max_length=LONGEST_HAND_OVER,
        widget=_area(2),
        error_messages={"required": _("Write something first.")},
    )


class AskForm(forms.Form):
    """Whom an operator asks for a talk, and words for that person alone."""

    supervisor = forms.TypedChoiceField(label=_("With whom"), coerce=int)
    words = forms.CharField(
        label=_("For them alone"),
        help_text=_("Nobody else reads it, and it is deleted after a month. Say nothing of the child here."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=_area(3),
    )

    def __init__(self, data: Any = None, *, whom: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(data, **named)
        cast(forms.ChoiceField, self.fields["supervisor"]).choices = list(whom)


class HeldForm(forms.Form):
    """The day on which a talk took place."""

    held_on = forms.DateField(label=_("The day of the talk"), widget=forms.DateInput(attrs={"type": "date"}))
