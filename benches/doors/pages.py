"""Every page of the public's that the children's door leads to, as a running installation serves it."""

from collections.abc import Iterator

from arasha.doors.tests.walking import Phone, begun
from benches.doors.served import OverHttp

TELLERS = ("child", "friend", "adult", "professional")
RIGHTS = ("children", "easy", "teenagers", "boys", "parents", "professionals")


def every_page(language: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield each page's name and its text, the tellings' questions as far as they lead without an answer."""
    client = OverHttp(address)
    yield "start", Phone(language, client=client).page
    for teller in TELLERS:
        phone = begun(teller, language, client)
        yield f"{teller}: before", phone.page
        phone = phone.presses("on")
        while 'value="send"' not in phone.page:
            yield f"{teller}: {phone.heading}", phone.page
            phone = phone.presses("on", **({"region": "100000000"} if 'name="region"' in phone.page else {}))
        yield f"{teller}: check", phone.page
        phone = phone.presses("send")
        yield f"{teller}: code", phone.page
    chat = Phone(language, client=client).sends(who="chat")
    yield "chat: before", chat.page
    for name in ("code", "talk"):
        yield f"chat: {name}", chat.sends(**chat.hidden, go="on").page
    box = Phone(language, "/a/", client)
    yield "mailbox: closed", box.page
    yield "mailbox: open", box.sends(code=" ".join(phone.code)).page
    yield "mailbox: change", box.presses("ask-change").page
    yield "mailbox: forget", box.sends(code=" ".join(phone.code)).presses("ask-forget").page
    yield "rights", Phone(language, "/rights/", client).page
    for name in RIGHTS:
        yield f"rights: {name}", Phone(language, f"/rights/{name}/", client).page
    for path in ("/class/", "/class/end/", "/said/", "/said/end/", "/certificate/", "/r/x/"):
        yield path, Phone(language, path, client).page
