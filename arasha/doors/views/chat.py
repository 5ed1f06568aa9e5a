"""A chat: what stands before it, the code, and the conversation, all at the one address of telling.

The page shows what is answered in this sitting and never what was written: the phone may be another's in a minute.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from arasha.doors import actions, door, queries
from arasha.doors.forms import ChatForm
from arasha.doors.rules import MOST_CHAT, Chat, Line, codes, texts
from arasha.doors.rules.state import StateBroken
from arasha.doors.rules.talking import BEFORE, CODE, TALK, Talk
from arasha.doors.views import page
from arasha.kernel.vault.rules import VaultError

PURPOSE: Final = "chat"
BEGINNING: Final = ("secret", "must_act", "find", "hide", "leave")
TELLER: Final = "child"
# Goes the other way, telling: without words from the first question, with words as they stand.
Tell = Callable[[HttpRequest, Talk, str], HttpResponse]


def begun() -> Talk:
    """Return a new chat with a code of its own."""
    reader = page.language()
    return Talk(code=codes.new_code(reader), language=reader, ticket=page.ticket())


@sensitive_variables()
def state_of(code: tuple[str, ...]) -> str:
    """Return what a page carries that leads back into the chat of a code."""
    talk = Talk(code=code, language=page.language(), ticket=page.ticket(), at=CODE, begun=True)
    return _carrying(talk.onward())["state"]


@sensitive_variables()
def step(request: HttpRequest, tell: Tell) -> HttpResponse:
    """Begin a chat or take a step of one."""
    if "state" not in request.POST:
        return _shown(request, begun())
    try:
        talk = Talk.from_state(page.opened(request.POST["state"], PURPOSE))
    except (StateBroken, KeyError, TypeError, ValueError):  # also what another version of these pages carried
        return page.expired(request)
    go = request.POST.get("go", "on")
    if talk.at == TALK:
        return _of_talk(request, talk, go, tell)
    if go == "tell":
        return tell(request, talk, "")
    return _shown(request, {"back": talk.back, "on": talk.onward}.get(go, lambda: talk)())


@sensitive_variables()
def _of_talk(request: HttpRequest, talk: Talk, go: str, tell: Tell) -> HttpResponse:
    if go == "send":
        form = ChatForm(request.POST)
        if not form.is_valid():
            return _talk(request, talk, form, status=422)
        return _sent(request, talk, Chat(form.cleaned_data["words"], talk.language), tell)
    if go == "leave" and talk.begun:
        return _sent(request, talk, Chat("", talk.language, leave=True), tell)
    if wait := door.wait_for("look", _mark(talk)):
        return door.too_many(request, wait, carry=True)
    written = ChatForm(initial={"words": request.POST.get("words", "")})
    return _talk(request, talk, written, known=request.POST.get("have", ""))


@sensitive_variables()
def _sent(request: HttpRequest, talk: Talk, chat: Chat, tell: Tell) -> HttpResponse:
    """Take a message in. Whatever goes wrong, the page says that it was not sent and keeps the words."""
    wait = door.wait_for("write", _mark(talk)) if talk.begun else door.wait_for("tell", door.mark_of(request))
    if wait:
        return door.too_many(request, wait, carry=True)
    written = ChatForm(initial={"words": chat.words})
    try:
        with transaction.atomic():
            if not talk.begun and _is_told(talk):
                return tell(request, talk, chat.words)
            actions.post_chat(code=talk.code, chat=chat, ticket=talk.ticket, begun=talk.begun)
    except queries.NoMailbox:
        return _talk(request, talk, written, status=422, gone=True)
    except (DatabaseError, VaultError):
        return _talk(request, talk, written, status=503, unsent=True)
    return _talk(request, replace(talk, begun=True, sent=page.hour(), ticket=page.ticket()), leaving=chat.leave)


def _shown(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Show the page on which the chat is."""
    if talk.at == TALK:
        return _talk(request, talk)
    if talk.at == CODE:
        talk = _in_language(talk)
        said = {name: texts.part("after", name, TELLER) for name in ("code", "keep", "no_picture")}
        said |= {name: _words(name) for name in ("first_code", "why_code")}
        context = {"said": said, "words": talk.code, "code_language": talk.language}
        return page.show(request, "doors/chat/code.html", context | _carrying(talk))
    return _before(request, replace(talk, at=BEFORE))


