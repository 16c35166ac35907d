"""django-tenants' own backend, router, creation and executor, on a database of its own."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, SHARED_APPS

for database in DATABASES.values():
    database["ENGINE"] = "django_tenants.postgresql_backend"
    database["OPTIONS"].pop("pool", None)  # its search_path belongs to a connection
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
SHARED_APPS.insert(0, "django_tenants")
INSTALLED_APPS.insert(0, "django_tenants")
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # which allauth insists on
