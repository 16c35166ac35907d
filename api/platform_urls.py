"""What of REST v1 answers to sessions on the platform's own host: what is one's own, in no organisation.

With keys all of it answers there: see `api.calling`.
"""

from django.urls import path

from api.own_organisations import OwnOrganisationViewSet

app_name = "api"

urlpatterns = [
    path("organisations/", OwnOrganisationViewSet.as_view({"get": "list"}), name="own-organisation-list"),
]
