"""A phone without JavaScript: it presses the buttons that stand on a page and sends what the page's form holds."""

import html
import re
from typing import Any

from django.test import Client


class Phone:
    """Keeps the page that it last got."""

    def __init__(self, language: str = "kk", path: str = "/", client: Any = None) -> None:
        self.client = client or Client()
        self.language, self.path, self.status, self.page = language, path, 0, ""
        self.opens(path)

    def opens(self, path: str) -> "Phone":
        self.path = path
        return self._took(self.client.get(path, {"language": self.language}))

    def sends(self, **fields: Any) -> "Phone":
        return self._took(self.client.post(f"{self.path}?language={self.language}", fields))

    def presses(self, go: str, **fields: Any) -> "Phone":
        """Press a button of the page's form; the page must have it."""
        assert f'name="go" value="{go}"' in self.page, f"no such button: {go}"
        return self.sends(**self.hidden, go=go, **fields)

    def uploads(self, *files: Any, **fields: Any) -> "Phone":
        """Choose files in the page's other form and send it; the next page leads on from where the telling is."""
        found = re.search(r'action="(/[a/]*f/)\?language', self.page)
        assert found, "the page takes no files"
        return self._took(
            self.client.post(f"{found[1]}?language={self.language}", {"state": self.state, **fields, "file": files})
        )

    def turns_to(self, language: str, **fields: Any) -> "Phone":
        assert f'formaction="{self.path}?language={language}"' in self.page
        self.language = language
        return self.sends(**self.hidden, go="stay", **fields)

    @property
    def hidden(self) -> dict[str, str]:
        """What the page's form carries besides what is typed."""
        step = re.search(r'<form id="step".*?</form>', self.page, re.DOTALL)
        assert step, "the page has no step"
        found = re.findall(r'<input type="hidden" name="(state|way)" value="([^"]+)"', step[0])
        return dict(found)

    @property
    def state(self) -> str:
        return self.hidden["state"]

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        assert found
        return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip()

    @property
    def code(self) -> tuple[str, ...]:
        found = re.search(r'a-code--words.*?<ol lang="\w+">(.*?)</ol>', self.page, re.DOTALL)
        assert found, "the page shows no code"
        return tuple(re.findall(r"<li>([^<]+)</li>", found[1]))

    def _took(self, answer: Any) -> "Phone":
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"
        self.status, self.page = answer.status_code, answer.content.decode()
        return self


def begun(teller: str = "child", language: str = "kk", client: Any = None) -> Phone:
    """Open the first page, choose a door and read what stands before the story."""
    return Phone(language, client=client).sends(who=teller)


def at_files(teller: str = "child", language: str = "kk", **said: Any) -> Phone:
    """Go through all questions, to the page on which files are added."""
    return at_check(teller, language, to_files=True, **said)


def at_check(teller: str = "child", language: str = "kk", **said: Any) -> Phone:
    """Go through all questions, answering those named and skipping the rest."""
    phone = begun(teller, language).presses("on")
    for names in (
        ("danger",),
        ("concerns",),
        ("words",),
        ("must_not_know",),
        ("institution_kind",),
        ("region",),
        ("territory", "whereabouts"),
        ("child_called", "child_age", "child_sex"),
        ("may_ring", "worker"),
    ):
        here = {name: said[name] for name in names if name in said}
        phone = phone.presses("on", **here) if here else phone.presses("skip")
        if here.get("danger") == "now" or ("self_harm" in here.get("concerns", ()) and said.get("danger") != "now"):
            phone = phone.presses("on")
    return phone if said.get("to_files") else phone.presses("on")
