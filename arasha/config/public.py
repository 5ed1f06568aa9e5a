"""Django's settings of the process that serves the public: those of the staff without anything that opens a file.

It logs in as `arasha_public`, who may run a handful of functions. What the staff's settings would read from the
environment and from files (keys, passwords) is turned away before they are read, so that it is not even in memory.
"""

from secrets import token_urlsafe

from arasha.config import environment
from arasha.config.postgres import place

# Nothing can lie below a file: what is looked for there is never found.
NOWHERE = "/dev/null/nowhere"
NOBODY = "postgresql://nobody@/none"
TURNED_AWAY = {
    "ARASHA_SECRET_KEY": "-",
    "ARASHA_KEYS": NOWHERE,
    "ARASHA_KEY_STORE": NOWHERE,
    "ARASHA_KEY_STORE_URL": "",
    "ARASHA_KEY_SERVER": "",
    "ARASHA_DATABASE_URL": NOBODY,
    "ARASHA_OWNER_DATABASE_URL": NOBODY,
    "ARASHA_BACKUP_DATABASE_URL": NOBODY,
    "ARASHA_METRICS_TOKEN": "",
    "ARASHA_SMS_SECRET": "",
    "ARASHA_SMS_TOKEN": "",
    "ARASHA_SMTP_HOST": "",
    "ARASHA_SMTP_PASSWORD": "",
}
with environment.instead(TURNED_AWAY):
    from arasha.config import settings as staff
    from arasha.config.settings import *  # noqa: F403

SERVES = "public"
# By the staff's key system work is proved to the database. This one lives and dies with the process.
SECRET_KEY = token_urlsafe(64)
ALLOWED_HOSTS = staff.PUBLIC_HOSTS

# The staff's pages are not here. What lies below the doors is, as tables know one another; of the sign-in the tables
# alone, and of the queue no task.
ABSENT = {"django.contrib.messages", "arasha.coordination", "arasha.helpline", "arasha.web"}
TABLES_ALONE = {"allauth.account": "arasha.config.apps.AccountTables"}
INSTALLED_APPS = [TABLES_ALONE.get(name, name) for name in staff.INSTALLED_APPS if name not in ABSENT]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
AUTHENTICATION_BACKENDS = []

# Nothing is compressed here as it is answered: pages carry secrets beside words of whoever asks (BREACH). Styles and
# scripts were compressed when they were collected. No sessions, no user, no cookie against forged forms: the door
# asks where a form comes from.
MIDDLEWARE = [
    "arasha.doors.door.PublicDoor",  # first: what it says of cookies and caches goes for every answer
    "arasha.ui.middleware.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "arasha.ui.middleware.LanguageMiddleware",  # by the address alone: the door has taken the cookies away
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "arasha.config.public_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "arasha.ui.context.page",
            ]
        },
    }
]

DATABASES = {
    "default": environment.database(
        environment.text("ARASHA_PUBLIC_DATABASE_URL") or place.embedded_url(staff.STATE, "arasha_public"),
        "ARASHA_PUBLIC_DATABASE_URL",
    )
}
DATABASE_ROUTERS = []
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# `Clear-Site-Data` is never sent: there is nothing to clear, as nothing is kept, and it would empty what the browser
# keeps for the whole domain. Whoever shares the phone would find themselves signed out and ask what was opened.
SECURE_REFERRER_POLICY = "no-referrer"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
SILENCED_SYSTEM_CHECKS = [*staff.SILENCED_SYSTEM_CHECKS, "security.W003"]  # the door asks for the origin instead

DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Files are read by the two views that take them, sealed as they come (decision 29). Elsewhere none is: Django's own
# handlers would put them into a temporary folder in clear.
FILE_UPLOAD_HANDLERS = ["arasha.doors.forms.receiving.Refusing"]
