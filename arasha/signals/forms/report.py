"""The shape of a report: short enough for two minutes, and nothing in it is refused for want of a paper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from arasha.kernel.worktime.rules import ZONE, local
from arasha.signals import rules
from arasha.signals.forms.injury import InjuryForm
from arasha.signals.forms.institution import INSTITUTION, InstitutionFields
from arasha.signals.forms.ways import WaysForm
from arasha.ui.fields import DateField, Option

LONGEST_TEXT = 10_000
ROW = re.compile(r"injury-(\d{1,2})-region")
DROP = re.compile(r"drop-(\d{1,2})")


@dataclass(frozen=True)
class Choices:
    """What may be chosen: districts by region; of one district schools, clinics, bodies, who would be told; the way."""

    place: str
    districts: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    schools: Sequence[tuple[int, str]] = ()
    clinics: Sequence[tuple[int, str]] = ()
    bodies: Sequence[tuple[int, str]] = ()
    institutions: Sequence[tuple[int, str]] = ()
    told: Sequence[tuple[int, Option]] = ()
    ways: Sequence[tuple[str, Option]] = ()
    police: Sequence[tuple[int, str]] = ()


def _words(label: Any, help_text: Any, *, rows: int = 2, longest: int = 2000) -> forms.CharField:
    """Return a field of words that may be left empty."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=longest, required=False)


