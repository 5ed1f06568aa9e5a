"""The public's pages without a database, and every one of them there is."""

import os
from collections.abc import Iterator
from contextlib import nullcontext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings")
MIDDLEWARE = ["arasha.ui.middleware.LanguageMiddleware", "arasha.ui.middleware.PrivacyHeadersMiddleware"]
PROCESSORS = (
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "arasha.ui.context.page",
)


def serve() -> None:
    """Let Django serve the public's pages alone; what is sent goes nowhere."""
    import django  # noqa: PLC0415 - benches choose when
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    settings.ROOT_URLCONF, settings.MIDDLEWARE = "arasha.doors.tests.urls", MIDDLEWARE
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = list(PROCESSORS)
    from django.db import transaction  # noqa: PLC0415

    from arasha.doors import actions, queries  # noqa: PLC0415
    from arasha.doors.tests.boxes import Storage  # noqa: PLC0415
    from arasha.doors.views import page  # noqa: PLC0415
    from arasha.kernel.vault.rules import DataKey  # noqa: PLC0415

    key, storage = DataKey(os.urandom(32)), Storage()
    vars(transaction)["atomic"] = nullcontext
    vars(page).update(page_key=lambda: key, _kind=lambda: "production", places=_places)
    vars(actions)["post_telling"] = storage.post_telling
    vars(queries)["mailbox"] = storage.mailbox


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return as many regions and districts as the country has, with names of the usual length."""
    return [
        (f"Алматы облысы {region}", [(f"{region}{district:02}000000"[:9], "Кербұлақ ауданы") for district in range(12)])
        for region in range(10, 30)
    ]


def every_page(language: str) -> Iterator[tuple[str, str]]:
    """Yield each page's name and its text."""
    from arasha.doors.tests.walking import Phone, begun  # noqa: PLC0415 - after `serve`
    from arasha.doors.views.rights import PAGES  # noqa: PLC0415

    yield "start", Phone(language).page
    for teller in ("child", "friend", "adult", "professional"):
        phone = begun(teller, language)
        yield f"{teller}: before", phone.page
        phone = phone.presses("on")
        while 'value="send"' not in phone.page:
            yield f"{teller}: {phone.heading}", phone.page
            phone = phone.presses("on", **({"region": "100000000"} if 'name="region"' in phone.page else {}))
        yield f"{teller}: check", phone.page
        phone = phone.presses("send")
        yield f"{teller}: code", phone.page
    box = Phone(language, "/a/")
    yield "mailbox: closed", box.page
    yield "mailbox: open", box.sends(code=" ".join(phone.code)).page
    yield "mailbox: change", box.presses("ask-change").page
    yield "mailbox: forget", box.sends(code=" ".join(phone.code)).presses("ask-forget").page
    yield "rights", Phone(language, "/rights/").page
    for name in PAGES:
        yield f"rights: {name}", Phone(language, f"/rights/{name}/").page
