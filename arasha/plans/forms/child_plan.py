"""What is typed of a child's plan: goals, actions, who agreed, what came of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from arasha.plans.rules import child_plan as rules
from arasha.plans.rules.child_plan import ActionSaid, GoalSaid, VoiceSaid
from arasha.ui.fields import DateField, Option
from arasha.ui.rules import NOTHING

SILENT = "silent"
FAULTS = {
    "words": _("Say it in words, in at most 4,000 characters."),
    "owner": _("Choose who does it. What is owed at once keeps its unit and its day."),
    "due_on": _("Choose a day from today on, within a year. What is owed at once needs one."),
    "on": _("The day on which it was done can’t be in the future."),
    "reason": _("Choose why."),
    "review_on": _("Choose a day from today on, no later than the risk allows."),
}


def _text(label: Any, hint: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=rules.LONGEST,
        widget=forms.Textarea({"rows": rows, "maxlength": rules.LONGEST}),
    )


class _FaultyForm(forms.Form):
    """A form that shows at its field what an action of the plan can't take."""

    def show_fault(self, fault: rules.PlanFaulty) -> None:
        """Say at its field what can't be taken."""
        words = FAULTS.get(fault.name, _("Choose one."))
        self.add_error(fault.name if fault.name in self.fields else None, words)


class _RowForm(_FaultyForm):
    """A form of one goal or action: its id (the page makes that of a new one) and the revision that the page showed."""

    row = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["row"].initial = uuid4
        self.fields["seen"].initial = 0

    def see(self, revision: int) -> None:
        """Let the form say from now on that it was sent with this revision before somebody's eyes."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        data["seen"] = str(revision)
        self.data = data


class GoalForm(_RowForm):
    """What is to become better, and in whose words."""

    words = _text(
        _("What is to become better?"),
        _("As the child or the family says it: “nobody shouts at home”, “I sleep at night”. Not what happened."),
    )
    voice = forms.ChoiceField(label=_("In whose words"), choices=rules.PLAN_VOICES.choices, widget=forms.RadioSelect)
    need = forms.ChoiceField(label=_("What it is about"), choices=lambda: [NOTHING, *rules.PLAN_NEEDS.choices()])

    def said(self) -> GoalSaid:
        """Return what was typed."""
        return GoalSaid(**{name: self.cleaned_data[name] for name in ("words", "voice", "need")})


class ActionForm(_RowForm):
    """Who does what by when."""

    words = _text(
        _("What will be done?"), _("One thing. Whoever does it reads these words, and nothing else of the plan.")
    )
    owner = forms.ChoiceField(
        label=_("Who does it"), required=False, help_text=_("Can stay open while the plan is being written.")
    )
    due_on = DateField(label=_("By which day"), required=False)
    service = forms.ChoiceField(label=_("A service of the minimum package"), required=False)
    at_once = forms.BooleanField(
        label=_("It can’t wait for the agreement: the unit owes it from now on"),
        required=False,
    )

    def __init__(
        self,
        *arguments: Any,
        owners: Sequence[tuple[str, Any]],
        services: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        owner, service = self.fields["owner"], self.fields["service"]
        owner.choices = [NOTHING, *owners]  # type: ignore[attr-defined]  # a choice field
        service.choices = [("", _("None of these")), *services]  # type: ignore[attr-defined]  # a choice field
        for field in (self.fields["due_on"], service):
            field.says_optional = True  # type: ignore[attr-defined]  # the field says so beside its label

    def said(self) -> ActionSaid:
        """Return what was typed."""
        got = self.cleaned_data
        owner, _colon, key = got["owner"].partition(":")
        return ActionSaid(
            words=got["words"],
            owner=owner,
            unit=int(key) if owner == "unit" else None,
            person=UUID(key) if owner == "person" else None,
            service=got["service"],
            due_on=got["due_on"],
            at_once=got["at_once"],
        )


def owner_code(owner: str, unit: int | None, person: UUID | None) -> str:
    """Return an owner as the form's choice has it."""
    return f"{owner}:{unit or person}" if unit or person else owner


def _ways(party: str) -> list[tuple[str, Any]]:
    """Return how somebody may have agreed, then why they did not; the codes are apart by their prefix."""
    ways = [(f"way:{code}", label) for code, label in rules.PLAN_WAYS.choices()]
    why = [(f"not:{row.code}", row.code) for row in rules.PLAN_NOT_AGREED if party in rules.why_not(row.code)]
    return [*ways, *((code, Option(_NotAgreed(key))) for code, key in why)]  # type: ignore[arg-type]  # lazy words