def _one_of(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Return a list of numbered things to choose from, whose first choice is that it is not known."""
    return forms.TypedChoiceField(label=label, help_text=help_text, coerce=int, empty_value=None, required=False)


def _side_by_side() -> forms.RadioSelect:
    """Return radios with short words beside each other."""
    return forms.RadioSelect(attrs={"class": "govuk-radios--small a-side-by-side"})


class ReportForm(InstitutionFields, WaysForm):
    """A professional's report. Required: what worries, and two safety questions; the district has an answer already.

    `asking` names the button that asked to see the form again, which checks nothing: `place` after another district
    was chosen, `injuries` after places were marked on the figure, `more` for one more injury at the last place,
    `drop-3` to take one away. `injuries` are the forms of the injuries described.
    """

    place = forms.ChoiceField(
        label=_("District where the child lives"),
        help_text=_("If you do not know it: where the child is now."),
        required=False,
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    shown_place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)
    concerns = forms.MultipleChoiceField(
        label=_("What worries you"), choices=rules.CONCERNS.choices, widget=forms.CheckboxSelectMultiple
    )
    safe_now = forms.ChoiceField(
        label=_("Is the child safe now?"), choices=rules.ANSWERS.choices, widget=_side_by_side()
    )
    suspect_has_access = forms.ChoiceField(
        label=_("Can the person suspected reach the child today?"),
        choices=rules.ANSWERS.choices,
        widget=_side_by_side(),
    )
    must_not_know = _words(
        _("Who must not learn of this report, or be contacted?"),
        _("A parent, a relative, somebody who works in the police, the school or here. Names, if you know them."),
    )
    barred_users = forms.TypedMultipleChoiceField(
        label=_("Is one of these people close to the suspect?"),
        help_text=_("They would be told of the report. Whoever you tick is not told and cannot see the file."),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    suspect_works = forms.ChoiceField(
        label=_("Does the person suspected work in one of these places?"),
        help_text=_("That place is then not told, and nobody who works there sees the file."),
        choices=[("", _("no, or not known")), *rules.WORKPLACES.choices()],
        widget=forms.RadioSelect,
        required=False,
    )
    suspect_body = _one_of(_("Which body"))
    may_ring = _words(
        _("When and how may we ring you?"),
        _("Only the coordinator may ask for this, with a reason that is recorded."),
    )
    child_called = forms.CharField(
        label=_("What the child is called"),
        help_text=_("As far as you know it. No number or document is needed."),
        max_length=200,
        required=False,
    )
    child_age = forms.IntegerField(
        label=_("Age, years"),
        help_text=_("About how old, if you do not know exactly."),
        min_value=0,
        max_value=120,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    child_sex = forms.ChoiceField(
        label=_("Girl or boy"), choices=rules.SEXES.choices, widget=_side_by_side(), initial="unknown", required=False
    )
    school = _one_of(_("The child’s school or kindergarten"))
    clinic = _one_of(_("The child’s clinic"))
    whereabouts = _words(
        _("Where the child can be found"), _("Address, with whom. Whoever must go and see the child reads this.")
    )
    regions = forms.MultipleChoiceField(
        label=_("Places with an injury"),
        choices=rules.REGIONS.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    narrative = _words(
        _("What you saw or heard"),
        _("What you saw apart from what you were told. Do not ask the child for details: one trained person will."),
        rows=6,
        longest=LONGEST_TEXT,
    )
    identified_on = DateField(label=_("Day"), required=False)
    identified_at = forms.TimeField(
        label=_("Time"),
        help_text=_("For example, 09:40"),
        input_formats=["%H:%M", "%H.%M"],
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
    )
    way = forms.ChoiceField(
        label=_("Which way the report goes"),
        widget=forms.RadioSelect,
        initial="direct",
        required=False,
    )
    phrase = forms.CharField(
        label=_("A phrase that only you know"),
        help_text=_("At least 8 characters. You will need it with the code to see your receipt. Empty: you get one."),
        min_length=rules.LEAST_PHRASE,
        max_length=rules.MOST_PHRASE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, choices: Choices, now: datetime, asking: str = ""
    ) -> None:
        super().__init__(
            data, initial={"place": choices.place, "shown_place": choices.place, "once": rules.new_ticket()}
        )
        self.now, self.asking, self.choices_shown = now, asking, choices
        not_known = ("", _("not known"))
        self._choose("place", choices.districts)
        for name in ("school", "clinic"):
            self._choose(name, [not_known, *getattr(choices, f"{name}s")])
        self._choose("suspect_body", [not_known, *choices.bodies])
        self._choose("institution", [not_known, *choices.institutions])
        self._choose("hindered_by", [not_known, *choices.police])
        self._choose("way", choices.ways)
        for name in (*ANSWERED, *INSTITUTION):
            self.fields[name].says_optional = True  # type: ignore[attr-defined]  # the template asks for it
        self._choose("barred_users", choices.told)
        if not choices.told:
            del self.fields["barred_users"]

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def full_clean(self) -> None:
        """Check what was typed, unless it is only shown again."""
        if self.asking:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    @cached_property
    def injuries(self) -> list[InjuryForm]:
        """The injuries described; and, when asking, an empty form for each place that was only marked."""
        found = {int(row[1]) for name in self.data if (row := ROW.fullmatch(name))}
        dropped = DROP.fullmatch(self.asking)
        numbers = sorted(found - ({int(dropped[1])} if dropped else set()))[: rules.MOST]
        rows = [self._row(number, self.data) for number in numbers]
        if not self.asking or dropped:
            return rows
        described = [row["region"].value() for row in rows]
        fresh = [code for code in self._marked() if code in rules.REGIONS and code not in described]
        if self.asking == "more" and described:
            fresh.append(described[-1])
        start = max(found, default=-1) + 1
        return [*rows, *(self._row(start + place, None, region) for place, region in enumerate(fresh))][: rules.MOST]

    def _row(self, number: int, data: Mapping[str, Any] | None, region: str = "") -> InjuryForm:
        kept = InjuryForm(data, prefix=f"injury-{number}", initial={"region": region}, today=local(self.now).date())
        kept.asking = bool(self.asking)
        return kept

    def _marked(self) -> list[str]:
        return cast(list[str], self["regions"].value() or [])

    def body_map(self) -> list[dict[str, Any]]:
        """Return the two figures: each region with its words, its shape, and whether it is marked."""
        rows = {row["region"].value() for row in self.injuries}
        marked = rows | (set() if DROP.fullmatch(self.asking) else set(self._marked()))
        return [
            {
                "side": side,
                "regions": [
                    {
                        "code": region.code,
                        "label": rules.REGIONS.label(region.code),
                        "path": region.more["path"],
                        "on": region.code in marked,
                    }
                    for region in rules.regions_of(side)
                ],
            }
            for side in rules.SIDES
        ]

    def clean_place(self) -> str:
        """Take the district that was shown when none was sent."""
        return self.cleaned_data["place"] or self.choices_shown.place

    def clean(self) -> dict[str, Any]:
        """Check what belongs together: the district shown, the moment, and each injury."""
        said = super().clean() or {}
        if said.get("shown_place") and said.get("place") not in {None, said["shown_place"]}:
            self.add_error("place", _("The district is another one now. Look again at whom the report would reach."))
        if said.get("suspect_works") == "other" and not said.get("suspect_body"):
            self.add_error("suspect_body", _("Choose the body where the person works."))
        said["moment"] = self._moment(said)
        if [row for row in self.injuries if not row.is_valid()]:  # each is asked, so that each shows its errors
            self.add_error("regions", _("Something about an injury needs to be put right."))
        return said

    def _moment(self, said: Mapping[str, Any]) -> datetime | None:
        """Return when it was identified; a day without a time counts from its beginning, so that no limit is longer."""
        day, clock = said.get("identified_on"), said.get("identified_at")
        if day is None and clock is None:
            return None
        moment = datetime.combine(day or local(self.now).date(), clock or time(0), tzinfo=ZONE)
        if moment > self.now:
            self.add_error("identified_on" if day else "identified_at", _("This moment has not come yet."))
        return moment

    def report(self, door: str) -> rules.Report:
        """Return what is told; call it on a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        described = [row.injury() for row in self.injuries if row.is_valid()]
        return rules.Report(
            door=door,
            territory=said["place"],
            concerns=said["concerns"],
            safe_now=said["safe_now"],
            suspect_has_access=said["suspect_has_access"],
            **{name: said[name] for name in WORDS if name in said},
            child_age=said.get("child_age"),
            child_sex=said.get("child_sex", "unknown"),
            barred_users=said.get("barred_users", ()),
            identified_at=said.get("moment"),
            school=said.get("school"),
            clinic=said.get("clinic"),
            suspect_works=said.get("suspect_works", ""),
            suspect_body=said.get("suspect_body"),
            injuries=rules.with_ticked(described, said.get("regions", ())),
            way=said.get("way", "direct"),
            **self.institution_said(),
            **self.told_besides(),
        )


# These have an answer already, or stand under words that say so.
ANSWERED = (
    *("place", "child_sex", "suspect_works", "suspect_body", "school", "clinic"),
    *("way", "identified_on", "identified_at"),
)
WORDS = ("child_called", "narrative", "whereabouts", "must_not_know", "may_ring")
