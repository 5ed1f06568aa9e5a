"""How likely harm is, why, and when that is judged again."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from arasha.cases import rules
from arasha.ui.fields import DateField

LONGEST = 10_000


class RiskForm(forms.Form):
    """A level with its reasons. `last` is the level that stands now, `seen` whether the child was seen alone since."""

    level = forms.ChoiceField(label=_("Risk of harm"), choices=rules.RISKS.choices, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("What speaks for it"),
        help_text=_("What raises the risk and what lowers it. The rules look at these, too."),
        choices=rules.RISK_REASONS.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=_("Why you judge so"),
        help_text=_("What you saw. Who may not read narratives does not read this."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        max_length=LONGEST,
        required=False,
    )
    override = forms.ChoiceField(
        label=_("If you choose another level than the rules suggest: why"),
        choices=rules.OVERRIDES.asked,
        required=False,
    )
    unseen = forms.ChoiceField(
        label=_("If you lower the level and nobody saw the child alone since: why"),
        choices=rules.UNSEEN.asked,
        required=False,
    )
    again_on = DateField(
        label=_("Judge again on"),
        help_text=_("Leave it empty for the usual time of this level."),
        required=False,
    )
    over = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, today: date, last: str = "", seen: bool = True, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today, self.last, self.seen = today, last, seen

    def clean(self) -> dict[str, Any]:
        """Ask for what a lowered level needs, and refuse days gone by."""
        said = super().clean() or {}
        if said.get("again_on") and said["again_on"] < self.today:
            self.add_error("again_on", _("This day is over."))
        level = said.get("level")
        lowers = level and self.last and rules.rank(level) < rules.rank(self.last)
        if lowers and not self.seen and not said.get("unseen"):
            self.add_error("unseen", _("Nobody saw the child alone since the level was judged. Say why it is lower."))
        return said

    def look_again(self, newest: UUID) -> None:
        """Say that a colleague judged meanwhile, and take their judgement as the one that was read now."""
        data = cast("QueryDict", self.data).copy()
        data["over"] = str(newest)
        self.data = data
        self.add_error(
            None, _("A colleague judged meanwhile. Read their judgement; to keep your lower level, press again.")
        )