class _NotAgreed:
    """Why somebody did not agree, in the reader's language when it is written out."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __str__(self) -> str:
        return str(_("No: %(reason)s") % {"reason": rules.PLAN_NOT_AGREED.label(self._code)})


def _voice(party: str, chosen: str, **more: Any) -> VoiceSaid:
    kind, _colon, code = chosen.partition(":")
    said = {"way": code} if kind == "way" else {"why_not": code}
    return VoiceSaid(party=party, **said, **more)  # type: ignore[arg-type]  # one of two names of text


class _ChildForm(_FaultyForm):
    """What the child says to it; left out where the plan is held apart for an adult."""

    child_way = forms.ChoiceField(label=_("Does the child agree?"), widget=forms.RadioSelect)
    child_words = _text(
        _("What the child says to it"),
        _("Their own words. Ask what they wish, not what happened."),
        required=False,
    )
    silent = forms.BooleanField(label=_("Asked, the child said nothing: that is an answer too"), required=False)
    review_on = DateField(label=_("Go through it again on"))

    def __init__(self, *arguments: Any, of_child: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if of_child:
            self.fields["child_way"].choices = _ways(rules.CHILD)  # type: ignore[attr-defined]  # a choice field
        else:
            for name in ("child_way", "child_words", SILENT):
                del self.fields[name]

    def child(self) -> VoiceSaid | None:
        """Return what the child said, None where the plan is not theirs."""
        got = self.cleaned_data
        if "child_way" not in got:
            return None
        return _voice(rules.CHILD, got["child_way"], words=got["child_words"], silent=got[SILENT])

    def show_fault(self, fault: rules.PlanFaulty) -> None:
        """Say at its field what can't be taken."""
        if fault.name == "child_words":
            self.add_error("child_words", _("Write what the child says, or that they said nothing."))
        else:
            super().show_fault(fault)


class AgreeForm(_ChildForm):
    """Who agreed to the plan, each adult apart; or why nobody did."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000_000)

    def __init__(self, *arguments: Any, adults: Sequence[tuple[UUID, str]], of_child: bool, **options: Any) -> None:
        super().__init__(*arguments, of_child=of_child, **options)
        self.adults = {f"adult_{key.hex}": key for key, _name in adults}
        for key, name in adults:
            self.fields[f"adult_{key.hex}"] = forms.ChoiceField(
                label=_("Does %(name)s agree?") % {"name": name},
                required=not of_child,
                choices=[("", _("Not asked")), *_ways(rules.ADULT)] if of_child else _ways(rules.ADULT),
                widget=forms.RadioSelect,
            )
        if of_child:
            why = [(code, label) for code, label in _ways(rules.ADULT) if code.startswith("not:")]
            self.fields["adult_way"] = forms.ChoiceField(
                label=_("If no adult who protects the child was asked: why"), required=False, choices=[NOTHING, *why]
            )
        self.order_fields([name for name in self.fields if name != "review_on"])

    def see(self, edits: int) -> None:
        """Let the form say from now on that the plan was seen with so many edits."""
        data = self.data.copy()  # type: ignore[attr-defined]  # what was posted
        data["seen"] = str(edits)
        self.data = data

    def voices(self) -> list[VoiceSaid]:
        """Return how each party agreed, or why not."""
        got, child = self.cleaned_data, self.child()
        said = [child] if child else []
        named = [(key, got.get(name)) for name, key in self.adults.items()]
        said += [_voice(rules.ADULT, chosen, person=key) for key, chosen in named if chosen]
        if got.get("adult_way") and not any(chosen for _key, chosen in named):
            said.append(_voice(rules.ADULT, got["adult_way"]))
        return said


class ReviewForm(_ChildForm):
    """A mark and words for each goal, what the child says, and the next day."""

    def __init__(self, *arguments: Any, goals: Sequence[tuple[UUID, str]], of_child: bool, **options: Any) -> None:
        super().__init__(*arguments, of_child=of_child, **options)
        self.goals = {f"goal_{root.hex}": root for root, _words in goals}
        for root, words in goals:
            self.fields[f"goal_{root.hex}"] = forms.ChoiceField(
                label=words, choices=rules.PLAN_MARKS.choices, widget=forms.RadioSelect
            )
            self.fields[f"words_{root.hex}"] = _text(_("What changed"), required=False, rows=2)
        if not of_child:
            self.fields["adult_way"] = forms.ChoiceField(
                label=_("Does whoever the plan is for go on with it?"),
                choices=_ways(rules.ADULT),
                widget=forms.RadioSelect,
            )
        tail = ["child_way", "child_words", SILENT, "adult_way", "review_on"]
        self.order_fields([*(name for name in self.fields if name not in tail), *tail])

    def marks(self) -> list[tuple[UUID, str, str]]:
        """Return of each goal its mark and words."""
        got = self.cleaned_data
        return [(root, got[name], got[f"words_{root.hex}"]) for name, root in self.goals.items()]

    def voice(self, person: UUID | None) -> VoiceSaid:
        """Return what the child said, or whose the plan is."""
        return self.child() or _voice(rules.ADULT, self.cleaned_data["adult_way"], person=person)


class ResultForm(_FaultyForm):
    """What became of an action that the child or an adult took on."""

    state = forms.ChoiceField(
        label=_("How does it stand?"), choices=rules.PLAN_ACTIONS.choices, widget=forms.RadioSelect
    )
    on = DateField(label=_("Done on"), required=False)
    reason = forms.ChoiceField(
        label=_("If it was not done: why"), choices=lambda: [NOTHING, *rules.PLAN_NOT_DONE.choices()], required=False
    )
    words = _text(_("What came of it"), required=False)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["on"].initial = today

    def said(self) -> dict[str, Any]:
        """Return what was typed, as `actions.record_action` takes it."""
        got = self.cleaned_data
        reason = got["reason"] if got["state"] == "not_done" else ""
        on = got["on"] if got["state"] == "done" else None
        return {"state": got["state"], "on": on, "reason": reason, "words": got["words"]}


class EndForm(_FaultyForm):
    """Why a plan ends."""

    reason = forms.ChoiceField(label=_("Why the plan ends"), choices=rules.PLAN_ENDS.choices, widget=forms.RadioSelect)


class ApartForm(forms.Form):
    """For which adult of the file a plan is held apart; nobody: the child's own."""

    person = forms.UUIDField(required=False)
