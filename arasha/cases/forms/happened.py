"""The shape of an incident: its acts, how often, when as exactly as anybody knows, where, online or not."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.cases.forms.frame import LONGEST
from arasha.cases.models import ViolenceForm
from arasha.cases.queries import Happened
from arasha.ui.rules import NOTHING

SMALL = "govuk-checkboxes--small"
BESIDE = f"{SMALL} a-side-by-side"


def _typed(label: Any, help_text: Any = "") -> forms.CharField:
    attrs = {"class": "govuk-input--width-10", "autocomplete": "off", "inputmode": "numeric"}
    return forms.CharField(
        label=label, help_text=help_text, max_length=12, required=False, widget=forms.TextInput(attrs)
    )


def _several(label: Any, choices: Any, *, look: str = BESIDE) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": look})
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, required=False)


def _one(label: Any, codes: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=lambda: [NOTHING, *codes.choices()], required=False)


class IncidentForm(forms.Form):
    """One event, or what went on for a time. `today` is the last day that it can be of.

    A form of violence that the list no longer holds is offered where it was chosen before (`kept`).
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=32_000)
    frequency = forms.ChoiceField(
        label=_("How often it happened"), choices=rules.FREQUENCIES.choices, widget=forms.RadioSelect
    )
    since = _typed(
        _("When, or since when"), _("As exactly as it is known: 2014, 05.2014 or 31.05.2014. Empty: not known.")
    )
    since_about = forms.BooleanField(label=_("about then"), required=False)
    until = _typed(_("Until when"), _("Only if it happened more than once and is over."))
    until_about = forms.BooleanField(label=_("about then"), required=False)
    goes_on = forms.BooleanField(label=_("It is still going on"), required=False)
    setting = forms.ChoiceField(label=_("Where it happens"), choices=rules.SETTINGS.choices, initial="not_known")
    territory = forms.ChoiceField(label=_("In which place"), choices=[], required=False)
    place = forms.CharField(
        label=_("The place in words"),
        help_text=_("Kept sealed with the narrative."),
        max_length=300,
        required=False,
    )
    relations = _several(_("Who is said to have done it"), rules.SUSPECT_ROLES.choices, look=SMALL)
    present = _several(_("Who else was there"), rules.PRESENT.choices)
    platform = _one(_("Where online"), rules.PLATFORMS)
    material = _one(_("Were pictures or films of the child passed on?"), rules.ANSWERS)
    still_online = _one(_("Is it still online?"), rules.ANSWERS)
    words = forms.CharField(
        label=_("What else is known"),
        help_text=_("The child’s own words and what others say have pages of their own. Never put pictures here."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
    )

    def __init__(
        self,
        *arguments: Any,
        listed: Sequence[ViolenceForm],
        places: Sequence[tuple[str, str]],
        language: str,
        kept: Sequence[ViolenceForm] = (),
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        cast(forms.ChoiceField, self.fields["territory"]).choices = [NOTHING, *places]
        self.fields["frequency"].widget.attrs["class"] = "govuk-radios--small"
        for heading in (form for form in listed if not form.parent):
            own = [form for form in listed if form.parent == heading.code]
            own += [form for form in kept if form.parent == heading.code and form.valid_to is not None]
            choices = [(form.key, form.label(language)) for form in own]
            self.fields[f"acts_{heading.code}"] = _several(heading.label(language), choices, look=SMALL)

    @property
    def groups(self) -> list[tuple[forms.BoundField, bool]]:
        """Return the acts by heading, and whether one of them is chosen."""
        fields = [self[name] for name in self.fields if name.startswith("acts_")]
        return [(field, bool(field.value())) for field in fields]

    @property
    def times(self) -> list[forms.BoundField]:
        """Return the fields of when it was."""
        return [self[name] for name in ("frequency", "since", "since_about", "until", "until_about", "goes_on")]

    @property
    def rest(self) -> list[forms.BoundField]:
        """Return the fields of where it was and who was there."""
        names = ("setting", "territory", "place", "relations", "present", "words")
        return [self[name] for name in names]

    @property
    def online(self) -> list[forms.BoundField]:
        """Return the fields of what happened online."""
        return [self[name] for name in ("platform", "material", "still_online")]

    def chosen(self) -> list[str]:
        """Return the keys of the acts that are chosen; of a valid form."""
        said = self.cleaned_data
        return [key for name in self.fields if name.startswith("acts_") for key in said.get(name, ())]

    def clean(self) -> dict[str, Any]:
        """Read the days, ask for an act, and refuse an end of a single event."""
        said = super().clean() or {}
        for name in ("since", "until"):
            try:
                said[f"{name}_point"] = rules.read_point(said.get(name) or "", about=bool(said.get(f"{name}_about")))
            except rules.PointUnclear:
                self.add_error(name, _("Write a year, a month or a day: 2014, 05.2014 or 31.05.2014."))
        acts = self.chosen()
        if not acts:
            first = next(name for name in self.fields if name.startswith("acts_"))
            self.add_error(first, _("Choose at least one form of violence."))
        elif len(acts) > rules.MOST_ACTS:
            self.add_error(None, _("These are more acts than one incident has. Write down several incidents."))
        if said.get("frequency") == "once" and (said.get("until") or said.get("goes_on")):
            self.add_error("until", _("What happened once has no end. Choose how often it happened."))
        if "nobody" in said.get("present", ()) and len(said["present"]) > 1:
            self.add_error("present", _("Choose either nobody or who was there."))
        return said

    def said(self) -> rules.SaidIncident:
        """Return what was typed; of a valid form."""
        said = self.cleaned_data
        names = ("frequency", "setting", "goes_on", "relations", "present")
        words = ("platform", "material", "still_online", "place", "words")
        return rules.SaidIncident(
            forms=self.chosen(),
            since=said["since_point"],
            until=said["until_point"],
            territory=said["territory"] or None,
            **{name: said[name] for name in (*names, *words)},
        )


def start(now_known: Happened | None = None) -> dict[str, Any]:
    """Return with what the form begins: what is known of an incident, or a fresh key."""
    if now_known is None:
        return {"key": uuid4()}
    version = now_known.version
    since = rules.Point(version.since, version.since_precision)
    until = rules.Point(version.until, version.until_precision)
    acts: dict[str, list[str]] = {}
    for form in now_known.forms:
        acts.setdefault(f"acts_{form.parent}", []).append(form.key)
    names = ("frequency", "setting", "goes_on", "relations", "present", "platform", "material", "still_online")
    return {
        "seen": version.number,
        "since": rules.written(since),
        "since_about": since.precision == "about",
        "until": rules.written(until),
        "until_about": until.precision == "about",
        "territory": version.territory_id or "",
        "place": now_known.place or "",
        "words": now_known.words or "",
        **{name: getattr(version, name) for name in names},
        **acts,
    }


class StrikeForm(forms.Form):
    """Why something is struck."""

    reason = forms.ChoiceField(label=_("Why it is struck"), choices=rules.STRIKE_REASONS.asked)


class LinkForm(forms.Form):
    """Who of the file has to do with an incident: an allegation, or a person and what they have to do with it."""

    who = forms.ChoiceField(label=_("Who of this file has to do with it"), choices=[])

    def __init__(self, *arguments: Any, people: Sequence[Any], **named: Any) -> None:
        super().__init__(*arguments, **named)
        cast(forms.ChoiceField, self.fields["who"]).choices = [NOTHING, *people]


def last_day(said: dict[str, Any], name: str, today: date, form: forms.Form) -> None:
    """Refuse a day to come in a field of a form."""
    if said.get(name) is not None and said[name] > today:
        form.add_error(name, _("This day has not come yet."))
