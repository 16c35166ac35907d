"""Addresses of the platform's public pages."""

from django.urls import path

from lobby import crews, prices, stopping, views, webhooks

app_name = "lobby"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("prices/", prices.prices, name="prices"),
    path("prices/<uuid:price_id>/", prices.buy, name="buy"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("organisations/new/", views.new_organisation, name="new_organisation"),
    path("organisations/<uuid:organisation_id>/keep/", views.keep_organisation, name="keep_organisation"),
    path("account/export/", views.export_account, name="export_account"),
    path("account/delete/", views.delete_account, name="delete_account"),
    path("e-mails/<str:token>/", stopping.stop_emails, name="stop_emails"),
    path("enter/", views.enter, name="enter"),
    path("webhooks/paystack/", webhooks.paystack, name="paystack_webhook"),
    path("webhooks/crews/<str:token>/<slug:kind>/", crews.crew, name="crew_webhook"),
    path("organisations/<uuid:organisation_id>/join/", views.join, name="join"),
]
