"""Telling: every step is a form sent to the one address, so that a browser's history shows that address and no story.

Nothing is kept here between two steps: the page carries what was said, sealed (`rules.state`).
"""

from dataclasses import replace
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.doors import actions, queries
from arasha.doors.door import limited
from arasha.doors.forms import FORMS, QuestionForm
from arasha.doors.rules import TELLERS, Chat, codes, texts
from arasha.doors.rules.chats import letter_ticket
from arasha.doors.rules.state import StateBroken
from arasha.doors.rules.story import BEFORE, CHECK, COUNTED, FILES, NUMBERS, SENT, Story
from arasha.doors.rules.talking import Talk
from arasha.doors.views import chat, checking, files, page
from arasha.kernel.access import policy
from arasha.kernel.vault.rules import VaultError

PURPOSE: Final = "telling"
HOME, UPLOADS = "doors:start", "doors:files"
REASON = "a child, a friend, a neighbour tells without an account"
BEGINNING: Final = ("secret", "must_act", "find", "answer", "hide", "leave")


# Exempt from the token against forged forms: it would need a cookie. Nobody is signed in here whom a form could abuse.
@policy.public(reason=REASON)
@csrf_exempt
@transaction.non_atomic_requests
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Show the first page, begin a telling, or take a step of one."""
    if request.method != "POST":
        return page.show(request, "doors/start.html", {})
    if "chat" in {request.POST.get("who"), request.POST.get("way")}:
        return chat.step(request, _instead_of_chat)
    if request.POST.get("who") in TELLERS:
        return _shown(request, _begun(request.POST["who"]))
    try:
        story = Story.from_state(page.opened(request.POST.get("state", ""), PURPOSE))
    except (StateBroken, KeyError, TypeError):  # also what another version of these pages carried
        return page.expired(request)
    return _step(request, story, request.POST.get("go", "on"))


def with_files(request: HttpRequest, state: str) -> files.Shown | None:
    """Return the page on which files are added to a telling, None where the page carries none."""
    try:
        story = Story.from_state(page.opened(state, PURPOSE))
    except (StateBroken, KeyError, TypeError, ValueError):
        return None
    if story.at != FILES:
        return None
    return files.Shown(story.teller, story.files, story.to_state(), PURPOSE, HOME, UPLOADS)


@sensitive_variables()
def _instead_of_chat(request: HttpRequest, talk: Talk, words: str) -> HttpResponse:
    """Tell by the questions where nobody is there to write with; what was written already goes as it stands."""
    story = Story(teller=chat.TELLER, ticket=talk.ticket, code=talk.code, language=talk.language)
    if not words:
        return _shown(request, story.onward())
    ticket = letter_ticket(talk.ticket, Chat(words, talk.language))
    if queries.raw(talk.code) is None:
        actions.post_telling(telling=story.answered({"words": words}).telling(), code=story.code, ticket=ticket)
    else:
        actions.write_again(code=talk.code, words=words, ticket=ticket)
    return _sent(request, replace(story, at=SENT))


def _begun(teller: str) -> Story:
    reader = page.language()
    return Story(teller=teller, ticket=page.ticket(), code=codes.new_code(reader), language=reader)


@sensitive_variables()
def _step(request: HttpRequest, story: Story, go: str) -> HttpResponse:
    """Do what the pressed button says."""
    if story.at in {SENT, CHECK}:
        return _sent(request, story) if story.at == SENT else _from_check(request, story, go)
    if story.at == FILES and go.startswith("remove:"):
        return _shown(request, replace(story, files=files.removed(story.files, go.removeprefix("remove:"))))
    form = _form(story, request)
    if go == "stay":
        return _shown(request, story, form)
    if form is None:
        return _shown(request, story.back() if go == "back" else story.onward())
    return _answered(request, story, form, go)


@sensitive_variables()
def _answered(request: HttpRequest, story: Story, form: QuestionForm, go: str) -> HttpResponse:
    """Take what stands in a question's form, and go on, back or past it."""
    if go == "skip":
        return _shown(request, story.answered(dict.fromkeys(form.fields, "")).onward())
    valid = form.is_valid()
    story = story.answered(form.cleaned_data)
    if go == "back":
        return _shown(request, story.back())
    return _shown(request, story.onward()) if valid else _shown(request, story, form, status=422)


