from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "notifications.webhooks"
    label = "webhooks"
    verbose_name = "Webhooks"

    def ready(self) -> None:
        from notifications.webhooks import exports, importing, membership
        from tenants.signals import organisation_imported

        membership.listen()
        exports.listen()
        organisation_imported.connect(importing.give_secrets)
