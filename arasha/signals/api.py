"""The door of signals for other systems: tell of a child; ask whether somebody is working on it.

Who tells is sealed as on the page: the act names neither account nor unit, nothing that is kept leads from one to the
other, and the reference that comes back is a capability that its holder alone has (docs/decisions/0017).
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from ninja import Status
from pydantic import AwareDatetime, Field

from arasha.kernel.access import policy as access
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.api import Answer, ApiRequest, Body, Endpoints, code_of, text
from arasha.kernel.exchange.rules import SIGNAL_STATE, WRITE_SIGNALS, FieldError, Problem
from arasha.kernel.exchange.rules.references import ReferenceInvalid, open_reference, seal_reference
from arasha.kernel.territory.queries import district_of
from arasha.signals import actions, policy, queries, rules
from arasha.signals.forms.report import LONGEST_TEXT
from arasha.signals.models import Signal
from arasha.ui.rules import CodeList

router = Endpoints(tags=["signals"])
CLOCKS_DIFFER = timedelta(minutes=5)
PLACES = {"school": "education_school", "clinic": "health_care"}
# What a report says in another form than its rule.
OTHERWISE = {
    *("injuries", "school", "clinic", "receipt", "suspect_works", "concerns"),
    *("happened_in", "institution", "suspect", "statement", "hindered_by", "dangers"),
}
NO_DOOR = "health"  # who reports through no door is refused by the action, whichever is named
SEALED = "Sealed; read by whoever must act"


def on_list(codes: CodeList) -> Any:
    """Return the type of a code of one of our lists."""
    return code_of(row.code for row in codes)


class Injury(Body):
    """One injury, as somebody saw it."""

    region: on_list(rules.REGIONS)  # type: ignore[valid-type]
    kind: on_list(rules.KINDS) = rules.NOT_DESCRIBED  # type: ignore[valid-type]
    size_mm: Annotated[list[Annotated[int, Field(ge=1, le=9999)]], Field(max_length=2)] = []
    colours: Annotated[list[on_list(rules.COLOURS)], Field(max_length=5)] = []  # type: ignore[valid-type]
    seen_on: Annotated[date, Field(strict=False)] | None = None


class Report(Body):
    """What a reporter tells. Four answers are enough; the rest is told when it is known."""

    territory: text(9, pattern="^[0-9]{9}$") = Field(  # type: ignore[valid-type]
        description="KATO code of the place where the child lives, or is now if that is not known"
    )
    concerns: Annotated[list[on_list(rules.CONCERNS)], Field(min_length=1, max_length=20)]  # type: ignore[valid-type]
    safe_now: on_list(rules.ANSWERS)  # type: ignore[valid-type]
    suspect_has_access: on_list(rules.ANSWERS)  # type: ignore[valid-type]
    must_not_know: text(2000) = Field("", description="Who must not learn of it; names, if known. " + SEALED)  # type: ignore[valid-type]
    child_called: text(200) = ""  # type: ignore[valid-type]
    child_age: Annotated[int, Field(ge=0, le=120)] | None = None
    child_sex: on_list(rules.SEXES) = "unknown"  # type: ignore[valid-type]
    whereabouts: text(2000) = Field("", description="Where the child can be found. " + SEALED)  # type: ignore[valid-type]
    narrative: text(LONGEST_TEXT) = Field("", description="What was seen and heard. " + SEALED)  # type: ignore[valid-type]
    may_ring: text(2000) = Field(  # type: ignore[valid-type]
        "", description="Who told, and when and how they may be rung; kept under the reporter's own key"
    )
    identified_at: Annotated[AwareDatetime, Field(strict=False)] | None = None
    injuries: Annotated[list[Injury], Field(max_length=rules.MOST)] = []
    school: text(60) = Field("", description="The code of the child's school, a unit of the district")  # type: ignore[valid-type]
    clinic: text(60) = Field("", description="The code of the child's clinic, a unit of the district")  # type: ignore[valid-type]
    suspect_works: on_list(rules.WORKPLACES) | None = Field(  # type: ignore[valid-type]
        None, description="Where the suspect works: that body is not told, and nobody of it sees the file"
    )
    happened_in: on_list(rules.INSTITUTIONS) | None = Field(  # type: ignore[valid-type]
        None,
        description="It happened where the child lives, learns, trains or worships: the kind of institution. Nobody of"
        " it sees the file",
    )
    institution: text(60) = Field("", description="The code of that body, if it is one of the child's region")  # type: ignore[valid-type]
    place_called: text(200) = Field("", description="Or what it is called. " + SEALED)  # type: ignore[valid-type]
    suspect: on_list(rules.SUSPECTS) | None = Field(None, description="Who the person suspected is")  # type: ignore[valid-type]
    way: on_list(rules.WAYS) = Field("direct", description="direct: nobody of your body learns of it through us")  # type: ignore[valid-type]
    school_class: text(16) = Field("", description="The child's class; by it a repeat in one class is noticed")  # type: ignore[valid-type]
    dangers: Annotated[list[on_list(rules.DANGERS)], Field(max_length=20)] = []  # type: ignore[valid-type]
    statement: on_list(rules.STATEMENTS) | None = Field(  # type: ignore[valid-type]
        None, description="How it stands with a statement of the victim or a parent; none is ever needed"
    )
    pressure: bool = Field(False, description="Whether child or family are pressed to withdraw")
    hindered_by: text(60) = Field(  # type: ignore[valid-type]
        "", description="The code of the police unit that refused or presses: it learns nothing of the file"
    )
    receipt: bool = Field(False, description="Whether the person who told wants a receipt of their own")


class Receipt(Answer):
    """For the person who told; shown once, kept nowhere."""

    code: str
    phrase: str


class Told(Answer):
    """What became of the report: it has an owner, and a reference by which you may ask."""

    reference: str = Field(description="Keep it where who told is kept: it is good for your account alone")
    state: str = Field(description="See the code list `signal_states`")
    receipt: Receipt | None


class State(Answer):
    """Received, being worked on or finished; never more."""

    state: str


@router.post("/signals", response={201: Told}, summary="Tell of a child")
@access.api(WRITE_SIGNALS)
def tell(request: ApiRequest, report: Report) -> Any:
    """Tell that a child may be suffering violence: what the page does, for a system that somebody uses.

    The act names neither your account nor your unit; who told lies under a key of its own. Send it again with the
    same key when no answer came: it is told once.
    """
    told = _report(request.actor, report, request.now)
    try:
        signal, given = _kept(request.actor, told, report.receipt, request.now)
    except policy.NotAllowed:
        raise Problem("scope_missing") from None
    except actions.NobodyCoordinates:
        raise Problem("nobody_coordinates") from None
    reference = seal_reference(settings.SECRET_KEY, signal.dossier_id, about=_about(request.actor))
    receipt = {"code": given.code, "phrase": given.phrase} if given else None
    return Status(201, {"reference": reference, "state": rules.SenderState.RECEIVED.value, "receipt": receipt})


@router.get("/signals/{reference}/state", response=State, summary="Whether somebody is working on it")
@access.api(SIGNAL_STATE)
def state(request: ApiRequest, reference: str) -> dict[str, str]:
    """Tell whether what was told is received, being worked on or finished. Nothing more, and it leaves no trace."""
    try:
        dossier = open_reference(settings.SECRET_KEY, reference, about=_about(request.actor))
    except ReferenceInvalid:
        raise Problem("not_found") from None
    found = queries.sender_state_of(dossier)
    if found is None:
        raise Problem("not_found")
    return {"state": found.value}


def _kept(actor: Actor, report: rules.Report, wanted: bool, now: datetime) -> tuple[Signal, actions.Given | None]:
    if not wanted:
        return actions.report_signal(actor=actor, report=report, now=now), None
    reported = actions.report_with_receipt(actor=actor, report=report, phrase="", ticket="", now=now)
    return reported.signal, reported.given


def _about(actor: Actor) -> str:
    return f"signal of {actor.account_id}"


def _report(actor: Actor, said: Report, now: datetime) -> rules.Report:
    """Return what was told, its codes found in their lists. Raises the problem `invalid` with the places."""
    errors: list[FieldError] = []
    if district_of(said.territory) is None:
        errors.append(FieldError("#/territory", "unknown_code"))
    if said.identified_at and said.identified_at > now + CLOCKS_DIFFER:
        errors.append(FieldError("#/identified_at", "out_of_range"))
    places: dict[str, int | None] = {}
    for name, function in PLACES.items():
        code = getattr(said, name)
        places[name] = None if errors else _unit_of(code, function, said.territory, now)
        if code and not errors and places[name] is None:
            errors.append(FieldError(f"#/{name}", "unknown_code"))
    institution = None if errors else queries.institution_by_code(said.institution, said.territory, now)
    if said.institution and not errors and institution is None:
        errors.append(FieldError("#/institution", "unknown_code"))
    hindering = None if errors else _police(said.hindered_by, said.territory, now)
    if said.hindered_by and not errors and hindering is None:
        errors.append(FieldError("#/hindered_by", "unknown_code"))
    if errors:
        raise Problem("invalid", errors=errors)
    injuries = [
        rules.Injury(one.region, one.kind, tuple(one.size_mm), tuple(one.colours), one.seen_on) for one in said.injuries
    ]
    same = said.model_dump(exclude=OTHERWISE)
    return rules.Report(
        door=rules.door_for(actor.functions) or NO_DOOR,
        concerns=list(dict.fromkeys(said.concerns)),
        injuries=injuries,
        suspect_works=said.suspect_works or "",
        happened_in=said.happened_in or "",
        institution=institution,
        suspect=said.suspect or "",
        statement=said.statement or "",
        hindered_by=hindering,
        dangers=list(dict.fromkeys(said.dangers)),
        school=places["school"],
        clinic=places["clinic"],
        **same,
    )


def _police(code: str, territory: str, now: datetime) -> int | None:
    """Return the police unit of a code among those that serve a district, None when there is none."""
    found = queries.police_units(territory, now) if code else []
    return next((unit.pk for unit in found if unit.code == code), None)


def _unit_of(code: str, function: str, territory: str, now: datetime) -> int | None:
    """Return the unit of a code among a district's schools or clinics, None when there is none."""
    return (
        next((unit.pk for unit in queries.places(function, territory, now) if unit.code == code), None)
        if code
        else None
    )
