"""The settings of Django's tests, with both backends and the few apps whose tables are timed."""

from bench.orm_settings import *  # noqa: F403
from bench.orm_settings import DATABASES

DATABASES = {
    "default": DATABASES["default"] | {"NAME": "orm_timing_own"},
    "stock": DATABASES["default"] | {"NAME": "orm_timing_stock", "ENGINE": "django.db.backends.postgresql"},
}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
