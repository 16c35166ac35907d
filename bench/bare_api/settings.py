"""Django as it comes: its own PostgreSQL backend, tables in public, no middleware, nobody to recognise."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES

DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["OPTIONS"]["options"] = "-c search_path=public"  # which else follows our own preparation
DATABASE_ROUTERS = []
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # see `starting`
ROOT_URLCONF = "bench.bare_api.urls"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}


class _Unmigrated(dict[str, None]):
    """Tables are made from the models as they stand."""

    def __contains__(self, label: object) -> bool:
        return True

    def __missing__(self, label: str) -> None:
        return None


MIGRATION_MODULES = _Unmigrated()
