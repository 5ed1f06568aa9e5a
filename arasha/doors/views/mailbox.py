"""The mailbox: whoever has a code reads the newest answer and writes again. What the teller wrote never comes back."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors import actions, queries
from arasha.doors.door import limited
from arasha.doors.forms import CodeForm, MoreForm
from arasha.doors.forms.mailbox import NOTHING_THERE
from arasha.doors.rules import MOST_WORDS, Chat, codes
from arasha.doors.rules.parcels import Attached
from arasha.doors.rules.state import StateBroken
from arasha.doors.views import chat, files, page
from arasha.kernel.access import policy
from arasha.kernel.vault.rules import VaultError

PURPOSE: Final = "mailbox"
REASON = "whoever told has no account; a code of six words opens one answer"
# Who writes again is not asked anew whether they are a child: they read what a child can.
WRITER: Final = "child"
Carried = dict[str, Any]


# Exempt from the token against forged forms: it would need a cookie, and whoever forges a form has no code.
@policy.public(reason=REASON)
@csrf_exempt
@transaction.non_atomic_requests
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest) -> HttpResponse:
    """Ask for the code, show what it opens, or do what was pressed there."""
    if request.method != "POST":
        return _asked(request, CodeForm())
    if "state" not in request.POST:
        return _opened(request, CodeForm(request.POST))
    try:
        carried = page.opened(request.POST["state"], PURPOSE)
        carried["code"] = tuple(carried["code"])
    except StateBroken:
        return page.expired(request)
    doing = DOES.get(request.POST.get("go", "").partition(":")[0], _read)
    try:
        return doing(request, carried)
    except queries.NoMailbox:
        return _gone(request)
    except (DatabaseError, VaultError):
        return _unreachable(request)


@limited("code")
@sensitive_variables()
def _opened(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Open a mailbox with what was typed. A code of nothing gets the answer of a mistyped one."""
    if form.is_valid():
        try:
            return _read(request, {"code": form.cleaned_data["code"], "ticket": str(page.ticket())})
        except queries.NoMailbox:
            form.add_error("code", NOTHING_THERE)
        except (DatabaseError, VaultError):
            return _asked(request, form, 503, unreachable=True)
    return _asked(request, form, 422)


def _asked(request: HttpRequest, form: CodeForm, status: int = 200, *, unreachable: bool = False) -> HttpResponse:
    return page.show(request, "doors/open.html", {"form": form, "unreachable": unreachable}, status)


def _read(request: HttpRequest, carried: Carried, *, sent: bool = False, form: MoreForm | None = None) -> HttpResponse:
    """Show the newest answer, or how far it is. Raises NoMailbox, DatabaseError."""
    with transaction.atomic():
        box = queries.mailbox(carried["code"])
        there = box.chat and queries.watch().there
    status = 422 if form is not None and form.is_bound else 200
    form = form or MoreForm(initial={"words": carried.get("words", "")})
    context = {"box": box, "sent": sent, "form": form, "heading": _heading(box), "enter": "write"}
    context |= {"chat": chat.state_of(carried["code"]) if there else "", "start": reverse("doors:start")}
    context["attached"] = attached(carried)
    carried = {name: value for name, value in carried.items() if name != "words"}
    return page.show(request, "doors/box.html", context | _carrying(carried | {"at": "box"}), status)


def _heading(box: Any) -> str:
    if box.answer:
        return _("There is an answer")
    if box.state == "finished":
        return _("The work is finished")
    return _("It is being worked on") if box.state == "working" else _("It was received")


