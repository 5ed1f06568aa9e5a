"""What is typed when a visit is planned, moved or cancelled. `seen`: which plan the page showed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.care import rules
from arasha.care.forms.visiting import Moment, Plain, area
from arasha.care.rules import PlanSaid
from arasha.ui.fields import Once


class PlanForm(Once, Moment):
    """When a visit is made, who goes, and what whoever goes must know. `own`: nobody asked for it, so it says why."""

    def __init__(
        self,
        *args: Any,
        now: datetime,
        posts: Sequence[tuple[int, str]],
        seen: int = 0,
        own: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.add_moment(now)
        boxes = forms.CheckboxSelectMultiple
        if own:
            self.fields["words"] = area(_("What the visit is for"))
        self.fields["posts"] = forms.TypedMultipleChoiceField(
            label=_("Who goes"), choices=posts, coerce=int, widget=boxes
        )
        self.fields["dangers"] = forms.MultipleChoiceField(
            label=_("Known dangers"), choices=rules.DANGERS.choices, required=False, widget=boxes
        )
        self.fields["safety"] = area(_("What else to mind for safety"), required=False)
        self.fields["meeting"] = area(_("Where those who go meet"), required=False)
        self.fields["must_not_know"] = area(_("Who must not learn of the visit"), required=False)
        if seen:
            reasons = [("", _("Choose one.")), *rules.PLAN_REASONS.choices()]
            select = forms.Select({"class": "govuk-select"})
            self.fields["reason"] = forms.ChoiceField(label=_("Why it is moved"), choices=reasons, widget=select)
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen, min_value=0, max_value=9999)

    @property
    def said(self) -> PlanSaid:
        """Return what was typed; the form must be valid."""
        got = self.cleaned_data
        words = {name: got[name] for name in ("meeting", "safety", "must_not_know")}
        return PlanSaid(starts=self.moment, posts=got["posts"], dangers=got["dangers"], **words)


class CancelForm(Plain):
    """Why a visit is not made."""

    reason = forms.ChoiceField(
        label=_("Why it is cancelled"), choices=rules.PLAN_REASONS.choices, widget=forms.RadioSelect
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9999)
