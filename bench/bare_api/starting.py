"""Setting Django up without middleware: allauth insists on its own until then."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_api.settings"

import django
from django.conf import settings


def set_up() -> None:
    django.setup(set_prefix=False)
    settings.MIDDLEWARE = []
