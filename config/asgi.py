"""The application that the server runs: live streams beside Django."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from config.streaming import StreamingHandler  # noqa: E402 - both need the settings
from live.streams import beside  # noqa: E402

application = beside(StreamingHandler())
