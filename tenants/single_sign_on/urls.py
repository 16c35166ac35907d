"""Where people go to their organisation's provider and come back from it; on the platform's host."""

from django.urls import path

from tenants.single_sign_on import views

urlpatterns = [
    path("oidc/<uuid:organisation_id>/login/", views.login, name="organisation_login"),
    path("oidc/<uuid:organisation_id>/login/callback/", views.callback, name="organisation_callback"),
    path("organisation/", views.find, name="organisation_find"),
    path("recovery/", views.recover, name="organisation_recovery"),
]
