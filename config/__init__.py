"""The project's settings; `platform/` is a plain folder of apps, since a package would hide Python's own."""

import sys
from pathlib import Path

PLATFORM = str(Path(__file__).resolve().parent.parent / "platform")
if PLATFORM not in sys.path:
    sys.path.append(PLATFORM)

from config.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app"]
