"""The settings of the tests: a database of one's own, quick passwords, mail kept in memory."""

import os

from config.settings import *  # noqa: F403
from config.settings import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, INSTALLED_APPS, TENANT_APPS

TENANT_APPS.append("tests.tenants.library")
INSTALLED_APPS.append("tests.tenants.library")

# Several people may run tests on one server at once, each in a database of their own.
RUN = (
    os.environ.get("OCTAVO_TEST_DB") or f"p{os.environ.get('PYTEST_XDIST_TESTRUNUID', '')[:8] or os.getpid()}"
)
DATABASES["default"]["TEST"]["NAME"] = f"test_octavo_{RUN}"
DATABASES["default"]["OPTIONS"].pop("pool", None)  # each test thread opens and closes its own

PREFIX = f"octavo-test-{RUN}-{os.environ.get('PYTEST_XDIST_WORKER', '')}"
for cache in CACHES.values():
    cache["KEY_PREFIX"] = f"{PREFIX}:{cache['KEY_PREFIX']}"
CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{PREFIX}:celery:"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False
