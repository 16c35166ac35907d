"""The application that the server runs: live streams beside Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_asgi_application()

from live.streams import beside  # noqa: E402 - needs the settings

application = beside(_django)  # type: ignore[arg-type]
