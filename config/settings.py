"""All settings in one place; what differs between installations is read from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from api.openapi import wording
from config import environment as env
from config import identity
from config.file_places import chosen_place, file_places
from config.logging import logging_settings
from config.schedule import beat_schedule

BASE_DIR = Path(__file__).resolve().parent.parent

# --- This installation -------------------------------------------------------------------------------------

DEBUG = env.flag("OCTAVO_DEBUG")
DATA = env.folder("OCTAVO_DATA", BASE_DIR / "var")
SECRET_KEY = env.secret_key("OCTAVO_SECRET_KEY", DATA / "secret_key")
# Keys, separated by commas, that seal secrets in the database; the first seals, all open. Empty: the above.
OCTAVO_SEALING_KEYS = [key.strip() for key in env.text("OCTAVO_SEALING_KEYS").split(",") if key.strip()]

PUBLIC_HOST = env.host(
    "OCTAVO_PUBLIC_HOST", "localhost:8000"
)  # the platform's; an organisation's is below it
HTTPS = env.flag("OCTAVO_HTTPS")
PUBLIC_SCHEME = "https" if HTTPS else "http"
PUBLIC_URL = f"{PUBLIC_SCHEME}://{PUBLIC_HOST}"

# Who is asked about domains, as `127.0.0.1:5353,[::1]:53`; empty: whom the machine asks.
OCTAVO_DNS_SERVERS = env.servers("OCTAVO_DNS_SERVERS", port=53)
OCTAVO_DNS_TIMEOUT = env.integer("OCTAVO_DNS_TIMEOUT", 5, least=1, most=30)  # seconds for one question
# What a reverse proxy sends along to ask which hosts are ours; without it, it has to ask from this machine.
OCTAVO_TLS_ASK_SECRET = env.text("OCTAVO_TLS_ASK_SECRET")

# --- Rooms -------------------------------------------------------------------------------------------------

SHARED_APPS = [  # their tables are in the schema public
    "tenants",
    "tenants.accounts",
    "insights",
    "notifications",
    "billing",
    "jobs",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "tenants.single_sign_on",
    "api",
    "tenants.api_keys",
    "tenants.portable",
    "notifications.webhooks",
]
TENANT_APPS = [  # their tables are in each organisation's schema
    "storage",
    "books",
    "collaboration",
    "formats",
    "generation",
]
DOORS = ["web", "live", "lobby", "console"]  # no tables
SOCIALACCOUNT_PROVIDERS = identity.providers()  # those that the environment configures
INSTALLED_APPS = [
    *SHARED_APPS,
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS),
    *TENANT_APPS,
    *DOORS,
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "django_prometheus",
]
TENANT_MODEL = "tenants.Organisation"
TENANT_DOMAIN_MODEL = "tenants.Domain"

ROOT_URLCONF = "config.urls"
PLATFORM_URLCONF = "config.platform_urls"
ASGI_APPLICATION = "config.asgi.application"

MIDDLEWARE = [
    "api.middleware.ShapeMiddleware",
    "api.calling.KeyMiddleware",  # answers requests with a key by itself: what follows is for people
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.middleware.HostMiddleware",
    "insights.origin.OriginMiddleware",
    "config.content_security.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tenants.accounts.middleware.LanguageMiddleware",  # before what may answer by a page of its own
    "tenants.middleware.MembershipMiddleware",
    "tenants.accounts.sessions.SessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# --- Database ----------------------------------------------------------------------------------------------

OCTAVO_SERVERS = env.database_servers("OCTAVO_SERVERS")  # beside default, for organisations' schemas alone
DATABASES = {
    alias: {
        **database,
        "ENGINE": "tenants.postgresql" if alias == "default" else "tenants.postgresql.further",
        "CONN_MAX_AGE": 0,  # a closed connection goes back to the pool
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(database.get("OPTIONS", {})),
        "TEST": {},
    }
    for alias, database in {"default": env.database("DATABASE_URL"), **OCTAVO_SERVERS}.items()
}
# DATABASE_URL (and OCTAVO_SERVERS) lead to a pooler that hands out connections for one transaction each, as
# PgBouncer does with pool_mode = transaction: nothing may be kept on a connection. What needs one of its own
# (see tenants.schemas.direct) goes to PostgreSQL by OCTAVO_DIRECT_DATABASE_URL and OCTAVO_DIRECT_SERVERS.
OCTAVO_TRANSACTION_POOLING = env.flag("OCTAVO_TRANSACTION_POOLING")
DIRECT_DATABASES = {
    alias: database
    for alias, database in {
        "default": env.database("OCTAVO_DIRECT_DATABASE_URL"),
        **env.database_servers("OCTAVO_DIRECT_SERVERS"),
    }.items()
    if database["NAME"]
}
# Statements of hot paths are prepared. Off: for a pooler that loses them (PgBouncer before 1.21, or with
# max_prepared_statements = 0).
PREPARED_STATEMENTS = env.flag("OCTAVO_PREPARED_STATEMENTS", default=not OCTAVO_TRANSACTION_POOLING)
DATABASE_POOL = env.integer("OCTAVO_DATABASE_POOL", 16, most=500)  # of a process, per server; 0: no pool
DATABASE_POOL_WAIT = env.integer("OCTAVO_DATABASE_POOL_WAIT", 10, least=1, most=300)  # seconds for a free one
# A connection is replaced after it has worked for so many organisations, since PostgreSQL keeps in memory
# what it has learned of each one's tables (docs/decisions/030).
OCTAVO_ORGANISATIONS_PER_CONNECTION = env.integer("OCTAVO_ORGANISATIONS_PER_CONNECTION", 100, least=1)
# Whether metrics of work say for which organisation it was: a series for each in whatever keeps them.
OCTAVO_METRICS_BY_ORGANISATION = env.flag("OCTAVO_METRICS_BY_ORGANISATION")
for database in DATABASES.values():
    database["DISABLE_SERVER_SIDE_CURSORS"] = OCTAVO_TRANSACTION_POOLING
    if PREPARED_STATEMENTS:
        database["OPTIONS"]["prepare_threshold"] = 5
    if DATABASE_POOL:
        database["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": DATABASE_POOL,
            "timeout": DATABASE_POOL_WAIT,
            "max_idle": 300,
        }
EXPORTS_FOLDER = env.folder("OCTAVO_EXPORTS", DATA / "exports")  # where workers put archives together
OCTAVO_BACKUPS_KEPT = env.integer("OCTAVO_BACKUPS_KEPT", 35, most=3650)  # days; 0: there are none
# Where new organisations go: a server's name; empty: by weight, to the one that has fewest for its weight.
OCTAVO_PLACE_NEW = env.one_of_servers("OCTAVO_PLACE_NEW", list(DATABASES))
OCTAVO_SERVER_WEIGHTS = env.server_weights("OCTAVO_SERVER_WEIGHTS", list(DATABASES))
# Schemas that are ready for new organisations, on each server that takes them: as many as the busiest ten
# minutes of the last day took, between these two. 0 at most: each is made as its organisation is.
OCTAVO_READY_SCHEMAS_LEAST = env.integer("OCTAVO_READY_SCHEMAS_LEAST", 3)
OCTAVO_READY_SCHEMAS_MOST = env.integer("OCTAVO_READY_SCHEMAS_MOST", 50, most=2000)
DATABASE_ROUTERS = ["tenants.routers.OrganisationRouter"]
DATABASE_EXTENSIONS: list[str] = []  # created in the schema ext
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis or Valkey ---------------------------------------------------------------------------------------

REDIS_URL = env.redis("REDIS_URL", "redis://localhost:6379/0")
CACHE_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2}  # seconds
CACHES = {
    "default": {
        "BACKEND": "config.cache.Cache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
        "KEY_PREFIX": "octavo:own",
        "KEY_FUNCTION": "tenants.cache.organisation_key",
    },
    "shared": {  # the same keys for everybody: what is not an organisation's, such as hand-over links
        "BACKEND": "config.cache.Cache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
        "KEY_PREFIX": "octavo:shared",
    },
}

CELERY_BROKER_URL = env.celery_broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": "octavo:celery:",
    "visibility_timeout": 3600,  # seconds
    "socket_connect_timeout": 2,  # seconds
    "max_retries": 0,  # whoever rings does not wait for a broker that is away
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for ever
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"tenants.export": {"queue": "builds"}}  # takes long: not where e-mails wait for it
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_PUBLISH_RETRY = False  # the sweeper rings again
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "celerybeat-schedule")

# --- Durable steps -----------------------------------------------------------------------------------------

OCTAVO_LEASE_SECONDS = env.integer("OCTAVO_LEASE_SECONDS", 15, least=3, most=60)
OCTAVO_CALLS_IN_FLIGHT = env.integer("OCTAVO_CALLS_IN_FLIGHT", 100, least=1)  # in one worker process
OCTAVO_BUILDS_IN_FLIGHT = env.integer("OCTAVO_BUILDS_IN_FLIGHT", os.cpu_count() or 1, least=1)
OCTAVO_ORGANISATION_CALLS = env.integer("OCTAVO_ORGANISATION_CALLS", 25, least=1)  # over all workers
OCTAVO_ORGANISATION_BUILDS = env.integer("OCTAVO_ORGANISATION_BUILDS", 4, least=1)
OCTAVO_LOOK_ROUND_SECONDS = 2  # a worker that nobody rings looks for work by itself
OCTAVO_GRACE_SECONDS = env.integer("OCTAVO_GRACE_SECONDS", 5)  # for calls in flight when a worker is stopped
# An ICC profile (file) of the press, for files in CMYK; where there is none, ours for web offset (SWOP).
OCTAVO_PRESS_PROFILE = env.text("OCTAVO_PRESS_PROFILE")

# --- People ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PLATFORM_LOGIN_REDIRECT_URL = "/enter/"  # on to the organisation
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "notifications.account_letters.LetterWritingAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "tenants.accounts.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_SCHEME
ACCOUNT_RATE_LIMITS = {  # allauth's own, stated so that a change of its defaults is noticed
    "signup": "20/m/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/3m/key",
    "check_domain": "20/m/user",  # ours: see tenants.domains.verifying
    "export_account": "5/h/user",  # ours: see lobby.views
    "single_sign_on": "30/m/ip",  # ours, of what asks a provider: see tenants.single_sign_on.views
    "set_up_single_sign_on": "10/m/user",
    "try_provider": "10/m/user",
}

SOCIALACCOUNT_ADAPTER = "tenants.accounts.providers.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # whoever has that address connects the two, signed in
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # of organisations' providers: see providers.py
# Organisations name addresses that this server then asks (providers of their sign-in, webhooks, crews,
# models): only public ones, by https. Yes: anywhere.
OCTAVO_PRIVATE_ADDRESSES = env.flag("OCTAVO_PRIVATE_ADDRESSES")

# Codes of an app, recovery codes and passkeys. Their pages are on the platform's host (docs/decisions/013).
MFA_ADAPTER = "tenants.accounts.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "tenants.accounts.second_factor.CodeForm",
    "reauthenticate": "tenants.accounts.second_factor.CodeAgainForm",
    "add_webauthn": "tenants.accounts.second_factor.AddPasskeyForm",
    "login_webauthn": "tenants.accounts.second_factor.PasskeyLoginForm",
    "authenticate_webauthn": "tenants.accounts.second_factor.PasskeyAuthenticateForm",
    "reauthenticate_webauthn": "tenants.accounts.second_factor.PasskeyReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Octavo"
MFA_TOTP_TOLERANCE = 1  # step of 30 seconds, for what it takes to type and send a code (RFC 6238, 5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address may be added; it counts once it is confirmed
# The console asks super-admins for a second factor; this makes it a condition, for all who may enter it.
OCTAVO_CONSOLE_SECOND_FACTOR = env.flag("OCTAVO_CONSOLE_SECOND_FACTOR")

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "shared"  # so that a session can be ended from another host than its own
SESSION_COOKIE_NAME = "octavo_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "octavo_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, f"{PUBLIC_SCHEME}://*.{PUBLIC_HOST}"]

# --- Payments ----------------------------------------------------------------------------------------------

# The account with Paystack, where the console has set none; what kind it is, the key's beginning says.
PAYSTACK_SECRET_KEY = env.text("PAYSTACK_SECRET_KEY")
PAYSTACK_BASE_URL = env.address("PAYSTACK_BASE_URL", "https://api.paystack.co", ("http", "https")).geturl()
# Who may send webhooks, as addresses separated by commas; empty: whoever can sign them. Behind a proxy every
# request comes from that, so leave it empty there unless the proxy's own address is what you want to let in.
PAYSTACK_ALLOWED_ADDRESSES = env.addresses("PAYSTACK_ALLOWED_ADDRESSES")
# A stand-in without money, which ./octavo runs where there is no account; see sandbox/paystack.
PAYSTACK_SANDBOX_URL = env.text("PAYSTACK_SANDBOX_URL")
PAYSTACK_SANDBOX_KEY = env.text("PAYSTACK_SANDBOX_KEY")
PAYSTACK_SANDBOX = bool(PAYSTACK_SANDBOX_URL and PAYSTACK_SANDBOX_KEY and not PAYSTACK_SECRET_KEY)
# Where forms lead to that begin a payment, or change a card.
PAYMENT_ORIGINS = ["https://checkout.paystack.com", "https://paystack.com"]
if PAYSTACK_SANDBOX:
    PAYMENT_ORIGINS.append(PAYSTACK_SANDBOX_URL)

CELERY_BEAT_SCHEDULE = beat_schedule(sandbox=PAYSTACK_SANDBOX)

# --- Security ----------------------------------------------------------------------------------------------

ALLOWED_HOSTS = ["*"]  # HostMiddleware answers unknown hosts with 404 before anything trusts their name
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
if env.flag("OCTAVO_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    # Organisations' logos are shown on the platform's pages and on each other's.
    "img-src": ["'self'", "data:", "blob:", PUBLIC_URL, f"{PUBLIC_SCHEME}://*.{PUBLIC_HOST}"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    # After sign-in on the platform's host a form's answer redirects to the organisation's.
    "form-action": [
        "'self'",
        PUBLIC_URL,
        f"{PUBLIC_SCHEME}://*.{PUBLIC_HOST}",
        *identity.origins(SOCIALACCOUNT_PROVIDERS),
        *PAYMENT_ORIGINS,
    ],
}

# --- Languages and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "octavo_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Pages and files ---------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "OPTIONS": {
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.templating.organisation",
                "web.navigation.navigation",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Path] = []
_places = file_places(default=DATA / "files")
FILES_PLACE = chosen_place(_places)  # of organisations for which none was chosen
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    **_places,
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
FILES_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # bytes

# --- API ---------------------------------------------------------------------------------------------------

# Calls a minute that all keys of an organisation have together, by its plan's code; "": of any other plan.
OCTAVO_API_RATES = {"": 300, "FREE": 60, "STARTER": 300, "PRO": 600, "ENTERPRISE": 3000}
OCTAVO_API_RATES |= env.numbers("OCTAVO_API_RATES")
OCTAVO_CALLS_KEYS = "octavo:calls"  # what keys of Redis begin with that count them
OCTAVO_REQUEST_LOG_SECONDS = 1.0  # between writing down what was asked with keys; None: by hand alone

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.IsMember"],
    "EXCEPTION_HANDLER": "api.problems.handle",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "api.parsing.StrictJSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.NewestFirst",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "api.openapi.inspecting.Inspector",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS: what there is stands in the description
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": wording.TITLE,
    "DESCRIPTION": wording.OVERVIEW,
    "VERSION": "1",
    "SERVERS": [{"url": PUBLIC_URL, "description": "All organisations; the key says which"}],
    "EXTERNAL_DOCS": {"url": f"{PUBLIC_URL}/developers/", "description": "Quick start and guides"},
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,  # so that clients need not send what is read alone
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.openapi.completing.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BookKindEnum": "books.models.BookKind",
        "ChapterStatusEnum": "books.models.Chapter.Status",
        "DeliveryProblemEnum": "notifications.webhooks.models.Problem",
        "DeliveryStatusEnum": "notifications.webhooks.models.DeliveryStatus",
        "DomainPurposeEnum": "tenants.models.domains.Purpose",
        "EndpointStateEnum": "notifications.webhooks.models.EndpointState",
        "FileStatusEnum": "formats.models.BookFormat.Status",
        "FormatEnum": "formats.models.FormatType",
        "InvitedRoleEnum": "api.invitations.ROLES",
        "JoiningRoleEnum": "tenants.domains.claiming.JOINABLE",
        "KeyStateEnum": "tenants.api_keys.models.State",
        "MemberRoleEnum": "tenants.models.Role",
        "MetricEnum": "billing.models.Metric",
        "PaymentPurposeEnum": "billing.models.Purpose",
    },
}

# --- E-mail ------------------------------------------------------------------------------------------------

_MAIL = env.email("EMAIL_URL", "console:")
globals().update(_MAIL)
# What leaves this machine goes by the outbox, which tries again (see notifications.outbox).
OCTAVO_CARRIER = _MAIL["EMAIL_BACKEND"]
if not OCTAVO_CARRIER.endswith((".console.EmailBackend", ".filebased.EmailBackend")):
    EMAIL_BACKEND = "notifications.outbox.Outbox"
DEFAULT_FROM_EMAIL = env.text("OCTAVO_EMAIL_FROM", f"Octavo <octavo@{PUBLIC_HOST.split(':')[0]}>")
EMAIL_TIMEOUT = 20  # seconds

# --- Providers ---------------------------------------------------------------------------------------------

# "auto" takes OpenAI, or a compatible server, where there is a key, else the embedded provider.
OCTAVO_TEXT_PROVIDER = env.choice("OCTAVO_TEXT_PROVIDER", "auto", ("auto", "openai", "crewai", "storyteller"))
OCTAVO_PICTURE_PROVIDER = env.choice("OCTAVO_PICTURE_PROVIDER", "auto", ("auto", "openai", "cutpaper"))

OPENAI_API_KEY = env.text("OPENAI_API_KEY")
OPENAI_BASE_URL = env.text("OPENAI_BASE_URL")
if OPENAI_BASE_URL:
    env.address("OPENAI_BASE_URL", "", ("http", "https"))
OPENAI_API = env.choice("OPENAI_API", "responses", ("responses", "chat"))
OPENAI_DELIVERY = env.choice("OPENAI_DELIVERY", "auto", ("auto", "background", "stream", "plain"))
OPENAI_TEXT_MODEL = env.text("OPENAI_TEXT_MODEL", "gpt-5.6-terra")
OPENAI_REASONING_EFFORT = env.text("OPENAI_REASONING_EFFORT")
OPENAI_IMAGE_MODEL = env.text("OPENAI_IMAGE_MODEL", "gpt-image-2.5-flare")
CREWAI_URL = env.text("CREWAI_URL")  # a crew of the platform's own, for OCTAVO_TEXT_PROVIDER=crewai
if CREWAI_URL:
    env.address("CREWAI_URL", "", ("http", "https"))
CREWAI_TOKEN = env.text("CREWAI_TOKEN")
OCTAVO_CREW_DEADLINE = env.integer("OCTAVO_CREW_DEADLINE", 7_200, least=60)  # seconds that a run may take
OCTAVO_CREW_LOST_WAIT = 120  # seconds for a run, whose beginning nobody saw, to tell of itself

# --- Logging -----------------------------------------------------------------------------------------------

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(
    level=env.choice("OCTAVO_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    form=env.choice("OCTAVO_LOG_FORMAT", "text", ("text", "json")),
)
