"""A running site on a database of its own, and Chromium to look at it.

`site` serves the whole application on loopback from a clone of the template database (one for each test module);
build what a journey needs in it with `site.database`. `look` opens a page: at a width, in a language, light or dark.
"""

import importlib
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from django.test.testcases import QuietWSGIRequestHandler
from django.urls import clear_url_caches
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from arasha.config import public
from arasha.doors import door
from arasha.doors.views import page as pages
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.web import demonstration
from arasha.web.actions import Seat
from tests.cluster import Cluster
from tests.database import ClonedDatabase

ASSETS = Path(__file__).resolve().parents[2] / "assets"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESKTOP, NARROWEST = 390, 1440, 320
Scheme = Literal["light", "dark"]
VALUES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Site:
    """A site on loopback and the database behind it."""

    url: str
    database: ClonedDatabase


def read_addresses_anew() -> None:
    """Make the address table as a process does that starts on this instance: the kind decides what is in it."""
    for name in ("arasha.administration.urls", "arasha.web.urls", "arasha.config.urls"):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the application as the settings have it now, on a free port of loopback; gives the address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        connections.close_all()


@contextmanager
def public_site(site: Site) -> Iterator[str]:
    """Serve the public's pages, as the role of the public."""
    with ExitStack() as stack:
        stack.enter_context(replace(site.database, app=site.database.public).as_default())
        named = {"ROOT_URLCONF": "arasha.config.public_urls", "MIDDLEWARE": public.MIDDLEWARE}
        stack.enter_context(override_settings(**named, TEMPLATES=public.TEMPLATES))
        door.forget_tries()
        pages.forget_places()
        yield stack.enter_context(serving())


def begin_training() -> None:
    """Let the database be a training instance's, whose clock stands at nine in the morning of the next Monday.

    A journey that compares what it saw with what it sees now would fail when midnight passes between, and what is due
    "within a day" is another list on a Friday.
    """
    worktime.declare_instance(kind="training", actor=INSTALLATION, now=timezone.now())
    now = timezone.localtime(domain_now())
    monday = (now + timedelta(days=7 - now.weekday())).date()
    nine = timezone.make_aware(datetime.combine(monday, time(9)))
    worktime.set_clock(to=nine, actor=INSTALLATION, now=domain_now())


@dataclass(frozen=True)
class District:
    """The database in which the demonstration district was made, and its made-up people."""

    database: str
    people: Sequence[Seat]


@pytest.fixture(scope="session")
def district_made(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[District]:
    """Make the demonstration district with its first reports, once for all modules that copy it."""
    database = ClonedDatabase.made(cluster)
    with django_db_blocker.unblock(), database.as_default():
        begin_training()
        people = demonstration.make()
    yield District(database.name, people)
    cluster.drop(database.name)


@pytest.fixture(scope="module")
def site(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Serve the application from a fresh training instance."""
    database = ClonedDatabase.made(cluster)
    with ExitStack() as stack:
        stack.callback(cluster.drop, database.name)
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(database.as_default())
        begin_training()
        read_addresses_anew()
        yield Site(stack.enter_context(serving()), database)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once."""
    # Playwright's loop runs in this thread; Django would take the fixtures' own queries for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("ARASHA_CHROMIUM", "/usr/bin/chromium"), args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@dataclass
class Look:
    """One browser window (cookies of its own) on the site."""

    page: Page
    site: Site
    complaints: list[str]

    def at(self, path: str) -> Page:
        """Open a path of the site and wait for its fonts."""
        self.page.goto(self.site.url + path)
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page

    def axe(self) -> list[str]:
        """Return what axe-core finds on the page, AAA contrast included; empty is good."""
        self.page.evaluate((ASSETS / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        # What passes is neither gathered nor sent: it is most of what a run would cost.
        found: list[str] = self.page.evaluate(
            """values => axe.run(document, {
                runOnly: { type: 'tag', values },
                resultTypes: ['violations'],
                rules: { 'color-contrast-enhanced': { enabled: true } }
            }).then(said => said.violations.flatMap(fault => fault.nodes.map(
                node => `${fault.id}: ${node.target} ${node.html.slice(0, 160)}`
            )))""",
            list(VALUES),
        )
        return found

    def unsound(self, path: str) -> list[str]:
        """Return what is wrong with a page by axe in Kazakh, and what scrolls sideways in each language; empty is good.

        The window is left on the page in Kazakh, as wide as it was.
        """
        found, size = [], self.page.viewport_size
        for width, language in ((PHONE, "en"), (PHONE, "ru"), (DESKTOP, "kk"), (PHONE, "kk")):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.at(f"{path}{'&' if '?' in path else '?'}language={language}")
            faults = self.sideways() + (self.axe() if language == "kk" else [])
            found += [f"{width} {language} {path}: {fault}" for fault in faults]
        if size:
            self.page.set_viewport_size(size)
        return found + self.complained

    @property
    def complained(self) -> list[str]:
        """What the console said, without the browser's own word on answers that refuse what was sent."""
        return [words for words in self.complaints if not re.search("status of (403|422)", words)]

    def sideways(self) -> list[str]:
        """Return what makes the page scroll sideways; empty is good."""
        # After a click the next page may be there without an element of its own yet.
        self.page.wait_for_load_state("domcontentloaded")
        wide: list[str] = self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.querySelectorAll('body *')]
                    .filter(e => e.getBoundingClientRect().right > width + 0.5)
                    .map(e => `${e.tagName}.${e.getAttribute('class')}: ${e.textContent.trim().slice(0, 40)}`)
                    .slice(0, 5);
            }"""
        )
        return wide


@pytest.fixture
def look(chromium: Browser, site: Site) -> Iterator[Callable[..., Look]]:
    """Open a window: `look(width=390, language="kk", scheme="light")`; what the console says goes to `complaints`."""
    contexts = []

    def opened(*, width: int = DESKTOP, language: str = "kk", scheme: Scheme = "light", scripts: bool = True) -> Look:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            is_mobile=width < 500,
            has_touch=width < 500,
            java_script_enabled=scripts,
        )
        context.add_cookies([{"name": "arasha_language", "value": language, "url": site.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)  # machines that build at the same time are slow
        look = Look(page, site, [])
        page.on("console", lambda message: look.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: look.complaints.append(str(error)))
        return look

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def demonstrated(site: Site, district_made: District, cluster: Cluster) -> list[Seat]:
    """Let the site show the demonstration district with its first reports; returns its made-up people."""
    connections.close_all()
    cluster.become(site.database.name, district_made.database)
    return list(district_made.people)


@pytest.fixture(scope="module")
def seats(demonstrated: list[Seat]) -> list[Seat]:
    """The people of the demonstration district; modules put in their own what stands there besides."""
    return demonstrated


@pytest.fixture
def as_person(look: Callable[..., Look], seats: list[Seat]) -> Callable[..., Look]:
    """Open a window signed in as somebody of the district, by name; takes what `look` takes."""

    def signed_in(name: str, *, language: str = "kk", **more: object) -> Look:
        window = look(language=language, **more)
        window.at("/sign-in/").get_by_role("button", name=name).click()
        expect(window.page.locator("h1")).to_be_visible()
        return window

    return signed_in