def _before(request: HttpRequest, talk: Talk) -> HttpResponse:
    watch = _watch()
    context: dict[str, Any] = {
        "title": _words("title"),
        "said": [tuple(texts.part("before", name, TELLER, part) for part in ("heading", "text")) for name in BEGINNING],
        "watch": watch,
        "opens": page.when(watch.opens_at),
        "enter": "on" if watch.there else "tell",
    }
    for name in ("there", "busy", "absent"):
        context[name] = {part: _words(name, part) for part in ("heading", "text")}
    return page.show(request, "doors/chat/before.html", context | _carrying(talk))


@sensitive_variables()
def _talk(
    request: HttpRequest,
    talk: Talk,
    form: ChatForm | None = None,
    *,
    status: int = 200,
    known: str = "",
    leaving: bool = False,
    **wrong: bool,
) -> HttpResponse:
    """Show the conversation; to a script that knows all that is to be shown, say so without a word (204)."""
    box, wrong = _box(talk, wrong)
    lines = _lines(box)
    course = _course(talk, box, leaving=leaving)
    watch = _watch() if course in {"new", "waiting"} else queries.Watch(there=True)
    absent = course == "waiting" and not watch.there
    mark = hashlib.sha256(repr((lines, course, absent, wrong)).encode()).hexdigest()[:16]
    part = "part" in request.POST
    if part and known == mark and status == 200:
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    context = {"lines": lines, "course": course, "said": _words(course), "absent": absent, "sent": talk.sent}
    context |= {"hint": _words("hint"), "here_text": _words("absent", "text"), "opens": page.when(watch.opens_at)}
    context |= {
        "mark": mark,
        "form": form or ChatForm(),
        "enter": "send",
        "renewed": not known,
        "most": MOST_CHAT,
    } | wrong
    template = "doors/chat/part.html" if part else "doors/chat/talk.html"
    return page.show(request, template, context | _carrying(talk), status)


def _box(talk: Talk, wrong: dict[str, bool]) -> tuple[queries.Mailbox | None, dict[str, bool]]:
    """Return what lies over the code, None before anything was written; what is wrong with it is said on the page."""
    if not talk.begun:
        return None, wrong
    try:
        with transaction.atomic():
            return queries.mailbox(talk.code, talk.half), wrong
    except queries.NoMailbox:
        return None, wrong | {"gone": True}
    except (DatabaseError, VaultError):
        return None, wrong | {"unread": not wrong}


def _course(talk: Talk, box: queries.Mailbox | None, *, leaving: bool) -> str:
    if not talk.begun:
        return "new"
    if leaving:
        return "left"
    course = box.sitting.course if box is not None and box.sitting is not None else "waiting"
    return "left" if course == "waiting" and box is not None and box.told else course


def _lines(box: queries.Mailbox | None) -> list[Line]:
    """Return what was answered: in this sitting, and since then over the file."""
    if box is None:
        return []
    lines = list(box.sitting.lines) if box.sitting else []
    return [*lines, Line("", box.answer)] if box.apart else lines


def _watch() -> queries.Watch:
    """Return whether somebody is there; of a database that does not answer nobody can say so."""
    try:
        with transaction.atomic():
            return queries.watch()
    except DatabaseError:
        return queries.Watch()


def _is_told(talk: Talk) -> bool:
    """Say whether what is written first is told: nobody is there, or it was told already and the network dropped."""
    found = queries.raw(talk.code)
    return not queries.watch().there if found is None else not found.chat


def _mark(talk: Talk) -> bytes:
    return door.mark_of_words(" ".join(talk.code))


def _in_language(talk: Talk) -> Talk:
    """Return the chat with a code in the language in which it is read now, as long as nothing was written."""
    reader = page.language()
    if talk.language == reader or talk.begun:
        return talk
    return replace(begun(), at=talk.at)


def _words(name: str, part: str = "") -> str:
    found: dict[str, Any] = texts.load("chat")[name]
    return texts.in_language(found[part] if part else found)


def _carrying(talk: Talk) -> dict[str, str]:
    return {"state": page.carried(talk.to_state(), PURPOSE), "way": "chat"}
