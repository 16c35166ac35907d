"""The product as it is, with one view more."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.reading.urls"
