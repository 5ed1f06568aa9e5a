"""Callers who wish to be known again: beside a contact of theirs, and the supervisor's part."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.helpline import actions, policy, queries
from arasha.helpline.forms import NoteForm, OpenProfileForm, WordForm
from arasha.helpline.models import Contact, Profile
from arasha.helpline.policy import ANSWER
from arasha.helpline.rules.profiles import FLAGS, WordWeak
from arasha.helpline.views import console, showing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.ui.rules import UnknownCode
from arasha.ui.rules.parts import Empty


def _weak() -> str:
    return _("Too easy to guess: at least eight letters and digits, half of them letters. Two words are best.")


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def profile(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Know a caller again, or let them be known: beside a contact that the actor holds."""
    row = console.found(request, contact)
    if request.actor.post_id not in {row.operator_id, row.joined_id}:
        raise Http404
    if request.method != "POST":
        return _page(request, row)
    step = STEPS.get(request.POST.get("what", ""))
    if step is None:
        raise Http404
    try:
        return step(request, row) or redirect("helpline:profile", contact=contact)
    except (actions.ProfileNotThere, UnknownCode, policy.NotAllowed, actions.NotYours):
        raise Http404 from None
    except actions.ContactEnded:
        messages.error(request, _("The contact is written down already: nothing was kept."))
    return redirect("helpline:profile", contact=contact)


@sensitive_variables()
def _page(
    request: StaffRequest,
    row: Contact,
    *,
    opening: OpenProfileForm | None = None,
    word: WordForm | None = None,
    note: NoteForm | None = None,
) -> HttpResponse:
    known = queries.profile_of(request.actor, row)
    if known is not None:
        request.look(known.dossier_id)
    wrong = any(form is not None and form.errors for form in (opening, word, note))
    context = {
        "page_title": _("A caller who wishes to be known"),
        "page_meta": showing.title(row),
        "tabs": console.tabs(request, "console"),
        "row": row,
        "known": known,
        "word": word or WordForm(prefix="find"),
        "opening": opening or OpenProfileForm(prefix="open"),
        "tries": queries.tries_left(row),
        "by_box": queries.box_of(row) is not None,
    }
    if known is not None:
        context |= _shown(request, known, row)
        context["note"] = note or NoteForm(prefix="note", initial={"note": context["said"]})
    return render(request, "helpline/profile.html", context, status=422 if wrong else 200)


@sensitive_variables()
def _shown(request: StaffRequest, known: Profile, row: Contact) -> dict[str, Any]:
    found = queries.known_as(request.actor, known, request.now)
    language = showing.language()
    return {
        "said": found.note or "",
        "wished": format_moment(local(known.wished_at), language, request.now),
        "wished_by": queries.who([known.wished_by])[0],
        "flags": [
            (flag.code, showing.capital(FLAGS.label(flag.code)), format_date(local(flag.until).date(), language))
            for flag in found.flags
        ],
        "to_flag": [(code, showing.capital(str(label))) for code, label in FLAGS.choices()],
        "contacts": [
            (showing.title(one), format_moment(local(one.began_at), language, request.now), one.pk)
            for one in found.contacts
        ],
        "guidance": queries.guidance_of(request.actor, known),
        "opened_now": row.pk,
    }


@sensitive_variables()
def _open(request: StaffRequest, row: Contact) -> HttpResponse | None:
    form = OpenProfileForm(request.POST, prefix="open")
    if not form.is_valid():
        return _page(request, row, opening=form)
    said = form.cleaned_data
    given: dict[str, Any] = {"word": said["word"], "box": said["box"], "note": said["note"]}
    try:
        actions.open_profile(actor=request.actor, contact=row.pk, now=request.now, **given)
    except WordWeak:
        form.add_error("word", _weak())
    except actions.WordTaken:
        form.add_error("word", _("This word can’t be used. Let the caller choose another one."))
    except actions.NothingSaid:
        form.add_error("word", _("Without a word or a mailbox the caller can’t be found again."))
    if form.errors:
        return _page(request, row, opening=form)
    messages.success(request, _("The caller is known from now on, as they wished."))
    return None


