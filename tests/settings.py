"""The settings of the tests: a database of one's own, quick passwords, mail kept in memory."""

import os
import socket

os.environ["OCTAVO_PUBLIC_HOST"] = "localhost:8000"  # wherever somebody’s own platform is

from config import identity
from config.settings import *  # noqa: F403
from config.settings import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, INSTALLED_APPS, TENANT_APPS

TENANT_APPS.append("tests.tenants.library")
INSTALLED_APPS.append("tests.tenants.library")

# Several people may run tests on one server at once, each in a database of their own.
RUN = (
    os.environ.get("OCTAVO_TEST_DB") or f"p{os.environ.get('PYTEST_XDIST_TESTRUNUID', '')[:8] or os.getpid()}"
)
DATABASES["default"]["TEST"]["NAME"] = f"test_octavo_{RUN}"
for database in DATABASES.values():
    database["OPTIONS"].pop("pool", None)  # each test thread opens and closes its own

PREFIX = f"octavo-test-{RUN}-{os.environ.get('PYTEST_XDIST_WORKER', '')}"
for cache in CACHES.values():
    cache["KEY_PREFIX"] = f"{PREFIX}:{cache['KEY_PREFIX']}"
CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{PREFIX}:celery:"
OCTAVO_CALLS_KEYS = f"{PREFIX}:octavo:shared:calls"  # emptied with the cache before each test
OCTAVO_REQUEST_LOG_SECONDS = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False

# Nobody is asked about domains but the tests' own name server (the fixture `zone`).
OCTAVO_DNS_SERVERS = [("127.0.0.1", 9)]
OCTAVO_DNS_TIMEOUT = 0.05  # seconds

# All providers are configured, at a server of our own on loopback (tests/tenants/accounts/provider.py).
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PROVIDER = f"http://localhost:{free.getsockname()[1]}"
SOCIALACCOUNT_PROVIDERS = identity.providers(
    {
        **{name: f"test-{name}" for name in (*identity.GOOGLE, *identity.APPLE, *identity.OPENID)},
        "OPENID_ISSUER": PROVIDER,
        "OPENID_NAME": "Example",
    }.get  # type: ignore[arg-type]
)
SOCIALACCOUNT_PROVIDERS["google"] |= {
    "AUTHORIZE_URL": f"{PROVIDER}/oauth2/authorize",
    "ACCESS_TOKEN_URL": f"{PROVIDER}/oauth2/token",
    "ID_TOKEN_ISSUER": PROVIDER,
    "IDENTITY_URL": f"{PROVIDER}/userinfo",
}
OCTAVO_PRIVATE_ADDRESSES = True
for name in SOCIALACCOUNT_PROVIDERS:
    if (app := f"allauth.socialaccount.providers.{name}") not in INSTALLED_APPS:
        INSTALLED_APPS.append(app)

# Nobody's account: the fixture `paystack` says where its stand-in is.
PAYSTACK_SECRET_KEY = PAYSTACK_SANDBOX_URL = PAYSTACK_SANDBOX_KEY = ""
PAYSTACK_SANDBOX = False
