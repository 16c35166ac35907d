"""One tenant alone: Django's own PostgreSQL backend, all tables in public, nobody looks for an organisation.

Everything else is as in the product: sessions, keys, membership, headers, limits.
"""

from config.settings import *  # noqa: F403
from config.settings import DATABASES, MIDDLEWARE

for database in DATABASES.values():
    database["ENGINE"] = "django.db.backends.postgresql"
    database["OPTIONS"]["options"] = "-c search_path=public"  # which else follows our own preparation
DATABASE_ROUTERS = []
MIDDLEWARE[MIDDLEWARE.index("tenants.middleware.HostMiddleware")] = "bench.reading.sole.SoleMiddleware"
ROOT_URLCONF = "bench.reading.urls"
