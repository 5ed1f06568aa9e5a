"""What can be done with an obligation from its page: each deed has its form, its action and its word of success."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.vault.rules import FileRefused, refusal_text
from arasha.obligations import actions, rules
from arasha.obligations import forms as shapes
from arasha.obligations.models import Obligation
from arasha.obligations.queries.page import ObligationPage, may_owe
from arasha.obligations.views.words import language, said, short

Said = Mapping[str, Any]
SAME, OTHER_BODY = "same_duty", "other_body"


@dataclass(frozen=True)
class Deed:
    """One thing to do: its form, what calls its action, what is said when it is done, and for whom it is there."""

    form: type[shapes.DeedForm]
    call: Callable[[StaffRequest, UUID, Said], Obligation]
    done: str | Promise
    offered: Callable[[ObligationPage], bool]
    leaves: bool = False  # whoever did it may not see the page any more


def _words(action: Callable[..., Obligation], *names: str) -> Callable[[StaffRequest, UUID, Said], Obligation]:
    """Make the call of an action that takes these fields of its form, reason and words among them."""

    def call(request: StaffRequest, obligation: UUID, form: Said) -> Obligation:
        given = {name: form["moment" if name == "until" else name] for name in names}
        return action(actor=request.actor, obligation=obligation, now=request.now, **given)

    return call


def _meet(request: StaffRequest, obligation: UUID, form: Said) -> Obligation:
    files = [actions.Attached(file.name or "", file) for file in form["proofs"]]
    return actions.meet(
        actor=request.actor,
        obligation=obligation,
        answer=form["answer"],
        outcome=form.get("outcome", ""),
        files=files,
        now=request.now,
    )


def _pass_on(request: StaffRequest, obligation: UUID, form: Said) -> Obligation:
    return actions.pass_on(
        actor=request.actor,
        obligation=obligation,
        unit=form["unit"],
        reason=OTHER_BODY,
        words=form["words"],
        now=request.now,
    )


def _replace(request: StaffRequest, obligation: UUID, form: Said) -> Obligation:
    return actions.supersede(
        actor=request.actor, obligation=obligation, by=UUID(form["by"]), reason=SAME, now=request.now
    )


def _deliver(request: StaffRequest, obligation: UUID, form: Said) -> Obligation:
    return actions.note_delivery(
        actor=request.actor,
        obligation=obligation,
        by=rules.DeliveredBy(form["by"]),
        on=form["on"],
        incoming=form["incoming"],
        words=form["words"],
        now=request.now,
    )


def _owes(page: ObligationPage) -> bool:
    return page.may_meet and not page.answered_at


def _owes_running(page: ObligationPage) -> bool:
    return page.may_meet and page.ticking


def _supervises(page: ObligationPage) -> bool:
    return page.may_supervise and page.running


def _supervises_running(page: ObligationPage) -> bool:
    return page.may_supervise and page.ticking


REASONED = ("reason", "words")
DEEDS: dict[str, Deed] = {
    "meet": Deed(shapes.MeetForm, _meet, _("Recorded: the obligation is met."), _owes),
    "ask": Deed(
        shapes.AskForm,
        _words(actions.ask_for_time, "until", *REASONED),
        _("You asked for more time. Until somebody answers, the time that counts stays as it is."),
        _owes_running,
    ),
    "decline": Deed(
        shapes.DeclineForm,
        _words(actions.decline, *REASONED),
        _("Recorded. The obligation went on to another body at once."),
        _owes,
        leaves=True,
    ),
    "grant": Deed(
        shapes.GrantForm, _words(actions.grant_time, "until", "words"), _("More time was given."), _supervises_running
    ),
    "refuse": Deed(
        shapes.RefuseForm,
        _words(actions.refuse_time, *REASONED),
        _("Refused. The unit that asked was told."),
        lambda page: page.may_supervise and page.obligation.asked_until is not None,
    ),
    "suspend": Deed(
        shapes.SuspendForm,
        _words(actions.suspend, "until", *REASONED),
        _("The time of this obligation stands still."),
        _supervises_running,
    ),
    "resume": Deed(
        shapes.ResumeForm,
        _words(actions.resume, *REASONED),
        _("The time of this obligation runs again."),
        lambda page: page.may_supervise and page.state is rules.State.SUSPENDED,
    ),
    "waive": Deed(shapes.WaiveForm, _words(actions.waive, *REASONED), _("Recorded: it need not be done."), _supervises),
    "reopen": Deed(
        shapes.ReopenForm,
        _words(actions.reopen, *REASONED),
        _("The obligation is owed again."),
        lambda page: page.may_supervise and page.reopenable,
    ),
    "pass-on": Deed(shapes.PassOnForm, _pass_on, _("Another unit owes it now and was told."), _supervises),
    "replace": Deed(
        shapes.ReplaceForm,
        _replace,
        _("Recorded: the other obligation takes its place."),
        lambda page: _supervises(page) and bool(page.beside),
    ),
    "deliver": Deed(
        shapes.DeliverForm,
        _deliver,
        _("Recorded: the notice was handed over."),
        lambda page: _supervises(page) and bool(page.obligation.number) and page.obligation.delivered_at is None,
    ),
}
# What is wrong with what was given, at which field, in words.
FAULTS: dict[type[Exception], tuple[str, str | Promise]] = {
    actions.AnswerMissing: ("answer", _("Write what was done. Nothing was recorded yet.")),
    actions.OutcomeMissing: ("outcome", _("Choose how it came out. Nothing was recorded yet.")),
    actions.NotAllConsidered: (
        "outcome",
        _("Somebody on the list still has no decision, or nobody is listed yet. Nothing was recorded yet."),
    ),
    actions.TooManyFiles: ("proofs", _("No more than ten files at once. Nothing was recorded yet.")),
    actions.NoLaterMoment: ("until", _("Choose a moment later than the one that counts now, and not in the past.")),
    actions.NoEnd: ("until", _("Choose a moment in the future: nothing stands still without an end.")),
    actions.NotHandedOverThen: ("on", _("Choose a day from the one on which the notice was sent until today.")),
    actions.TooLong: ("words", shapes.TOO_LONG),
    actions.UnitNotThere: ("unit", _("This unit can’t take it over. Choose another.")),
    actions.AlreadyTheirs: ("unit", _("This unit had it before. Choose another.")),
    actions.NoSuccessor: ("by", _("The other obligation ended meanwhile, or is in another file.")),
    rules.ReasonMissing: ("words", _("For this reason, say it in your own words, too.")),
}

FAULTY: tuple[type[Exception], ...] = (*FAULTS, FileRefused)


def form_for(name: str, page: ObligationPage, now: datetime, request: StaffRequest | None = None) -> shapes.DeedForm:
    """Make the deed's form for the obligation: filled in by the request, or as it is first shown."""
    more: dict[str, Any] = {"page": page, "language": language(), "initial": _first(name, page)}
    if name == "pass-on":
        more["units"] = [(unit.pk, f"{unit.name}, {unit.body.name}") for unit in may_owe(page.obligation, now)]
    if name == "replace":
        more["twins"] = [(str(row.pk), f"{said(page.step.what)} · {short(row.due_now, now)}") for row in page.beside]
    if request is not None:
        return DEEDS[name].form(request.POST, request.FILES, **more)
    return DEEDS[name].form(**more)


