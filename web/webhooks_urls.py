"""Addresses below /organisation/webhooks/."""

from django.urls import path

from web.views import webhooks

urlpatterns = [
    path("", webhooks.webhooks, name="webhooks"),
    path("new/", webhooks.new, name="new_webhook"),
    path("<uuid:endpoint_id>/", webhooks.webhook, name="webhook"),
    path("<uuid:endpoint_id>/edit/", webhooks.edit, name="edit_webhook"),
    path("<uuid:endpoint_id>/secret/", webhooks.secret, name="webhook_secret"),
    path("<uuid:endpoint_id>/rotate/", webhooks.rotate, name="rotate_webhook"),
    path("<uuid:endpoint_id>/test/", webhooks.test, name="test_webhook"),
    path("<uuid:endpoint_id>/pause/", webhooks.pause, name="pause_webhook"),
    path("<uuid:endpoint_id>/resume/", webhooks.resume, name="resume_webhook"),
    path("<uuid:endpoint_id>/replay/", webhooks.replay_failed, name="replay_webhook"),
    path("<uuid:endpoint_id>/remove/", webhooks.remove, name="remove_webhook"),
    path("deliveries/<uuid:delivery_id>/", webhooks.delivery, name="webhook_delivery"),
    path("deliveries/<uuid:delivery_id>/replay/", webhooks.replay, name="replay_delivery"),
]