@sensitive_variables()
def _from_check(request: HttpRequest, story: Story, go: str) -> HttpResponse:
    if go == "send":
        return _send(request, story)
    if go == "back":
        return _shown(request, story.back())
    return _shown(request, story.opened(go.removeprefix("change:")))


@limited("tell")
@sensitive_variables()
def _send(request: HttpRequest, story: Story) -> HttpResponse:
    """Post the telling. Whatever goes wrong, the page says that it was not sent and keeps every word."""
    telling = story.telling()
    try:
        with transaction.atomic():
            actions.post_telling(telling=telling, code=story.code, ticket=story.ticket)
            lost = len(story.files) - actions.send_parcels(code=story.code, parcels=[one.parcel for one in story.files])
    except (DatabaseError, VaultError):
        return _shown(request, story, status=503, not_sent=True)
    return _sent(request, replace(story, at=SENT, answers={}, files=()), lost)


def _sent(request: HttpRequest, story: Story, lost: int = 0) -> HttpResponse:
    said = {
        name: texts.part("after", name, story.teller)
        for name in ("title", "code", "thanks", "keep", "no_picture", "when")
    }
    context: dict[str, Any] = {"said": said, "words": story.code, "code_language": story.language, "enter": "stay"}
    context["lost"] = lost
    return page.show(request, "doors/code.html", context | _carrying(story))


def _form(story: Story, request: HttpRequest | None = None) -> QuestionForm | None:
    """Return the form of the story's page, filled with what was sent or said; None where the page asks nothing."""
    form = FORMS.get(story.at)
    if form is None:
        return None
    data = request.POST if request else None
    return form(data, teller=story.teller, answers=story.answers, places=page.places)


@sensitive_variables()
def _shown(
    request: HttpRequest, story: Story, form: QuestionForm | None = None, *, status: int = 200, not_sent: bool = False
) -> HttpResponse:
    """Show the page on which the story is."""
    context: dict[str, Any]
    if story.at == CHECK:
        story = _in_language(story)
        context = {"rows": checking.rows(story), "not_sent": not_sent, "enter": "stay"}
        return page.show(request, "doors/check.html", context | _carrying(story), status)
    if story.at == FILES:
        return files.show(request, files.Shown(story.teller, story.files, story.to_state(), PURPOSE, HOME, UPLOADS))
    if story.at == NUMBERS:
        return page.show(request, "doors/numbers.html", {"teller": story.teller} | _carrying(story))
    if story.at == BEFORE:
        said = [
            (texts.part("before", name, story.teller, "heading"), texts.part("before", name, story.teller, "text"))
            for name in BEGINNING
        ]
        context = {"title": texts.part("before", "title", story.teller), "said": said}
        return page.show(request, "doors/before.html", context | _carrying(story))
    context = {
        "title": texts.question(story.at, "title", story.teller),
        "hint": texts.question(story.at, "hint", story.teller),
        "form": form or _form(story),
        "number": story.number(),
        "of": len(COUNTED),
    }
    return page.show(request, "doors/question.html", context | _carrying(story), status)


def _in_language(story: Story) -> Story:
    """Return the story with a code in the language in which it is read now; a new code goes with a new ticket."""
    reader = page.language()
    if story.language == reader:
        return story
    return replace(story, language=reader, code=codes.new_code(reader), ticket=page.ticket())


def _carrying(story: Story) -> dict[str, str]:
    return {"state": page.carried(story.to_state(), PURPOSE)}
