"""`python -m benches.doors.speed`: how soon a page of the public's can be used on a slow telephone network.

Chromium, a phone's window, an empty cache for the first page; slowed as Chromium's own tools slow it: 400 kbit/s
both ways and 400 ms for each answer. A page can be used once it is painted: its links and buttons need no script. When
the script has run, which only adds comfort, is told beside it. Chromium slows answers, not the opening of a connection:
a first visit takes two more turns of 400 ms (TCP, TLS 1.3), told beside it and not in the budget. The processor is not
slowed.
"""

import sys
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from benches.doors.served import installation

BUDGET = 2000
TURN = 400
SLOW = {"offline": False, "latency": TURN, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Buttons in the order in which a child without anything to say presses them.
WALK = ('button[value="child"]', 'main button[name="go"][value="on"]')
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
SCRIPTED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def main() -> int:
    """Print a line for each page; status 1 over the budget."""
    with installation() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        found = [measured for language in ("kk", "ru", "en") for measured in _walk(browser, address, language)]
        browser.close()
    for name, painted, scripted in found:
        print(f"{painted:6} ms  {name}; script {scripted} ms")
    slowest = max(painted for _name, painted, _scripted in found)
    print(f"slowest {slowest} ms of {BUDGET} ms, {len(found)} pages, at 400 kbit/s and {TURN} ms an answer")
    print(f"with a new connection (TCP, TLS 1.3) {slowest + 2 * TURN} ms")
    return 1 if slowest > BUDGET else 0


def _walk(browser: Browser, address: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield the first visit of three pages, each with nothing kept, and then two pages of a visit that goes on."""
    for path in ("/a/", "/class/", "/said/", "/"):
        context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", SLOW)
        page.goto(f"{address}{path}?language={language}")
        yield f"{path} ({language}), first visit", *_usable(page)
        if path == "/":
            for button in WALK:
                with page.expect_navigation():
                    page.click(button)
                yield f"{page.title().split(' · ')[0]} ({language}), next page", *_usable(page)
        context.close()


def _usable(page: Page) -> tuple[int, int]:
    page.wait_for_load_state("load")
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        page.wait_for_timeout(50)
    return round(page.evaluate(PAINTED)), round(page.evaluate(SCRIPTED))


if __name__ == "__main__":
    sys.exit(main())
