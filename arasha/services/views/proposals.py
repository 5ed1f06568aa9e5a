"""What was proposed of an entry, beside what stands: taken or refused line by line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.services import actions, policy, queries, rules
from arasha.services.actions import Verdict
from arasha.services.models import Decision, Offering, Proposal
from arasha.services.policy import KEEP
from arasha.services.rules import EntryFaulty
from arasha.services.rules.proposals import PHONE, REST, Change
from arasha.services.views import words
from arasha.services.views.pages import kept_alone

LONGEST = 20
WHY_NOT: dict[type[Exception], Any] = {
    actions.SecondPersonNeeded: gettext_lazy(
        "The new telephone number can’t be taken yet: another keeper must first ring a number known before."
    ),
    actions.LinesLeft: gettext_lazy(
        "“All else is so” is decided last: decide the other lines first, or together with it."
    ),
    actions.ChangedMeanwhile: gettext_lazy(
        "Somebody changed this entry or decided on this proposal meanwhile. Look at it again: it stands anew."
    ),
    ValueError: gettext_lazy("Give a reason for each line that you refuse."),
}


@may(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
@kept_alone
def proposal(request: StaffRequest, answer: UUID) -> HttpResponse:
    """Show a proposal line by line, and take what is decided of it."""
    found = queries.proposal(request.actor, answer)
    policy.require_keeping(request.actor, found.site.territory_id)
    fault = ""
    if request.method == "POST":
        fault = _decide(request, found)
        if not fault:
            messages.success(request, _("Recorded."))
            done = REST in queries.decided(found)
            there = reverse("services:provider", args=[found.site.provider_id])
            return redirect(there if done else reverse("services:proposal", args=[answer]))
    return render(request, "services/proposal.html", _context(request, found, fault), status=422 if fault else 200)


@may(KEEP)
@require_POST
@kept_alone
def vouch(request: StaffRequest, answer: UUID) -> HttpResponse:
    """Say that the actor rang a number that was known before."""
    try:
        actions.vouch_phone(actor=request.actor, proposal_id=answer, rang=request.POST.get("rang", ""), now=request.now)
        messages.success(request, _("Recorded. Now another keeper can take the new number."))
    except ValueError:
        messages.error(request, _("Say which number you rang."))
    return redirect("services:proposal", answer=answer)


def _decide(request: StaffRequest, found: Proposal) -> str:
    """Take the verdicts of the form; returns what is wrong with them, "" when all is well."""
    verdicts = _verdicts(request, found)
    if not verdicts:
        return _("Nothing was decided. Take or refuse at least one line.")
    try:
        actions.decide_proposal(
            actor=request.actor,
            proposal_id=found.pk,
            verdicts=verdicts,
            now=request.now,
            seen=request.POST.get("seen", "")[:64],
        )
    except EntryFaulty as faulty:
        faults = [rules.FAULTS.label(one.code) if one.code in rules.FAULTS else "" for one in faulty.faults]
        named = [f"{words.label(one.field)}: {said}" for one, said in zip(faulty.faults, faults, strict=True)]
        return _("This can’t stand in the entry. %(faults)s") % {"faults": " ".join(named)}
    except tuple(WHY_NOT) as refusal:
        return str(WHY_NOT.get(type(refusal), WHY_NOT[ValueError]))
    return ""


def _verdicts(request: StaffRequest, found: Proposal) -> dict[str, Verdict]:
    """Read what the form decides: `line-0`, `line-1` … in the order in which the page shows them."""
    lines = [*(change.field for change in _read(found)[1]), REST]
    said = {field: request.POST.get(f"line-{place}", "")[:LONGEST] for place, field in enumerate(lines)}
    return {
        field: Verdict(verdict == "take", "" if verdict == "take" else verdict)
        for field, verdict in said.items()
        if verdict
    }


def _read(found: Proposal) -> tuple[dict[UUID, Offering], tuple[Change, ...], bool]:
    rows = {row.pk: row for row in found.site.offerings.order_by("pk")}
    read = queries.read_proposal(found, found.site, rows)
    return rows, read.changes, read.odd


def _context(request: StaffRequest, found: Proposal, fault: str) -> dict[str, Any]:
    rows, changes, odd = _read(found)
    done = queries.decided(found)
    people = names_of({one.user_id for one in done.values()})
    lines = [
        _line(change, found, rows) | {"name": f"line-{place}", "decided": _decided(done.get(change.field), people)}
        for place, change in enumerate(changes)
    ]
    label = _("All else of the entry is so") if changes else _("All of the entry is so")
    decided = _decided(done.get(REST), people)
    rest = {"name": f"line-{len(changes)}", "label": label, "rest": True, "decided": decided}
    phone = next((change for change in changes if change.field == PHONE and PHONE not in done), None)
    return {
        "page_title": _("Proposed changes"),
        "page_meta": found.site.provider.body.name,
        "proposal": found,
        "from_inside": found.unit,
        "lines": [*lines, rest],
        "odd": odd,
        "fault": fault,
        "seen": queries.proposal_seen(found, found.site, rows),
        "refusals": rules.REFUSALS.choices(),
        "all_done": REST in done,
        "phone": phone,
        "whose": [_whose(names) for names in queries.whose_phone(phone.value, found.site_id)] if phone else [],
        "old_phone": words.value("phone", found.site.phone),
        "rings": rules.RINGS.choices(),
        "vouched": phone and queries.vouched(found, apart_from=request.actor.user_id),
        "vouched_by_me": phone and queries.vouched_by(found, request.actor),
        "back": reverse("services:provider", args=[found.site.provider_id]),
    }


def _line(change: Change, found: Proposal, rows: dict[UUID, Offering]) -> dict[str, Any]:
    owner = rows[change.offering] if change.offering else found.site
    return {
        "of": words.service(rows[change.offering].service) if change.offering else "",
        "label": words.label(change.name),
        "stands": words.value(change.name, getattr(owner, change.name)),
        "proposed": words.value(change.name, change.value),
    }


def _decided(one: Decision | None, people: dict[int, str]) -> str:
    if one is None:
        return ""
    what = _("Taken") if one.verdict == "taken" else _("Refused: %(why)s") % {"why": rules.REFUSALS.label(one.reason)}
    return f"{what} · {people.get(one.user_id, '')}"


def _whose(names: dict[str, str]) -> str:
    if not names:
        return _("This number stands in the directory at a hidden place.")
    return _("This is the number of: %(name)s.") % {"name": names[words.language()]}