@sensitive_variables()
def _find(request: StaffRequest, row: Contact) -> HttpResponse | None:
    form = WordForm(request.POST, prefix="find")
    if not form.is_valid():
        return _page(request, row, word=form)
    try:
        found = actions.find_profile(
            actor=request.actor, contact=row.pk, word=form.cleaned_data["word"], now=request.now
        )
    except actions.TooManyTries:
        form.add_error("word", _("So many words were tried that no more is looked up in this contact."))
        return _page(request, row, word=form)
    if found is None:
        messages.info(request, _("Nobody is known by this. Ask once more how it is written."))
    return None


@sensitive_variables()
def _note(request: StaffRequest, row: Contact) -> HttpResponse | None:
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, row, note=form)
    actions.note_profile(actor=request.actor, contact=row.pk, note=form.cleaned_data["note"], now=request.now)
    messages.success(request, _("Kept."))
    return None


def _flag(request: StaffRequest, row: Contact) -> HttpResponse | None:
    actions.set_flag(actor=request.actor, contact=row.pk, flag=request.POST.get("flag", ""), now=request.now)
    return None


def _lift(request: StaffRequest, row: Contact) -> HttpResponse | None:
    actions.lift_flag(actor=request.actor, contact=row.pk, flag=request.POST.get("flag", ""), now=request.now)
    return None


def _forget(request: StaffRequest, row: Contact) -> HttpResponse | None:
    actions.forget_profile(actor=request.actor, contact=row.pk, now=request.now)
    messages.success(request, _("The caller is forgotten: word, note, flags and the list of their contacts."))
    return redirect("helpline:contact", contact=row.pk)


STEPS: dict[str, Callable[[StaffRequest, Contact], HttpResponse | None]] = {
    "open": _open,
    "find": _find,
    "note": _note,
    "flag": _flag,
    "lift": _lift,
    "forget": _forget,
}


@may(ANSWER)
@require_safe
def profiles(request: StaffRequest) -> HttpResponse:
    """List for a supervisor who is known: since when, how many contacts and flags; no word of anybody."""
    if not policy.may_supervise(request.actor):
        raise Http404
    rows = [
        {
            "url": reverse("helpline:guidance", args=[row["pk"]]),
            "since": format_moment(local(row["wished_at"]), showing.language(), request.now),
            "times": row["times"],
            "signs": row["signs"],
        }
        for row in queries.known_callers(request.actor, request.now)
    ]
    context = {
        "page_title": _("Known callers"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "profiles"),
        "rows": rows,
        "nothing": Empty(_("Nobody wished to be known"), _("Who wishes to be known again stands here.")),
    }
    return render(request, "helpline/profiles.html", context)


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def guidance(request: StaffRequest, profile: UUID) -> HttpResponse:
    """Show and change what supervisors should know of answering a caller."""
    row = queries.known(request.actor).filter(pk=profile).first()
    if row is None or not policy.may_supervise(request.actor):
        raise Http404
    request.look(row.dossier_id)
    initial = {"note": queries.guidance_of(request.actor, row)}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.guide(actor=request.actor, profile=profile, words=form.cleaned_data["note"], now=request.now)
        messages.success(request, _("Kept."))
        return redirect("helpline:profiles")
    context = {
        "page_title": _("For supervisors alone"),
        "page_meta": _("Known callers"),
        "tabs": console.tabs(request, "profiles"),
        "form": form,
        "row": row,
    }
    return render(request, "helpline/guidance.html", context, status=422 if form.errors else 200)


@may(ANSWER)
@require_POST
def forget(request: StaffRequest, profile: UUID) -> HttpResponse:
    """Forget a caller, by a supervisor."""
    try:
        actions.forget_profile(actor=request.actor, profile=profile, now=request.now)
    except (actions.ProfileNotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("The caller is forgotten: word, note, flags and the list of their contacts."))
    return redirect("helpline:profiles")
