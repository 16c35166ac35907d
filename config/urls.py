"""Addresses on an organisation's host."""

from importlib.util import find_spec

from django.urls import include, path, re_path
from django.urls.resolvers import URLPattern, URLResolver

from tenants.people.handover import accept_handover, on_platform

handler429 = "tenants.accounts.adapter.slower_please"  # allauth asks for it, whatever the host
urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/handover/", accept_handover, name="handover"),
    # What concerns an account alone has its pages on the platform's host; a code is asked for on either.
    re_path(
        r"^accounts/(?:2fa/(?!authenticate/)|sessions/|3rdparty/|social/|google/|apple/|oidc/|organisation/|recovery/)",
        on_platform,
        name="on_platform",
    ),
    path("accounts/", include("tenants.single_sign_on.entrances")),
    path("accounts/", include("allauth.urls")),
]
for room, prefix in (("api", "api/v1/"), ("web", "")):
    if find_spec(f"{room}.urls"):
        urlpatterns.append(path(prefix, include(f"{room}.urls")))
