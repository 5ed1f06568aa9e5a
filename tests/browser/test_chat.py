"""A child on a phone and an operator at a desk write with one another: both browsers, both processes, real roles."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from arasha.helpline import actions, tasks
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from tests.browser.conftest import ASSETS, PHONE, VALUES, Look, Site
from tests.database import postgres_program

pytestmark = pytest.mark.browser
SERVE = """
import django; django.setup()
from django.core.management import call_command
call_command("collectstatic", verbosity=0, interactive=False)
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
class Quiet(WSGIRequestHandler):
    def log_message(self, *args): pass
server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
server.set_app(get_wsgi_application())
print(server.server_address[1], flush=True)
server.serve_forever()
"""
# Machines that build at the same time are slow.
SOON: Final = 30_000
CANARY, ANSWERED = "қарлығашканарейка", "жұмбаққанат"


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Wait longer than a moment for what comes from another browser."""
    expect.set_options(timeout=SOON)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def public(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public's pages from their own process, as their own role, with their own keys alone."""
    state = tmp_path_factory.mktemp("public")
    given = {name: value for name, value in os.environ.items() if not name.startswith("ARASHA_")}
    variables = given | {
        "DJANGO_SETTINGS_MODULE": "arasha.config.public",
        "ARASHA_STATE": str(state),
        "ARASHA_PUBLIC_DATABASE_URL": site.database.public,
        "ARASHA_PUBLIC_KEYS": str(settings.ARASHA_PUBLIC_KEYS),
        "ARASHA_PUBLIC_HOSTS": "127.0.0.1",
    }
    log = (state / "log").open("wb")
    command = [sys.executable, "-W", "ignore", "-c", SERVE]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603
    assert process.stdout
    port = process.stdout.readline().strip()
    assert port, (state / "log").read_text()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.communicate()
    log.close()
    assert CANARY not in (state / "log").read_text()


@pytest.fixture(scope="module")
def clock(site: Site, seats: list[Seat]) -> Iterator[None]:
    """Let the worker's clock run, once every half second."""
    over = threading.Event()
    faults: list[Exception] = []

    def tick() -> None:
        tasks.hear_all(domain_now())
        tasks.show_all(domain_now())
        with system("letters") as actor:
            actions.attend_chats(actor=actor, now=domain_now())

    def run() -> None:
        while not over.wait(0.5) and not faults:
            try:
                tick()
            except Exception as fault:
                faults.append(fault)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    over.set()
    thread.join()
    assert faults == []


@pytest.fixture
def operator(look: Callable[..., Look], clock: None) -> Look:
    """An operator of the country's helpline, at the console."""
    window = look(language="ru")
    window.at("/sign-in/").get_by_role("button", name="Гүлжан Бекенова").click()
    expect(window.page.locator("h1")).to_be_visible()
    window.at("/helpline/")
    return window


@pytest.fixture
def opened(chromium: Browser, public: str) -> Iterator[Callable[..., Page]]:
    """Open a phone on the first page: `opened(scripts=True)`."""
    contexts = []

    def phone(*, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": PHONE, "height": 844}, is_mobile=True, has_touch=True, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{public}/?language=ru")
        return page

    yield phone
    for context in contexts:
        context.close()


def to_the_talk(page: Page) -> str:
    """Walk to the conversation; return the code."""
    for _try in range(30):  # the operator's console was opened a moment ago
        page.click("button[value=chat]")
        expect(page.locator(".a-watch")).to_be_visible()
        if page.locator('main button[value="on"]').count():
            break
        time.sleep(0.5)
        page.click("main a.govuk-back-link")
        expect(page.locator("button[value=chat]")).to_be_visible()
    page.click('main button[value="on"]')
    expect(page.locator(".a-code li")).to_have_count(6)
    page.wait_for_load_state()
    words = page.locator(".a-code li").all_inner_texts()
    page.click('main button[value="on"]')
    expect(page.locator("form[data-talk]")).to_be_visible()
    return " ".join(words)


def axe(page: Page) -> list[str]:
    """Return what axe-core finds."""
    page.evaluate((ASSETS / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    options = "values => axe.run(document, { runOnly: { type: 'tag', values } })"
    found = page.evaluate(options, list(VALUES))
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"]]


def taken(operator: Look, words: str) -> Page:
    """Let the operator take who wrote this, wherever they wait."""
    assert _shows(operator, words)
    page = operator.page
    page.locator("form[action$='/take/'] button").click()
    expect(page.locator("#desk[data-draft]")).to_be_visible()
    return page


def _shows(operator: Look, words: str) -> bool:
    """Open those who wait, one after the other, until one said this."""
    for _try in range(30):
        waiting = operator.at("/helpline/").locator('a.a-contact[data-list="queue"]')
        for address in waiting.evaluate_all("all => all.map((one) => one.href)"):
            operator.page.goto(address)
            if operator.page.locator("#talk", has_text=words).count():
                return True
        time.sleep(0.5)
    return False


def says(page: Page, words: str) -> None:
    page.fill("#message", words)
    page.locator("[data-key=send]").click()
    expect(page.locator("#talk .a-talk__ours").last).to_contain_text(words)


def test_they_write_with_one_another_and_a_lost_network_loses_and_doubles_nothing(
    opened: Callable[..., Page], operator: Look, public: str, site: Site
) -> None:
    phone = opened()
    code = to_the_talk(phone)
    assert axe(phone) == []
    phone.fill("textarea", f"Мне страшно {CANARY}")
    phone.click('main button[value="send"]')
    expect(phone.locator("textarea")).to_have_value("")
    expect(phone.locator(".a-course")).to_contain_text("Твоё письмо у нас")
    desk = taken(operator, CANARY)
    began = time.monotonic()
    says(desk, f"Я здесь {ANSWERED}")
    says(desk, "Можно сейчас писать?")
    expect(phone.locator("#talk li")).to_have_count(2)
    print(f"both answers on the phone {time.monotonic() - began:.1f} s after the first was begun")
    expect(phone.locator("#talk li").first).to_contain_text(ANSWERED)
    assert CANARY not in phone.content()
    phone.context.set_offline(True)
    phone.fill("textarea", "Да, могу")
    phone.click('main button[value="send"]')
    expect(phone.locator(".a-unsent")).to_contain_text("НЕ отправлено")
    expect(phone.locator("textarea")).to_have_value("Да, могу")
    phone.context.set_offline(False)
    expect(phone.locator("textarea")).to_have_value("")
    expect(desk.locator("#talk .a-talk__theirs")).to_have_count(2)
    assert axe(phone) == []
    assert operator.complaints == []
    _leaves_nothing(phone, public)
    _code_opens_the_newest(phone, public, code)
    _dump_holds_no_word(site)


def _leaves_nothing(phone: Page, public: str) -> None:
    assert phone.url == f"{public}/?language=ru"
    assert phone.context.cookies() == []
    assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    phone.evaluate("history.back()")
    expect(phone.locator("h1")).to_contain_text("Расскажи")
    phone.go_forward()
    phone.wait_for_load_state("networkidle")
    expect(phone.locator("html")).not_to_contain_text(ANSWERED)
    phone.reload(wait_until="networkidle")
    expect(phone.locator("html")).not_to_contain_text(ANSWERED)


def _code_opens_the_newest(phone: Page, public: str, code: str) -> None:
    phone.goto(f"{public}/a/?language=ru")
    phone.fill("textarea", code)
    phone.locator("main form button").click()
    expect(phone.locator(".a-answer")).to_contain_text("Можно сейчас писать?")
    assert ANSWERED not in phone.content()


def _dump_holds_no_word(site: Site) -> None:
    command = [postgres_program("pg_dump"), "--data-only", site.database.superuser]
    dump = subprocess.run(command, check=True, capture_output=True).stdout.decode()  # noqa: S603
    for word in (CANARY, ANSWERED):
        assert word not in dump
        assert word.encode().hex() not in dump
    assert "doors_mailbox" in dump


def test_without_scripts_two_buttons_do_the_same(opened: Callable[..., Page], operator: Look) -> None:
    phone = opened(scripts=False)
    to_the_talk(phone)
    phone.fill("textarea", "Папа пьёт")
    phone.click('main button[value="send"]')
    expect(phone.locator(".a-course")).to_contain_text("Отправлено в")
    desk = taken(operator, "Папа пьёт")
    says(desk, "Я рядом")
    for _look in range(20):
        phone.click('main button[value="look"]')
        if phone.locator("#talk li").count():
            break
        time.sleep(0.5)
    expect(phone.locator("#talk li")).to_contain_text("Я рядом")
    assert "Папа пьёт" not in phone.content()


def test_who_will_not_wait_is_told_when_an_answer_comes(
    opened: Callable[..., Page], operator: Look, site: Site
) -> None:
    phone = opened()
    to_the_talk(phone)
    phone.fill("textarea", "Потом почитаю")
    phone.click('main button[value="send"]')
    expect(phone.locator(".a-course")).to_contain_text("Твоё письмо у нас")
    phone.click('main button[value="leave"]')
    expect(phone.locator(".a-course")).to_contain_text("Мы ответим за 24 часа")
    for _try in range(60):
        with psycopg.connect(site.database.superuser) as superuser:
            found = superuser.execute("SELECT count(*) FROM helpline_contact WHERE signal_id IS NOT NULL").fetchone()
        if found == (1,):
            break
        time.sleep(0.5)
    assert found == (1,)
