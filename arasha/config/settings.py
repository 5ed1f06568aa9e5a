"""Django's settings. Everything an operator may change is an ARASHA_* variable (docs/operate.md)."""

from pathlib import Path

from arasha.config import environment, logs, secrets
from arasha.config.postgres import place

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "arasha"
STATE = environment.folder("ARASHA_STATE", place.state_folder(ROOT))
ARASHA_KEYS = environment.folder("ARASHA_KEYS", STATE / "keys")
# Of the process that serves the public: by these nothing that was told can be opened.
ARASHA_PUBLIC_KEYS = environment.folder("ARASHA_PUBLIC_KEYS", STATE / "public-keys")

# Where the journal's seals go outside the database: a folder, a second organisation's folder, a mailbox.
ARASHA_SEALS = environment.folder("ARASHA_SEALS", STATE / "seals")
ARASHA_SEAL_COPY = environment.text("ARASHA_SEAL_COPY")
ARASHA_SEAL_MAIL = environment.text("ARASHA_SEAL_MAIL")

# Whom this process serves; the public is served by another one (arasha.config.public).
SERVES = "staff"

SECRET_KEY = environment.text("ARASHA_SECRET_KEY") or secrets.read(ARASHA_KEYS / "secret_key")
DEBUG = False
LOOPBACK = "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = environment.text("ARASHA_HOSTS", LOOPBACK).split(",")
# Names of the public's pages, which another process serves (arasha.config.public).
PUBLIC_HOSTS = environment.text("ARASHA_PUBLIC_HOSTS", LOOPBACK).split(",")

# The order is the house's stack from below (docs/decisions/0001): a folder imports only those before it.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "arasha.config",
    "arasha.kernel.vault",
    "arasha.kernel.territory",
    "arasha.kernel.worktime",
    "arasha.kernel.journal",
    "arasha.kernel.access",
    "arasha.kernel.messages",
    "arasha.kernel.documents",
    "arasha.kernel.exchange",
    "arasha.ui",
    "arasha.law",
    "arasha.people",
    "arasha.services",
    "arasha.questionnaires",
    "arasha.administration",
    "arasha.protocols",
    "arasha.cases",
    "arasha.obligations",
    "arasha.plans",
    "arasha.evidence",
    "arasha.conferences",
    "arasha.medical_social",
    "arasha.adulthood",
    "arasha.releases",
    "arasha.sharing",
    "arasha.signals",
    "arasha.doors",
    "arasha.helpline",
    "arasha.surveys",
    "arasha.prevention",
    "arasha.coverage",
    "arasha.institutions",
    "arasha.emergency",
    "arasha.governance",
    "arasha.coordination",
    "arasha.care",
    "arasha.participation",
    "arasha.workforce",
    "arasha.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # below ui, whose widget templates come first
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "arasha.kernel.exchange.door.ApiDoor",  # before sessions, cookies and forged forms: none of them applies there
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "arasha.ui.middleware.LanguageMiddleware",
    "arasha.ui.middleware.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "arasha.coordination.typed.Typed",
    "arasha.kernel.access.door.Door",  # last: CSRF is checked before a transaction opens
]

ROOT_URLCONF = "arasha.config.urls"
WSGI_APPLICATION = "arasha.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "arasha.ui.context.page",
                "arasha.web.context.shell",
            ]
        },
    }
]

# `default` is what serves people and may only what row security lets it; `owner` migrates.
DATABASES = {
    "default": environment.database(
        environment.text("ARASHA_DATABASE_URL") or place.embedded_url(STATE, "arasha_app"), "ARASHA_DATABASE_URL"
    ),
    "owner": environment.database(
        environment.text("ARASHA_OWNER_DATABASE_URL") or place.embedded_url(STATE, "arasha_owner"),
        "ARASHA_OWNER_DATABASE_URL",
    ),
}
# Rate limits: shared between processes, on a connection of their own, so that a request that fails still counts.
DATABASES["cache"] = dict(DATABASES["default"])
DATABASE_ROUTERS = ["arasha.config.routing.CacheRouter"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "administration_cache"},
}
AUTH_USER_MODEL = "access.User"
SESSION_ENGINE = "arasha.kernel.access.sessions"
SESSION_COOKIE_NAME = "arasha_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"} | more
    for name, more in (
        ("UserAttributeSimilarityValidator", {"OPTIONS": {"user_attributes": ("login", "name", "email")}}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 12}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "arasha.administration.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",  # pragma: allowlist secret
    "reauthenticate": "10/m/user",
    "link": "30/m/ip,10/10m/key",
    "receipt": "20/m/ip,10/10m/key",
}
# How many proxies of ours stand in front: so many addresses of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("ARASHA_PROXIES", 0, most=9)
MFA_ADAPTER = "arasha.administration.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are seldom right to the second

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]  # each in its own language
LANGUAGE_COOKIE_NAME = "arasha_language"
# The design system's catalogues also mend Django's and allauth's words, so they come before theirs.
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
FORMAT_MODULE_PATH = ["arasha.ui.formats"]
FORM_RENDERER = "arasha.ui.forms_renderer.FormRenderer"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "arasha.ui.storage.AssetStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600  # names with a hash are kept for ever, whatever stands here

