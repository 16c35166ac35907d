"""Addresses on the platform's own host."""

from importlib.util import find_spec

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from tenants.accounts import views as accounts
from tenants.people.handover import leave_for_organisation

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/go/<slug:slug>/", leave_for_organisation, name="go_to_organisation"),
    path("accounts/sessions/", accounts.open_sessions, name="usersessions_list"),
    path("accounts/sessions/end/", accounts.end_other_sessions, name="usersessions_end_others"),
    path("accounts/sessions/<int:session_id>/end/", accounts.end_session, name="usersessions_end"),
    path("accounts/", include("tenants.single_sign_on.entrances")),
    path("accounts/", include("allauth.urls")),
    path("developers/", include("api.developers.urls")),
    path("api/v1/", include("api.platform_urls")),
]
for room, prefix in (("console", "console/"), ("lobby", "")):
    if find_spec(f"{room}.urls"):
        urlpatterns.append(path(prefix, include(f"{room}.urls")))
