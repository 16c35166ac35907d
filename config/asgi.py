"""The application that the server runs: live streams and assistants beside Django."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from api.mcp import door as assistants  # noqa: E402 - all need the settings
from config.streaming import StreamingHandler  # noqa: E402
from live import streams  # noqa: E402

application = streams.beside(assistants.beside(StreamingHandler()))