def forms_of(page: ObligationPage, now: datetime) -> dict[str, shapes.DeedForm]:
    """Return the forms that the reader is offered, by the names that the template knows."""
    return {name.replace("-", "_"): form_for(name, page, now) for name, deed in DEEDS.items() if deed.offered(page)}


def supervising(forms: Mapping[str, shapes.DeedForm], asked: bool) -> list[tuple[str, shapes.DeedForm, str, str]]:
    """Return what a supervisor may decide: the deed, its form, the question and the word on its button."""
    questions = {
        "grant": (_("Give more time"), _("Give this time")),
        "suspend": (_("Let its time stand still"), _("Suspend it")),
        "resume": (_("Let its time run again"), _("Resume it")),
        "pass_on": (_("Give it to another unit"), _("Pass it on")),
        "replace": (_("The file owes the same twice"), _("Replace it")),
        "deliver": (_("The notice was handed over another way"), _("Record it")),
        "waive": (_("It need not be done"), _("Record that it need not be done")),
        "reopen": (_("This was no answer: it is owed again"), _("Open it again")),
    }
    offered = [(name, form) for name, form in forms.items() if name in questions and not (asked and name == "grant")]
    return [(name.replace("_", "-"), form, *map(str, questions[name])) for name, form in offered]  # type: ignore[misc]


def put_fault(form: shapes.DeedForm, fault: Exception) -> None:
    """Say at its field what is wrong with what was given."""
    if isinstance(fault, FileRefused):
        form.add_error("proofs", refusal_text(fault.code))
        return
    field, words = FAULTS[type(fault)]
    form.add_error(field if field in form.fields else None, str(words))


def _first(name: str, page: ObligationPage) -> dict[str, Any]:
    if name == "grant" and page.obligation.asked_until:
        return shapes.as_typed(page.obligation.asked_until)
    return {}
