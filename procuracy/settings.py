"""Settings of Procuracy: one file, every value from the environment.

A wrong value stops the start with a sentence that names the variable. The table of variables is
`docs/settings.md`.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import sys
from pathlib import Path
from typing import Any

import django.forms
import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from procuracy import logs

# Lets forms and views name their model in a type (`ModelForm[Office]`).
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# "demonstration" loads the demonstration office, "test" honours the injected clock.
ENVIRONMENTS = ("production", "demonstration", "test")
ENVIRONMENT = env.str("PROCURACY_ENVIRONMENT", default="production")
if ENVIRONMENT not in ENVIRONMENTS:
    raise ImproperlyConfigured(
        f"PROCURACY_ENVIRONMENT is {ENVIRONMENT!r}; it must be one of {', '.join(ENVIRONMENTS)}."
    )
TESTING = ENVIRONMENT == "test"
PRODUCTION = ENVIRONMENT == "production"

HOME = Path(env.str("PROCURACY_HOME", default=str(BASE_DIR / ".procuracy"))).resolve()


# Commands that compute and list from the code alone. They open no session, write no audit entry and ask
# no database, so they run on a machine that keeps no secret, and read none where there is one.
WITHOUT_SECRETS = ("deadline", "norms", "registries", "generate_docs")


def _runs_without_secrets() -> bool:
    """Tell whether this process is `manage.py` with one of those commands; a server never is."""
    program, command = (*sys.argv, "", "")[:2]
    return Path(program).name == "manage.py" and command in WITHOUT_SECRETS


def _optional_secret(name: str) -> str:
    """Return the content of the file `name`_FILE, or the variable `name`; empty when neither is set."""
    if _runs_without_secrets():
        return ""
    if path := env.str(f"{name}_FILE", default=""):
        return Path(path).read_text(encoding="utf-8").strip()
    value: str = env.str(name, default="")
    return value


def _secret(name: str) -> str:
    """Return the secret `name`, or the content of the file `name`_FILE.

    Outside production a fixed value derived from the home folder serves, so that a fresh
    demonstration starts without questions. Empty for the commands without secrets: whatever signs or
    records refuses an empty one.
    """
    value = _optional_secret(name)
    if value or _runs_without_secrets():
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) must be set in production.")
    return hashlib.sha256(f"{name}:{HOME}".encode()).hexdigest()


SECRET_KEY = _secret("SECRET_KEY")
# The key of the audit chains. It must never be stored in the database it protects.
_audit_secret = _secret("AUDIT_KEY")
AUDIT_KEY = hashlib.sha256(_audit_secret.encode()).digest() if _audit_secret else b""
AUDIT_KEY_ID = env.int("AUDIT_KEY_ID", default=1)
# Keys of earlier rows, for verification only: "1=old secret,2=another".
AUDIT_OLD_KEYS = {
    int(key_id): hashlib.sha256(secret.encode()).digest()
    for key_id, secret in env.dict("AUDIT_OLD_KEYS", default={}).items()
}
# 1 = HMAC-SHA-256, 2 = HMAC-SM3 (audit.digests).
AUDIT_ALGORITHM = env.int("AUDIT_ALGORITHM", default=1)
# Networks whose X-Forwarded-For is believed, for example "10.0.0.0/8"; none by default.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "audit",
    "accounts",
    "documents",
    "cases",
    "evidence",
    "litigation",
    "deadlines",
    "enforcement",
    "notices",
    "administrative",
    "exchange",
    "reporting",
    # The top floor comes last: when it is ready, every room below has registered what it brings.
    "procuracy.apps.ProcuracyConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "template_partials",
    "csp",
    "django_fsm",
]

MIDDLEWARE = [
    # First: what the others record knows its request too.
    "audit.middleware.AuditContextMiddleware",
    "procuracy.observing.ObservingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.ReadingMiddleware",
    "accounts.middleware.UserLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.PasswordChangeRequiredMiddleware",
    "procuracy.middleware.DeclaredLengthMiddleware",
    "procuracy.middleware.RefusedActsMiddleware",
    "procuracy.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "procuracy.urls"
WSGI_APPLICATION = "procuracy.wsgi.application"
FORM_RENDERER = "procuracy.drawing.FormRenderer"

# Each process keeps its own: nothing that has to be known elsewhere, or to last.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Drawn parts of pages, each of some ten thousand bytes: what an office and a language have in common.
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # Blocks of statistics that took long to count (`reporting.kept`); a web server keeps them in files.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "TIMEOUT": 600,
    },
}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "procuracy.context_processors.frame",
            ],
            "builtins": ["procuracy.templatetags.components"],
        },
    },
    {
        # Widgets and rows of long lists (`procuracy.drawing`); of widgets we have not, Django's own.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2", Path(django.forms.__file__).parent / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "procuracy.drawing.environment"},
    },
]

# The application role (no ownership). Migrations and imports alone use the owner role, alias "owner".
_conn_max_age = env.int("CONN_MAX_AGE", default=60)


def _database(url: str) -> dict[str, Any]:
    config = dict(env.db_url_config(url))
    if config.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (postgres://…).")
    config.setdefault("OPTIONS", {})
    config["CONN_MAX_AGE"] = _conn_max_age
    config["CONN_HEALTH_CHECKS"] = True
    # A connection that does not stay is one of a pooler: the next part of a cursor would be asked of another.
    config["DISABLE_SERVER_SIDE_CURSORS"] = _conn_max_age == 0
    return config


DATABASE_URL = env.str("DATABASE_URL", default="postgres://procuracy_app@localhost/procuracy")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASES = {"default": _database(DATABASE_URL)}
if DATABASE_OWNER_URL:
    DATABASES["owner"] = _database(DATABASE_OWNER_URL)
APPLICATION_ROLE = env.str("DATABASE_APPLICATION_ROLE", default=DATABASES["default"]["USER"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"unacked_restore_throttle": 1, "socket_timeout": 5}
# Redis carries wake-up hints only; the sweep finds everything even when a hint is lost.
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=15)
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "sweep-reminders": {"task": "deadlines.tasks.sweep_reminders", "schedule": SWEEP_SECONDS},
    "sweep-lapses": {"task": "deadlines.tasks.sweep_lapses", "schedule": 300},
    "sweep-expiry": {"task": "litigation.tasks.sweep_expiry", "schedule": 300},
    "sweep-effect": {"task": "litigation.tasks.sweep_effect", "schedule": 300},
    "sweep-batches": {"task": "notices.tasks.sweep_batches", "schedule": SWEEP_SECONDS},
}

# Working days after which a late duty is told to the chief procurator: our rule, not the law's.
ESCALATION_WORKING_DAYS = env.int("ESCALATION_WORKING_DAYS", default=2)
if ESCALATION_WORKING_DAYS < 1:
    raise ImproperlyConfigured("ESCALATION_WORKING_DAYS must be at least 1.")
# Months after performance on which a look-back is proposed, for example 3,6,12. No law names any: off.
LOOK_BACK_MONTHS = [int(months) for months in env.list("LOOK_BACK_MONTHS", default=[])]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LockedOutBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapters.ClosedAccountAdapter"
ACCOUNT_USER_DISPLAY = "accounts.adapters.display_name"
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm"}
ACCOUNT_SESSION_REMEMBER = False
# The limit of attempts is our own, held by a database lock (accounts.lockout).
ACCOUNT_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
PASSWORD_HASHERS = ["accounts.hashers.ProcuracyArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_ATTEMPT_LIMIT = env.int("LOGIN_ATTEMPT_LIMIT", default=5)
LOGIN_LOCKOUT_SECONDS = env.int("LOGIN_LOCKOUT_SECONDS", default=900)

# A session ends after this time without a request, and after that time in any case.
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_MAXIMUM_SECONDS = env.int("SESSION_SECONDS", default=8 * 3600)
SESSION_COOKIE_AGE = SESSION_MAXIMUM_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "procuracy.views.csrf_failure"
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=PRODUCTION)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=PRODUCTION) else None
)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Frames of our own pages are wanted: files are looked at in them, sandboxed.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "procuracy.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = TESTING
EVIDENCE_STORAGE = env.str("EVIDENCE_STORAGE", default=str(HOME / "evidence"))
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=20 * 1024**3)
# Folders with the office's own fonts (FangSong_GB2312 …), searched before the shipped ones.
DOC_FONT_DIRS = env.list("DOC_FONT_DIRS", default=[])
# What `script/fonts` fetched, searched after them.
FETCHED_FONTS = HOME / "fonts"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o400
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.receiving.LimitedUploadHandler",
]

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update({k: v for k, v in EMAIL_CONFIG.items() if k.startswith("EMAIL_")})
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="procuracy@localhost")

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "procuracy.problems.exception_handler",
    "DEFAULT_PAGINATION_CLASS": "procuracy.paging.KeysetPagination",
    "PAGE_SIZE": 25,
}
REST_KNOX: dict[str, Any] = {"TOKEN_TTL": None, "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Procuracy",
    "DESCRIPTION": "Civil public-interest litigation for the protection of personal information.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "procuracy.openapi.add_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RoleEnum": "accounts.models.Role",
        "DepartmentKindEnum": "accounts.models.DepartmentKind",
        "StatutoryKindEnum": "evidence.models.StatutoryKind",
        "FactGroupEnum": "evidence.facts.FactGroup",
        "StepDecisionEnum": "cases.models.Decision",
        "ApprovalDecisionEnum": "cases.api.serializers.proposals.DECISIONS",
        "RecusalDecisionEnum": "cases.models.RecusalDecision",
        "ProposalStatusEnum": "cases.models.ProposalStatus",
        "PartyRoleEnum": "cases.models.PartyRole",
        "PartyKindEnum": "cases.models.PartyKind",
        "LinkKindEnum": "cases.models.LinkKind",
        "TaskStateEnum": "cases.models.work.TaskState",
        "TeamPositionEnum": "cases.models.TeamPosition",
        "ContactMediumEnum": "cases.models.work.ContactMedium",
        "LeadSourceEnum": "cases.models.LeadSource",
        "LeadStateEnum": "cases.states.LeadState",
        "ScoreEnum": "cases.forms.leads.AssessLeadForm.SCORES",
        "PaperMediumEnum": "exchange.models.Medium",
        "CourtLevelEnum": "litigation.models.CourtLevel",
        "ClaimKindEnum": "litigation.models.ClaimKind",
        "EligibleSubjectKindEnum": "litigation.models.SubjectKind",
        "MailingEnum": "deadlines.models.Mailing",
        "LedgerEntryKindEnum": "enforcement.models.EntryKind",
        "BatchItemStateEnum": "notices.models.batch.ItemState",
        "DeadlineStateEnum": "deadlines.models.DeadlineState",
        "ServiceMethodEnum": "notices.models.service.Method",
        "ServiceAttemptResultEnum": "notices.models.service.AttemptResult",
        "ServiceResultEnum": "notices.models.service.Result",
        "InvestigativeMethodEnum": "cases.forms.facts.InvestigativeMethod",
        "OfficeLevelEnum": "accounts.models.OfficeLevel",
        "BodyKindEnum": "administrative.models.BodyKind",
        "BodyLevelEnum": "administrative.models.BodyLevel",
        "BoardStageEnum": "administrative.selectors.board.BoardStage",
        "GovernanceStateEnum": "administrative.governance.lifecycle.GovernanceState",
        "RectificationUnitEnum": "administrative.models.PeriodUnit",
        "RectificationUnitAskedEnum": "administrative.forms.preparing.UNITS",
        "CaseStateEnum": "cases.states.STATES_OF_CASES",
        "FiguresTrackEnum": "reporting.scope.Tracks",
    },
}

# From how many days on the list of eligible subjects is called old (a choice of the office, no text of law).
ELIGIBLE_SUBJECTS_MAX_AGE_DAYS = env.int("ELIGIBLE_SUBJECTS_MAX_AGE_DAYS", default=180)

# The one injectable clock: honoured only under test (audit.clock).
TEST_CLOCK_FILE = env.str("TEST_CLOCK_FILE", default="") if TESTING else ""
TEST_DATABASE_CLOCK = env.str("TEST_DATABASE_CLOCK", default="") if TESTING else ""

# One JSON object a line in production, for people elsewhere; the sentences of requests and tasks are INFO.
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(f"LOG_LEVEL is {LOG_LEVEL!r}; it must be a level, as INFO.")
LOG_FORMATS = ("json", "readable")
LOG_FORMAT = env.str("LOG_FORMAT", default="json" if PRODUCTION else "readable")
if LOG_FORMAT not in LOG_FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it must be json or readable.")
LOGGING: dict[str, Any] = logs.configuration(readable=LOG_FORMAT == "readable", level=LOG_LEVEL)

# Who may read /metrics: whoever shows the token, and whoever asks from these networks; else nobody.
METRICS_TOKEN = _optional_secret("METRICS_TOKEN")
METRICS_ADDRESSES = env.list("METRICS_ADDRESSES", default=[])
for _network in METRICS_ADDRESSES:
    try:
        ipaddress.ip_network(_network)
    except ValueError as error:
        raise ImproperlyConfigured(f"METRICS_ADDRESSES: {error}.") from error
