"""The platform's side of the pages in `urls`."""

from django.urls import path

from config.platform_urls import urlpatterns as real
from tests.tenants.urls import home, whoami

urlpatterns = [
    path("", home),
    path("enter/", home),
    path("whoami/", whoami),
    *real,
]
