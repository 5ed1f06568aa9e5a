"""What is typed of visits and removals. `once` makes a page that was sent twice one entry."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.care import rules
from arasha.care.rules import Faulty, PartSaid, VisitAsked, VisitSaid
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.fields import DateField, Once

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
YES_NO: Final = (("yes", _("yes")), ("no", _("no")))
OFF = {"autocomplete": "off"}
SAYS = {
    "choose": _("Choose one."),
    "empty": _("Fill this in."),
    "long": _("This is too long."),
    "coming": _("Give a moment of the next 90 days."),
    "future": _("Give a moment of the last 31 days; it can’t be in the future."),
    "in_person": _("No emergency holds where the child is: meet the child in person."),
    "outside": _("The home was not looked at where nobody was let in."),
}


def area(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for words."""
    widget = forms.Textarea(OFF | {"rows": 3, "maxlength": rules.LONGEST})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=rules.LONGEST, widget=widget)


class Plain(forms.Form):
    """A form that says at each field what can't stand."""

    def show_faults(self, faulty: Faulty) -> None:
        """Say at each field what can't stand."""
        for field, code in faulty.faults:
            name = "day" if field in {"at", "starts"} else field
            self.add_error(name if name in self.fields else None, SAYS[code])


class Moment(Plain):
    """A form that asks for a moment."""

    def add_moment(self, now: datetime) -> None:
        """Ask for day and time, filled in with now."""
        here = local(now)
        self.fields["day"] = DateField(label=_("On which day"), initial=here.date())
        self.fields["clock"] = forms.CharField(
            label=_("At what time"), max_length=5, initial=f"{here:%H:%M}", widget=forms.TextInput(OFF)
        )

    def clean_clock(self) -> time:
        """Return the time of day."""
        found = CLOCK.fullmatch(self.cleaned_data["clock"].strip())
        if found is None:
            raise forms.ValidationError(_("Write the time as 14:30."))
        return time(int(found[1]), int(found[2]))

    @property
    def moment(self) -> datetime:
        """Return what was typed as a moment; the form must be valid."""
        return at(self.cleaned_data["day"], self.cleaned_data["clock"])


class AskForm(Once, Plain):
    """A visit is asked for."""

    urgency = forms.ChoiceField(label=_("How soon"), choices=rules.URGENCIES.choices, widget=forms.RadioSelect)
    words = area(
        _("Why, and what whoever goes must know"),
        _("Dangers, where to meet, who must not learn of the visit. No address of a protected place."),
    )

    @property
    def said(self) -> VisitAsked:
        """Return what was typed; the form must be valid."""
        return VisitAsked(urgency=self.cleaned_data["urgency"], words=self.cleaned_data["words"])


class VisitForm(Once, Moment):
    """How a visit went."""

    def __init__(self, *args: Any, now: datetime, remote: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_moment(now)
        for name, label, codes in (
            ("door", _("At the door"), rules.DOORS),
            ("seen", _("The child"), rules.SEEN),
            ("home", _("The home"), rules.HOMES),
        ):
            choices = [one for one in codes.choices() if remote or one[0] != rules.REMOTE]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        if remote:
            self._ask_of_a_talk()
        self.fields["facts"] = area(_("What was seen and heard"), _("Facts only. Where entry was refused: by whom."))
        self.fields["opinion"] = area(_("What you think of it"), required=False)

    def _ask_of_a_talk(self) -> None:
        """Ask what makes a talk at a distance count."""
        for name, label in (
            ("alone", _("At a distance: the child was alone")),
            ("word", _("At a distance: the safe word was right")),
        ):
            hint = _("Only for a talk at a distance. If either is not so, somebody meets the child in person.")
            self.fields[name] = forms.ChoiceField(
                label=label, help_text=hint, choices=YES_NO, required=False, widget=forms.RadioSelect
            )

    @property
    def said(self) -> VisitSaid:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        return VisitSaid(
            at=self.moment,
            door=got["door"],
            seen=got["seen"],
            home=got["home"],
            facts=got["facts"],
            opinion=got["opinion"],
            alone=got.get("alone", ""),
            word=got.get("word", ""),
        )


class WordForm(Once, Plain):
    """A safe word is agreed on."""

    word = forms.CharField(
        label=_("The word"),
        help_text=_("Chosen with the child, alone: an ordinary word that nobody at home would notice."),
        max_length=rules.LONGEST_WORD,
        widget=forms.TextInput(OFF),
    )


class RemovalForm(Moment):
    """A removal, or more of one: only the moment must be known. `kinds`: of which parts it asks."""

    def __init__(self, *args: Any, kinds: Sequence[str], now: datetime | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = list(kinds)
        if now is not None:
            self.add_moment(now)
        for kind in kinds:
            choices = [("", _("Not known yet")), *rules.answers(kind)]
            label = rules.PARTS.label(kind)
            self.fields[kind] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.Select({"class": "govuk-select"})
            )
            self.fields[f"{kind}_words"] = area(_("In words: %(part)s") % {"part": label}, required=False)

    @property
    def parts(self) -> dict[str, PartSaid]:
        """Return what is known; the form must be valid. Words without an answer make the answer wanted."""
        got = self.cleaned_data
        return {
            kind: PartSaid(got[kind], got[f"{kind}_words"])
            for kind in self.kinds
            if got[kind] or got[f"{kind}_words"].strip()
        }


class EndForm(Plain):
    """How a removal ended."""

    how = forms.ChoiceField(label=_("How it ended"), choices=rules.ENDINGS.choices, widget=forms.RadioSelect)
    words = area(_("Who decided, and why"), _("Names and positions."))