@sensitive_variables()
def _write(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Send more words. When they can't be sent the page says so and keeps them."""
    files_of = attached(carried)
    form = MoreForm(request.POST, may_be_empty=bool(files_of))
    if not form.is_valid():
        return _read(request, carried, form=form)
    try:
        with transaction.atomic():
            _post(carried, form.cleaned_data["words"])
            actions.send_parcels(code=carried["code"], parcels=[one.parcel for one in files_of])
    except (DatabaseError, VaultError, queries.NoMailbox) as error:
        gone = isinstance(error, queries.NoMailbox)
        context = {"form": form, "gone": gone, "enter": "write"} | _carrying(carried)
        return page.show(request, "doors/not_sent.html", context, 422 if gone else 503)
    return _read(request, carried | {"ticket": str(page.ticket()), "files": []}, sent=True)


@sensitive_variables()
def _post(carried: Carried, words: str) -> None:
    """Hand on what was written: in a chat to whoever is there, else to those who have the file."""
    code, ticket = carried["code"], UUID(carried["ticket"])
    found = queries.raw(code)
    if found is not None and found.chat:
        if words:  # a file needs none
            actions.post_chat(code=code, chat=Chat(words, page.language()), ticket=ticket, begun=True)
    else:
        actions.write_again(code=code, words=words, ticket=ticket)


def _stay(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Show the same page in another language, with what stands in it."""
    pages = {"change": _asks_change, "changed": _changed, "forget": _asks_forget, "files": _asks_files}
    showing = pages.get(carried.get("at", ""))
    if showing is not None:
        return showing(request, carried)
    return _read(request, carried, form=MoreForm(initial={"words": request.POST.get("words", "")}))


def attached(carried: Carried) -> tuple[Attached, ...]:
    """Return the files that wait to be sent from a page."""
    return tuple(Attached.from_state(one) for one in carried.get("files", ()))


def with_files(request: HttpRequest, state: str) -> files.Shown | None:
    """Return the page on which files are added to what is written again, None where the page carries none."""
    try:
        carried = page.opened(state, PURPOSE)
        return _files_page(carried) if carried.get("at") == "files" else None
    except (StateBroken, KeyError, TypeError, ValueError):
        return None


def _files_page(carried: Carried) -> files.Shown:
    return files.Shown(WRITER, attached(carried), carried, PURPOSE, "doors:mailbox", "doors:mailbox-files")


@sensitive_variables()
def _asks_files(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Show where files are added; the words that were typed come along."""
    words = str(request.POST.get("words", carried.get("words", "")))[:MOST_WORDS]
    return files.show(request, _files_page({**carried, "code": list(carried["code"]), "words": words, "at": "files"}))


def _removes(request: HttpRequest, carried: Carried) -> HttpResponse:
    left = files.removed(attached(carried), request.POST.get("go", "").partition(":")[2])
    carried = {**carried, "files": [one.to_state() for one in left]}
    return _asks_files(request, carried) if carried.get("at") == "files" else _stay(request, carried)


def _asks_change(request: HttpRequest, carried: Carried) -> HttpResponse:
    reader = page.language()
    carried = carried | {"new": codes.new_code(reader), "language": reader, "at": "change"}
    return page.show(request, "doors/change.html", {"enter": "change"} | _carrying(carried))


@sensitive_variables()
def _change(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Change the code. Sent twice it shows the same new code."""
    new = carried.get("new")
    if not new:
        return _asks_change(request, carried)
    try:
        with transaction.atomic():
            actions.change_code(code=carried["code"], new_code=tuple(new))
    except queries.NoMailbox:
        with transaction.atomic():
            queries.mailbox(tuple(new))
    return _changed(request, carried | {"code": tuple(new), "at": "changed"})


def _changed(request: HttpRequest, carried: Carried) -> HttpResponse:
    context = {"words": carried["code"], "code_language": carried["language"], "enter": "stay"}
    return page.show(request, "doors/changed.html", context | _carrying(carried))


def _asks_forget(request: HttpRequest, carried: Carried) -> HttpResponse:
    return page.show(request, "doors/forget.html", {"enter": "read"} | _carrying(carried | {"at": "forget"}))


def _forget(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Empty the mailbox for ever. What is not there any more is forgotten."""
    try:
        with transaction.atomic():
            actions.forget(code=carried["code"])
    except queries.NoMailbox:
        pass
    return page.show(request, "doors/forgotten.html", {})


def _gone(request: HttpRequest) -> HttpResponse:
    form = CodeForm({"code": "-"})
    form.is_valid()
    form.errors.clear()
    form.add_error("code", NOTHING_THERE)
    return _asked(request, form, 422)


def _unreachable(request: HttpRequest) -> HttpResponse:
    return _asked(request, CodeForm(), 503, unreachable=True)


def _carrying(carried: Carried) -> dict[str, str]:
    code = carried["code"]
    return {"state": page.carried(carried | {"code": list(code)}, PURPOSE)}


DOES: Final[dict[str, Callable[[HttpRequest, Carried], HttpResponse]]] = {
    "stay": _stay,
    "write": _write,
    "files": _asks_files,
    "remove": _removes,
    "ask-change": _asks_change,
    "change": _change,
    "ask-forget": _asks_forget,
    "forget": _forget,
}