# What a page may do: our own files and nothing else, no inline code or style, no frames (docs/decisions/0007).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# HTTPS is on wherever real people are reached; a training instance on loopback goes without.
HTTPS = environment.flag("ARASHA_HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is the domain's owner's to decide
SECURE_REDIRECT_EXEMPT = [r"^-/(?:live|ready|metrics)$"]  # machines ask on loopback, past the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "arasha.ui.views.csrf_failure"

LOGGING = logs.configuration()

# A worker says every 10 s that it lives; after a minute of silence its jobs go back to the queue (`reap`).
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 10, "stalled_worker_timeout": 60}
# Where people reach the application: links in letters begin with it.
# Where webhooks may lead beside public https addresses: names, such as of a ministry's closed network.
ARASHA_WEBHOOK_HOSTS = [host.strip() for host in environment.text("ARASHA_WEBHOOK_HOSTS").split(",")]
ADDRESS = environment.text("ARASHA_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# Where the public's pages are reached: it stands on the slips of class surveys.
PUBLIC_ADDRESS = environment.text("ARASHA_PUBLIC_ADDRESS", ADDRESS).rstrip("/")
# Short messages: where the gateway takes them, and how it proves that it brings some (docs/helpline.md).
ARASHA_SMS_URL = environment.text("ARASHA_SMS_URL")
ARASHA_SMS_TOKEN = environment.text("ARASHA_SMS_TOKEN")
ARASHA_SMS_SENDER = environment.text("ARASHA_SMS_SENDER")
ARASHA_SMS_SECRET = environment.text("ARASHA_SMS_SECRET")
# Mail: without a server every notice stays in the application, and readiness says so.
EMAIL_HOST = environment.text("ARASHA_SMTP_HOST")
SMTP_SECURITY = environment.one_of("ARASHA_SMTP_SECURITY", ("starttls", "tls", "none"))
EMAIL_PORT = environment.number("ARASHA_SMTP_PORT", 465 if SMTP_SECURITY == "tls" else 587)
EMAIL_HOST_USER = environment.text("ARASHA_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("ARASHA_SMTP_PASSWORD")
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("ARASHA_SMTP_FROM", "arasha@localhost")

# The vault: keys (ARASHA_KEYS above) and what they open, each in a place of its own.
ARASHA_KEY_STORE = environment.folder("ARASHA_KEY_STORE", STATE / "keystore")
ARASHA_KEY_STORE_URL = environment.text("ARASHA_KEY_STORE_URL")
ARASHA_ERASURE_LEDGER = environment.folder("ARASHA_ERASURE_LEDGER", STATE / "erasures" / "ledger.jsonl")
ARASHA_KEY_BACKUPS = environment.folder("ARASHA_KEY_BACKUPS", STATE / "key-backups")
ARASHA_METRICS_TOKEN = environment.text("ARASHA_METRICS_TOKEN")
# Backups: the database's and the files', never with the keys (docs/operate.md).
ARASHA_BACKUPS = environment.folder("ARASHA_BACKUPS", STATE / "backups")
ARASHA_BACKUP_DAYS = environment.number("ARASHA_BACKUP_DAYS", 30, least=1, most=3650)
ARASHA_BACKUP_DATABASE_URL = environment.text("ARASHA_BACKUP_DATABASE_URL") or place.embedded_url(
    STATE, "arasha_backup"
)
ARASHA_KEY_SERVER = environment.text("ARASHA_KEY_SERVER")
ARASHA_FILES = environment.folder("ARASHA_FILES", STATE / "files")
# Sealed envelopes of class surveys that are open; no backup takes them along (docs/decisions/0027).
ARASHA_SURVEYS = environment.folder("ARASHA_SURVEYS", STATE / "surveys")
# Whether numbers of calls that nobody answered are kept to ring back without being asked: see docs/helpline.md first.
ARASHA_HELPLINE_RING_MISSED = environment.flag("ARASHA_HELPLINE_RING_MISSED")
ARASHA_FILE_LIMIT = environment.number("ARASHA_FILE_LIMIT", 25_000_000, least=1, most=2_000_000_000)
ARASHA_CLAMD = environment.text("ARASHA_CLAMD")
# Uploads stay in memory: Django's other handler writes them in clear to the temporary folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = ARASHA_FILE_LIMIT + 100_000
